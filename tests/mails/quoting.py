"""Answers as mail programs write them in four languages: what the writer says now, and all the rest around it."""

from __future__ import annotations

from dataclasses import dataclass

SAID = {
    "en": "Thank you! Where exactly do we meet?\nWe are two adults.",
    "ko": "감사합니다. 정확히 어디에서 만나나요?\n성인 두 명입니다.",
    "zh-TW": "謝謝！請問集合地點在哪裡？\n我們是兩位大人。",
    "ja": "ありがとうございます。集合場所はどこですか？\n大人二名です。",
    "zh-CN": "谢谢！请问在哪里集合？\n我们是两个大人。",
}
OURS = "Dear guest,\nyour Tea House Walk on 1 February is confirmed.\n\nExample Tours"
QUOTED = "\n".join(f"> {line}".rstrip() for line in OURS.split("\n"))
_WHO = "Example Tours <desk+cf10001-1abcdefghijkl@example.com>"

GMAIL = {
    "en": f"On Fri, Jan 15, 2027 at 10:00 AM {_WHO}\nwrote:",
    "ko": f"2027년 1월 15일 (금) 오전 10:00, {_WHO}님이 작성:",
    "zh-TW": f"{_WHO} 於 2027年1月15日 週五 上午10:00寫道：",
    "ja": f"2027年1月15日(金) 10:00 {_WHO}:",
    "zh-CN": f"{_WHO} 于2027年1月15日周五 10:00写道：",
}
WRAPPED = {
    "ko": "2027년 1월 15일 (금) 오전 10:00, Example Tours <\ndesk+cf10001-1abcdefghijkl@example.com>님이 작성:",
    "zh-TW": "Example Tours <desk+cf10001-1abcdefghijkl@example.com> 於 2027年1月15日 週五\n上午10:00寫道：",
    "en": "On Fri, Jan 15, 2027 at 10:00 AM Example Tours <\ndesk+cf10001-1abcdefghijkl@example.com> wrote:",
}
APPLE = {
    "en": f"On 15 Jan 2027, at 10:00, {_WHO} wrote:",
    "ko": f"2027. 1. 15. 오전 10:00, {_WHO} 작성:",
    "zh-TW": f"{_WHO} 於 2027年1月15日 上午10:00 寫道：",
    "ja": f"2027/01/15 10:00、{_WHO}のメール:",
    "zh-CN": f"2027年1月15日 10:00，{_WHO} 写道：",
}
OUTLOOK = {
    "en": "From: {who}\n"
    "Sent: Friday, January 15, 2027 10:00 AM\nTo: Ann Example <ann@example.org>\nSubject: Your voucher",
    "ko": "보낸 사람: {who}\n"
    "보낸 날짜: 2027년 1월 15일 금요일 오전 10:00\n받는 사람: 예시 <ann@example.org>\n제목: 바우처",
    "zh-TW": "寄件者: {who}\n寄件日期: 2027年1月15日 上午 10:00\n收件者: 例 <ann@example.org>\n主旨: 憑證",
    "ja": "差出人: {who}\n送信日時: 2027年1月15日 10:00\n宛先: 例 <ann@example.org>\n件名: 予約",
    "zh-CN": "发件人: {who}\n发送时间: 2027年1月15日 10:00\n收件人: 例 <ann@example.org>\n主题: 凭证",
}
FOOTERS = (
    "Sent from my iPhone",
    "Get Outlook for iOS",
    "나의 iPhone에서 보냄",
    "내 갤럭시 휴대전화에서 전송",
    "네이버 메일앱에서 보냈습니다.",
    "從我的 iPhone 傳送",
    "发自我的iPhone",
    "iPhoneから送信",
)
NAVER = (
    "-----Original Message-----\n"
    'From: "Example Tours"<desk@example.com>\nTo: "예시"<ann@example.org>;\nCc:\n'
    "Sent: 2027-01-15 (금) 10:00:00 (GMT+09:00)\nSubject: 예약 안내"
)
QQ = (
    "------------------ 原始邮件 ------------------\n"
    '发件人: "Example Tours" <desk@example.com>;\n发送时间: 2027年1月15日(星期五) 上午10:00\n'
    '收件人: "例"<ann@example.org>;\n主题: Re: 预订'
)
QQ_EN = (
    "------------------ Original ------------------\n"
    'From:  "Example Tours"<desk@example.com>;\nDate:  Fri, Jan 15, 2027 10:00 AM\n'
    'To:  "Ann"<ann@example.org>;\n\nSubject:  Re: booking'
)


@dataclass(frozen=True, slots=True)
class Case:
    """A mail's text or HTML, and what should be seen of it."""

    name: str
    seen: str
    text: str = ""
    html: str = ""


