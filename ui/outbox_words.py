"""The outbox in words: how far a letter is, why it did not go well, and what can be done about it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.notices import KAKAO, Route
from models.outbox import MAIL, LetterState, Trouble
from models.reservations import Status
from ui.wording.dates import countdown, day_and_time
from ui.wording.letters import letter_state_word, letter_word
from ui.wording.notices import event_word, route_word, words_of
from ui.wording.orders import UNKNOWN, hidden_words, local
from ui.wording.reviews import not_asked_words

if TYPE_CHECKING:
    from controllers.outbox import MailStanding
    from models.outbox_reading import OutboxLine

translate = QCoreApplication.translate
_HOUR = 3600


class Deed(StrEnum):
    """What a person can decide about a letter."""

    RETRY = "retry"
    CANCEL = "cancel"
    ARRIVED = "arrived"
    AGAIN = "again"
    PUT_AWAY = "put-away"


OFFERED: dict[LetterState, tuple[Deed, ...]] = {
    LetterState.FAILED: (Deed.RETRY, Deed.CANCEL),
    LetterState.BOUNCED: (Deed.RETRY, Deed.PUT_AWAY),
    LetterState.PUT_AWAY: (Deed.RETRY,),
    LetterState.UNCERTAIN: (Deed.ARRIVED, Deed.AGAIN),
    LetterState.WAITING: (Deed.CANCEL,),
    LetterState.NO_ADDRESS: (Deed.CANCEL,),
}

MARKS: dict[LetterState, tuple[str, str]] = {
    LetterState.WAITING: ("later", "wait"),
    LetterState.LEAVING: ("send", "wait"),
    LetterState.NO_ADDRESS: ("person", "gone"),
    LetterState.SENT: (Status.CONFIRMED, "good"),
    LetterState.BOUNCED: ("undo", "stop"),
    LetterState.UNCERTAIN: (Status.UNCONFIRMED, "act"),
    LetterState.FAILED: (Status.CANCEL_REQUESTED, "stop"),
    LetterState.DROPPED: (Status.CANCELLED, "gone"),
    LetterState.PUT_AWAY: ("undo", "gone"),
}
"""The shape and the family of each state; its word stands beside."""


def offered(line: OutboxLine) -> tuple[Deed, ...]:
    """What can be done with it now; one that was put off may be tried at once."""
    first = (Deed.RETRY,) if line.state is LetterState.WAITING and line.tries else ()
    return first + OFFERED.get(line.state, ())


def address_words(line: OutboxLine) -> str:
    """Where it goes; of a notice the way by which its person hears it."""
    if not line.staff:
        return line.address or ""
    way = route_word(Route.KAKAO if line.carrier in KAKAO else Route(line.carrier))
    return way if line.address in set(Route) else f"{way}, {line.address}".strip(", ")


def may_be_addressed(line: OutboxLine) -> bool:
    """Whether it goes to a traveler and another address can help it."""
    waits = line.state in (
        LetterState.NO_ADDRESS,
        LetterState.WAITING,
        LetterState.BOUNCED,
        LetterState.FAILED,
    )
    return waits and line.reservation_id is not None and not line.staff


def deed_words(deed: Deed, line: OutboxLine) -> tuple[str, str]:
    """What to do, and a small line about it."""
    retry = translate("outbox", "Try it again")
    small = translate("outbox", "Now, to the address that is known now")
    if line.state is LetterState.WAITING:
        retry, small = translate("outbox", "Try it now"), translate("outbox", "Without waiting any longer")
    return {
        Deed.RETRY: (retry, small),
        Deed.CANCEL: (
            translate("outbox", "Take it back"),
            translate("outbox", "It has not left, and never will"),
        ),
        Deed.ARRIVED: (
            translate("outbox", "It arrived"),
            translate("outbox", "The traveler or the mail server says so"),
        ),
        Deed.AGAIN: (
            translate("outbox", "Send it again"),
            translate("outbox", "Better twice than never: perhaps it is there already"),
        ),
        Deed.PUT_AWAY: (
            translate("outbox", "Done with it"),
            translate("outbox", "It waits for nobody any more, and stands under what was sent"),
        ),
    }[deed]


def done_words(deed: Deed, line: OutboxLine) -> str:
    """What was just done."""
    words = {
        Deed.RETRY: translate("outbox", "{letter} is tried again"),
        Deed.CANCEL: translate("outbox", "{letter} is taken back"),
        Deed.ARRIVED: translate("outbox", "{letter} counts as arrived"),
        Deed.AGAIN: translate("outbox", "{letter} is sent again"),
        Deed.PUT_AWAY: translate("outbox", "{letter} is done with"),
    }[deed]
    return words.format(letter=title_words(line))


def title_words(line: OutboxLine) -> str:
    """'Confirmation of CF-10231'; of a notice what it tells: 'New reservation: CF-10231', 'New reservation: 12'."""
    if line.event is not None:
        about = line.number or (str(line.count) if line.count else "")
        said = event_word(line.event)
        return translate("outbox", "{event}: {about}").format(event=said, about=about) if about else said
    word = letter_word(line.kind)
    if not line.number:
        return word
    return translate("outbox", "{letter} of {number}").format(letter=word, number=line.number)


def beneath_words(line: OutboxLine) -> str:
    """The small line below: the product; what tells staff says that it does."""
    return translate("outbox", "Notice to staff") if line.event is not None else line.product


def whom_words(line: OutboxLine) -> str:
    """To whom it goes: a name where it may be seen."""
    if line.staff:
        return line.staff
    return hidden_words() if line.traveler is None else line.traveler or UNKNOWN


def time_words(line: OutboxLine, now: dt.datetime, zone: str) -> str:
    """When it leaves, or has left."""
    today = local(now, zone).date()
    if line.state is LetterState.WAITING:
        left = int((line.leave_at - now).total_seconds())
        if left <= 0:
            return translate("outbox", "leaves now")
        if left < _HOUR:
            return translate("outbox", "leaves in {time}").format(time=countdown(left))
        when = day_and_time(local(line.leave_at, zone), today, inside=True)
        return translate("outbox", "leaves {when}").format(when=when)
    if line.state is LetterState.LEAVING:
        return translate("outbox", "is leaving")
    when = day_and_time(local(line.sent_at or line.leave_at, zone), today, inside=True)
    if line.state in (LetterState.SENT, LetterState.BOUNCED, LetterState.PUT_AWAY):
        return translate("outbox", "left {when}").format(when=when)
    if line.state in (LetterState.FAILED, LetterState.UNCERTAIN):
        return translate("outbox", "tried {when}").format(when=when)
    made = day_and_time(local(line.made_at, zone), today, inside=True)
    return translate("outbox", "promised {when}").format(when=made)


def state_words(line: OutboxLine) -> str:
    """How far it is; one that was put off says so."""
    if line.state is LetterState.WAITING and line.tries:
        return translate("outbox", "put off")
    return letter_state_word(line.state)


def trouble_of(line: OutboxLine) -> str:
    """Why one row did not go well; a notice's provider is no mail server."""
    said = line.trouble if line.carrier == MAIL else words_of(line.trouble)
    return said if said != line.trouble else trouble_words(line.trouble)


