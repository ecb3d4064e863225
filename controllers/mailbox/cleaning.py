"""Takes out of a mail what its writer did not write now: quotes, the lines above them, footers of phones.

First by a library that knows many mail programs, then by our own pass for what it does not know: Korean and
Chinese lines above a quote, QQ's separator, answers written below the quote. Never does an empty message come of it.
"""

from __future__ import annotations

import re

from controllers.mailbox.html_text import answer_of_html, words_of_html
from controllers.mailbox.reading import Mail
from models.frozen import frozen

_LONGEST_READ = 20_000
_LONGEST_SIGNATURE, _LONGEST_EXCUSE = 12, 200
_LANGUAGES = ["en", "ko", "zh", "ja", "de", "fr", "es", "it", "nl"]

_ABOVE_A_QUOTE = re.compile(
    r"""^\s*>?\s*(?:
        .{0,200}님이[ ]작성(?:한[ ]내용)?\s*:                     # Gmail, ko
      | .{0,200}<\S{1,200}@\S{1,200}>\s*작성(?:한[ ]내용)?\s*:      # Apple, ko
      | .{0,200}(?:에|께서)[ ]작성(?:한[ ]내용|하셨습니다)?\s*:
      | .{0,200}于.{0,80}写道\s*[:：]                               # zh-CN
      | .{0,200}[於于].{0,120}(?:寫道|写道|撰寫)\s*[:：]             # Gmail and Apple, zh-TW
      | .{0,200}(?:寫道|写道)\s*[:：]
      | .{0,200}(?:のメール|さんは書きました|に書きました)\s*[:：]?    # ja
      | \d{4}年\d{1,2}月\d{1,2}日.{0,160}[:：]                       # Gmail, ja: the date, the name, a colon
      | \d{4}[/.]\d{1,2}[/.]\d{1,2}.{0,160}[<>@].{0,100}[:：]
      | .{0,200}에[ ].{0,100}[이가(]{1,2}\)?[ ]?쓴[ ]글\s*:             # Thunderbird, ko
      | (?:On|At)\b.{4,250}\bwrote\s*:
      | -{2,}\s*(?:(?i:Original(?:[ ](?:Message|Appointment|email))?|Forwarded[ ]message)
                  |(?:원본|전달된|회신)[ ](?:메(?:시지|일)|이메일)
                  |(?:回[复覆]的|[转轉][发寄]的)?原?始?(?:邮件|郵件|信件|[讯訊]息)|元の(?:メッセージ|メール)
                  |転送されたメッセージ)\s*-{2,}
      | -{3,}\[?\s*받은[ ]메일[ ]내용\s*\]?-{3,}                      # Kakao
      | _{20,}
    )\s*$""",
    re.X,
)
_ANNOUNCES = re.compile(r"(?:\d.*|@.*)[:：]\s*$")
"""A line that may announce a quote in any language: it tells a day or an address, and ends in a colon."""
_HEADS = re.compile(
    r"""^\s*>?\s*\*?(?:From|보낸[ ]?사람|보낸이|발신|寄件者|寄件人|发件人|發件人|差出人|送信者|De|Von|Da|От|Từ|จาก)
    \*?\s*[:：]\s*\*?\s*\S""",
    re.X,
)
_MORE_HEADS = re.compile(
    r"""^\s*>?\s*\*?(?:Sent|Date|To|Cc|Subject|보낸[ ]?날짜|날짜|보낸[ ]?시간|받는[ ]?사람|받는이|참조|제목
    |寄件日期|傳送時間|日期|收件者|收件人|副本|主旨|主题|主題|发送时间|送信日時|日時|宛先|件名
    |Envi(?:ad[ao](?:[ ]em)?|ado[ ]el)|Envoyé|Gesendet|Inviato|Assunto|Asunto|Objet|Betreff|Oggetto|Para|Кому|Тема
    |Отправлено|Đến|Đã[ ]gửi|Chủ[ ]đề|ถึง|เรื่อง|ส่ง)\*?\s*[:：]""",
    re.X,
)
_FOOTER = re.compile(
    r"""^\s*(?:
        Sent\ (?:from|via|with)\ .{1,60} | Get\ Outlook\ for\ .{1,40}
      | (?:iOS|Android)용\ Outlook\ 다운로드 | Outlook\ for\ (?:iOS|Android)\ ?を入手
      | (?:取得|下[载載]|[获獲]取)\ ?(?:iOS|Android)\ ?版?\ ?Outlook | (?:iOS|Android)\ ?版\ ?Outlook\ ?を入手
      | (?:나의|내)\ .{1,30}에서\ (?:보냄|보내기|전송)
      | .{0,30}(?:iPhone|iPad|Galaxy|갤럭시|아이폰)에서\ (?:보냄|전송|보냈습니다).?
      | (?:네이버|Naver)\ ?메일\ ?앱에서\ (?:보냈습니다|보낸\ 메일입니다).?
      | (?:從|从|自)我的\ ?.{1,30}(?:傳送|发送|發送|寄出) | 发自我的\ ?.{1,30} | 發自我的\ ?.{1,30} | 傳送自\ ?.{1,30}
      | (?:iPhone|iPad|Android|スマートフォン|Xperia.{0,20})から(?:の)?送信(?:されました)?.? | 私の?\ ?.{1,30}から送信
    )\s*$""",
    re.X | re.I,
)


