"""FareHarbor's booking objects: our own sales, with what was paid and what is still due to us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import minor
from controllers.channels.dates import departure, ordered
from controllers.channels.identities import reference_of
from controllers.channels.objects import Object, ObjectReader, dig, many, whole, words
from controllers.channels.parties import heads, singular
from controllers.channels.people import email_of, language_of, person, phone_of
from controllers.channels.statuses import status_of
from controllers.channels.text import distinct, fold, line, paragraph
from models.money import Money
from models.orders import Collector, Line, Order

_REMARKS = frozenset({"comments", "comment", "notes", "special requests", "special requirements", "requests"})


def _is_order(value: Object) -> bool:
    return (
        "pk" in value
        and isinstance(value.get("availability"), dict)
        and ("customers" in value or "display_id" in value)
    )


def _order(booking: Object) -> Order:
    currency = words(booking, "company", "currency")
    total, paid = minor(dig(booking, "receipt_total"), currency), minor(dig(booking, "amount_paid"), currency)
    balance = Money(max(total.minor - paid.minor, 0), total.currency) if total and paid else None
    leaves = departure(words(booking, "availability", "start_at"))
    word, voucher = line(words(booking, "status"), 100), line(words(booking, "voucher_number"), 200)
    lines = _lines(booking, currency)
    return Order(
        channel="fareharbor",
        reference=reference_of(_reference(booking)),
        status_word=word,
        status=status_of("fareharbor", word),
        products=distinct(
            words(booking, "availability", "item", "name"), words(booking, "availability", "item", "pk")
        ),
        options=distinct(words(booking, "availability", "headline")),
        departs_on=leaves.on,
        starts=leaves.at,
        departs_at=leaves.instant,
        lines=lines,
        party=heads(lines) if lines else whole(booking, "customer_count"),
        lead=person(words(booking, "contact", "name")),
        email=email_of(words(booking, "contact", "email")),
        phone=phone_of(words(booking, "contact", "normalized_phone") or words(booking, "contact", "phone")),
        language=language_of(words(booking, "contact", "language")),
        request=paragraph(_request(booking)),
        pickup=line(words(booking, "pickup", "name") or words(booking, "pickup", "display_text")),
        amount=total,
        balance=balance,
        paid=paid.minor > 0 or balance is None or balance.minor == 0 if paid else None,
        collector=Collector.US,
        ordered_at=ordered(words(booking, "created_at")),
        voucher_codes=(voucher,) if voucher else (),
    )


def _reference(booking: Object) -> str:
    return (words(booking, "display_id") or words(booking, "pk")).lstrip("#")


def _lines(booking: Object, currency: str) -> tuple[Line, ...]:
    """Customers are listed one by one; equal ones become one line."""
    counted: Counter[tuple[str, Money | None]] = Counter()
    for customer in many(booking, "customers"):
        rate = dig(customer, "customer_type_rate")
        unit = words(rate, "customer_type", "singular") or words(rate, "customer_prototype", "display_name")
        counted[singular(line(unit, 100)), minor(dig(rate, "total_including_tax"), currency)] += 1
    return tuple(Line(unit, number, price=price) for (unit, price), number in counted.items())


def _request(booking: Object) -> str:
    remarks = [words(booking, "note")]
    for each in many(booking, "custom_field_values"):
        if fold(words(each, "name")) in _REMARKS:
            remarks.append(words(each, "display_value") or words(each, "value"))
    return "\n".join(filter(None, remarks))


def _whole(booking: Object) -> Iterator[Object]:
    yield booking


def _kept(booking: Object) -> Object:
    """Without the availability's catalogue of rates and questions, which is the same in every booking."""
    kept = dict(booking)
    kept["availability"] = {
        key: dig(booking, "availability", key) for key in ("pk", "start_at", "end_at", "item", "headline")
    }
    kept["custom_field_values"] = [
        {key: each.get(key) for key in ("name", "value", "display_value")}
        for each in many(booking, "custom_field_values")
    ]
    return kept


ADAPTER = Adapter(
    "fareharbor",
    "FareHarbor",
    (ObjectReader("fareharbor", "FareHarbor", _is_order, _whole, _reference, _order, _kept),),
)
