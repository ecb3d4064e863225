"""Adds and updates products and the operator, and matches the orders that waited for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import delete, func, insert, select, update

from controllers import promises, refunds
from controllers.channels.recognition import adapter_named
from controllers.desk import Desk, Work
from controllers.operator import as_told
from controllers.photos import read_photo, thumb_of
from controllers.placing import places
from controllers.product_parts import delete_option, save_options, spell
from controllers.products_file import (
    ColumnForm,
    OperatorForm,
    ProductForm,
    read_products,
)
from controllers.rematching import rematch
from controllers.reservations import is_manager
from controllers.rights import needs
from models.catalogue import catalogue
from models.frozen import frozen
from models.holidays import OfficeDays
from models.journal import differences
from models.product_rows import (
    Content,
    ProductPage,
    ProductRow,
    Uses,
    digest,
    product_content,
    product_page,
    product_rows,
    uses,
)
from models.products import OptionFacts, folded
from models.promise import whole_days
from models.refusals import CannotDo
from models.rights import Right
from models.schedule import names_of
from models.tables import (
    Channel,
    ClosedDay,
    HeaderName,
    LetterWay,
    Operator,
    Option,
    Photo,
    Product,
    Reservation,
    Spelling,
    TemplateRow,
)


@frozen
class Products:
    """The list of products, the operator's own settings, every channel's key, and whether one may change them."""

    rows: tuple[ProductRow, ...]
    zone: str
    currency: str
    closed: OfficeDays
    channels: tuple[str, ...]
    may_change: bool


KEEP: Final = "keep"
Picture = bytes | Literal["keep"] | None
"""A new picture, None to take it away, or KEEP."""

FINDS_ORDERS = frozenset({"code", "name", "known_as", "option", "offered", "validity", "zone"})
"""What decides which orders a product fits: after a change of these, waiting orders are tried again."""


@frozen
class SavedProduct:
    """One product as it was kept: the fields that changed, and how many orders found their place by it."""

    id: int
    fields: tuple[str, ...]
    matched: int


@frozen
class Saved:
    """What a products file did."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    matched: int


