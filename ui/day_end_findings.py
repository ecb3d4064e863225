"""Says what of a day does not agree, or is not finished yet, and what to do about it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from models.day_end import DayEnd, DayFacts, Finding, TripAt
from models.money import Money
from ui.marking import QT_TRANSLATE_NOOP
from ui.wording.bulk import counted
from ui.wording.dates import clock, day_and_time
from ui.wording.numbers import money_words
from ui.wording.orders import local

translate = QCoreApplication.translate


def verdict_words(end: DayEnd) -> str:
    """The one sentence above everything."""
    wrong = sum(one.wrong for one in end.findings)
    if not wrong:
        return translate("day_end", "It adds up.")
    return counted(
        wrong,
        translate("day_end", "1 thing does not add up."),
        translate("day_end", "{count} things do not add up."),
    )


def finding_words(one: Finding, of: DayFacts) -> str:
    """What does not agree, or is not finished, as a sentence."""
    say = _FINDINGS[one.code]
    told = {name: _fact_words(fact, of) for name, fact in one.facts.items()}
    return translate("day_end", say).format(**told)


_FINDINGS = {
    "in-differs": QT_TRANSLATE_NOOP(
        "day_end",
        "{number}: by the scans {scans} are in, by the order {order}. Look at its history.",
    ),
    "seats-differ": QT_TRANSLATE_NOOP(
        "day_end",
        "{trip}: {seats} seats are taken, but its orders hold {heads}. Look at its orders.",
    ),
    "another-day": QT_TRANSLATE_NOOP(
        "day_end",
        "{trip}: {count} of them were let in on another day.",
    ),
    "to-close": QT_TRANSLATE_NOOP(
        "day_end",
        "{trip}: still to be closed, orders: {count}.",
    ),
    "undecided": QT_TRANSLATE_NOOP(
        "day_end",
        "{trip}: orders that nobody has answered: {count}.",
    ),
    "shift-open": QT_TRANSLATE_NOOP(
        "day_end",
        "{counter}: the shift that was opened at {opened_at} is not counted yet.",
    ),
    "shift-changed": QT_TRANSLATE_NOOP(
        "day_end",
        "{counter}, shift since {opened_at}: payments were changed after the count, by {amount}.",
    ),
    "drawer-missing": QT_TRANSLATE_NOOP(
        "day_end",
        "{counter}, shift since {opened_at}: {amount} are missing in the drawer.",
    ),
    "drawer-over": QT_TRANSLATE_NOOP(
        "day_end",
        "{counter}, shift since {opened_at}: there is {amount} too much in the drawer.",
    ),
    "no-shift": QT_TRANSLATE_NOOP(
        "day_end",
        "{counter}: {amount} were taken in cash while no shift was open, so nobody counted them.",
    ),
    "rewards-differ": QT_TRANSLATE_NOOP(
        "day_end",
        "Reward codes: their ledger and the payments differ by {amount}.",
    ),
    "sale-differs": QT_TRANSLATE_NOOP(
        "day_end",
        "{number}: what was paid and what is due differ from its price by {amount}.",
    ),
}


def _fact_words(fact: object, of: DayFacts) -> str:
    if isinstance(fact, TripAt):
        return trip_words(fact, of.day)
    if isinstance(fact, Money):
        return money_words(fact)
    return moment_words(local(fact, of.zone), of.day) if isinstance(fact, dt.datetime) else str(fact)


def trip_words(trip: TripAt, day: dt.date) -> str:
    """'14:00 Tea House Walk, Afternoon'; with its day where that is not the sheet's."""
    at = f"{moment_words(local(trip.departs_at, trip.zone), day)} " if trip.departs_at is not None else ""
    return at + ", ".join(part for part in (trip.product, trip.option) if part)


def moment_words(at: dt.datetime, day: dt.date) -> str:
    """'14:00' on the day of the sheet, else with its own: 'Sat 17 Oct, 22:10'."""
    return clock(at) if at.date() == day else day_and_time(at)
