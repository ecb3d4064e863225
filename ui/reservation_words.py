"""Says what stands in each column of the list of reservations, for eyes, for screen readers and for files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from models.money import Money
from models.reservations import Status
from models.rows import ReservationRow
from models.to_do import deeds
from ui import theme
from ui.act_by import act_by_words
from ui.wording.channels import channel_name
from ui.wording.dates import clock, day_and_time, day_word
from ui.wording.numbers import money_words
from ui.wording.orders import (
    UNKNOWN,
    heads_words,
    hidden_words,
    local,
    not_told,
    to_do_words,
    unmatched_words,
    what_words,
    when_words,
)
from ui.wording.statuses import status_word

translate = QCoreApplication.translate


def say(order: ReservationRow, key: str, now: dt.datetime, zone: str = "") -> str:
    """A cell in words, for a screen reader and where it is cut off; `zone` is the operator's."""
    if key == "departure":
        return when_words(order, now)
    if key == "act_by":
        return act_by_words(order, now)
    if key == "ordered":
        return ", ".join(ordered_lines(order, now, zone))
    if key == "promise":
        return ", ".join(promise_lines(order, now))
    words = _WORDS.get(key)
    return words(order) if words else ""


def lines(order: ReservationRow, key: str, now: dt.datetime, zone: str = "") -> tuple[str, str]:
    """A cell on paper: two lines, as on screen, in words only. A time left would be old by then: it is a time."""
    moments = {"ordered": ordered_lines(order, now, zone), "claimed": claimed_words(order, now)}
    if key in ("act_by", "promise"):
        waits = key == "promise" or bool(act_by_words(order, now))
        return promise_lines(order, now) if waits else ("", "")
    if key in moments:
        return moments[key]
    if key == "departure":
        return departure_lines(order, local(now, order.zone).date())
    two = _LINES.get(key)
    return two(order) if two else (say(order, key, now, zone), "")


def shown_status(order: ReservationRow) -> str:
    """The status of the chip: somebody who is in is shown as arrived while the trip lasts."""
    return theme.ARRIVED if order.arrived and order.status is Status.CONFIRMED else order.status


def departure_lines(order: ReservationRow, today: dt.date) -> tuple[str, str]:
    """The time, and below it the day, so that the eye runs down the times."""
    if order.departs_at is not None:
        at = local(order.departs_at, order.zone)
        return clock(at), day_word(at.date(), today)
    if order.departs_on is not None:
        return UNKNOWN, day_word(order.departs_on, today)
    if order.open_dated:
        return translate("reservations", "Open date"), ""
    return UNKNOWN, translate("reservations", "no date told")


def ordered_lines(order: ReservationRow, now: dt.datetime, zone: str = "") -> tuple[str, str]:
    """When it was ordered: the day, and below it the time, on the operator's clock."""
    at = local(order.ordered_at, zone or order.zone)
    return day_word(at.date(), local(now, zone or order.zone).date()), clock(at)


def promise_lines(order: ReservationRow, now: dt.datetime) -> tuple[str, str]:
    """Until when an answer was promised, whatever became of it."""
    if order.confirm_by is None:
        return UNKNOWN, ""
    at = local(order.confirm_by, order.zone)
    return day_word(at.date(), local(now, order.zone).date()), clock(at)


def numbers_words(order: ReservationRow, gap: str = " ") -> str:
    """Our number and the channel's."""
    return gap.join(part for part in (order.number, order.reference) if part)


def customer_words(order: ReservationRow) -> str:
    """The traveler's name, or why it is not there."""
    return hidden_words() if order.traveler is None else order.traveler or not_told()


def coded_words(order: ReservationRow) -> str:
    """'[BOAT] Busan Night Boat', the way rezio writes a product."""
    return f"[{order.product_code}] {order.product}" if order.product_code else order.product


def payment_words(order: ReservationRow) -> str:
    """How the order stands with its money."""
    if order.paid is None:
        return translate("reservations", "Unpaid") if order.balance else UNKNOWN
    if order.balance is not None:
        return translate("reservations", "Partly paid")
    return translate("reservations", "Paid")


