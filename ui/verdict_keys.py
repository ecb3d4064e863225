"""Says what can be pressed on a verdict now, the likeliest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.checkin import TIME_RULES, Kind
from models.outbox import MAY_HAVE_LEFT, Letter
from models.reservations import Status, Verb, may
from ui import checkin_words as say
from ui.widgets.verdict_face import VerdictKey
from ui.wording.dates import clock
from ui.wording.numbers import money_words
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.answers import Choice
    from ui.verdicts import Judged

translate = QCoreApplication.translate
FORCEABLE = TIME_RULES
_MENDED_AT_THE_SERVER = frozenset({Kind.NOT_CONFIRMED, Kind.REPLACED})
"""Whose keys confirm, take money, print or send: a counter without the server offers none of it."""
MOST_CHOICES = 5
"""So many fit beside each other on the stub; the others are found by the search."""


def keys_of(judged: Judged) -> tuple[VerdictKey, ...]:
    """The keys of the stub."""
    answer, kind = judged.answer, judged.kind
    if answer.choices:
        return _choices(judged)
    if kind is Kind.UNREADABLE:
        repair = VerdictKey(
            "F9", translate("verdicts", "Repair"), translate("verdicts", "see what the scanner sends")
        )
        return (_next(kind), *((repair,) if answer.source not in ("picture", "camera") else ()))
    if answer.reservation_id is None:
        search = VerdictKey("S", translate("verdicts", "Search"), translate("verdicts", "in the list"))
        return (_next(kind), search)
    if answer.waits:
        return _offered(judged)
    if judged.let_in:
        return _let_in(judged)
    return _refused(judged)


# --- letting in -----------------------------------------------------------------------------


def _offered(judged: Judged) -> tuple[VerdictKey, ...]:
    """Nobody is in yet: all, some, or nobody."""
    answer = judged.answer
    esc = VerdictKey(
        "Esc", translate("verdicts", "Not now"), translate("verdicts", "nobody is let in"), closes=True
    )
    if answer.offers_in_all > answer.offers:
        every = _all_together(judged)
    elif answer.note:
        small = translate("verdicts", "lets in {count}").format(count=answer.offers)
        every = VerdictKey("Enter", translate("verdicts", "I have read it"), small)
    elif answer.offers > 1:
        every = VerdictKey("Enter", translate("verdicts", "Enter all {count}").format(count=answer.offers))
    else:
        every = VerdictKey("Enter", translate("verdicts", "Let in"))
    return (every, *_some(judged), _view(judged), esc)


def _some(judged: Judged) -> tuple[VerdictKey, ...]:
    answer = judged.answer
    if answer.party is None:
        return (
            VerdictKey("1–9", translate("verdicts", "Count them"), translate("verdicts", "so many came")),
        )
    if answer.offers_in_all > 1:
        small = translate("verdicts", "the others come later")
        return (VerdictKey("1–9", translate("verdicts", "Some"), small),)
    return ()


def _let_in(judged: Judged) -> tuple[VerdictKey, ...]:
    answer = judged.answer
    undo = VerdictKey("U", translate("verdicts", "Undo"), _undo_words(judged))
    if answer.offers_in_all and not judged.together:
        only = translate("verdicts", "Only these {count}").format(count=answer.admitted)
        if answer.admitted == 1:
            only = translate("verdicts", "Only this one")
        return (_all_together(judged), VerdictKey("Esc", only, closes=True), undo, _view(judged))
    return (_next(judged.kind), *_fewer(judged), undo, _view(judged))


def _fewer(judged: Judged) -> tuple[VerdictKey, ...]:
    """A key takes down to fewer what was let in whole; a party nobody told is counted."""
    answer = judged.answer
    if judged.together:
        return ()
    if answer.party is None:
        return (
            VerdictKey("1–9", translate("verdicts", "Count them"), translate("verdicts", "so many came")),
        )
    if answer.admitted > 1:
        small = translate("verdicts", "so many came")
        return (VerdictKey("1–9", translate("verdicts", "Fewer came"), small),)
    return ()


def _all_together(judged: Judged) -> VerdictKey:
    """'Enter all 5, of 3 bookings'."""
    answer = judged.answer
    heads = answer.offers_in_all + answer.admitted
    numbers = 1 + sum(1 for one in answer.companions if one.offers)
    if judged.kind is Kind.USED:
        heads, numbers = answer.offers_in_all, numbers - 1
        words = translate("verdicts", "Enter the other {count}")
    else:
        words = translate("verdicts", "Enter all {count}")
    small = (
        translate("verdicts", "of {count} bookings") if numbers > 1 else translate("verdicts", "of 1 booking")
    )
    return VerdictKey("Enter", words.format(count=heads), small.format(count=numbers))


def _undo_words(judged: Judged) -> str:
    """Honest before it is pressed, not after."""
    found = judged.found
    if found is None or found.row.status is not Status.REDEEMED:
        return translate("verdicts", "free until the trip ends")
    if any(one.kind is Letter.COMMENT and one.state in MAY_HAVE_LEFT for one in found.letters):
        return translate("verdicts", "a letter has left: needs a reason")
    return translate("verdicts", "until the letter leaves")


# --- refused --------------------------------------------------------------------------------


def _refused(judged: Judged) -> tuple[VerdictKey, ...]:
    kind, view, after = judged.kind, _view(judged), _next(judged.kind)
    is_alone = judged.answer.alone is not None
    if kind is Kind.COLLECT and is_alone:
        small = translate("verdicts", "payments wait for the server")
        return (VerdictKey("Esc", translate("verdicts", "Leave it open"), small, closes=True), view)
    if is_alone and kind in _MENDED_AT_THE_SERVER:
        return (after, view)
    if kind is Kind.COLLECT:
        take = VerdictKey("P", translate("verdicts", "Take payment"), translate("verdicts", "cash or card"))
        return (take, view, VerdictKey("Esc", translate("verdicts", "Leave it open"), closes=True))
    if kind is Kind.NOT_CONFIRMED:
        return (*_answers(judged), view, after)
    if kind in FORCEABLE:
        force = VerdictKey("F", translate("verdicts", "Let in"), translate("verdicts", "with a reason"))
        return (*(() if is_alone else _move(judged)), force, view, after)
    if kind is Kind.USED:
        small = _undo_words(judged)
        if judged.found is not None and judged.found.row.status is not Status.REDEEMED:
            small = translate("verdicts", "the scan before")
        undo = VerdictKey("U", translate("verdicts", "Undo"), small)
        if judged.answer.offers_in_all:
            esc = VerdictKey("Esc", translate("verdicts", "Nobody"), closes=True)
            return (_all_together(judged), *_some(judged), undo, view, esc)
        return (after, view, undo)
    if kind is Kind.REPLACED:
        return (*_newer(judged), view, after)
    return (after, view)


def _answers(judged: Judged) -> tuple[VerdictKey, ...]:
    """What makes an order that is not confirmed good: its payment, or its confirmation."""
    found = judged.found
    if found is not None and found.row.status is Status.AWAITING_PAYMENT:
        if found.row.due is None:  # the channel's money is none of ours
            return ()
        return (VerdictKey("P", translate("verdicts", "Take payment"), money_words(found.row.due)),)
    if found is not None and not may(found.row.status, Verb.CONFIRM):
        return ()
    return (
        VerdictKey("C", translate("verdicts", "Confirm"), translate("verdicts", "shows the seats first")),
    )


def _move(judged: Judged) -> tuple[VerdictKey, ...]:
    there = judged.offered
    if there is None:
        return ()
    at = clock(local(there.departs_at, there.zone))
    small = translate("verdicts", "{time}: seats {before} → {after} of {capacity}").format(
        time=at, before=there.taken, after=there.after, capacity=there.capacity
    )
    return (VerdictKey("M", translate("verdicts", "Move to today"), small),)


def _newer(judged: Judged) -> tuple[VerdictKey, ...]:
    """The valid voucher: sent again where an address is known, printed anyway."""
    show = VerdictKey("P", translate("verdicts", "Print"), translate("verdicts", "the valid voucher"))
    if judged.found is None or not judged.found.has_address:
        return (show,)
    return (
        VerdictKey("R", translate("verdicts", "Send again"), translate("verdicts", "the valid voucher")),
        show,
    )


# --- which one ------------------------------------------------------------------------------


def _choices(judged: Judged) -> tuple[VerdictKey, ...]:
    """The nearest departure first: Enter takes it, a digit another one."""
    keys = [
        VerdictKey(
            "Enter" if n == 1 else str(n), _when(one, judged), one.traveler or one.number, also=(str(n),)
        )
        for n, one in enumerate(judged.answer.choices[:MOST_CHOICES], 1)
    ]
    return (*keys, VerdictKey("Esc", translate("verdicts", "None of them"), closes=True))


def _when(one: Choice, judged: Judged) -> str:
    there = replace(judged, zone=one.zone)  # its day is asked where it is, not at the desk
    day = say.near_day(one.departs_on, there) if one.departs_on is not None else one.what
    return ", ".join(
        part for part in (day, clock(local(one.departs_at, one.zone)) if one.departs_at else "") if part
    )


# --- shared ---------------------------------------------------------------------------------


def _view(judged: Judged) -> VerdictKey:
    return VerdictKey("V", translate("verdicts", "View"), judged.answer.number)


def _next(kind: Kind) -> VerdictKey:
    if kind is Kind.CHECK:
        return VerdictKey("Enter", translate("verdicts", "I have read it"), closes=True)
    if kind in {Kind.UNREADABLE, Kind.UNKNOWN, Kind.FORGED}:
        return VerdictKey("Enter", translate("verdicts", "Scan again"), closes=True)
    return VerdictKey("Enter", translate("verdicts", "Next guest"), closes=True)