@needs(Right.CATALOGUE)
def save_products(path: Path, *, desk: Desk) -> Saved:
    """Adds and updates what a products file holds, all of it or nothing; then matches waiting orders again.

    A manager's right. Raises CannotDo("products-not-readable") with the place where the file is wrong.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotDo(
            "file-not-readable", file=path.name, why=error.strerror or "it cannot be opened"
        ) from error
    form = read_products(path.name, data)
    pictures = {p.code: read_photo(path.parent / p.photo) for p in form.product if p.photo}
    with desk.work() as work:
        if form.operator is not None:
            _save_operator(work, form.operator)
        for column in form.column:
            _save_heading(work, column, path.name)
        known = dict(work.connection.execute(select(Product.code, Product.id)).all())
        for product in form.product:
            kept = _save_product(work, product, known.get(product.code))
            if product.code in pictures:
                _keep_photo(work, kept, pictures[product.code])
        matched = rematch(places(work))
        work.changed.update(("products", "departures", "reservations"))
        return Saved(
            tuple(p.code for p in form.product if p.code not in known),
            tuple(p.code for p in form.product if p.code in known),
            matched,
        )


@needs(Right.CATALOGUE)
def save_product(
    form: ProductForm,
    *,
    desk: Desk,
    product_id: int | None = None,
    seen: str = "",
    photo: Picture = KEEP,
) -> SavedProduct:
    """Keeps what a manager wrote about one product; a new one without `product_id`.

    `seen` is what the screen was showing: where somebody changed the product meanwhile, nothing is
    overwritten. `photo` replaces the picture, None takes it away.
    """
    with desk.work() as work:
        _only_here(work, product_id)
        before = product_content(work.connection, product_id) if product_id is not None else None
        if product_id is not None and before is None:
            raise CannotDo("not-found", reference=form.code)
        if seen and before is not None and digest(before) != seen:
            raise CannotDo("product-changed-meanwhile", name=form.name)
        _refuse_code_of_another(work, form.code, product_id)
        kept = _save_product(work, form, product_id)
        _keep_photo(work, kept, photo)
        fields = changed_fields(before, product_content(work.connection, kept))
        matched = rematch(places(work)) if FINDS_ORDERS.intersection(fields) else 0
        work.changed.update(("products", "departures", "reservations") if fields else ("products",))
        return SavedProduct(kept, fields, matched)


@needs(Right.CATALOGUE)
def delete_product(product_id: int, *, desk: Desk) -> None:
    """Takes a product away that was never sold. One that was is only not offered any more."""
    with desk.work() as work:
        asked = select(Product.code, Product.name).where(Product.id == product_id)
        row = work.connection.execute(asked.with_for_update()).first()  # who sells it waits, or is waited for
        if row is None:
            raise CannotDo("not-found", reference=product_id)
        if work.connection.execute(
            select(Reservation.id).where(Reservation.product_id == product_id).limit(1)
        ).first():
            raise CannotDo("product-used", name=row.name)
        work.connection.execute(delete(Spelling).where(Spelling.product_id == product_id))
        options = select(Option.id).where(Option.product_id == product_id)
        for option_id in work.connection.execute(options).scalars().all():
            delete_option(work, option_id)
        for kept in (Photo, TemplateRow, LetterWay):
            work.connection.execute(delete(kept).where(kept.product_id == product_id))
        work.connection.execute(delete(Product).where(Product.id == product_id))
        work.record(f"product:{product_id}", "delete-product", code=row.code)
        work.changed.update(("products", "departures"))


@needs(Right.LOOK)
def see_products(*, desk: Desk) -> Products:
    """Every product as the list shows it, and what editing one needs to know."""
    with desk.reading() as look:
        operator = desk.operator(look)
        channels = tuple(look.execute(select(Channel.key).order_by(Channel.name)).scalars())
        rows = product_rows(look, desk.now())
        operator.closed.wake(desk.now().year)  # here, not when the screen counts its first promise
        return Products(rows, operator.zone, operator.currency, operator.closed, channels, is_manager(desk))


@needs(Right.LOOK)
def see_uses(product_id: int, *, desk: Desk) -> Uses:
    """What of a product orders were made with, and so has to stay."""
    with desk.reading() as look:
        return uses(look, product_id)


@needs(Right.LOOK)
def see_product(product_id: int, *, desk: Desk) -> ProductPage:
    """One product to be edited."""
    with desk.reading() as look:
        found = product_page(look, product_id, desk.now())
    if found is None:
        raise CannotDo("not-found", reference=product_id)
    return found


def changed_fields(before: Content | None, after: Content | None) -> tuple[str, ...]:
    """The fields of a product that are told differently now."""
    before, after = before or {}, after or {}
    return tuple(sorted(name for name in {*before, *after} if before.get(name) != after.get(name)))


@needs(Right.LOOK)
def listed(*, desk: Desk) -> list[dict[str, Any]]:
    """Every product with its options, for the command line and the settings."""
    with desk.reading() as look:
        options: dict[int, list[dict[str, Any]]] = {}
        for product in catalogue(look).products:
            options[product.id] = [_told(option) for option in product.options]
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


def _told(option: OptionFacts) -> dict[str, Any]:
    """An option with its rules, by time."""
    rules = [
        {
            "starts": rule.starts.strftime("%H:%M"),
            "minutes": rule.minutes,
            "capacity": rule.capacity,
            "weekdays": names_of(rule.weekdays),
            "season": [day.isoformat() if day else None for day in (rule.season_from, rule.season_until)],
        }
        for rule in option.rules
    ]
    single = [f"{day} {starts:%H:%M}" for day, starts in option.timetable.excepted]
    exceptions = sorted([*(day.isoformat() for day in option.exceptions), *single])
    return {"name": option.name, "rules": rules, "exceptions": exceptions, "offered": option.offered}


def _save_operator(work: Work, form: OperatorForm) -> None:
    promises.lock_calendar(work)
    before = work.desk.operator(work.connection)
    told = form.model_dump(exclude={"closed_days"}, exclude_unset=True)
    columns = [getattr(Operator, name) for name in told] or [Operator.id]
    was = dict(work.connection.execute(select(*columns)).one()._mapping)
    if told:
        work.connection.execute(update(Operator).where(Operator.id == 1).values(**told))
    if "closed_days" in form.model_fields_set:
        work.connection.execute(delete(ClosedDay).where(ClosedDay.worked.is_(False)))
        rows = {one.day: {"day": one.day, "name": one.name, "worked": False} for one in form.closed_days}
        work.connection.execute(delete(ClosedDay).where(ClosedDay.day.in_(rows)))
        if rows:
            work.connection.execute(insert(ClosedDay), list(rows.values()))
    after = work.desk.operator(work.connection)
    if before.closed != after.closed:
        promises.count_again(work, before.closed, after.closed, after.zone)
        refunds.count_again(work, after)
    work.changed.add("holidays")
    now = dict(work.connection.execute(select(*columns)).one()._mapping)
    closed = {"closed_days": [one.day.isoformat() for one in form.closed_days]}
    told_anew = closed if "closed_days" in form.model_fields_set else {}
    work.record(
        "operator", "operator", **differences(as_told(work, was), as_told(work, {**now, **told_anew}))
    )


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


def _save_product(work: Work, form: ProductForm, known: int | None) -> int:
    before = product_content(work.connection, known) if known is not None else None
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
        "trip_closes": form.trip_closes,
        "trip_grace_minutes": form.trip_grace_minutes,
        "comment_hours": form.comment_hours,
        "meeting_point": form.meeting_point,
        "languages": list(dict.fromkeys(form.languages)),
        "offered": form.offered,
        "reward": form.gives(currency),
        "refund": form.tiers(currency),
    }
    product_id = work.tear_off("product") if known is None else known
    if known is None:
        work.connection.execute(insert(Product), {"id": product_id, **columns})
    else:
        work.connection.execute(update(Product).where(Product.id == product_id).values(**columns))
    work.connection.execute(delete(Spelling).where(Spelling.product_id == product_id))
    spell(work, form.known_as, product_id=product_id)
    save_options(work, product_id, form.option, currency)
    after = product_content(work.connection, product_id)
    told = differences(before or {}, after or {})
    work.record(f"product:{product_id}", "product", code=form.code, **told)
    return product_id


def _only_here(work: Work, product_id: int | None) -> None:
    """Whoever else changes this product waits, and then sees that it was changed meanwhile."""
    asked = select(Product.id).where(Product.id == product_id)
    work.connection.execute(asked.with_for_update(key_share=True))


def _refuse_code_of_another(work: Work, code: str, product_id: int | None) -> None:
    asked = select(Product.name).where(Product.code == code, Product.id != (product_id or 0))
    other = work.connection.execute(asked).scalar()
    if other is not None:
        raise CannotDo("code-taken", taken=code, name=other)


def _keep_photo(work: Work, product_id: int, photo: Picture) -> None:
    if photo == KEEP:
        return
    before = work.connection.execute(select(Photo.image).where(Photo.product_id == product_id)).scalar()
    if before is None and photo is None:
        return
    work.connection.execute(delete(Photo).where(Photo.product_id == product_id))
    if isinstance(photo, bytes):
        work.connection.execute(
            insert(Photo), {"product_id": product_id, "image": photo, "thumb": thumb_of(photo)}
        )
    work.record(f"product:{product_id}", "product", fields=["photo"])