def balance_of(order: ReservationRow) -> Money | None:
    """What is still open, nothing where all is paid; None where nobody told."""
    if order.balance is None and order.paid is not None:
        return Money(0, order.paid.currency)
    return order.balance


def balance_words(order: ReservationRow) -> str:
    """The balance as money, or the dash."""
    balance = balance_of(order)
    return UNKNOWN if balance is None else money_words(balance)


def source_words(order: ReservationRow) -> str:
    """Who sold it."""
    return channel_name(order.channel)


def sent_by_words(order: ReservationRow) -> str:
    """By whom it came to us, where that is another than who sold it."""
    words = translate("reservations", "by {sender}")
    return words.format(sender=channel_name(order.via)) if order.via else ""


def amount_words(order: ReservationRow) -> str:
    """The amount as money, or the dash."""
    return UNKNOWN if order.amount is None else money_words(order.amount)


def due_words(order: ReservationRow) -> str:
    """What we have to collect."""
    if order.due is None:
        return ""
    return translate("reservations", "due {amount}").format(amount=money_words(order.due))


def short_to_do(order: ReservationRow) -> str:
    """What is to be done at the channel, as short as a column is narrow; the first deed, and how many more."""
    if not order.to_do:
        return ""
    first, *more = deeds(order.to_do)
    words = {
        "confirm": translate("reservations", "confirm there, too"),
        "cancel": translate("reservations", "cancel there, too"),
        "redeem": translate("reservations", "redeem there, too"),
        "tell": translate("reservations", "tell them in its chat"),
    }.get(first, first)
    return f"{words} +{len(more)}" if more else words


def pax_words(order: ReservationRow) -> str:
    """The party, and how many of it are in."""
    if order.party is None:
        return not_told()
    if order.arrived:
        words = translate("reservations", "{party}, {arrived} in")
        return words.format(party=order.party, arrived=order.arrived)
    return str(order.party)


def claimed_words(order: ReservationRow, now: dt.datetime) -> tuple[str, str]:
    """Who takes care of it, and since when."""
    if not order.claimed_by or order.claimed_at is None:
        return order.claimed_by, ""
    at = local(order.claimed_at, order.zone)
    return order.claimed_by, day_and_time(at, local(now, order.zone).date())


def _together(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


_WORDS: dict[str, Callable[[ReservationRow], str]] = {
    "tick": lambda order: order.number,
    "status": lambda order: _together(status_word(shown_status(order)), order.channel_status),
    "traveler": lambda order: _together(customer_words(order), numbers_words(order)),
    "pax": pax_words,
    "product": lambda order: _together(what_words(order), unmatched_words(order.unmatched)),
    "channel": lambda order: _together(
        source_words(order), sent_by_words(order), to_do_words(order, source_words(order))
    ),
    "amount": lambda order: _together(amount_words(order), due_words(order)),
    "number": lambda order: order.number,
    "reference": lambda order: order.reference or not_told(),
    "coded": lambda order: _together(coded_words(order), order.option, unmatched_words(order.unmatched)),
    "customer": customer_words,
    "payment": payment_words,
    "balance": balance_words,
    "source": lambda order: _together(source_words(order), sent_by_words(order)),
    "claimed": lambda order: order.claimed_by,
    "to_do": lambda order: to_do_words(order, source_words(order)),
    "channel_status": lambda order: order.channel_status,
}

_LINES: dict[str, Callable[[ReservationRow], tuple[str, str]]] = {
    "status": lambda order: (status_word(shown_status(order)), ""),
    "traveler": lambda order: (customer_words(order), numbers_words(order, " · ")),
    "pax": lambda order: (heads_words(order.party), ""),
    "product": lambda order: (order.product, unmatched_words(order.unmatched) or order.option),
    "coded": lambda order: (coded_words(order), unmatched_words(order.unmatched) or order.option),
    "channel": lambda order: (source_words(order), short_to_do(order) or sent_by_words(order)),
    "source": lambda order: (source_words(order), sent_by_words(order)),
    "amount": lambda order: (amount_words(order), due_words(order)),
    "number": lambda order: (order.number, order.reference),
    "reference": lambda order: (order.reference or UNKNOWN, ""),
    "to_do": lambda order: (short_to_do(order), ""),
}
