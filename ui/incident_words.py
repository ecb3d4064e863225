"""What two counters did against each other, and what can be decided about it, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.offline import Conflict, Ruling
from ui.wording.bulk import counted
from ui.wording.dates import clock, day_and_time
from ui.wording.orders import local
from ui.wording.statuses import status_word

if TYPE_CHECKING:
    from controllers.incidents import IncidentRow, Seen

translate = QCoreApplication.translate


def conflict_words(one: IncidentRow) -> str:
    """What happened, in one sentence."""
    many = max(1, one.heads)
    if one.kind is Conflict.TWICE:
        return counted(
            many,
            translate("incidents", "1 guest was let in twice"),
            translate("incidents", "{count} guests were let in twice"),
        )
    words = {
        Conflict.CANCELLED: translate("incidents", "Let in, but cancelled meanwhile"),
        Conflict.NOT_CONFIRMED: translate("incidents", "Let in, but never confirmed"),
        Conflict.REPLACED: translate("incidents", "Let in with a voucher that was replaced"),
        Conflict.MOVED: translate("incidents", "Let in, but moved to another time"),
        Conflict.UNPAID: translate("incidents", "Let in, and money is still due"),
        Conflict.UNKNOWN: translate("incidents", "Let in, and the server knows no such order"),
    }
    return words[one.kind]


def who_words(one: IncidentRow) -> str:
    """Whom it is about: the name where it may be seen, else the number."""
    return ", ".join(part for part in (one.traveler or one.number, one.what) if part)


def about_words(one: IncidentRow) -> tuple[tuple[str, str], ...]:
    """The reservation, as pairs of a word and what stands there."""
    if not one.number:
        return ()
    departs = day_and_time(local(one.departs_at, one.zone)) if one.departs_at else ""
    party = str(one.party) if one.party is not None else translate("incidents", "not told")
    told = translate("incidents", "{arrived} of {party}").format(arrived=one.arrived, party=party)
    status = status_word(one.status) if one.status is not None else ""
    rows = (
        (translate("incidents", "Reservation"), ", ".join(p for p in (one.number, status) if p)),
        (translate("incidents", "Booked for"), departs),
        (translate("incidents", "Counted as in"), told),
    )
    return tuple((word, value) for word, value in rows if value)


def seen_words(seen: Seen, zone: str, now: dt.datetime) -> str:
    """'Gate 2, 10:26 (Kim): 2 let in', as the clock at the trip showed it."""
    at = local(seen.at, zone)
    time = clock(at) if at.date() == local(now, zone).date() else day_and_time(at)
    who = f" ({seen.staff})" if seen.staff else ""
    came = counted(seen.heads, translate("incidents", "1 let in"), translate("incidents", "{count} let in"))
    came = came.replace(" ", "\u00a0")  # one word, wherever the line ends
    return translate("incidents", "{counter}, {time}{who}: {came}").format(
        counter=seen.counter, time=time, who=who, came=came
    )


def both_words(one: IncidentRow, now: dt.datetime) -> str:
    """Both counters with their times, the earlier first."""
    seen = [one.scan] if one.other is None else sorted((one.scan, one.other), key=lambda s: s.at)
    return "  |  ".join(_short(one_seen, one.zone, now) for one_seen in seen)


def _short(seen: Seen, zone: str, now: dt.datetime) -> str:
    at = local(seen.at, zone)
    time = clock(at) if at.date() == local(now, zone).date() else day_and_time(at)
    return f"{seen.counter} {time}"


def ruling_words(ruling: Ruling, one: IncidentRow) -> tuple[str, str]:
    """What a decision is called, and what it does."""
    words = {
        Ruling.KEEP: (
            translate("incidents", "Leave it as it is"),
            translate("incidents", "They came in; nothing is changed"),
        ),
        Ruling.TAKE_BACK: (
            translate("incidents", "Take the scan at {counter} back").format(counter=one.scan.counter),
            translate("incidents", "It was a slip: nobody came in by it"),
        ),
        Ruling.COUNT: (
            translate("incidents", "Count them as arrived"),
            translate("incidents", "They are our guests"),
        ),
        Ruling.CONFIRM: (
            translate("incidents", "Confirm the order"),
            translate("incidents", "It takes its seats, and they count as arrived"),
        ),
        Ruling.NO_REFUND: (
            translate("incidents", "Pay no refund"),
            translate("incidents", "They travelled: what is still owed is struck"),
        ),
        Ruling.WARN: (
            translate("incidents", "Warn at the gate…"),
            translate("incidents", "The voucher was copied: a note must be read first"),
        ),
    }
    return words[ruling]


def decided_words(ruling: Ruling, one: IncidentRow) -> str:
    """What was done, for the foot of the window."""
    return translate("incidents", "Decided: {what}").format(what=ruling_words(ruling, one)[0].rstrip("…"))
