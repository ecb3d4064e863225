"""Adds and updates products and the operator, and matches the orders that waited for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from controllers import newer
from controllers.channels.recognition import adapter_named
from controllers.desk import Desk, Work
from controllers.placing import places
from controllers.products_file import (
    ColumnForm,
    KnownAs,
    OperatorForm,
    OptionForm,
    ProductForm,
    UnitForm,
    read_products,
)
from models.money import from_major
from models.products import folded
from models.promise import whole_days
from models.refusals import CannotDo
from models.tables import (
    ClosedDay,
    Departure,
    HeaderName,
    Operator,
    Option,
    Product,
    Reservation,
    Spelling,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a products file did."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    matched: int


def save_products(path: Path, *, desk: Desk) -> Saved:
    """Adds and updates what a products file holds, all of it or nothing; then matches waiting orders again.

    Raises CannotDo("products-not-readable") with the place where the file is wrong.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotDo(
            "file-not-readable", file=path.name, why=error.strerror or "it cannot be opened"
        ) from error
    form = read_products(path.name, data)
    with desk.work() as work:
        if form.operator is not None:
            _save_operator(work, form.operator)
        for column in form.column:
            _save_heading(work, column, path.name)
        known = dict(work.connection.execute(select(Product.code, Product.id)).all())
        for product in form.product:
            _save_product(work, product, known.get(product.code))
        matched = newer.rematch(places(work))
        work.changed.update(("products", "departures", "reservations"))
        return Saved(
            tuple(p.code for p in form.product if p.code not in known),
            tuple(p.code for p in form.product if p.code in known),
            matched,
        )


def listed(*, desk: Desk) -> list[dict[str, Any]]:
    """Every product with its options, for the command line and the settings."""
    with desk.reading() as look:
        options: dict[int, list[dict[str, Any]]] = {}
        for row in look.execute(select(Option).order_by(Option.starts, Option.id)):
            told = {"name": row.name, "starts": row.starts, "minutes": row.minutes, "capacity": row.capacity}
            options.setdefault(row.product_id, []).append(told)
        counted = select(Reservation.product_id, func.count()).group_by(Reservation.product_id)
        counts = dict(look.execute(counted).all())
        return [
            {
                "code": row.code,
                "name": row.name,
                "zone": row.zone,
                "confirmation": row.confirmation.value,
                "redeem": row.redeem.value,
                "options": options.get(row.id, []),
                "reservations": counts.get(row.id, 0),
            }
            for row in look.execute(select(Product).order_by(Product.code))
        ]


def _save_operator(work: Work, form: OperatorForm) -> None:
    told = form.model_dump(exclude={"closed_days"}, exclude_unset=True)
    if told:
        work.connection.execute(update(Operator).where(Operator.id == 1).values(**told))
    if "closed_days" in form.model_fields_set:
        work.connection.execute(delete(ClosedDay))
        if form.closed_days:
            work.connection.execute(
                insert(ClosedDay), [{"day": day} for day in sorted(set(form.closed_days))]
            )
    work.record("operator", "operator", fields=sorted(form.model_fields_set))


def _save_heading(work: Work, form: ColumnForm, file: str) -> None:
    fields = adapter_named(form.channel).fields
    if form.field not in fields:
        why = f"{form.channel} has no field {form.field}; it has {', '.join(fields)}"
        raise CannotDo("products-not-readable", file=file, why=why)
    header = folded(form.header)
    work.connection.execute(
        delete(HeaderName).where(HeaderName.channel == form.channel, HeaderName.header == header)
    )
    work.connection.execute(
        insert(HeaderName), {"channel": form.channel, "header": header, "field": form.field}
    )


def _save_product(work: Work, form: ProductForm, known: int | None) -> None:
    operator = work.desk.operator(work.connection)
    currency = form.currency or operator.currency
    columns = {
        "code": form.code,
        "name": form.name,
        "zone": form.zone or operator.zone,
        "currency": currency,
        "confirmation": form.confirmation,
        "confirm_days": whole_days(
            form.confirm_within.days, form.confirm_within.hours, form.confirm_within.from_
        ),
        "confirm_from": form.confirm_within.from_,
        "redeem": form.redeem,
        "tickets": form.tickets,
        "uses": form.uses,
        "validity": form.validity,
        "valid_days": form.valid_days,
        "valid_from": form.valid_from,
        "valid_until": form.valid_until,
        **form.admission.model_dump(),
        "comment_hours": form.comment_hours,
        "meeting_point": form.meeting_point,
        "refund": form.tiers(currency),
    }
    if known is None:
        known = work.tear_off("product")
        work.connection.execute(insert(Product), {"id": known, **columns})
    else:
        work.connection.execute(update(Product).where(Product.id == known).values(**columns))
    work.record(f"product:{known}", "product", code=form.code)
    work.connection.execute(delete(Spelling).where(Spelling.product_id == known))
    _spell(work, form.known_as, product_id=known)
    _save_options(work, known, form.option, currency)


def _save_options(work: Work, product_id: int, forms: list[OptionForm], currency: str) -> None:
    """Options keep their identity by name; one that is no longer in the file is not offered any more."""
    asked = select(Option.name, Option.id).where(Option.product_id == product_id)
    known = dict(work.connection.execute(asked).all())
    work.connection.execute(update(Option).where(Option.product_id == product_id).values(offered=False))
    for form in forms:
        first, last = form.season or (None, None)
        columns = {
            "name": form.name,
            "starts": form.starts,
            "minutes": form.minutes,
            "capacity": form.capacity,
            "weekdays": form.mask,
            "season_from": first,
            "season_until": last,
            "offered": True,
        }
        option_id = known.get(form.name)
        if option_id is None:
            option_id = work.tear_off("product")
            work.connection.execute(insert(Option), {"id": option_id, "product_id": product_id, **columns})
        else:
            _change_option(work, option_id, columns)
        _spell(work, form.known_as, product_id=product_id, option_id=option_id)
        _save_units(work, product_id, option_id, form.units, currency)


def _change_option(work: Work, option_id: int, columns: dict[str, Any]) -> None:
    """A new capacity counts for departures that still have the old one; one changed by hand keeps its own."""
    old = work.connection.execute(select(Option.capacity).where(Option.id == option_id)).scalar_one()
    work.connection.execute(update(Option).where(Option.id == option_id).values(**columns))
    work.connection.execute(
        update(Departure)
        .where(Departure.option_id == option_id, Departure.capacity == old)
        .where(Departure.departs_at > work.now)
        .values(capacity=columns["capacity"])
    )


def _save_units(work: Work, product_id: int, option_id: int, forms: list[UnitForm], currency: str) -> None:
    asked = select(Unit.name, Unit.id).where(Unit.option_id == option_id)
    known = dict(work.connection.execute(asked).all())
    for form in forms:
        price = from_major(form.price, currency).minor if form.price is not None else None
        columns = {"name": form.name, "heads": form.heads, "price_minor": price}
        unit_id = known.get(form.name)
        if unit_id is None:
            unit_id = work.tear_off("product")
            work.connection.execute(insert(Unit), {"id": unit_id, "option_id": option_id, **columns})
        else:
            work.connection.execute(update(Unit).where(Unit.id == unit_id).values(**columns))
        _spell(work, form.known_as, product_id=product_id, option_id=option_id, unit_id=unit_id)


def _spell(
    work: Work,
    names: list[KnownAs],
    *,
    product_id: int,
    option_id: int | None = None,
    unit_id: int | None = None,
) -> None:
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
