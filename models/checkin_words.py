"""Says a verdict in one English sentence, with the facts that make it believable.

The command line and the scan's own record speak with these words; the screen has larger ones.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.checkin import Kind, Window
from models.frozen import frozen
from models.repair import Wrong
from models.reservations import Status


@frozen
class Told:
    """What a sentence may mention. Nothing personal: sentences are stored."""

    number: str = ""
    status: Status | None = None
    admitted: int = 0
    arrived: int = 0
    party: int | None = None
    balance: str = ""
    due_minor: int = 0
    currency: str = ""
    window: Window | None = None
    departs_at: datetime | None = None
    used_at: datetime | None = None
    used_counter: str = ""
    uses: int = 1
    cancelled_at: datetime | None = None
    numbers: tuple[str, ...] = ()
    digits_read: int = 0
    no_row: bool = False
    forced: bool = False
    offers: int = 0
    note: bool = False
    in_group: bool = True
    """False where only the redemption group of whoever scans keeps them out."""


def message(kind: Kind, told: Told, now: datetime) -> str:
    """One sentence or two: what it is, and what to do now."""
    return _offered(told) if told.offers else _SENTENCES[kind](told, now)


def _offered(told: Told) -> str:
    note = "There is a note to read first. " if told.note else ""
    left = f" {told.arrived} of {told.party} in." if told.party is not None and told.arrived else ""
    return f"{note}{told.offers} may come in, nobody was let in yet.{left}"


_REPAIRS = {
    Wrong.KEYBOARD: "The scanner is set to another keyboard: set it to this country's.",
    Wrong.SHIFT: "The scanner sends capitals for small letters: look at its Shift and Caps Lock.",
    Wrong.SCRIPT: "The digits came in another script: set the scanner or the keyboard to Latin digits.",
    Wrong.EXTRA: "The scanner sends more than the code: switch its prefix and suffix off.",
}


def repair_words(wrong: Wrong) -> str:
    """What to do about a scanner whose code had to be repaired."""
    return _REPAIRS[wrong]


def _admit(told: Told, _now: datetime) -> str:
    if told.party is None:
        return f"Admit {told.admitted}. The channel did not tell how many come: count them."
    forced = " By force." if told.forced else ""
    return f"Admit {told.admitted}. {told.arrived} of {told.party} in.{forced}"


def _partly(told: Told, _now: datetime) -> str:
    return f"Admit {told.admitted} more. {told.arrived} of {told.party or '?'} in."


def _check(told: Told, now: datetime) -> str:
    if told.status is Status.CANCEL_REQUESTED:
        note = "The traveler has asked to cancel: ask before they go."
    elif told.window is not None and told.window.unmatched:
        note = "No departure of ours is known for this order: check what was booked."
    else:
        note = "The note was read."
    return f"{note} {_admit(told, now)}"


def _collect(told: Told, _now: datetime) -> str:
    return f"Collect {told.balance} first, then scan again."


def _not_confirmed(told: Told, _now: datetime) -> str:
    return f"{told.number} is {told.status}. Confirm it first."


def _other_day(told: Told, _now: datetime) -> str:
    return f"Booked for {_when(told)}, not for today."


def _too_early(told: Told, _now: datetime) -> str:
    window = told.window
    if window is not None and window.opens_at is not None:
        return f"Too early: admission opens at {_clock(window.opens_at, window.zone)}."
    return f"Too early: valid from {window.valid_from if window else ''}."


def _too_late(told: Told, _now: datetime) -> str:
    closes = told.window.closes_at if told.window else None
    zone = told.window.zone if told.window else "UTC"
    return (
        f"Too late: admission closed at {_clock(closes, zone) if closes else '?'}. Booked for {_when(told)}."
    )


def _out_of_date(told: Told, _now: datetime) -> str:
    return f"Valid until {told.window.valid_until if told.window else '?'} only."


def _used(told: Told, now: datetime) -> str:
    count = f" {told.arrived} of {told.party} in." if told.party is not None else ""
    return f"Already used{_last_use(told, now)}.{count}"


def _no_uses(told: Told, now: datetime) -> str:
    return f"All {told.uses} uses are spent{_last_use(told, now)}."


def _cancelled(told: Told, _now: datetime) -> str:
    zone = told.window.zone if told.window else "UTC"
    on = f" since {_day_and_clock(told.cancelled_at, zone)}" if told.cancelled_at else ""
    word = "has expired unpaid" if told.status is Status.EXPIRED else f"is cancelled{on}"
    return f"{told.number} {word}. Nobody may come in with it."


def _replaced(told: Told, _now: datetime) -> str:
    return f"This ticket of {told.number} was replaced by a newer one. Ask for the newer voucher."


def _unknown(told: Told, _now: datetime) -> str:
    if told.numbers:
        return (
            f"This fits several reservations: {', '.join(told.numbers)}. Scan or type one of these numbers."
        )
    if told.no_row:
        return "The code is ours, but its ticket is not in this database. Search for the name."
    return "Nothing here has this code. Search for the name or the order number."


def _unreadable(told: Told, _now: datetime) -> str:
    read = f" Only {told.digits_read} of 26 digits were read." if told.digits_read else ""
    return f"No code could be read.{read} Scan again."


_SENTENCES = {
    Kind.ADMIT: _admit,
    Kind.PARTLY_IN: _partly,
    Kind.CHECK: _check,
    Kind.COLLECT: _collect,
    Kind.NOT_CONFIRMED: _not_confirmed,
    Kind.OTHER_DAY: _other_day,
    Kind.TOO_EARLY: _too_early,
    Kind.TOO_LATE: _too_late,
    Kind.OUT_OF_DATE: _out_of_date,
    Kind.USED: _used,
    Kind.NO_USES_LEFT: _no_uses,
    Kind.CANCELLED: _cancelled,
    Kind.REPLACED: _replaced,
    Kind.ELSEWHERE: lambda told, _now: (
        f"{told.number} is for another place: it is not admitted at this counter."
        if told.in_group
        else f"{told.number} is of a product that your group does not redeem. Call somebody whose group does."
    ),
    Kind.UNKNOWN: _unknown,
    Kind.FORGED: lambda _told, _now: "The check digits do not agree: this is not a code of ours.",
    Kind.UNREADABLE: _unreadable,
}


def _last_use(told: Told, now: datetime) -> str:
    if told.used_at is None:
        return ""
    ago = int((now - told.used_at).total_seconds() // 60)
    zone = told.window.zone if told.window else "UTC"
    when = f"{ago} min ago" if 0 <= ago < 120 else f"on {_day_and_clock(told.used_at, zone)}"
    return f" {when}" + (f" at {told.used_counter}" if told.used_counter else "")


def _when(told: Told) -> str:
    window = told.window
    if told.departs_at is not None and window is not None:
        return _day_and_clock(told.departs_at, window.zone)
    day: date | None = window.day if window else None
    return day.isoformat() if day else "another day"


def _clock(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def _day_and_clock(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
