"""Says which trip it is, what its close would do and has done, and what taking it back gives and cannot give."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.trips import ClosingMade, TripKey, TripOrder, TripToClose
from ui.wording.bulk import counted
from ui.wording.dates import clock, day_word
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.closings import ClosingUndone
    from controllers.trips import TripClosed

translate = QCoreApplication.translate


def when_words(trip: TripToClose | ClosingMade, now: dt.datetime) -> str:
    """'Today 14:00', or the day alone."""
    day = day_word(trip.day, local(now, trip.zone).date()) if trip.day is not None else ""
    if trip.departs_at is None:
        return day
    return f"{day} {clock(local(trip.departs_at, trip.zone))}".strip()


def tour_words(trip: TripToClose | ClosingMade) -> str:
    """'Tea House Walk, Afternoon'."""
    key: TripKey = trip.key
    if key.day is not None:
        return translate("trips", "Orders without a departure of ours")
    if key.departure_id is None:
        return ", ".join(part for part in (trip.product, _tickets()) if part)
    return ", ".join(part for part in (trip.product, trip.option) if part)


def two_lines(trip: TripToClose, now: dt.datetime) -> tuple[str, str]:
    """When it left, and which trip it was; tickets have no such moment, and begin with their product."""
    when = when_words(trip, now)
    if when:
        return when, tour_words(trip)
    return (trip.product, _tickets()) if trip.product else (_tickets(), "")


def _tickets() -> str:
    return translate("trips", "tickets that are spent or out of date")


def figures_words(came: int, missing: int, stays: int = 0) -> str:
    """'3 redeemed, 1 no-show, 1 stays'."""
    parts = [
        counted(
            came, translate("trips", "1 redeemed"), translate("trips", "{count} redeemed") if came else ""
        ),
        counted(
            missing,
            translate("trips", "1 no-show"),
            translate("trips", "{count} no-shows") if missing else "",
        ),
        counted(stays, translate("trips", "1 stays"), translate("trips", "{count} stay") if stays else ""),
    ]
    return ", ".join(part for part in parts if part) or translate("trips", "Nobody")


def heads_in_words(trip: TripToClose) -> str:
    """'14 in, 3 missing'."""
    came = translate("trips", "{count} in").format(count=trip.heads_came) if trip.heads_came else ""
    missing = translate("trips", "{count} missing").format(count=trip.heads_missing)
    return ", ".join(part for part in (came, missing if trip.heads_missing else "") if part)


def standing_words(trip: TripToClose, now: dt.datetime) -> str:
    """What is not as usual about a trip: that it is proposed again, or that the clock closes it."""
    if trip.closed_before:
        return translate("trips", "proposed again")
    if trip.by_clock_at is None:
        return ""
    at = local(trip.by_clock_at, trip.zone)
    if at.date() != local(now, trip.zone).date():
        return translate("trips", "closes by itself {day} {time}").format(
            day=day_word(at.date(), local(now, trip.zone).date()), time=clock(at)
        )
    return translate("trips", "closes by itself at {time}").format(time=clock(at))


def by_itself_words(trip: TripToClose, now: dt.datetime) -> str:
    """That nobody has to do it."""
    if trip.by_clock_at is None:
        return ""
    return translate("trips", "Its product leaves it to the clock: it {closes}.").format(
        closes=standing_words(trip, now)
    )


def warnings_of(trip: TripToClose) -> list[str]:
    """What to know before a trip is closed."""
    notes = []
    if trip.undecided:
        notes.append(
            counted(
                trip.undecided,
                translate("trips", "1 order of this departure waits for an answer and stays as it is."),
                translate(
                    "trips", "{count} orders of this departure wait for an answer and stay as they are."
                ),
            )
        )
    if trip.closed_before:
        notes.append(
            translate("trips", "It was closed before: these were left, taken back or have changed since.")
        )
    return notes


def arrived_words(order: TripOrder) -> str:
    """'2 of 3 in', 'nobody of 2', '2 in' where nobody told how many come."""
    if order.party is None:
        return translate("trips", "{count} in").format(count=order.arrived)
    if not order.arrived:
        return translate("trips", "nobody of {party}").format(party=order.party)
    return translate("trips", "{count} of {party} in").format(count=order.arrived, party=order.party)


def numbers_words(order: TripOrder) -> str:
    """'CF-10234   27KK-1'."""
    return "   ".join(part for part in (order.number, order.reference) if part)


def made_words(closing: ClosingMade, now: dt.datetime, zone: str) -> str:
    """'17:02 by Mina: 12 redeemed, 3 no-shows', or that it was taken back."""
    at = local(closing.at, zone)
    when = clock(at)
    if at.date() != local(now, zone).date():
        when = f"{day_word(at.date(), local(now, zone).date())} {when}"
    who = translate("trips", "the clock") if closing.by_clock else closing.who
    if closing.undone_at is not None:
        by = closing.undone_by or who
        return translate("trips", "Closed {when} by {who}, taken back by {by}").format(
            when=when, who=who, by=by
        )
    figures = figures_words(closing.redeemed, closing.no_shows, closing.stayed)
    return translate("trips", "{when} by {who}: {figures}").format(when=when, who=who, figures=figures)


def closed_words(done: TripClosed) -> str:
    """'Closed: 12 redeemed, 3 no-shows'."""
    figures = figures_words(len(done.redeemed), len(done.no_shows), done.stayed)
    return translate("trips", "Closed: {figures}").format(figures=figures)


def undone_words(done: ClosingUndone) -> str:
    """What went back, and in the same breath what did not."""
    parts = [
        counted(
            len(done.back),
            translate("trips", "Taken back: 1 order is confirmed again."),
            translate("trips", "Taken back: {count} orders are confirmed again."),
        )
    ]
    if done.changed:
        parts.append(
            counted(
                done.changed,
                translate("trips", "1 was changed since and stays."),
                translate("trips", "{count} were changed since and stay."),
            )
        )
    parts += cannot_go_back(done.letters_left, done.channels_told)
    return " ".join(parts)


def cannot_go_back(letters_left: int, channels_told: int = 0) -> list[str]:
    """What nobody can call back."""
    parts = []
    if letters_left:
        parts.append(
            counted(
                letters_left,
                translate("trips", "1 comment letter has left already."),
                translate("trips", "{count} comment letters have left already."),
            )
        )
    if channels_told:
        parts.append(
            counted(
                channels_told,
                translate("trips", "1 is redeemed at its channel already: tell them there."),
                translate("trips", "{count} are redeemed at their channels already: tell them there."),
            )
        )
    return parts
