"""Bókun's booking export: our own sales and those of the marketplaces connected to it.

After a rebooking the same GetYourGuide number stands on two bookings, one cancelled and one living.
So Bókun's own product confirmation code is always kept beside the channel's number.
"""

from __future__ import annotations

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import amount
from controllers.channels.dates import departure, ordered
from controllers.channels.identities import channel_of, reference_of, viator_number
from controllers.channels.parties import Party, count_of, party_of
from controllers.channels.people import email_of, language_of, phone_of, turned
from controllers.channels.statuses import status_of
from controllers.channels.tables import Cells, TableReader
from controllers.channels.text import distinct, fold, line, paragraph
from models.orders import Collector, Order

_PAID = {"paid_in_full": True, "paid in full": True, "paid": True, "partially_paid": True, "not_paid": False,
         "not paid": False, "unpaid": False, "pay on arrival": False}  # fmt: skip


def _order(cells: Cells) -> Order:
    channel = channel_of(cells["channel"]) or "direct"
    own = reference_of(cells["own"])
    leaves = departure(cells["departs"], day_first=True)
    lines, party = _party(cells)
    word, paid = line(cells["status"], 100), _PAID.get(fold(cells["payment"]))
    total = amount(cells["amount"], cells["currency"])
    return Order(
        channel=channel,
        reference=_reference(channel, cells["reference"], own),
        via="bokun",
        via_reference=own,
        status_word=word,
        status=status_of("bokun", word),
        products=distinct(cells["product"], cells["product_id"]),
        options=distinct(cells["option"]),
        departs_on=leaves.on,
        starts=leaves.at,
        departs_at=leaves.instant,
        lines=lines,
        party=party,
        lead=turned(cells["customer"]),
        email=email_of(cells["email"]),
        phone=phone_of(cells["phone"]),
        language=language_of(cells["language"]),
        request=paragraph(cells["request"]),
        pickup=line(cells["pickup"]),
        amount=total,
        balance=total if channel == "direct" and paid is False else None,
        paid=paid,
        payment_word=line(cells["payment"], 100),
        collector=Collector.US if channel == "direct" else Collector.CHANNEL,
        ordered_at=ordered(cells["ordered"], day_first=True),
    )


def _reference(channel: str, external: str, own: str) -> str:
    if channel == "direct" or not external:
        return own
    return viator_number(external) if channel == "viator" else reference_of(external)


def _party(cells: Cells) -> Party:
    lines, party = party_of(cells["participants"])
    if party is None and cells["total"]:
        return lines, count_of(cells["total"]) or None
    return lines, party


TABLE = TableReader(
    key="bokun",
    title="Bókun",
    columns={
        "own": ("Product confirmation code",),
        "cart": ("Cart confirmation code",),
        "reference": (
            "Ext. booking ref",
            "External Booking Ref.",
            "External booking ref",
            "Ext. booking ref.",
        ),
        "status": ("Status",),
        "ordered": ("Creation date",),
        "departs": ("Start date",),
        "ends": ("End date",),
        "product_id": ("Product ID",),
        "product": ("Product title",),
        "option": ("Rate title",),
        "customer": ("Customer",),
        "email": ("Email",),
        "phone": ("Phone number",),
        "participants": ("Participants",),
        "total": ("Total passengers", "Total participants"),
        "channel": ("Booking channel",),
        "seller": ("Seller",),
        "payment": ("Payment status",),
        "amount": ("Total price with discount",),
        "currency": ("Currency",),
        "language": (),
        "request": (),
        "pickup": (),
    },
    required=("own", "status", "departs", "product", "channel"),
    marks=("own", "departs"),
    build=_order,
)

ADAPTER = Adapter("bokun", "Bókun", (TABLE,))
