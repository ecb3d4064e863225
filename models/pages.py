"""Lists of reservations: filters in, small frozen rows out, by key and never by offset.

A page is found in two steps. The first asks an index for ids only (`models.list_keys`), the second reads
the rows of those ids, the driver's own way.

A row's traveler is None until the reservation has once been confirmed; a search by name, phone or
address looks only at travelers who may be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Select, Table, func, select

from models.filters import conditions
from models.list_keys import all_ids, page_keys
from models.money import Money
from models.orders import Collector
from models.payments import MoneyState
from models.privacy import may_see
from models.references import number_of, our_id
from models.reservations import GONE, Status
from models.rows import Filter, Key, Listing, Page, ReservationRow
from models.tables import Departure, Option, Payment, Product, Reservation, Staff

_R: Table = Reservation.__table__  # type: ignore[assignment]
_SHORT = 5_000
"""A list up to this length is compared whole when somebody changed something elsewhere."""

_MONEY = select(func.sum(Payment.amount_minor)).where(Payment.reservation_id == _R.c.id)
_OPEN = _MONEY.where(Payment.state == MoneyState.DUE)
ROW_COLUMNS: tuple[Any, ...] = (
    *(
        _R.c[name]
        for name in (
            "id version channel via reference status channel_status product_text option_text departs_on departs_at "
            "zone open_dated party arrived_heads lead first_confirmed_at amount_minor currency unmatched confirm_by "
            "ordered_at to_do departure_id sort_at claimed_at"
        ).split()
    ),
    Product.name.label("product_name"),
    Option.name.label("option_name"),
    _OPEN.where(Payment.collector == Collector.US).scalar_subquery().label("due_minor"),
    _OPEN.scalar_subquery().label("open_minor"),
    _MONEY.where(Payment.state == MoneyState.DONE).scalar_subquery().label("paid_minor"),
    Staff.name.label("claimer"),
    Product.code.label("product_code"),
)
_STATUS = {status.value: status for status in Status}


def rows_query() -> Select[Any]:
    """The columns of a row with its joins; the caller adds what it filters by."""
    return (
        select(*ROW_COLUMNS)
        .select_from(_R)
        .outerjoin(Product, Product.id == _R.c.product_id)
        .outerjoin(Option, Option.id == _R.c.option_id)
        .outerjoin(Staff, Staff.id == _R.c.claimed_by)
    )


def row_of(row: Sequence[Any]) -> ReservationRow:
    """A database row as a list shows it, masked where it must be.

    It may come from SQLAlchemy or from the driver itself, which on SQLite knows times only as text.
    """
    (
        id_, version, channel, via, reference, status, channel_status, product_text, option_text, departs_on,
        departs_at, zone, open_dated, party, arrived, lead, first_confirmed_at, amount, currency, unmatched,
        confirm_by, ordered_at, to_do, departure_id, sort_at, claimed_at, product, option, due, open_, paid, claimer,
        product_code,
    ) = row  # fmt: skip
    return ReservationRow(
        id_,
        version,
        number_of(id_),
        channel,
        via,
        reference,
        _STATUS[status],
        channel_status,
        product or product_text,
        option or option_text,
        date.fromisoformat(departs_on) if isinstance(departs_on, str) else departs_on,
        _instant(departs_at) if departs_at is not None else None,
        zone or "UTC",
        bool(open_dated),
        party,
        arrived,
        lead if may_see(first_confirmed_at, channel, via) else None,
        Money(amount, currency) if amount is not None else None,
        Money(int(due), currency) if due else None,  # PostgreSQL adds up to a Decimal
        Money(int(paid), currency) if paid else None,
        Money(int(open_), currency) if open_ else None,
        unmatched,
        _instant(confirm_by) if confirm_by is not None else None,
        _instant(ordered_at),
        to_do,
        departure_id,
        _instant(sort_at),
        claimer or "",
        _instant(claimed_at) if claimed_at is not None else None,
        product_code or "",
    )


def _instant(told: Any) -> datetime:
    """A time as SQLite's driver tells it (text, in UTC), or as everybody else does."""
    if isinstance(told, str):
        return datetime.fromisoformat(told + "+00:00")
    return told if told.tzinfo is UTC else told.astimezone(UTC)  # type: ignore[no-any-return]


