"""Rezdy's booking objects: one order number, one item for each product booked under it.

A cancellation may come without items: it tells only that this order is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import amount
from controllers.channels.dates import departure, ordered
from controllers.channels.identities import reference_of
from controllers.channels.objects import Object, ObjectReader, dig, many, words
from controllers.channels.parties import heads, singular
from controllers.channels.people import companions, email_of, language_of, person, phone_of
from controllers.channels.raw import RowRefused
from controllers.channels.statuses import status_of
from controllers.channels.text import distinct, line, paragraph
from models.money import Money
from models.orders import Collector, Line, Order, Telling
from models.reservations import Status

_MOST = 9999


def _is_order(value: Object) -> bool:
    return isinstance(value.get("orderNumber"), str) and ("status" in value or "items" in value)


def _items(booking: Object) -> Iterator[Object]:
    """A booking of several products is several reservations: the second is told as NUMBER/2."""
    items = many(booking, "items")
    if len(items) < 2:
        yield booking
        return
    for number, item in enumerate(items, 1):
        suffix = f"/{number}" if number > 1 else ""
        yield {
            **booking,
            "orderNumber": _reference(booking) + suffix,
            "items": [item],
            "itemsInOrder": len(items),
        }


def _reference(booking: Object) -> str:
    return words(booking, "orderNumber")


def _order(booking: Object) -> Order:
    word = line(words(booking, "status"), 100)
    status = status_of("rezdy", word)
    told = Order(
        channel="rezdy",
        reference=reference_of(_reference(booking)),
        status_word=word,
        status=status,
        lead=person(words(booking, "customer", "name") or _name(dig(booking, "customer"))),
        email=email_of(words(booking, "customer", "email")),
        phone=phone_of(words(booking, "customer", "phone") or words(booking, "customer", "mobile")),
        language=language_of(words(booking, "customer", "preferredLanguage")),
        country=line(words(booking, "customer", "countryCode"), 100),
        request=paragraph(words(booking, "comments")),
        collector=Collector.US,
        ordered_at=ordered(words(booking, "dateCreated") or words(booking, "createdDate")),
    )
    told = _with_money(told, booking)
    item = next(iter(many(booking, "items")), None)
    if item is not None:
        return _with_item(told, item)
    if status is not Status.CANCELLED:
        raise RowRefused("date-missing")
    return replace(told, telling=Telling.CANCELLED)


def _with_item(told: Order, item: Object) -> Order:
    leaves = departure(words(item, "startTimeLocal") or words(item, "startTime"))
    lines = tuple(filter(None, map(_line, many(item, "quantities"))))
    people = [_name(each) for each in many(item, "participants")]
    return replace(
        told,
        products=distinct(words(item, "productName"), words(item, "productCode")),
        departs_on=leaves.on,
        starts=leaves.at,
        departs_at=leaves.instant,
        lines=lines,
        party=heads(lines) if lines else None,
        companions=companions(people, told.lead),
        pickup=line(words(item, "pickupLocation", "locationName")),
    )


def _line(quantity: Object) -> Line | None:
    number = quantity.get("value")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= _MOST:
        raise RowRefused("quantity-not-understood")
    return Line(singular(line(words(quantity, "optionLabel"), 100)), number) if number else None


def _with_money(told: Order, booking: Object) -> Order:
    """The order's total and what was paid; of an order of several products neither is known for one."""
    if dig(booking, "itemsInOrder"):
        return told
    currency = words(booking, "currency") or words(booking, "totalCurrency")
    total, paid = _money(booking, "totalAmount", currency), _money(booking, "totalPaid", currency)
    if total is None or paid is None:
        return replace(told, amount=total)
    balance = Money(max(total.minor - paid.minor, 0), total.currency)
    return replace(told, amount=total, balance=balance, paid=paid.minor > 0 or balance.minor == 0)


def _money(booking: Object, key: str, currency: str) -> Money | None:
    value = booking.get(key)
    if not isinstance(value, (int, Decimal, str)) or isinstance(value, bool) or not currency:
        return None
    return amount(
        format(value, "f") if isinstance(value, Decimal) and abs(value.adjusted()) < 50 else words(value),
        currency,
    )


def _name(person_object: object) -> str:
    return f"{words(person_object, 'firstName')} {words(person_object, 'lastName')}".strip()


def _kept(booking: Object) -> Object:
    return {name: value for name, value in booking.items() if name not in ("creditCard", "payments")}


ADAPTER = Adapter(
    "rezdy",
    "Rezdy",
    (ObjectReader("rezdy", "Rezdy", _is_order, _items, _reference, _order, _kept),),
)
