"""Puts the end of a day into words: every figure with its name, and every disagreement as a sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from models.checkin import Kind
from models.day_end import DayEnd, ScanAt, TripEnd
from models.sheet import Sheet, SheetColumn, SheetLine, SheetNote, SheetSection
from ui import day_end_money
from ui.day_end_findings import finding_words, trip_words, verdict_words
from ui.wording.dates import clock, day_and_time, long_day
from ui.wording.numbers import number_words
from ui.wording.orders import local

translate = QCoreApplication.translate


def sheet_of(end: DayEnd) -> Sheet:
    """The whole sheet, in the language of the screen."""
    facts = end.facts
    at = local(facts.now, facts.zone)
    year = facts.day.strftime("%Y")
    return Sheet(
        title=translate("day_end", "End of the day"),
        about=" ".join(part for part in (f"{long_day(facts.day)} {year}", facts.operator) if part),
        as_of=translate("day_end", "As of {when} ({zone})").format(
            when=day_and_time(at) if at.date() != facts.day else clock(at), zone=facts.zone
        ),
        page=translate("day_end", "Page {n} of {all}"),
        foot=translate("day_end", "Names nobody but staff."),
        practice=translate("day_end", "PRACTICE: nothing on this sheet happened.") if facts.practice else "",
        sections=(
            _verdict(end),
            _arrivals(end),
            _refusals(end),
            _forced(end),
            _undone(end),
            day_end_money.taken(end),
            day_end_money.drawers(end),
            day_end_money.sales(end),
            day_end_money.refunds(end),
            day_end_money.rewards(end),
        ),
    )


# --- the sections -----------------------------------------------------------------------------


def _verdict(end: DayEnd) -> SheetSection:
    wrong = [one for one in end.findings if one.wrong]
    notes = [SheetNote(verdict_words(end), wrong=bool(wrong))]
    notes += [SheetNote(finding_words(one, end.facts), wrong=True) for one in wrong]
    notes += [SheetNote(finding_words(one, end.facts)) for one in end.findings if not one.wrong]
    return SheetSection(translate("day_end", "Does it add up?"), tuple(notes))


def _arrivals(end: DayEnd) -> SheetSection:
    columns = (
        SheetColumn(translate("day_end", "Departure"), 3.2),
        SheetColumn(translate("day_end", "Orders"), right=True),
        SheetColumn(translate("day_end", "Expected"), right=True),
        SheetColumn(translate("day_end", "Let in"), right=True),
        SheetColumn(translate("day_end", "Undone"), right=True),
        SheetColumn(translate("day_end", "In"), right=True),
        SheetColumn(translate("day_end", "By orders"), right=True),
        SheetColumn(translate("day_end", "Redeemed"), 1.25, right=True),
        SheetColumn(translate("day_end", "No-show"), right=True),
    )
    lines = [SheetLine(_trip_cells(trip_words(one.trip, end.facts.day), (one,))) for one in end.trips]
    if len(lines) > 1:
        lines.append(SheetLine(_trip_cells(translate("day_end", "Together"), end.trips), heavy=True))
    by_people, by_clock, undone = end.facts.closings
    notes = []
    if lines:
        notes.append(SheetNote(translate("day_end", "Redeemed and no-show are counted in orders.")))
    if by_people or by_clock:
        words = translate(
            "day_end", "Trips closed by staff: {staff}, by the clock: {clock}, taken back: {undone}."
        )
        notes.append(SheetNote(words.format(staff=by_people, clock=by_clock, undone=undone)))
    nothing = translate("day_end", "Nobody was expected, and nobody came.")
    return SheetSection(
        translate("day_end", "Arrivals, in heads"), tuple(notes), columns, tuple(lines), nothing
    )


def _trip_cells(name: str, ends: tuple[TripEnd, ...]) -> tuple[str, ...]:
    figures: tuple[Callable[[TripEnd], int], ...] = (
        lambda one: one.orders,
        lambda one: one.expected,
        lambda one: one.admitted,
        lambda one: one.undone,
        lambda one: one.in_by_scans,
        lambda one: one.in_by_orders,
        lambda one: one.redeemed,
        lambda one: one.no_shows,
    )
    return (name, *(number_words(sum(map(of, ends))) for of in figures))


def _refusals(end: DayEnd) -> SheetSection:
    columns = (
        SheetColumn(translate("day_end", "Answer"), 4),
        SheetColumn(translate("day_end", "Scans"), right=True),
    )
    lines = [SheetLine((kind_words(kind), number_words(count))) for kind, count in end.refusals]
    if len(lines) > 1:
        total = number_words(sum(count for _, count in end.refusals))
        lines.append(SheetLine((translate("day_end", "Together"), total), heavy=True))
    nothing = translate("day_end", "Nobody was refused.")
    return SheetSection(translate("day_end", "Refused"), (), columns, tuple(lines), nothing)


def kind_words(kind: Kind) -> str:
    """Why somebody was not let in by a scan, calmly."""
    return {
        Kind.ADMIT: translate("day_end", "Looked at, not let in"),
        Kind.PARTLY_IN: translate("day_end", "Looked at, not let in"),
        Kind.CHECK: translate("day_end", "Looked at, not let in"),
        Kind.COLLECT: translate("day_end", "Money was due"),
        Kind.NOT_CONFIRMED: translate("day_end", "Not confirmed"),
        Kind.OTHER_DAY: translate("day_end", "Another day"),
        Kind.TOO_EARLY: translate("day_end", "Too early"),
        Kind.TOO_LATE: translate("day_end", "Too late"),
        Kind.OUT_OF_DATE: translate("day_end", "Ticket expired"),
        Kind.USED: translate("day_end", "Used already"),
        Kind.NO_USES_LEFT: translate("day_end", "No uses left"),
        Kind.CANCELLED: translate("day_end", "Cancelled"),
        Kind.REPLACED: translate("day_end", "Replaced by a newer ticket"),
        Kind.ELSEWHERE: translate("day_end", "Another counter or product"),
        Kind.UNKNOWN: translate("day_end", "Unknown"),
        Kind.FORGED: translate("day_end", "Not ours"),
        Kind.UNREADABLE: translate("day_end", "Could not be read"),
    }[kind]


def _forced(end: DayEnd) -> SheetSection:
    lines = tuple(SheetLine(_scan_cells(one, one.why, end.facts.zone)) for one in end.forced)
    nothing = translate("day_end", "Nobody was let in outside of their time.")
    return SheetSection(translate("day_end", "Let in with a reason"), (), _scan_columns(), lines, nothing)


def _undone(end: DayEnd) -> SheetSection:
    lines = tuple(SheetLine(_scan_cells(one, one.undo_why, end.facts.zone)) for one in end.undone)
    nothing = translate("day_end", "No arrival was taken back.")
    return SheetSection(translate("day_end", "Taken back"), (), _scan_columns(), lines, nothing)


def _scan_columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(translate("day_end", "Scan at"), 0.8),
        SheetColumn(translate("day_end", "Counter"), 1.4),
        SheetColumn(translate("day_end", "Staff"), 1.4),
        SheetColumn(translate("day_end", "Order"), 1.2),
        SheetColumn(translate("day_end", "Heads"), 0.7, right=True),
        SheetColumn(translate("day_end", "Reason"), 4),
    )


def _scan_cells(one: ScanAt, why: str, zone: str) -> tuple[str, ...]:
    return (clock(local(one.at, zone)), one.counter, one.staff, one.number, number_words(one.admitted), why)
