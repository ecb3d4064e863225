"""What deciding about several reservations at once would do, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.wording.dates import clock, day_word
from ui.wording.numbers import number_words
from ui.wording.orders import local, what_words
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from datetime import datetime

    from controllers.bulk import BulkDone, BulkPreview, DepartureSeats, LeftOut

translate = QCoreApplication.translate


def counted(count: int, one: str, many: str, **facts: object) -> str:
    """'1 traveler' or '12 travelers'."""
    return (one if count == 1 else many).format(count=number_words(count), **facts)


def travelers_words(preview: BulkPreview) -> str:
    """'12 travelers, 3 departures.'"""
    if not preview.rows:
        return ""
    heads = counted(preview.heads, translate("bulk", "1 traveler"), translate("bulk", "{count} travelers"))
    going = sum(1 for bill in preview.departures if bill.after > bill.taken)
    departures = counted(going, translate("bulk", "1 departure"), translate("bulk", "{count} departures"))
    return f"{heads}, {departures}." if going else f"{heads}."


def short_words(preview: BulkPreview) -> str:
    """'Sat 17:40 is 2 seats short', for the first that is, and how many more are."""
    short = [bill for bill in preview.departures if bill.short]
    if not short:
        return ""
    seats = counted(
        short[0].short, translate("bulk", "1 seat short"), translate("bulk", "{count} seats short")
    )
    words = translate("bulk", "{when} is {seats}").format(when=brief_when(short[0], preview.now), seats=seats)
    if len(short) > 1:
        words += translate("bulk", ", {count} more are short").format(count=len(short) - 1)
    return words


def leaving_words(preview: BulkPreview) -> str:
    """'2 cannot be confirmed', '' where all can."""
    return counted(
        len(preview.left_out),
        translate("bulk", "1 cannot be confirmed"),
        translate("bulk", "{count} cannot be confirmed") if preview.left_out else "",
    )


def brief_when(bill: DepartureSeats, now: datetime) -> str:
    """'Today 17:40'."""
    row = bill.first
    if row.departs_at is None:
        return day_word(row.departs_on) if row.departs_on else row.number
    at = local(row.departs_at, row.zone)
    return f"{day_word(at.date(), local(now, row.zone).date())} {clock(at)}"


def departure_words(bill: DepartureSeats, now: datetime) -> tuple[str, str]:
    """'Today 17:40' and 'Busan Night Boat, Night. 3 orders'."""
    orders = counted(bill.orders, translate("bulk", "1 order"), translate("bulk", "{count} orders"))
    return brief_when(bill, now), f"{what_words(bill.first)}. {orders}"


def left_out_words(left: LeftOut) -> str:
    """Why one stays as it is; what to do about it is for its own page."""
    words, dot, _what_to_do = refusal(left.no).partition(". ")
    words += "." if dot else ""
    return words if left.number in words else f"{left.number}: {words}"


def confirmed_words(done: BulkDone) -> str:
    """'Confirmed 3, their letters wait'."""
    return _done(
        done,
        translate("bulk", "Confirmed {count}, their letters wait"),
        translate("bulk", "Confirmed {count}, left {left}: {why}"),
    )


def taken_back_words(done: BulkDone) -> str:
    """'Taken back: 3 wait for confirmation again'."""
    return _done(
        done,
        translate("bulk", "Taken back: {count} wait for confirmation again, no letter leaves"),
        translate("bulk", "Taken back {count}, left {left}: {why}"),
    )


def cancelled_words(done: BulkDone) -> str:
    """'Cancelled 3, each was told the reason'."""
    return _done(
        done,
        translate("bulk", "Cancelled {count}, each is told the reason"),
        translate("bulk", "Cancelled {count}, left {left}: {why}"),
    )


def ticked_off_words(done: BulkDone) -> str:
    """'Ticked off: 3 are done at their channels'."""
    return _done(
        done,
        translate("bulk", "Ticked off: {count} are done at their channels"),
        translate("bulk", "Ticked off {count}, left {left}: {why}"),
    )


def claimed_words(done: BulkDone) -> str:
    """'You work on 3 now'."""
    return _done(
        done,
        translate("bulk", "You work on {count} now"),
        translate("bulk", "You work on {count} now, left {left}: {why}"),
    )


def _done(done: BulkDone, all_of: str, some_of: str) -> str:
    """All of them, or some and why the first of the others is not among them."""
    count = number_words(len(done.done))
    if not done.left_out:
        return all_of.format(count=count)
    return some_of.format(count=count, left=len(done.left_out), why=left_out_words(done.left_out[0]))