@frozen
class Words:
    """What is shown of a mail, and everything it says where that is more.

    `own` is false where its writer says nothing: what is shown is then what it quotes.
    """

    body: str
    whole: str
    own: bool = True


def words_of(mail: Mail) -> Words:
    """What the writer says now, and the whole text; never an empty message where the mail says anything."""
    if mail.text.strip() and not _refers_to_page(mail):
        whole = _tidy(mail.text)
        body = without_quotes(whole)
    else:
        whole = _tidy(words_of_html(mail.html))
        marked = _tidy(answer_of_html(mail.html))
        body = without_quotes(marked or whole)
    return Words(body, whole if whole != body else "") if body else Words(whole, "", own=False)


def _refers_to_page(mail: Mail) -> bool:
    """Whether the text only says that there is a page to be looked at instead."""
    text = mail.text.strip()
    return bool(mail.html) and len(text) < _LONGEST_EXCUSE and "html" in text.casefold()


def without_quotes(text: str) -> str:
    """The words above the quote, else those below or between; '' only where there are none at all."""
    own = _own_pass(text)
    if own:
        shorter = _by_library(own)
        own = shorter if shorter and len(shorter) * 4 >= len(own) else own
    return _without_footer(own)


def _by_library(text: str) -> str:
    """What the library takes for the answer; '' where it finds nothing, or is given too much to read."""
    if len(text) > _LONGEST_READ or not _MAY_QUOTE.search(text):
        return ""
    from mailparser_reply import EmailMessage

    found = EmailMessage(text=text, languages=_LANGUAGES.copy(), keep_hyphen_lists=True).read()
    return _tidy(found.replies[0].body or "") if found.replies else ""


_MAY_QUOTE = re.compile(r"^\s*(>|_{5,}|-{3,}|\*?[^\n:：]{2,20}[:：]|.{5,250}[:：]\s*$)", re.M)
"""Where no line looks like the start of a quote the library is not asked."""


def _own_pass(text: str) -> str:
    lines = _unwrapped(text.split("\n"))
    first = next((place for place in range(len(lines)) if _starts_quote(lines, place)), None)
    if first is None:
        return text
    above = _tidy("\n".join(lines[:first]))
    if _without_footer(above):
        return above
    return _below(lines[first:])


def _starts_quote(lines: list[str], place: int) -> bool:
    line = lines[place]
    if len(line) > 400:
        return False
    if _ABOVE_A_QUOTE.match(line):
        return True
    if _ANNOUNCES.search(line) and _next_is_quoted(lines, place):
        return True
    if _HEADS.match(line):
        return any(_MORE_HEADS.match(each) for each in lines[place + 1 : place + 4])
    return line.lstrip().startswith(">") and (
        place + 1 == len(lines) or lines[place + 1].lstrip()[:1] in (">", "")
    )


def _next_is_quoted(lines: list[str], place: int) -> bool:
    """Whether a quote follows, at once or below an empty line."""
    return any(line.lstrip().startswith(">") for line in lines[place + 1 : place + 3] if line.strip())


def _unwrapped(lines: list[str]) -> list[str]:
    """The line above a quote is often broken in two by its length: here it is one again."""
    whole: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        for more in (1, 2):
            joined = " ".join(each.strip() for each in lines[place : place + 1 + more])
            if (
                line.strip()
                and len(joined) < 330
                and _ENDS_LIKE_ONE.search(joined)
                and _STARTS.match(line)
                and _ABOVE_A_QUOTE.match(joined)
                and not _ABOVE_A_QUOTE.match(line)
            ):
                line, place = joined, place + more
                break
        whole.append(line)
        place += 1
    return whole


_ENDS_LIKE_ONE = re.compile(r"[:：]\s*$")
_STARTS = re.compile(r"^\s*>?\s*(?:On\b|\d{4}\s*[년年./-]|[於于在]|.{0,60}<\S+@)")


def _below(lines: list[str]) -> str:
    """An answer written under the quote or between its lines: whatever is neither quoted nor announces a quote."""
    if not any(line.lstrip().startswith(">") for line in lines):
        return ""
    kept = [
        line
        for place, line in enumerate(lines)
        if not line.lstrip().startswith(">") and not _starts_quote(lines, place)
    ]
    return _tidy("\n".join(kept))


def _without_footer(text: str) -> str:
    """Without the lines a phone adds, and without what stands below the sign of a signature."""
    kept = [line for line in text.rstrip().split("\n") if not _FOOTER.match(line)]
    below = next((place for place in range(len(kept)) if kept[place].strip() == "--"), len(kept))
    if below and len(kept) - below <= _LONGEST_SIGNATURE:
        kept = kept[:below]
    return _tidy("\n".join(kept))


_PACKED = re.compile(r"(?:^[A-Za-z0-9+/=]{60,}\n){4,}(?:^[A-Za-z0-9+/=]+$)?", re.M)
_MANY_SIGNS = 40
"""A file that stands between the words, because the mail does not say where they end."""


def _tidy(text: str) -> str:
    shown = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    shown = _PACKED.sub(lambda found: "[…]" if len(set(found[0])) > _MANY_SIGNS else found[0], shown)
    return re.sub(r"\n{3,}", "\n\n", shown.replace("\xa0", " ")).strip()
