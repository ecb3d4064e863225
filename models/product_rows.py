"""What the screens show of products: a row of the list, and one product written as in a products file."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, tuple_

from models.catalogue import catalogue, timetables
from models.frozen import frozen
from models.money import digits
from models.products import Confirmation, ProductFacts
from models.review import NO_TALLY, Tally
from models.review_reading import averages
from models.rewards import USUAL_DAYS
from models.schedule import Schedule, Skipped, Timetable, names_of, times_of
from models.tables import (
    Departure,
    Option,
    Photo,
    Product,
    Reservation,
    ReservationLine,
    SkippedDay,
    Spelling,
    Unit,
)

_LOOKED_AT, _DAYS_AHEAD = 8, 400
"""So many planned departures of a product are looked at to find one that is not closed, and so many days."""

_Leaving = tuple[int, datetime]
"""A departure, by its option and its instant."""

Content = dict[str, Any]
"""One product as a products file writes it, every key told."""


@frozen
class NextDeparture:
    """The next departure of a product: its instant, its seats, and how many of them are sold."""

    departs_at: datetime
    capacity: int
    taken: int


@frozen
class ProductRow:
    """One product in the list. `departs` is the next one, None where none is planned."""

    id: int
    code: str
    name: str
    zone: str
    confirmation: Confirmation
    confirm_days: int
    offered: bool
    options: int
    departs: NextDeparture | None
    thumb: bytes | None
    tally: Tally = NO_TALLY
    """What its reviews come to."""


@frozen
class ByHand:
    """A departure to come that somebody added by hand: of which option, when, how many of its seats are sold."""

    id: int
    option: str
    departs_at: datetime
    capacity: int
    taken: int


@frozen
class ProductPage:
    """One product to be edited. `seen` tells, when it is saved, whether somebody else has changed it.

    `options` are the ids of its options by name, `by_hand` the departures beside its rules.
    """

    id: int
    content: Content
    seen: str
    photo: bytes | None
    options: dict[str, int]
    by_hand: tuple[ByHand, ...]


@frozen
class Uses:
    """What orders were made with: options by name, and units by the names of their option and their own."""

    sold: bool
    options: frozenset[str]
    units: frozenset[tuple[str, str]]


def product_rows(look: Connection, now: datetime) -> tuple[ProductRow, ...]:
    """Every product with its next departure; those that are not offered any more come last."""
    products = catalogue(look).products
    coming = {product.id: tuple(islice(_coming(product, now), _LOOKED_AT)) for product in products}
    seats = _seats(look, [leaving for some in coming.values() for leaving, _ in some])
    reviewed = averages(look)
    photos: dict[int, bytes] = dict(look.execute(select(Photo.product_id, Photo.thumb)).all())
    return tuple(
        ProductRow(
            product.id,
            product.code,
            product.name,
            product.zone,
            product.confirmation,
            product.confirm_days,
            product.offered,
            sum(option.offered for option in product.options),
            _next(coming[product.id], seats),
            photos.get(product.id),
            reviewed.get(product.id, NO_TALLY),
        )
        for product in sorted(products, key=lambda one: (not one.offered, one.name.casefold(), one.id))
    )


def _coming(product: ProductFacts, now: datetime) -> Iterator[tuple[_Leaving, Schedule]]:
    """The departures that are planned from now on, the earliest first."""
    if product.is_open_dated:
        return
    today = now.astimezone(ZoneInfo(product.zone)).date()
    for ahead in range(_DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        found = {
            (option.id, at): schedule
            for option in product.options
            for at, schedule in option.plan.departures(day, product.zone).items()
            if at > now
        }
        yield from sorted(found.items(), key=lambda one: one[0][::-1])


def _seats(look: Connection, wanted: list[_Leaving]) -> dict[_Leaving, Any]:
    found: dict[_Leaving, Any] = {}
    key = tuple_(Departure.option_id, Departure.departs_at)
    for start in range(0, len(wanted), 400):
        asked = select(Departure.__table__).where(key.in_(wanted[start : start + 400]))
        found.update({(row.option_id, row.departs_at): row for row in look.execute(asked)})
    return found


def _next(coming: tuple[tuple[_Leaving, Schedule], ...], seats: dict[_Leaving, Any]) -> NextDeparture | None:
    """The first that is not closed; without a row of it, nothing is sold yet."""
    for leaving, schedule in coming:
        row = seats.get(leaving)
        if row is None:
            return NextDeparture(leaving[1], schedule.capacity, 0)
        if not row.closed:
            return NextDeparture(leaving[1], row.capacity, row.seats_taken)
    return None


def uses(look: Connection, product_id: int) -> Uses:
    """What of a product orders were made with. It looks at many rows, so it is asked beside the page."""
    sold = look.execute(select(Reservation.id).where(Reservation.product_id == product_id).limit(1)).first()
    named = select(Option.id, Option.name).where(Option.product_id == product_id)
    options = {
        name
        for option_id, name in look.execute(named)
        if sold
        and look.execute(select(Reservation.id).where(Reservation.option_id == option_id).limit(1)).first()
    }
    units = select(Unit.id, Option.name, Unit.name).join(Option, Option.id == Unit.option_id)
    by_id = {row[0]: (row[1], row[2]) for row in look.execute(units.where(Option.product_id == product_id))}
    asked = select(ReservationLine.unit_id).where(ReservationLine.unit_id.in_(by_id)).distinct()
    used = look.execute(asked).scalars() if sold and by_id else ()
    return Uses(
        sold is not None, frozenset(options), frozenset(by_id[unit_id] for unit_id in used if unit_id)
    )


def digest(content: Content) -> str:
    """The fingerprint of a product's content."""
    told = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def product_page(look: Connection, product_id: int, now: datetime) -> ProductPage | None:
    """One product, whole; None where there is none of this id."""
    content = product_content(look, product_id)
    if content is None:
        return None
    photo = look.execute(select(Photo.image).where(Photo.product_id == product_id)).scalar()
    named = look.execute(select(Option.name, Option.id).where(Option.product_id == product_id))
    return ProductPage(
        product_id,
        content,
        digest(content),
        bytes(photo) if photo else None,
        dict(named.all()),
        _by_hand(look, product_id, now),
    )


