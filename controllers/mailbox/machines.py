"""Tells a person's mail from a machine's: auto-replies, lists, and mails that come back undelivered.

None of these is ever answered, and none makes a conversation wait for us.
"""

from __future__ import annotations

import re
from enum import StrEnum

from controllers.mailbox.reading import Mail, ids_in
from models.frozen import frozen
from models.server_words import ADDRESS, without_addresses

_POSTMEN = re.compile(r"^(?:mailer-daemon|mail-daemon|postmaster|bounces?|mdaemon)(?:[+.-].*)?@", re.I)
_CAME_BACK = re.compile(
    r"undeliver|delivery (?:status|failure|has failed)|returned mail|failure notice|mail delivery failed"
    r"|배달.{0,4}실패|반송|전송.{0,4}실패|無法(?:傳遞|投遞)|退信|系统退信|配信(?:不能|エラー)",
    re.I,
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_SMTP_CODE = re.compile(r"(?<!\d)(5\d\d)[ -]")
_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s]{1,200}>")
_NAMED = ("x-autoreply", "x-autorespond", "x-loop", "x-mail-autoreply")
_AWAY = re.compile(
    r"""^\W*(?:automatic\ reply|auto(?:matic)?[ -]?(?:reply|response|answer)|out\ of\ (?:the\ )?office
    |abwesenheitsnotiz|automatische\ antwort|r[eé]ponse\ automatique|respuesta\ autom[aá]tica
    |자동\s?(?:회신|응답|답장)|부재중?\s?(?:알림|자동|안내|메일|회신)
    |自[动動]\s?(?:回[复覆復]|答[复覆復])|自動(?:返信|応答)|不在(?:通知|のお知らせ|のご連絡|連絡))""",
    re.I | re.X,
)
"""How the subject of an out-of-office notice begins where nothing else tells it."""


class Machine(StrEnum):
    """Which kind of machine wrote a mail."""

    NONE = ""
    REPLY = "auto"
    LIST = "list"
    BOUNCE = "bounce"


@frozen
class Bounce:
    """What a mail that came back tells: of which letter, to whom, for good or only for now, in whose words."""

    message_ids: tuple[str, ...]
    address: str
    status: str
    words: str
    for_good: bool
    named: tuple[str, ...] = ()

    def speaks_of(self, address: str) -> bool:
        """Whether it is this address that takes nothing, and not one to which its owner had it passed on."""
        return not self.named or address.strip().casefold() in self.named


def machine_of(mail: Mail) -> Machine:
    """Whether a machine wrote it, and which kind."""
    if _is_bounce(mail):
        return Machine.BOUNCE
    told = mail.header("auto-submitted").casefold()
    if told and not told.startswith("no"):
        return Machine.LIST if told.startswith("auto-generated") else Machine.REPLY
    was_read = mail.kind == "multipart/report" and "disposition" in mail.header("content-type").casefold()
    if was_read or _AWAY.match(mail.subject):
        return Machine.REPLY
    if mail.header("x-auto-response-suppress").strip().casefold() in ("", "none") and not any(
        mail.header(name) for name in _NAMED
    ):
        is_list = mail.header("precedence").casefold() in ("bulk", "list", "junk")
        return (
            Machine.LIST
            if is_list or mail.header("list-id") or mail.header("list-unsubscribe")
            else Machine.NONE
        )
    return Machine.REPLY


def _is_bounce(mail: Mail) -> bool:
    if mail.kind == "multipart/report":
        return bool(mail.report) or _CAME_BACK.search(mail.subject) is not None
    nobody = "return-path" in mail.headers and mail.header("return-path").strip() in ("<>", "")
    postman = _POSTMEN.match(mail.sender.address) is not None
    return (
        (postman and _CAME_BACK.search(mail.subject) is not None)
        or (nobody and postman)
        or bool(mail.header("x-failed-recipients"))
    )


def bounce_of(mail: Mail) -> Bounce:
    """What a mail that came back tells, as far as it does."""
    report, text = mail.report, mail.text or mail.html
    told = (report.get("final-recipient", ""), report.get("original-recipient", ""))
    named = tuple(each.rpartition(";")[2].strip(" <>").casefold() for each in told if each)
    address = next(iter(named), "") or mail.header("x-failed-recipients").split(",")[0].strip()
    status = report.get("status", "").split(" ")[0] or _first(_STATUS, text)
    words = report.get("diagnostic-code", "").partition(";")[2].strip() or _telling_line(text)
    action = report.get("action", "").casefold()
    ids = (*ids_in(" ".join(mail.within.get("message-id", ()))), *_ID.findall(text)[:20])
    return Bounce(
        tuple(dict.fromkeys(ids)),
        (address.strip("<>") or _first(ADDRESS, text)).casefold(),
        status[:20],
        without_addresses(" ".join(words.split()))[:300],
        action != "delayed" and (status.startswith("5") or action == "failed" or not status),
        named,
    )


def _first(form: re.Pattern[str], text: str) -> str:
    found = form.search(text[:20_000])
    return found.group(0) if found else ""


def _telling_line(text: str) -> str:
    lines = [line.strip() for line in text[:20_000].splitlines() if line.strip()]
    telling = (line for line in lines if _SMTP_CODE.search(line) or _STATUS.search(line))
    return next(telling, lines[0] if lines else "")


def is_forged(mail: Mail) -> bool:
    """Whether our own mail server found that the sender is not who it claims; False where no server says so.

    Servers write on top: only the first such header can be our own server's. One that a forger adds can only harm
    the forger.
    """
    told = mail.header("authentication-results").casefold()
    verdicts = {"=".join(each) for each in re.findall(r"\b(dmarc|dkim|spf)\s*=\s*([a-z]+)", told)}
    if verdicts & {"dmarc=fail", "dmarc=pass"}:
        return "dmarc=pass" not in verdicts
    return bool(verdicts & {"spf=fail", "spf=softfail"}) and "dkim=pass" not in verdicts