def _texts() -> list[Case]:
    cases = []
    for language, said in SAID.items():
        gmail, apple = GMAIL[language], APPLE[language]
        head = OUTLOOK[language].format(who=_WHO)
        cases += [
            Case(f"gmail {language}", said, f"{said}\n\n{gmail}\n\n{QUOTED}\n"),
            Case(f"gmail {language} below", said, f"{gmail}\n\n{QUOTED}\n\n{said}\n"),
            Case(f"apple {language}", said, f"{said}\n\n{apple}\n\n{QUOTED}\n"),
            Case(f"apple {language} below", said, f"{apple}\n\n{QUOTED}\n\n{said}\n"),
            Case(f"outlook {language}", said, f"{said}\n\n{'_' * 32}\n{head}\n\n{OURS}\n"),
            Case(f"outlook {language} without a line", said, f"{said}\n\n{head}\n\n{OURS}\n"),
        ]
    cases += [
        Case(f"gmail {lang} wrapped", SAID[lang], f"{SAID[lang]}\n\n{line}\n\n{QUOTED}")
        for lang, line in WRAPPED.items()
    ]
    cases += [
        Case(f"footer {foot}", SAID["en"], f"{SAID['en']}\n\n{foot}\n\n{GMAIL['en']}\n{QUOTED}")
        for foot in FOOTERS
    ]
    cases += [Case(f"only a footer {foot}", SAID["ko"], f"{SAID['ko']}\n\n{foot}\n") for foot in FOOTERS[2:5]]
    return cases


def _others() -> list[Case]:
    ko, cn, en = SAID["ko"], SAID["zh-CN"], SAID["en"]
    return [
        Case("naver", ko, f"{ko}\n\n{NAVER}\n\n{OURS}"),
        Case("qq", cn, f"{cn}\n\n{QQ}\n\n{OURS}"),
        Case("qq en", en, f"{en}\n\n\n{QQ_EN}\n\n{OURS}"),
        Case("nothing quoted", en, en),
        Case("thanks only", "Thanks!", "Thanks!"),
        Case("regards only", "Best regards,\nAnn", "Best regards,\nAnn"),
        Case(
            "list in the words", "Two things:\n- water\n- an umbrella", "Two things:\n- water\n- an umbrella"
        ),
        Case("a label in the words", "Hotel: Muster Inn\nRoom: 12", "Hotel: Muster Inn\nRoom: 12"),
        Case("signature", en, f"{en}\n\n-- \nAnn Example\n+82 10 0000 0000"),
        Case("between", "Yes\n\n12:30", f"{GMAIL['en']}\n> Do you want lunch?\n\nYes\n\n> When?\n\n12:30"),
    ]


def _html() -> list[Case]:
    quote = "<p>Dear guest,</p><p>your Tea House Walk is confirmed.</p>"
    pixel = '<img src="https://track.example/1.gif" width="1" height="1">'
    script = "<script>steal()</script><style>p{color:red}</style>"
    cases = []
    for language, said in SAID.items():
        words = "".join(f"<div>{line}</div>" for line in said.split("\n"))
        head = OUTLOOK[language].format(who="Example Tours").replace("\n", "<br>")
        apple = APPLE[language].replace("<", "&lt;")
        line = f'<div dir="ltr" class="gmail_attr">{GMAIL[language].replace("<", "&lt;")}<br></div>'
        cases += [
            Case(
                f"gmail {language} html", said,
                html=f'<div dir="ltr">{words}</div><br>'
                f'<div class="gmail_quote">{line}<blockquote>{quote}</blockquote></div>{pixel}',
            ),
            Case(
                f"outlook {language} html", said,
                html=f'<html><head>{script}</head><body>{words}<div id="appendonsend"></div><hr>'
                f'<div id="divRplyFwdMsg">{head}</div>{quote}</body></html>',
            ),
            Case(
                f"apple {language} html", said,
                html=f'<body>{words}<div><br><blockquote type="cite"><div>{apple}</div>'
                f"{quote}</blockquote></div></body>",
            ),
        ]  # fmt: skip
    cases += [
        Case("qq html", SAID["zh-CN"], html=_qq_html(quote)),
        Case("naver html", SAID["ko"], html=_naver_html(quote)),
        Case("hidden words", "Yes", html='<p>Yes</p><div style="display:none">ignore all</div>'),
    ]
    return cases


def _qq_html(quote: str) -> str:
    words = SAID["zh-CN"].replace("\n", "<br>")
    line = "------------------&nbsp;原始邮件&nbsp;------------------"
    return f"<div>{words}</div><div><br></div><div>{line}</div>{quote}"


def _naver_html(quote: str) -> str:
    words = SAID["ko"].replace("\n", "<br>")
    head = "-----Original Message-----<br><b>From:</b> Example Tours<br><b>To:</b> a"
    return f"<div><p>{words}</p><p>{head}</p>{quote}</div>"


CASES = (*_texts(), *_others(), *_html())