def _by_hand(look: Connection, product_id: int, now: datetime) -> tuple[ByHand, ...]:
    asked = (
        select(Departure.id, Option.name, Departure.departs_at, Departure.capacity, Departure.seats_taken)
        .join(Option, Option.id == Departure.option_id)
        .where(Option.product_id == product_id, Departure.by_hand.is_(True), Departure.departs_at > now)
        .order_by(Departure.departs_at, Departure.id)
    )
    return tuple(ByHand(*row) for row in look.execute(asked))


def product_content(look: Connection, product_id: int) -> Content | None:
    """One product as a products file would write it."""
    row = look.execute(select(Product.__table__).where(Product.id == product_id)).first()
    if row is None:
        return None
    names = _names(look, product_id)
    return {
        "code": row.code,
        "name": row.name,
        "zone": row.zone,
        "currency": row.currency,
        "offered": row.offered,
        "confirmation": row.confirmation.value,
        "confirm_within": {"days": row.confirm_days, "from": row.confirm_from.value},
        "redeem": row.redeem.value,
        "tickets": row.tickets.value,
        "uses": row.uses,
        "validity": row.validity.value,
        "valid_days": row.valid_days,
        "valid_from": _day(row.valid_from),
        "valid_until": _day(row.valid_until),
        "admission": {
            "opens_minutes_before": row.opens_minutes_before,
            "closes_minutes_after": row.closes_minutes_after,
        },
        "meeting_point": row.meeting_point,
        "languages": list(row.languages),
        "trip_closes": row.trip_closes.value,
        "trip_grace_minutes": row.trip_grace_minutes,
        "comment_hours": row.comment_hours,
        "reward": _reward(row.reward, row.currency),
        "refund": [_tier(tier, row.currency) for tier in row.refund],
        "known_as": names["product", product_id],
        "option": _options(look, product_id, row.currency, names),
    }


