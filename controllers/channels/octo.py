"""Bookings in the OCTO form, as Klook's Open API, Ventrata and other reservation systems give them.

A file may tell the same booking twice, first confirmed and then cancelled: each is given in the
file's order. Money is in minor units with its own count of decimals. An all-day booking has no time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from controllers.channels.adapter import Adapter
from controllers.channels.amounts import minor
from controllers.channels.dates import Moment, departure, instant
from controllers.channels.identities import reference_of
from controllers.channels.objects import Object, ObjectReader, dig, many, whole, words
from controllers.channels.parties import heads, singular
from controllers.channels.people import companions, email_of, language_of, person, phone_of
from controllers.channels.statuses import status_of
from controllers.channels.text import distinct, line, paragraph
from models.money import Money
from models.orders import Collector, Line, Order
from models.reservations import Status

_SCANNED = frozenset({"QRCODE", "CODE128", "AZTECCODE", "BARCODE"})
_CATALOGUE = ("id", "internalName", "title", "reference", "timeZone")


def _is_order(value: Object) -> bool:
    return (
        "uuid" in value
        and "status" in value
        and ("unitItems" in value or "supplierReference" in value)
        and ("availability" in value or "optionId" in value)
    )


def _order(booking: Object) -> Order:
    word = words(booking, "status")
    status = status_of("octo", word)
    leaves = _leaves(booking)
    lines = _lines(booking)
    lead = person(words(booking, "contact", "fullName") or _full_name(dig(booking, "contact")))
    total, holding = _total(booking), status is Status.AWAITING_PAYMENT
    return Order(
        channel="octo",
        reference=reference_of(_reference(booking)),
        status_word=line(word, 100),
        status=status,
        products=_spellings(booking, "product"),
        options=_spellings(booking, "option"),
        departs_on=leaves.on if leaves else None,
        starts=leaves.at if leaves else None,
        departs_at=leaves.instant if leaves else None,
        open_dated=leaves is None,
        lines=lines,
        party=heads(lines) if lines else None,
        lead=lead,
        companions=companions(
            [words(each, "contact", "fullName") for each in many(booking, "unitItems")], lead
        ),
        email=email_of(words(booking, "contact", "emailAddress")),
        phone=phone_of(words(booking, "contact", "phoneNumber")),
        language=language_of(words(booking, "contact", "locales", 0)),
        country=line(words(booking, "contact", "country"), 100),
        request=paragraph(words(booking, "notes") or words(booking, "contact", "notes")),
        pickup=line(words(booking, "pickupPoint", "name")),
        amount=total,
        paid=status not in (Status.AWAITING_PAYMENT, Status.EXPIRED),
        collector=Collector.CHANNEL,
        ordered_at=instant(words(booking, "utcCreatedAt")),
        expires_at=instant(words(booking, "utcExpiresAt")) if holding else None,
        voucher_codes=_codes(booking),
    )


def _reference(booking: Object) -> str:
    return words(booking, "resellerReference") or words(booking, "supplierReference")


def _leaves(booking: Object) -> Moment | None:
    """The start told by the availability; None for a ticket without a date."""
    told = words(booking, "availability", "localDateTimeStart") or words(booking, "availabilityId")
    if not told and dig(booking, "product", "availabilityRequired") is False:
        return None
    leaves = departure(told)
    return Moment(leaves.on) if dig(booking, "availability", "allDay") is True else leaves


def _lines(booking: Object) -> tuple[Line, ...]:
    """Unit items are listed one by one; equal ones become one line."""
    counted: Counter[tuple[str, int | None, Money | None]] = Counter()
    for item in many(booking, "unitItems"):
        name = next(
            (text for text in (words(item, "unit", key) for key in ("internalName", "title", "id")) if text),
            "",
        )
        pax = whole(item, "unit", "restrictions", "paxCount")
        price = _retail(dig(item, "pricing"))
        counted[
            singular(line(name or words(item, "unitId"), 100)), pax if pax and 0 < pax < 1000 else None, price
        ] += 1
    return tuple(Line(unit, number, pax, price) for (unit, pax, price), number in counted.items())


def _total(booking: Object) -> Money | None:
    return _retail(dig(booking, "pricing")) or _sum(
        [_retail(dig(each, "pricing")) for each in many(booking, "unitItems")]
    )


def _sum(prices: list[Money | None]) -> Money | None:
    known = [price for price in prices if price is not None]
    if not known or len(known) < len(prices) or len({price.currency for price in known}) > 1:
        return None
    return Money(sum(price.minor for price in known), known[0].currency)


def _retail(pricing: object) -> Money | None:
    return minor(dig(pricing, "retail"), words(pricing, "currency"), dig(pricing, "currencyPrecision"))


def _spellings(booking: Object, what: str) -> tuple[str, ...]:
    names = [line(words(booking, what, key)) for key in ("internalName", "title", "id", "reference")]
    return distinct(*names, words(booking, f"{what}Id"))


def _codes(booking: Object) -> tuple[str, ...]:
    """What a counter will scan: the codes of the voucher and of each ticket."""
    holders = [dig(booking, "voucher"), *(dig(each, "ticket") for each in many(booking, "unitItems"))]
    codes = (
        line(words(option, "deliveryValue"), 200)
        for holder in holders
        for option in many(holder, "deliveryOptions")
        if words(option, "deliveryFormat").upper() in _SCANNED
    )
    return tuple(dict.fromkeys(code for code in codes if code))[:200]


def _full_name(contact: object) -> str:
    return f"{words(contact, 'firstName')} {words(contact, 'lastName')}".strip()


def _whole(booking: Object) -> Iterator[Object]:
    yield booking


def _kept(booking: Object) -> Object:
    """Without payment secrets, and of the catalogue only what names the product."""
    kept = {name: value for name, value in booking.items() if name != "cardPayment"}
    for name in ("product", "option"):
        kept[name] = {key: dig(booking, name, key) for key in _CATALOGUE}
    return kept


ADAPTER = Adapter(
    "octo",
    "OCTO",
    (ObjectReader("octo", "OCTO", _is_order, _whole, _reference, _order, _kept),),
)