def trouble_words(trouble: str) -> str:
    """Why it did not go well: our own reasons in a sentence, the other side's in its own words."""
    word, _, rest = trouble.partition(" ")
    said = {
        Trouble.BAD_ADDRESS: translate(
            "outbox", "A letter to this address came back before. Correct it, or try it all the same."
        ),
        Trouble.SENDER_GONE: translate(
            "outbox", "The program that sent it ended in the middle. Nobody knows whether it left."
        ),
        Trouble.LINE_CUT: translate(
            "outbox", "The line broke before the mail server said that it has it. It may have it or not."
        ),
        Trouble.NOT_WRITTEN: translate(
            "outbox", "It could not be written. The log says where it went wrong."
        ),
        Trouble.TOO_LATE: translate(
            "outbox", "It did not leave, which was known so late that later letters may have left before it."
        ),
        Trouble.ARRIVED_SAYS: translate("outbox", "Somebody at the desk knows that it arrived."),
        "not-an-address": translate("outbox", "This is no address a letter can go to."),
        "not-an-address-there": translate("outbox", "The mail server does not understand such an address."),
        "hung-up": translate("outbox", "The mail server hung up in the middle."),
        "too-slow": translate("outbox", "The mail server did not answer in time."),
        "nobody-there": translate("outbox", "Nobody answers at this server and port."),
        "no-way-there": translate("outbox", "There is no way to the mail server: is the network there?"),
        "host-unknown": translate("outbox", "No computer is known by the name of the mail server."),
        "no-starttls": translate("outbox", "The mail server offers no STARTTLS. Try TLS from the start."),
        "no-sign-in": translate("outbox", "The mail server takes no user and password here."),
        "tls-failed": translate("outbox", "The line could not be sealed: the server speaks no TLS there."),
        "tls-not-believed": translate("outbox", "The certificate of the mail server is not believed: {why}."),
        "mail-not-set-up": translate("outbox", "No mail server is set up."),
    }.get(word)
    return not_asked_words(trouble) or trouble if said is None else said.format(why=rest)


def standing_words(mail: MailStanding, now: dt.datetime, zone: str) -> tuple[str, str, str]:
    """The family, what is the matter with the mail server, and a sentence about it; all '' where all is well."""
    if mail.pretends:
        head = translate("outbox", "Practice: letters only seem to leave")
        return "done", head, translate("outbox", "With a mail server in the settings they really do.")
    if not mail.is_set_up:
        head = translate("outbox", "No mail server is set up, so all letters wait here")
        return "act", head, translate("outbox", "Settings, Mail is the place. Nothing is lost meanwhile.")
    if not mail.is_on:
        head = translate("outbox", "Sending is switched off, so all letters wait here")
        return (
            "act",
            head,
            translate("outbox", "Settings, Mail switches it on again. Nothing is lost meanwhile."),
        )
    if not mail.trouble:
        return "", "", ""
    head = translate("outbox", "The mail server takes no letters, so they wait here")
    why = trouble_words(mail.trouble)
    if mail.since is not None:
        when = day_and_time(local(mail.since, zone), local(now, zone).date(), inside=True)
        head = translate("outbox", "The mail server has taken no letters since {when}").format(when=when)
    return "stop", head, why