def _options(look: Connection, product_id: int, currency: str, names: dict[Any, Any]) -> list[Content]:
    units: dict[int, list[Content]] = defaultdict(list)
    asked = select(Unit.__table__).join(Option, Option.id == Unit.option_id)
    for row in look.execute(asked.where(Option.product_id == product_id).order_by(Unit.id)):
        price = None if row.price_minor is None else _major(row.price_minor, currency)
        told = {"name": row.name, "was": row.name, "heads": row.heads, "price": price}
        units[row.option_id].append({**told, "known_as": names["unit", row.id]})
    when, skipped = timetables(look, product_id), _skipped(look, product_id)
    rows = look.execute(select(Option.__table__).where(Option.product_id == product_id).order_by(Option.id))
    return [
        {
            "name": row.name,
            "was": row.name,
            "offered": row.offered,
            **_times(when[row.id], skipped[row.id]),
            "known_as": names["option", row.id],
            "units": units[row.id],
        }
        for row in rows
    ]


def _times(when: Timetable, skipped: dict[date, Skipped]) -> Content:
    """Rules that differ only by their time are one, with several times."""
    rules: dict[Schedule, list[str]] = {}
    for rule in when.rules:
        rules.setdefault(replace(rule, starts=time()), []).append(f"{rule.starts:%H:%M}")
    exceptions = [
        {"day": day.isoformat(), "starts": one.times or None, "reason": one.reason}
        for day, one in sorted(skipped.items())
    ]
    return {"rules": [_rule(rule, starts) for rule, starts in rules.items()], "exceptions": exceptions}


def _rule(rule: Schedule, starts: list[str]) -> Content:
    season = [_day(rule.season_from), _day(rule.season_until)]
    return {
        "starts": starts,
        "minutes": rule.minutes,
        "capacity": rule.capacity,
        "weekdays": names_of(rule.weekdays),
        "season": [day or "" for day in season] if any(season) else None,
    }


def _skipped(look: Connection, product_id: int) -> dict[int, dict[date, Skipped]]:
    """When the rules of an option do not run, and why, by option."""
    found: dict[int, dict[date, Skipped]] = defaultdict(dict)
    asked = select(SkippedDay.__table__).join(Option, Option.id == SkippedDay.option_id)
    for row in look.execute(asked.where(Option.product_id == product_id)):
        found[row.option_id][row.day] = Skipped(times_of(row.starts), row.reason)
    return found


def _names(look: Connection, product_id: int) -> dict[Any, list[Content]]:
    names: dict[Any, list[Content]] = defaultdict(list)
    asked = select(Spelling.__table__).where(Spelling.product_id == product_id).order_by(Spelling.id)
    for row in look.execute(asked):
        of = ("unit", row.unit_id) if row.unit_id else ("option", row.option_id) if row.option_id else None
        names[of or ("product", product_id)].append({"channel": row.source, "name": row.name})
    return names


def _tier(tier: dict[str, Any], currency: str) -> Content:
    fee = _major(int(tier.get("fee_minor", 0)), currency)
    return {"until_days": int(tier["until_days"]), "percent": int(tier.get("percent", 100)), "fee": fee}


def _reward(kept: dict[str, Any], currency: str) -> Content:
    amount = _major(int(kept.get("amount_minor", 0)), currency)
    told = {"percent": int(kept.get("percent", 0)), "valid_days": int(kept.get("valid_days", USUAL_DAYS))}
    return {"gives": kept.get("gives", "nothing"), "amount": amount, **told}


def _major(minor: int, currency: str) -> str:
    places = digits(currency)
    return f"{Decimal(minor).scaleb(-places):.{places}f}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
