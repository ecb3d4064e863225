"""rezio's order list: the operator's own booking site, and the marketplaces that sell through it.

The column Source says who sold: KKday is a channel of its own that came by way of rezio, while
MySite, Widget and Admin are rezio's own shop windows. How many people come is not in the export.
"""

from __future__ import annotations

import re
from functools import lru_cache

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import amount
from controllers.channels.dates import departure, is_open, ordered, time_of
from controllers.channels.identities import channel_of, reference_of
from controllers.channels.parties import party_of
from controllers.channels.people import email_of, language_of, person, phone_of
from controllers.channels.statuses import status_of
from controllers.channels.tables import Cells, TableReader
from controllers.channels.text import distinct, fold, line, paragraph
from models.orders import Collector, Order

_OWN_WINDOWS = frozenset(
    {"", "mysite", "my site", "widget", "admin", "rezio", "manual", "backend", "官網", "後台", "手動"}
)
_CODED = re.compile(r"\[([^\]]+)\]\s*(.*)", re.S)
_PAID = {"paid": True, "deposit paid": True, "partially paid": True, "unpaid": False, "not paid": False,
         "已付款": True, "已付訂金": True, "未付款": False}  # fmt: skip


def _order(cells: Cells) -> Order:
    channel = "rezio" if fold(cells["source"]) in _OWN_WINDOWS else channel_of(cells["source"])
    own = channel in ("rezio", "direct", "")
    product, _, option = cells["product"].rpartition("/")
    if not product:
        product, option = option, ""
    word = line(cells["status"], 100)
    leaves = None if is_open(cells["departs"]) else departure(cells["departs"])
    lines, party = party_of(cells["lines"])
    return Order(
        channel="rezio" if own else channel,
        reference=reference_of(cells["reference"]),
        via="" if own else "rezio",
        status_word=word,
        status=status_of("rezio", word),
        products=spellings(product),
        options=distinct(option, cells["option"]),
        departs_on=leaves.on if leaves else None,
        starts=(leaves.at or time_of(cells["time"])) if leaves else None,
        departs_at=leaves.instant if leaves else None,
        open_dated=leaves is None,
        lines=lines,
        party=party,
        lead=person(cells["customer"]),
        email=email_of(cells["email"]),
        phone=phone_of(cells["phone"]),
        language=language_of(cells["language"]),
        request=paragraph(cells["request"]),
        amount=amount(cells["amount"], cells["currency"]),
        balance=amount(cells["balance"], cells["currency"]),
        paid=_PAID.get(fold(cells["payment"])),
        payment_word=line(cells["payment"], 100),
        collector=Collector.US if own else Collector.CHANNEL,
        ordered_at=ordered(cells["ordered"]),
    )


@lru_cache(maxsize=4096)
def spellings(product: str) -> tuple[str, ...]:
    """What is worth trying for "[PAL01] Palace Tour": the whole, its name and its code."""
    coded = _CODED.fullmatch(product.strip())
    return distinct(product, coded.group(2), coded.group(1)) if coded else distinct(product)


TABLE = TableReader(
    key="rezio",
    title="rezio",
    columns={
        "reference": (
            "Order Number",
            "Order No.",
            "Order No",
            "Order ID",
            "訂單編號",
            "订单编号",
            "注文番号",
            "주문번호",
        ),
        "status": ("Order Status", "訂單狀態", "订单状态", "注文状況", "주문상태", "주문 상태"),
        "product": ("[Code] Product/Option", "Product/Option", "[Code] Product / Option", "[編號] 商品/方案"),
        "customer": ("Customer", "Customer Name", "顧客", "客戶"),
        "amount": ("Amount", "Order Amount", "金額"),
        "payment": ("Payment Status", "付款狀態"),
        "balance": ("Balance", "餘額", "未付餘額"),
        "source": ("Source", "Order Source", "來源", "訂單來源"),
        "ordered": ("Order Date", "Booking Date", "訂購日期"),
        "departs": ("Departure Date", "出發日期", "出发日期"),
        "staff": ("Person in Charge", "負責人"),
        "time": ("Departure Time", "出發時間"),
        "option": (),
        "lines": (),
        "currency": (),
        "email": (),
        "phone": (),
        "language": (),
        "request": (),
    },
    required=("reference", "status", "product", "departs"),
    marks=("reference", "status", "product"),
    build=_order,
)

ADAPTER = Adapter("rezio", "rezio", (TABLE,))
