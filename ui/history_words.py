"""Says the journal of a reservation in sentences: who did what, and what it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.money import Money
from models.outbox import Letter
from models.reservations import Cause, Status
from models.sale import Way
from ui.history_house import HOUSE
from ui.history_line import Facts, HistoryWords
from ui.history_papers import PAPERS
from ui.history_reviews import REVIEWS
from ui.marking import QT_TRANSLATE_NOOP
from ui.theme import ARRIVED
from ui.wording.channels import channel_name
from ui.wording.letters import letter_word
from ui.wording.numbers import money_words
from ui.wording.orders import unmatched_words
from ui.wording.refunds import tier_words
from ui.wording.statuses import status_word

if TYPE_CHECKING:
    from models.details import HistoryLine

translate = QCoreApplication.translate


def history_words(line: HistoryLine) -> HistoryWords:
    """The sentence of one journal entry; a verb that nobody has given words is said as it is kept."""
    who = line.who or translate("history", "The desk")
    if line.facts.get("by_clock"):
        who = translate("history", "The clock")
    say = _SAY.get(line.action)
    if say is not None:
        return say(who, line.facts)
    shape, words = HOUSE.get(line.action, ("info", ""))
    said = translate("history", words).format(who=who) if words else f"{who}: {line.action}"
    return HistoryWords(shape, said, _fields(line.facts.get("fields", [])))


def has_words(action: str) -> bool:
    """Whether somebody has given this action words."""
    return action in _SAY or action in HOUSE


def cause_words(cause: str) -> str:
    """Whose cause a cancellation is."""
    return {
        Cause.OURS: translate("history", "our cause"),
        Cause.THEIRS: translate("history", "their cause"),
        Cause.FORCE_MAJEURE: translate("history", "force majeure"),
    }.get(Cause(cause), cause)


FIELD_WORDS: dict[str, Callable[[], str]] = {
    "status": lambda: translate("history", "status"),
    "status_word": lambda: translate("history", "its own word"),
    "word": lambda: translate("history", "its own word"),
    "product": lambda: translate("history", "product"),
    "products": lambda: translate("history", "product"),
    "options": lambda: translate("history", "option"),
    "departs_on": lambda: translate("history", "date"),
    "departs_at": lambda: translate("history", "departure"),
    "starts": lambda: translate("history", "time"),
    "lines": lambda: translate("history", "travelers"),
    "party": lambda: translate("history", "travelers"),
    "lead": lambda: translate("history", "name"),
    "companions": lambda: translate("history", "other names"),
    "email": lambda: translate("history", "e-mail"),
    "phone": lambda: translate("history", "phone"),
    "request": lambda: translate("history", "request"),
    "pickup": lambda: translate("history", "pick-up"),
    "amount": lambda: translate("history", "amount"),
    "balance": lambda: translate("history", "balance"),
    "paid": lambda: translate("history", "payment"),
    "payment_word": lambda: translate("history", "payment"),
}


def _fields(names: list[str]) -> str:
    words = [FIELD_WORDS[name]() if name in FIELD_WORDS else name.replace("_", " ") for name in names]
    return ", ".join(dict.fromkeys(words))


def _status(facts: Facts, key: str = "after") -> str:
    told = facts.get(key)
    return status_word(Status(told)) if told in set(Status) else str(told or "")


def _seats(facts: Facts) -> str:
    if "seats_before" not in facts:
        return ""
    return translate("history", "seats {before} → {after} of {capacity}").format(
        before=facts["seats_before"], after=facts["seats_after"], capacity=facts["capacity"]
    )


def _over(facts: Facts) -> str:
    count = facts.get("overbooked")
    return translate("history", "{count} over, with a reason").format(count=count) if count else ""


def _plain(shape: str, words: str) -> Callable[[str, Facts], HistoryWords]:
    return lambda who, facts: HistoryWords(shape, translate("history", words).format(who=who), _seats(facts))


def _back(shape: str, words: str) -> Callable[[str, Facts], HistoryWords]:
    """Back to confirmed: by itself, or because the close of its trip was taken back."""

    def say(who: str, facts: Facts) -> HistoryWords:
        if "closing" in facts:
            head = translate("history", "{who} took the close of the trip back").format(who=who)
            return HistoryWords("undo", head)
        return _plain(shape, words)(who, facts)

    return say


def _closed(shape: str, words: str, by_close: str) -> Callable[[str, Facts], HistoryWords]:
    """By itself, or because its trip was closed."""

    def say(who: str, facts: Facts) -> HistoryWords:
        if "closing" in facts:
            rule = translate("history", "as its product says") if facts.get("by_clock") else ""
            return HistoryWords(shape, translate("history", by_close).format(who=who), rule)
        return _plain(shape, words)(who, facts)

    return say


def _receive(who: str, facts: Facts) -> HistoryWords:
    channel = channel_name(facts.get("channel", ""))
    head = translate("history", "Came in from {channel}").format(channel=channel)
    if facts.get("confirmed_by_us"):
        head = translate("history", "Came in from {channel} and was confirmed at once").format(
            channel=channel
        )
    via = facts.get("via", "")
    parts = [
        _status(facts, "status"),
        channel_name(via) if via else "",
        unmatched_words(facts.get("unmatched", "")),
    ]
    return HistoryWords("import", head, ", ".join(part for part in parts if part))


def _letter(words: str) -> Callable[[str, Facts], HistoryWords]:
    def say(who: str, facts: Facts) -> HistoryWords:
        kind = facts.get("kind", "")
        text = letter_word(Letter(kind)) if kind in set(Letter) else ""
        return HistoryWords("letter", translate("history", words).format(who=who), text)

    return say


def _confirm(who: str, facts: Facts) -> HistoryWords:
    text = _seats(facts)
    closed = translate("history", "closed for sale, with a reason") if facts.get("closed") else ""
    text = "; ".join(part for part in (text, _over(facts), closed) if part)
    return HistoryWords(Status.CONFIRMED, translate("history", "{who} confirmed").format(who=who), text)


def _hold(who: str, facts: Facts) -> HistoryWords:
    head = translate("history", "{who} keeps it waiting").format(who=who)
    return HistoryWords(Status.PENDING, head)


def _ended(words: str) -> Callable[[str, Facts], HistoryWords]:
    def say(who: str, facts: Facts) -> HistoryWords:
        parts = [cause_words(facts["cause"])] if facts.get("cause") else []
        for minor, currency, collector, tier in facts.get("refunds", []):
            by = (
                translate("history", "from us")
                if collector == "us"
                else translate("history", "from the channel")
            )
            parts.append(f"{money_words(Money(minor, currency))} {by} ({tier_words(tier)})")
        seats = _seats(facts)
        text = "; ".join([*parts, *([seats] if seats else [])])
        return HistoryWords(Status.CANCELLED, translate("history", words).format(who=who), text)

    return say


def _paid(who: str, facts: Facts) -> HistoryWords:
    head = translate("history", "{who} took the payment").format(who=who)
    if "amount" in facts:
        money = Money(facts["amount"], facts["currency"])
        head = translate("history", "{who} took {amount}").format(who=who, amount=money_words(money))
    after = translate("history", "now {status}").format(status=_status(facts)) if "after" in facts else ""
    return HistoryWords("cash", head, after)


def _refund(shape: str, words: str) -> Callable[[str, Facts], HistoryWords]:
    """What was marked of money that goes back."""

    def say(who: str, facts: Facts) -> HistoryWords:
        known = "amount" in facts
        amount = (
            money_words(Money(facts["amount"], facts["currency"])) if known else translate("history", "money")
        )
        return HistoryWords(shape, translate("history", words).format(who=who, amount=amount))

    return say


def _arrive(who: str, facts: Facts) -> HistoryWords:
    heads = facts.get("heads", 0)
    head = translate("history", "{who} let in {heads}").format(who=who, heads=heads)
    text = translate("history", "{arrived} are in").format(arrived=facts.get("arrived", heads))
    if facts.get("forced"):
        text += "; " + translate("history", "outside the time, with a reason")
    return HistoryWords(ARRIVED, head, text)


def _undo_arrival(who: str, facts: Facts) -> HistoryWords:
    head = translate("history", "{who} took an arrival of {heads} back").format(
        who=who, heads=facts.get("heads", 0)
    )
    parts = [
        translate("history", "a no-show again") if facts.get("after") == Status.NO_SHOW else "",
        translate("history", "by a manager, with a reason") if facts.get("by_manager") else "",
    ]
    return HistoryWords("undo", head, "; ".join(filter(None, parts)))


def _handed_over(who: str, facts: Facts) -> HistoryWords:
    """What a counter did while it was alone, told when the server heard of it."""
    heads = facts.get("heads", 0)
    if facts.get("undone_at"):
        head = translate("history", "{who} had let in {heads} without the server, and taken it back")
    elif heads:
        head = translate("history", "{who} had let in {heads} without the server")
    else:
        head = translate("history", "{who} had turned somebody away without the server")
    against = translate("history", "it goes against what happened meanwhile") if facts.get("against") else ""
    return HistoryWords(ARRIVED if heads else "info", head.format(who=who, heads=heads), against)


def _moved(who: str, facts: Facts) -> HistoryWords:
    more = ""
    if facts.get("costs_more"):
        money = money_words(Money(*facts["costs_more"]))
        more = translate("history", "price difference {amount}").format(amount=money)
    text = "; ".join(part for part in (_seats(facts), _over(facts), more) if part)
    return HistoryWords(
        "calendar", translate("history", "{who} moved it to another departure").format(who=who), text
    )


def _attention(who: str, facts: Facts) -> HistoryWords:
    head = translate("history", "{who} left a note for the gate").format(who=who)
    if not facts.get("there", True):
        head = translate("history", "{who} took the note for the gate away").format(who=who)
    return HistoryWords("note", head)


def _view(who: str, facts: Facts) -> HistoryWords:
    if facts.get("shown"):
        return HistoryWords(
            "viewed", translate("history", "{who} opened the traveler's data").format(who=who)
        )
    head = translate("history", "{who} asked for the traveler's data").format(who=who)
    return HistoryWords("viewed", head, translate("history", "hidden until confirmed"))


def _channel_told(_who: str, facts: Facts) -> HistoryWords:
    head = translate("history", "A newer file says otherwise: {fields}").format(
        fields=_fields(facts.get("fields", []))
    )
    text = translate("history", "a person decides") if facts.get("waits") else ""
    return HistoryWords("conflict" if facts.get("waits") else "file", head, text)


def _channel_moved(_who: str, facts: Facts) -> HistoryWords:
    head = translate("history", "The channel moved it to {status}").format(status=_status(facts))
    return HistoryWords(str(facts.get("after", "file")), head, _seats(facts))


def _match(_who: str, facts: Facts) -> HistoryWords:
    if facts.get("after"):
        return HistoryWords("conflict", unmatched_words(facts["after"]))
    return HistoryWords("calendar", translate("history", "It found its departure"))


def _tick_off(who: str, facts: Facts) -> HistoryWords:
    deed = {
        "confirm": translate("history", "confirmed"),
        "cancel": translate("history", "cancelled"),
        "redeem": translate("history", "redeemed"),
        "move": translate("history", "moved"),
    }.get(facts.get("done", ""), translate("history", "done"))
    if facts.get("by") == "channel":
        head = translate("history", "Its channel shows it {deed}, too").format(deed=deed)
        return HistoryWords("file", head, translate("history", "ticked off by itself"))
    head = translate("history", "{who} ticked off: {deed} at the channel, too").format(who=who, deed=deed)
    return HistoryWords("confirm", head)


def _take_over(who: str, facts: Facts) -> HistoryWords:
    before = facts.get("from") or translate("history", "somebody")
    head = translate("history", "{who} took it over from {before}").format(who=who, before=before)
    return HistoryWords("claim", head)


def _decide(who: str, facts: Facts) -> HistoryWords:
    about = {
        "status": translate("history", "status"),
        "departure": translate("history", "departure"),
        "party": translate("history", "travelers"),
        "amount": translate("history", "amount"),
    }.get(facts.get("question", ""), "")
    head = translate("history", "{who} kept ours")
    if facts.get("answer") == "theirs":
        head = translate("history", "{who} took the channel's word")
    text = "; ".join(part for part in (about, _seats(facts), _over(facts)) if part)
    return HistoryWords("conflict", head.format(who=who), text)


def _sell(who: str, facts: Facts) -> HistoryWords:
    words = {
        Way.WALK_IN: translate("history", "{who} sold it at the counter"),
        Way.PHONE: translate("history", "{who} sold it by phone"),
    }
    said = words[Way(facts.get("way", Way.WALK_IN))].format(who=who)
    over = facts.get("overbooked")
    if over:
        said += translate("history", ", overbooked by {count}").format(count=over)
    return HistoryWords("sell", said)


def _erased(who: str, facts: Facts) -> HistoryWords:
    head = {
        "everybody": translate("history", "{who} erased the travelers' data"),
        "lead": translate("history", "{who} erased the data of who ordered"),
        "companion": translate("history", "{who} erased a companion's data"),
    }[facts.get("whose", "everybody")]
    text = translate("history", "the time to remember them is over")
    if facts.get("why") == "request":
        text = translate("history", "on request")
    return HistoryWords("undo", head.format(who=who), text)


def _heard(_who: str, facts: Facts) -> HistoryWords:
    if facts.get("auto"):
        return HistoryWords("messages", translate("history", "An automatic reply arrived"))
    return HistoryWords("messages", translate("history", "The traveler wrote"))


_SAY: dict[str, Callable[[str, Facts], HistoryWords]] = {
    "receive": _receive,
    "confirm": _confirm,
    "unconfirm": _plain("undo", QT_TRANSLATE_NOOP("history", "{who} took the confirmation back")),
    "hold": _hold,
    "cancel": _ended(QT_TRANSLATE_NOOP("history", "{who} cancelled")),
    "withdraw": _ended(QT_TRANSLATE_NOOP("history", "The traveler stepped back")),
    "request-cancel": _plain(
        Status.CANCEL_REQUESTED, QT_TRANSLATE_NOOP("history", "The traveler asked to cancel")
    ),
    "letter-retry": _letter(QT_TRANSLATE_NOOP("history", "{who} let a letter be tried again")),
    "letter-cancel": _letter(QT_TRANSLATE_NOOP("history", "{who} took a letter back")),
    "letter-arrived": _letter(QT_TRANSLATE_NOOP("history", "{who} knew that a letter arrived")),
    "letter-again": _letter(QT_TRANSLATE_NOOP("history", "{who} sent a letter once more")),
    "letter-put-away": _letter(QT_TRANSLATE_NOOP("history", "{who} put a letter away that came back")),
    "letter-put-back": _letter(
        QT_TRANSLATE_NOOP("history", "{who} let a letter that came back wait for somebody again")
    ),
    "accept": _ended(QT_TRANSLATE_NOOP("history", "{who} accepted the cancellation")),
    "decline": _plain(Status.CONFIRMED, QT_TRANSLATE_NOOP("history", "{who} declined the cancellation")),
    "sell": _sell,
    "pay": _paid,
    "paid": _paid,
    "refund-done": _refund("cash", QT_TRANSLATE_NOOP("history", "{who} gave {amount} back")),
    "refund-failed": _refund(
        "fault", QT_TRANSLATE_NOOP("history", "{who} marked that {amount} did not go back")
    ),
    "refund-due-again": _refund(
        "undo", QT_TRANSLATE_NOOP("history", "{who} made the refund of {amount} due again")
    ),
    "expire": _plain(Status.EXPIRED, QT_TRANSLATE_NOOP("history", "The time to pay was over")),
    "redeem": _closed(
        Status.REDEEMED,
        QT_TRANSLATE_NOOP("history", "Redeemed"),
        QT_TRANSLATE_NOOP("history", "{who} closed the trip: redeemed"),
    ),
    "no-show": _closed(
        Status.NO_SHOW,
        QT_TRANSLATE_NOOP("history", "{who} marked a no-show"),
        QT_TRANSLATE_NOOP("history", "{who} closed the trip: a no-show"),
    ),
    "return": _back(Status.CONFIRMED, QT_TRANSLATE_NOOP("history", "They came after all")),
    "undo": _back("undo", QT_TRANSLATE_NOOP("history", "{who} took the redemption back")),
    "arrive": _arrive,
    "undo-arrival": _undo_arrival,
    "hand-over": _handed_over,
    "tick-off": _tick_off,
    "move": _moved,
    "attention": _attention,
    "send-again": _plain("letters", QT_TRANSLATE_NOOP("history", "{who} sent the voucher again")),
    "letter": _letter(QT_TRANSLATE_NOOP("history", "{who} sent a letter")),
    "note-read": _plain("note", QT_TRANSLATE_NOOP("history", "{who} read the note at the gate")),
    "note": _plain("note", QT_TRANSLATE_NOOP("history", "{who} added a note")),
    "heard": _heard,
    "attach-mail": _plain("messages", QT_TRANSLATE_NOOP("history", "{who} found the conversation of a mail")),
    "bounced": _plain("fault", QT_TRANSLATE_NOOP("history", "A letter came back undelivered")),
    "answer": _plain("messages", QT_TRANSLATE_NOOP("history", "{who} wrote to the traveler")),
    "answer-elsewhere": _plain(
        "messages", QT_TRANSLATE_NOOP("history", "Somebody of us answered in another mail program")
    ),
    "no-answer": _plain("confirm", QT_TRANSLATE_NOOP("history", "{who} said that nothing is to be answered")),
    "complaint": _plain("fault", QT_TRANSLATE_NOOP("history", "{who} opened a complaint")),
    "complaint-over": _plain("confirm", QT_TRANSLATE_NOOP("history", "{who} closed the complaint")),
    "claim": _plain("claim", QT_TRANSLATE_NOOP("history", "{who} took it on")),
    "take-over": _take_over,
    "release": _plain("claim", QT_TRANSLATE_NOOP("history", "{who} let it go")),
    "decide": _decide,
    "view": _view,
    "channel-told": _channel_told,
    "channel-moved": _channel_moved,
    "match": _match,
    "erase": _erased,
    "hand-out": _plain("file", QT_TRANSLATE_NOOP("history", "{who} handed out what is known of a traveler")),
}
_SAY |= PAPERS | {action: _plain(*said) for action, said in REVIEWS.items()}
