"""Reads the products, options, units and their other names into the facts the rules work with."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, exists, select

from models.frozen import frozen
from models.products import Catalogue, OptionFacts, ProductFacts, UnitFacts, Validity
from models.schedule import Schedule, Timetable, times_of
from models.tables import Departure, Option, Product, Rule, SkippedDay, Spelling, Unit

_Names = dict[tuple[str, int], set[tuple[str, str]]]


def catalogue(look: Connection) -> Catalogue:
    """Every product, ready to be matched against."""
    return Catalogue(tuple(_products(look, None)))


@frozen
class Plan:
    """When one option leaves, and what it is called: all that the calendar needs of it."""

    option_id: int
    option: str
    product_id: int
    product: str
    zone: str
    timetable: Timetable


def plans(look: Connection) -> list[Plan]:
    """Every option by its name; those not offered any more, or sold without a date, have an empty timetable.

    Their rules come with them, so that a month asks once; skipped days and departures added by hand are read
    only where there are any.
    """
    rows = look.execute(_PLANS).all()
    besides = timetables(look, None) if rows and (rows[0].skips or rows[0].adds) else {}
    rules: dict[int, list[Schedule]] = defaultdict(list)
    for row in rows:
        if row.starts is not None:
            rules[row.number].append(_rule(row))
    made = {}
    for row in rows:
        table = besides.get(row.number) or Timetable(tuple(rules[row.number]))
        made[row.number] = Plan(*row[:5], table if row.runs else _NEVER)
    return list(made.values())


_NEVER = Timetable()
_PLANS = (
    select(
        Option.id.label("number"), Option.name, Product.id, Product.name, Product.zone,
        and_(Option.offered, Product.offered, Product.validity == Validity.DEPARTURE).label("runs"),
        exists().select_from(SkippedDay).label("skips"),
        exists().where(Departure.by_hand.is_(True)).label("adds"),
        Rule.starts, Rule.minutes, Rule.capacity, Rule.weekdays, Rule.season_from, Rule.season_until,
    )
    .join(Product, Product.id == Option.product_id)
    .outerjoin(Rule, Rule.option_id == Option.id)
    .order_by(Product.name, Option.name, Option.id, Rule.starts, Rule.id)
)  # fmt: skip


def product_facts(look: Connection, product_id: int | None) -> ProductFacts | None:
    """One product, or None where the order's product is unknown."""
    if product_id is None:
        return None
    found = _products(look, product_id)
    return found[0] if found else None


def _products(look: Connection, only: int | None) -> list[ProductFacts]:
    names = _names(look, only)
    units: dict[int, list[UnitFacts]] = defaultdict(list)
    for row in look.execute(
        _of(select(Unit).join(Option, Unit.option_id == Option.id), only).order_by(Unit.id)
    ):
        units[row.option_id].append(UnitFacts(row.id, row.name, row.heads, frozenset(names["unit", row.id])))
    when = timetables(look, only)
    options: dict[int, list[OptionFacts]] = defaultdict(list)
    sold = select(Option, Product.offered.label("sold")).join(Product, Product.id == Option.product_id)
    for row in look.execute(_of(sold, only).order_by(Option.id)):
        known = frozenset(names["option", row.id])
        of = (row.id, row.name, when[row.id], tuple(units[row.id]), known)
        options[row.product_id].append(OptionFacts(*of, offered=row.offered and row.sold))
    asked = select(Product).order_by(Product.id)
    rows = look.execute(asked if only is None else asked.where(Product.id == only))
    return [_product(row, options[row.id], names) for row in rows]


def _of(asked: Any, only: int | None) -> Any:
    return asked if only is None else asked.where(Option.product_id == only)


def _names(look: Connection, only: int | None) -> _Names:
    names: _Names = defaultdict(set)
    asked = select(Spelling)
    for row in look.execute(asked if only is None else asked.where(Spelling.product_id == only)):
        of = ("unit", row.unit_id) if row.unit_id else ("option", row.option_id) if row.option_id else None
        names[of or ("product", row.product_id)].add((row.source, row.name))
    return names


def timetable(look: Connection, option_id: int) -> Timetable:
    """When one option leaves."""
    return timetables(look, None, Option.id == option_id)[option_id]


def timetables(look: Connection, only: int | None, *narrowed: Any) -> dict[int, Timetable]:
    """When each option (or each of one product) leaves: by rules, with exceptions, and what was added by hand."""
    rules: dict[int, list[Schedule]] = defaultdict(list)
    asked = select(Rule).join(Option, Rule.option_id == Option.id).where(*narrowed)
    for row in look.execute(_of(asked, only).order_by(Rule.starts, Rule.id)):
        rules[row.option_id].append(_rule(row))
    exceptions: dict[int, set[date]] = defaultdict(set)
    excepted: dict[int, set[tuple[date, time]]] = defaultdict(set)
    skipped = select(SkippedDay).join(Option, SkippedDay.option_id == Option.id).where(*narrowed)
    for row in look.execute(_of(skipped, only)):
        if row.starts:
            excepted[row.option_id].update((row.day, starts) for starts in times_of(row.starts))
        else:
            exceptions[row.option_id].add(row.day)
    added = _by_hand(look, only, *narrowed)
    return defaultdict(
        Timetable,
        {
            option: Timetable(
                tuple(rules[option]),
                frozenset(exceptions[option]),
                added.get(option, {}),
                frozenset(excepted[option]),
            )
            for option in {*rules, *exceptions, *excepted, *added}
        },
    )


def _rule(row: Any) -> Schedule:
    return Schedule(
        starts=time.fromisoformat(row.starts),
        minutes=row.minutes,
        capacity=row.capacity,
        weekdays=row.weekdays,
        season_from=row.season_from,
        season_until=row.season_until,
    )


def _by_hand(
    look: Connection, only: int | None, *narrowed: Any
) -> dict[int, dict[date, tuple[Schedule, ...]]]:
    asked = (
        select(
            Departure.option_id, Departure.departs_on, Departure.departs_at, Departure.ends_at,
            Departure.capacity, Product.zone,
        )
        .join(Option, Departure.option_id == Option.id)
        .join(Product, Product.id == Option.product_id)
        .where(Departure.by_hand.is_(True), *narrowed)
    )  # fmt: skip
    found: dict[int, dict[date, tuple[Schedule, ...]]] = defaultdict(dict)
    for row in look.execute(_of(asked, only).order_by(Departure.departs_at)):
        minutes = int((row.ends_at - row.departs_at).total_seconds()) // 60
        starts = row.departs_at.astimezone(ZoneInfo(row.zone)).time()
        days = found[row.option_id]
        days[row.departs_on] = (
            *days.get(row.departs_on, ()),
            Schedule(starts, minutes, row.capacity, season_from=row.departs_on, season_until=row.departs_on),
        )
    return found


def _product(row: Any, options: list[OptionFacts], names: _Names) -> ProductFacts:
    return ProductFacts(
        id=row.id,
        code=row.code,
        name=row.name,
        zone=row.zone,
        currency=row.currency,
        confirmation=row.confirmation,
        confirm_days=row.confirm_days,
        confirm_from=row.confirm_from,
        redeem=row.redeem,
        tickets=row.tickets,
        uses=row.uses,
        validity=row.validity,
        valid_days=row.valid_days,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        opens_minutes_before=row.opens_minutes_before,
        closes_minutes_after=row.closes_minutes_after,
        comment_hours=row.comment_hours,
        meeting_point=row.meeting_point,
        refund=tuple(row.refund),
        options=tuple(options),
        names=frozenset(names["product", row.id]),
        languages=tuple(row.languages),
        offered=row.offered,
    )
