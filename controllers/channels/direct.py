"""Our own list of direct sales: a plain table with English headings, for orders from phone and desk."""

from __future__ import annotations

from functools import lru_cache

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import amount
from controllers.channels.dates import departure, is_open, ordered, time_of
from controllers.channels.identities import reference_of
from controllers.channels.parties import count_of, heads
from controllers.channels.people import email_of, language_of, person, phone_of
from controllers.channels.statuses import status_of
from controllers.channels.tables import Cells, TableReader
from controllers.channels.text import distinct, line, paragraph
from models.orders import Collector, Line, Order
from models.reservations import Status

_UNITS = ("Adult", "Child", "Infant")


def _order(cells: Cells) -> Order:
    leaves = None if is_open(cells["departs"]) else departure(cells["departs"])
    lines = _lines(cells["adults"], cells["children"], cells["infants"])
    word = line(cells["status"], 100)
    status = status_of("direct", word)
    total = amount(cells["amount"], cells["currency"])
    unpaid = status is Status.AWAITING_PAYMENT
    return Order(
        channel="direct",
        reference=reference_of(cells["reference"]),
        status_word=word,
        status=status,
        products=distinct(cells["product"]),
        options=distinct(cells["option"]),
        departs_on=leaves.on if leaves else None,
        starts=(leaves.at or time_of(cells["time"])) if leaves else None,
        departs_at=leaves.instant if leaves else None,
        open_dated=leaves is None,
        lines=lines,
        party=heads(lines) if lines else None,
        lead=person(cells["name"]),
        email=email_of(cells["email"]),
        phone=phone_of(cells["phone"]),
        language=language_of(cells["language"]),
        request=paragraph(cells["notes"]),
        pickup=line(cells["pickup"]),
        amount=total,
        balance=total if unpaid else None,
        paid=False if unpaid else None,
        collector=Collector.US,
        ordered_at=ordered(cells["ordered"]),
    )


@lru_cache(maxsize=2048)
def _lines(*counts: str) -> tuple[Line, ...]:
    told = zip(_UNITS, counts, strict=True)
    return tuple(Line(unit, number) for unit, cell in told if (number := count_of(cell)))


TABLE = TableReader(
    key="direct",
    title="direct sales",
    columns={
        "reference": ("reference",),
        "status": ("status",),
        "product": ("product",),
        "option": ("option",),
        "departs": ("date", "departure date"),
        "time": ("time", "departure time"),
        "adults": ("adults",),
        "children": ("children",),
        "infants": ("infants",),
        "name": ("name",),
        "email": ("email",),
        "phone": ("phone",),
        "amount": ("amount",),
        "currency": ("currency",),
        "notes": ("notes",),
        "language": ("language",),
        "pickup": ("pickup",),
        "ordered": ("ordered", "order date"),
    },
    required=("reference", "status", "product", "departs"),
    marks=("reference", "status", "product", "departs", "adults"),
    build=_order,
)

ADAPTER = Adapter("direct", "direct sales", (TABLE,))
