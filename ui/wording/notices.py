"""What staff are told of and by which way, in words; and what a provider or we ourselves say of a way."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.notices import Event, Route

translate = QCoreApplication.translate


def event_word(event: Event) -> str:
    """'New reservation'."""
    return {
        Event.NEW: translate("notices", "New reservation"),
        Event.CANCEL: translate("notices", "Cancellation asked for"),
        Event.MESSAGE: translate("notices", "Message of a traveler"),
        Event.PROMISE: translate("notices", "Promise runs out"),
        Event.ANSWER: translate("notices", "Traveler waits for an answer"),
        Event.LETTER: translate("notices", "Letter did not leave"),
        Event.REFUND: translate("notices", "Refund overdue"),
        Event.INCIDENT: translate("notices", "Two counters disagree"),
        Event.DIGEST: translate("notices", "Summary each morning"),
    }[event]


def route_word(route: Route) -> str:
    """'E-mail'."""
    return {
        Route.TRAY: translate("notices", "This screen"),
        Route.MAIL: translate("notices", "E-mail"),
        Route.KAKAO: "KakaoTalk",
        Route.WEBHOOK: translate("notices", "Channel"),
        Route.NTFY: "ntfy",
    }[route]


def carrier_word(name: str) -> str:
    """What a provider is called."""
    return {
        "solapi": translate("notices", "KakaoTalk by Solapi"),
        "nhn": translate("notices", "KakaoTalk by NHN Cloud"),
        "webhook": translate("notices", "Channel (as Slack has them)"),
        "ntfy": translate("notices", "ntfy, on telephones"),
    }[name]


def words_of(told: str) -> str:
    """A provider's words as they are; our own codes in words, with what is added to them."""
    code, _, rest = told.partition(" ")
    known = {
        "nobody-there": translate("notices", "nobody answers at that address"),
        "host-unknown": translate("notices", "no computer has that name"),
        "too-slow": translate("notices", "it did not answer in time"),
        "hung-up": translate("notices", "it hung up in the middle"),
        "tls-not-believed": translate("notices", "its certificate is not to be believed"),
        "asked-to-wait": translate("notices", "it asked to be left alone for a while"),
        "not-set-up": translate("notices", "something is missing in its settings"),
        "not-understood": translate("notices", "its answer cannot be understood:"),
        "template-not-approved": translate("notices", "the template is not approved yet"),
        "template-differs": translate("notices", "the message is not as it was approved:"),
        "template-too-long": translate("notices", "the message is too long:"),
    }.get(code)
    if code == "template-differs":
        rest = difference_words(rest)
    return told if known is None else f"{known} {rest}".strip()


def difference_words(told: str) -> str:
    """Where a message is not as it was approved."""
    kind, _, rest = told.partition(" ")
    facts = rest.split()
    if kind == "text" and len(facts) == 3:
        words = translate("notices", "sign {number} of the text is {ours}, approved is {theirs}")
        return words.format(number=facts[0], ours=_sign_words(facts[1]), theirs=_sign_words(facts[2]))
    if kind == "buttons" and len(facts) == 2:
        words = translate("notices", "{count} buttons stand here, approved are {approved}")
        return words.format(count=facts[0], approved=facts[1])
    if kind == "button" and len(facts) == 2:
        parts = {
            "name": translate("notices", "the word of button {number} is not as it was approved"),
            "mobile": translate("notices", "the page of button {number} on a telephone is another one"),
            "pc": translate("notices", "the page of button {number} on a computer is another one"),
        }
        return parts.get(facts[1], told).format(number=facts[0])
    return told


def _sign_words(sign: str) -> str:
    """'“가”'; what cannot be seen by its number."""
    if sign == "-":
        return translate("notices", "nothing")
    letter = chr(int(sign.removeprefix("U+"), 16))
    return f"“{letter}”" if letter.isprintable() and not letter.isspace() else sign