def page(
    look: Connection, wanted: Filter, now: datetime, *, after: Key | None = None, limit: int = 100
) -> Page:
    """One page in the order that is wanted; it starts after the key of the last one's end."""
    keys = page_keys(look, wanted, now, after, limit + 1)
    more = len(keys) > limit
    keys = keys[:limit]
    return Page(rows_of(look, [i for _, i in keys]), keys[-1] if more else None)


def rows_of(look: Connection, ids: Sequence[int]) -> tuple[ReservationRow, ...]:
    """The rows of these ids, in their order; one that is gone is left out."""
    driver: Any = look.connection.driver_connection
    if look.dialect.name == "sqlite":
        told = driver.execute(_rows_sql(look.dialect), (f"[{','.join(map(str, ids))}]",))
    else:
        told = driver.execute(_rows_sql(look.dialect), (list(ids),))
    found = {row[0]: row_of(row) for row in told.fetchall()}
    return tuple([found[i] for i in ids if i in found])


@lru_cache(maxsize=2)
def _rows_sql(dialect: Dialect) -> str:
    """The rows of many ids, for the driver itself: preparing a page costs SQLAlchemy more than reading it."""
    asked = rows_query().compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    among = "in (select value from json_each(?))" if dialect.name == "sqlite" else "= any(%s)"
    return f"{asked} WHERE reservations.id {among}"


def listing(look: Connection, wanted: Filter, now: datetime) -> Listing:
    """Every id that a filter shows, in order, as it stands now."""
    newest = look.execute(select(func.max(_R.c.id))).scalar() or 0
    return Listing(all_ids(look, wanted, now), newest)


def count(look: Connection, wanted: Filter, now: datetime, *, most: int | None = None) -> int:
    """How many reservations a filter shows; counting stops at `most`."""
    found = select(_R.c.id).where(*conditions(look, wanted, now))
    if most is not None:
        found = found.limit(most)
    return int(look.execute(select(func.count()).select_from(found.subquery())).scalar_one())


def count_new(look: Connection, wanted: Filter, now: datetime, known: Listing) -> int:
    """How many belong into a list now that did not when it was made.

    A short list is compared whole, so that an order whose status changed is seen, too; of a long one
    only what has come since is counted.
    """
    if len(known.ids) <= _SHORT:
        return len(set(listing(look, wanted, now).ids) - set(known.ids))
    fresh = [*conditions(look, wanted, now), _R.c.id > known.newest_id]
    return int(look.execute(select(func.count()).select_from(_R).where(*fresh)).scalar_one())


def hidden(look: Connection, wanted: Filter, now: datetime) -> dict[Status, int]:
    """How many cancelled and expired ones a list of living statuses leaves out, by status."""
    left_out = sorted(GONE - wanted.statuses) if wanted.statuses else []
    shown = replace(wanted, statuses=frozenset(left_out))
    asked = select(_R.c.status, func.count()).where(*conditions(look, shown, now)).group_by(_R.c.status)
    return dict(look.execute(asked).all()) if left_out else {}


def searches_people(text: str) -> bool:
    """Whether a search text may find somebody by personal data; such a search is journaled."""
    return bool(text.strip()) and our_id(text) is None


def seats_of(look: Connection, departure_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Seats taken and capacity of departures, by id."""
    asked = select(Departure.id, Departure.seats_taken, Departure.capacity).where(
        Departure.id.in_(set(departure_ids))
    )
    return {row.id: (row.seats_taken, row.capacity) for row in look.execute(asked)}


def closed_of(look: Connection, departure_ids: Iterable[int]) -> frozenset[int]:
    """Those of these departures that are closed for sale."""
    asked = select(Departure.id).where(Departure.id.in_(set(departure_ids)), Departure.closed.is_(True))
    return frozenset(look.execute(asked).scalars())
