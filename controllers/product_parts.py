"""Keeps what belongs to a product, inside a transaction under way: its options, their units, and other names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from controllers import rescheduling
from controllers.desk import Work
from controllers.products_file import KnownAs, OptionForm, UnitForm
from models.money import from_major
from models.products import folded
from models.tables import (
    Departure,
    Option,
    Reservation,
    ReservationLine,
    Rule,
    SkippedDay,
    Spelling,
    Unit,
)


def save_options(work: Work, product_id: int, forms: list[OptionForm], currency: str) -> None:
    """Options keep their identity by the name they have or had; one that is no longer told is not offered any
    more, or is gone where it never was sold."""
    asked = select(Option.name, Option.id).where(Option.product_id == product_id)
    known = dict(work.connection.execute(asked).all())
    before = _known_before(forms, known)
    for untold in sorted({*known.values()} - {*before.values()}):
        _drop_option(work, untold)
    _free_names(work, Option, before, known)
    for form in forms:
        columns = {"name": form.name, "offered": form.offered}
        option_id = before.get(form.name)
        if option_id is None:
            option_id = work.tear_off("product")
            row = {"id": option_id, "product_id": product_id, **columns}
            work.connection.execute(insert(Option), row)
        else:
            work.connection.execute(update(Option).where(Option.id == option_id).values(**columns))
        rescheduling.change_rules(work, option_id, form.schedules)
        if "exceptions" in form.model_fields_set:
            rescheduling.change_exceptions(work, option_id, form.skipped)
        spell(work, form.known_as, product_id=product_id, option_id=option_id)
        _save_units(work, product_id, option_id, form.units, currency)


def _drop_option(work: Work, option_id: int) -> None:
    sold = select(Reservation.id).where(Reservation.option_id == option_id).limit(1)
    if work.connection.execute(sold).first():
        work.connection.execute(update(Option).where(Option.id == option_id).values(offered=False))
    else:
        work.connection.execute(delete(Spelling).where(Spelling.option_id == option_id))
        delete_option(work, option_id)


def delete_option(work: Work, option_id: int) -> None:
    """An option that nobody booked goes with its units, its rules and its departures."""
    for table in (Unit, Rule, SkippedDay, Departure):
        work.connection.execute(delete(table).where(table.option_id == option_id))
    work.connection.execute(delete(Option).where(Option.id == option_id))


def _save_units(work: Work, product_id: int, option_id: int, forms: list[UnitForm], currency: str) -> None:
    asked = select(Unit.name, Unit.id).where(Unit.option_id == option_id)
    known = dict(work.connection.execute(asked).all())
    before = _known_before(forms, known)
    _drop_units(work, {*known.values()} - {*before.values()})
    _free_names(work, Unit, before, known)
    for form in forms:
        price = from_major(form.price, currency).minor if form.price is not None else None
        columns = {"name": form.name, "heads": form.heads, "price_minor": price}
        unit_id = before.get(form.name)
        if unit_id is None:
            unit_id = work.tear_off("product")
            work.connection.execute(insert(Unit), {"id": unit_id, "option_id": option_id, **columns})
        else:
            work.connection.execute(update(Unit).where(Unit.id == unit_id).values(**columns))
        spell(work, form.known_as, product_id=product_id, option_id=option_id, unit_id=unit_id)


def _known_before(forms: Sequence[OptionForm | UnitForm], known: dict[str, int]) -> dict[str, int]:
    """Which of those we know each one is: by the name it had, else by the name it has."""
    before: dict[str, int] = {}
    for form in forms:
        found = next(
            (known[n] for n in (form.was, form.name) if n in known and known[n] not in before.values()), None
        )
        if found is not None:
            before[form.name] = found
    return before


def _free_names(work: Work, table: Any, before: dict[str, int], known: dict[str, int]) -> None:
    """Two that swap their names would stand in each other's way: whoever is renamed gives its name up first."""
    for name, row_id in before.items():
        if known.get(name) != row_id:
            work.connection.execute(update(table).where(table.id == row_id).values(name=f"\u2026{row_id}"))


def _drop_units(work: Work, unit_ids: set[int]) -> None:
    """Units nobody tells any more are gone, unless an order was made with them."""
    if not unit_ids:
        return
    asked = select(ReservationLine.unit_id).where(ReservationLine.unit_id.in_(unit_ids)).distinct()
    unused = unit_ids - set(work.connection.execute(asked).scalars())
    work.connection.execute(delete(Unit).where(Unit.id.in_(unused)))


def spell(
    work: Work,
    names: list[KnownAs],
    *,
    product_id: int,
    option_id: int | None = None,
    unit_id: int | None = None,
) -> None:
    """Keeps other names of a product, an option or a unit."""
    rows = [
        {
            "source": known.channel,
            "name": folded(known.name)[:400],
            "product_id": product_id,
            "option_id": option_id,
            "unit_id": unit_id,
        }
        for known in names
    ]
    if rows:
        work.connection.execute(insert(Spelling), rows)
