"""Every column the list of reservations can show, the two orders it comes in, and what a file gets of each.

The first order is this house's; the other is rezio's, for hands that have worked there for years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.frozen import frozen
from models.money import Money
from models.rows import ReservationRow
from ui.marking import QT_TRANSLATE_NOOP
from ui.reservation_words import balance_of, coded_words, lines, payment_words, source_words
from ui.widgets.row_model import Column
from ui.wording.channels import channel_name
from ui.wording.orders import UNKNOWN, hidden_words, to_do_words
from ui.wording.statuses import status_word

if TYPE_CHECKING:
    from controllers.exporting import Cell
    from controllers.list_export import ExportColumn
    from controllers.list_pdf import PrintColumn

translate = QCoreApplication.translate

TICK = Column("tick", "", 36)
_ALL = (
    Column("status", QT_TRANSLATE_NOOP("columns", "Status"), 154),
    Column("number", QT_TRANSLATE_NOOP("columns", "Order Number"), 118),
    Column("traveler", QT_TRANSLATE_NOOP("columns", "Traveler"), 244),
    Column("customer", QT_TRANSLATE_NOOP("columns", "Customer"), 150),
    Column("pax", QT_TRANSLATE_NOOP("columns", "Pax"), 44, right=True),
    Column("product", QT_TRANSLATE_NOOP("columns", "Product / option"), 220, stretch=True, inset=8),
    Column("coded", QT_TRANSLATE_NOOP("columns", "[Code] Product / Option"), 168, stretch=True),
    Column("departure", QT_TRANSLATE_NOOP("columns", "Departure"), 124, sortable=True),
    Column("ordered", QT_TRANSLATE_NOOP("columns", "Booking Date"), 108, sortable=True),
    Column("channel", QT_TRANSLATE_NOOP("columns", "Channel"), 168),
    Column("source", QT_TRANSLATE_NOOP("columns", "Source"), 104),
    Column("reference", QT_TRANSLATE_NOOP("columns", "Channel's number"), 150),
    Column("channel_status", QT_TRANSLATE_NOOP("columns", "Channel's own word"), 150),
    Column("amount", QT_TRANSLATE_NOOP("columns", "Amount"), 108, right=True),
    Column("payment", QT_TRANSLATE_NOOP("columns", "Payment Status"), 112, inset=8),
    Column("balance", QT_TRANSLATE_NOOP("columns", "Balance"), 88, right=True),
    Column("act_by", QT_TRANSLATE_NOOP("columns", "Act by"), 112, right=True),
    Column("promise", QT_TRANSLATE_NOOP("columns", "Promised by"), 108),
    Column("to_do", QT_TRANSLATE_NOOP("columns", "To do at the channel"), 150),
    Column("claimed", QT_TRANSLATE_NOOP("columns", "Person in Charge"), 124),
)
COLUMNS: dict[str, Column] = {column.key: column for column in _ALL}

OURS = ("status", "traveler", "pax", "product", "departure", "channel", "amount", "act_by")
REZIOS = tuple("number status coded customer amount payment balance source ordered departure claimed".split())


_NARROW = {
    "number": 112, "status": 146, "customer": 116, "amount": 92, "payment": 114, "balance": 70, "source": 88,
    "ordered": 114, "departure": 100, "claimed": 114,
}  # fmt: skip
"""Eleven columns beside each other on a counter's screen."""


@frozen
class Layout:
    """Which columns are shown, from left to right, and how wide those are that somebody has pulled."""

    columns: tuple[str, ...] = OURS
    widths: dict[str, int] = field(default_factory=dict)


def usual(*, rezios: bool) -> Layout:
    """The columns a view has before anybody arranges them."""
    return Layout(REZIOS, dict(_NARROW)) if rezios else Layout()


