"""Reads what can be sold on a day: its departures by time, then the tickets that need none."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from models.calendar import days
from models.calendar_facts import CalendarFilter, CalendarLine
from models.payments import tiers_of
from models.products import Validity, last_day
from models.sale import Offer, OfferUnit
from models.tables import Option, Product, Unit


def offers(look: Connection, day: date, now: datetime) -> tuple[Offer, ...]:
    """Everything that still leaves on a local day, closed and full ones too, then what is good without a date."""
    options = _options(look)
    lines = days(look, day, day)[day].lines
    leaving = (_leaving(options[line.option_id], line) for line in lines if line.option_id in options)
    still = [offer for offer in leaving if offer.departs_at is None or offer.departs_at > now]
    return (*still, *_open_dated(options, now))


def offer(look: Connection, option_id: int, departs_at: datetime | None, now: datetime) -> Offer | None:
    """One of them; None where nothing of the kind can be sold."""
    found = _options(look, option_id).get(option_id)
    if found is None:
        return None
    if departs_at is None:
        return next(iter(_open_dated({option_id: found}, now)), None)
    day = departs_at.astimezone(ZoneInfo(found.zone)).date()
    for line in days(look, day, day, CalendarFilter(product_id=found.product_id))[day].lines:
        if (line.option_id, line.departs_at) == (option_id, departs_at):
            return _leaving(found, line)
    return None


def _options(look: Connection, only: int | None = None) -> dict[int, Any]:
    """The options that are offered, with their product and units."""
    asked = (
        select(
            Option.id, Option.name.label("option"), Product.id.label("product_id"), Product.code,
            Product.name.label("product"), Product.zone, Product.currency, Product.validity, Product.valid_days,
            Product.valid_until, Product.meeting_point, Product.languages, Product.refund,
        )
        .join(Product, Product.id == Option.product_id)
        .where(Option.offered, Product.offered)
        .order_by(Product.name, Option.name, Option.id)
    )  # fmt: skip
    rows = look.execute(asked if only is None else asked.where(Option.id == only)).all()
    units: dict[int, list[OfferUnit]] = defaultdict(list)
    of_units = select(Unit).order_by(Unit.id)
    for unit in look.execute(of_units if only is None else of_units.where(Unit.option_id == only)):
        units[unit.option_id].append(OfferUnit(unit.id, unit.name, unit.heads, unit.price_minor))
    return {row.id: _Sold(row, tuple(units[row.id])) for row in rows}


class _Sold:
    """An option as it is sold: its row, and its units."""

    def __init__(self, row: Any, units: tuple[OfferUnit, ...]) -> None:
        self.row, self.units = row, units
        self.zone, self.product_id = row.zone, row.product_id

    def facts(self) -> dict[str, Any]:
        """What every offer of it says."""
        row = self.row
        return {
            "product_id": row.product_id,
            "code": row.code,
            "product": row.product,
            "option_id": row.id,
            "option": row.option,
            "zone": row.zone,
            "currency": row.currency,
            "units": self.units,
            "meeting_point": row.meeting_point,
            "languages": tuple(row.languages),
            "tiers": tiers_of(row.refund),
        }


def _leaving(sold: _Sold, line: CalendarLine) -> Offer:
    return Offer(
        **sold.facts(),
        departs_at=line.departs_at,
        day=line.day,
        starts=line.starts,
        capacity=line.capacity,
        taken=line.taken,
        waiting=line.unconfirmed,
        closed=line.closed,
    )


def _open_dated(options: dict[int, _Sold], now: datetime) -> list[Offer]:
    """Tickets without a departure whose last day has not passed."""
    found = []
    for sold in options.values():
        row = sold.row
        if row.validity is Validity.DEPARTURE:
            continue
        until = last_day(row.validity, row.zone, row.valid_days, row.valid_until, now)
        if until is None or until >= now.astimezone(ZoneInfo(row.zone)).date():
            found.append(Offer(**sold.facts(), valid_until=until))
    return found