def shown(keys: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these keys, with the boxes to tick before them."""
    return (TICK, *(COLUMNS[key] for key in keys))


def title(key: str) -> str:
    """The heading of a column in the language of the screen."""
    return translate("columns", COLUMNS[key].title)


def for_file(keys: Iterable[str], zone: str = "") -> tuple[ExportColumn, ...]:
    """What a file gets of these columns: one fact a column, each once, the currency beside the first amount.

    `zone` is the operator's: orders are dated on that clock, departures on their own.
    """
    from controllers.list_export import ExportColumn

    parts: dict[str, None] = {}
    for key in keys:
        for part in _PARTS.get(key, (key,)):
            parts.setdefault(part)
            if part in _MONEY:
                parts.setdefault("currency")
    return tuple(
        ExportColumn(part, *(_ordered(zone) if part == "ordered" else _FACTS[part]())) for part in parts
    )


def for_paper(keys: Iterable[str], now: datetime, zone: str = "") -> tuple[PrintColumn, ...]:
    """What stands on paper of these columns: the same two lines, in the same order."""
    from controllers.list_pdf import PrintColumn

    return tuple(
        PrintColumn(
            key, title(key), COLUMNS[key].width, COLUMNS[key].right, partial(_on_paper, key, now, zone)
        )
        for key in keys
    )


def _on_paper(key: str, now: datetime, zone: str, row: ReservationRow) -> tuple[str, str]:
    return lines(row, key, now, zone)


# A cell of the screen holds two lines; a cell of a file holds one fact.
_PARTS: dict[str, tuple[str, ...]] = {
    "traveler": ("number", "reference", "customer"),
    "product": ("product", "option"),
    "coded": ("coded",),
    "channel": ("source", "via", "to_do"),
    "number": ("number",),
    "amount": ("amount",),
    "act_by": ("promise",),
    "departure": ("departure",),
}
_MONEY = frozenset(("amount", "balance", "due"))

Fact = tuple[str, "Callable[[ReservationRow], Cell]"]


def _departure(row: ReservationRow) -> Cell:
    from controllers.exporting import moment

    if row.open_dated:
        return translate("reservations", "Open date")
    return moment(row.departs_at, row.zone) if row.departs_at else row.departs_on


def _ordered(zone: str) -> Fact:
    from controllers.exporting import moment

    return title("ordered"), lambda row: moment(row.ordered_at, zone or row.zone)


def _promise(row: ReservationRow) -> Cell:
    from controllers.exporting import moment

    return moment(row.confirm_by, row.zone) if row.confirm_by else None


def _number(of: Callable[[ReservationRow], Money | None]) -> Callable[[ReservationRow], Cell]:
    from controllers.exporting import amount

    return lambda row: amount(of(row))


def _currency(row: ReservationRow) -> Cell:
    money = row.amount or row.balance or row.paid
    return money.currency if money else None


def _payment(row: ReservationRow) -> Cell:
    words = payment_words(row)
    return None if words == UNKNOWN else words


def _coded(row: ReservationRow) -> Cell:
    return f"{coded_words(row)} / {row.option}" if row.option else coded_words(row)


def _customer(row: ReservationRow) -> Cell:
    return hidden_words() if row.traveler is None else row.traveler


_FACTS: dict[str, Callable[[], Fact]] = {
    "number": lambda: (title("number"), lambda row: row.number),
    "status": lambda: (translate("columns", "Order Status"), lambda row: status_word(row.status)),
    "coded": lambda: (title("coded"), _coded),
    "product": lambda: (translate("columns", "Product"), lambda row: row.product),
    "option": lambda: (translate("columns", "Option"), lambda row: row.option),
    "customer": lambda: (title("customer"), _customer),
    "pax": lambda: (title("pax"), lambda row: row.party),
    "departure": lambda: (translate("columns", "Departure Date"), _departure),
    "source": lambda: (title("source"), source_words),
    "via": lambda: (
        translate("columns", "Sent by"),
        lambda row: channel_name(row.via) if row.via else None,
    ),
    "reference": lambda: (title("reference"), lambda row: row.reference),
    "channel_status": lambda: (title("channel_status"), lambda row: row.channel_status),
    "amount": lambda: (title("amount"), _number(lambda row: row.amount)),
    "currency": lambda: (translate("columns", "Currency"), _currency),
    "payment": lambda: (title("payment"), _payment),
    "balance": lambda: (title("balance"), _number(balance_of)),
    "promise": lambda: (title("promise"), _promise),
    "to_do": lambda: (title("to_do"), lambda row: to_do_words(row, source_words(row))),
    "claimed": lambda: (title("claimed"), lambda row: row.claimed_by),
}
