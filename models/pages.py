"""Pages of reservations for lists: filters in, small frozen rows out, by key and never by offset.

A row's traveler is None until the reservation has once been confirmed; a search by name, phone or
address looks only at travelers who may be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, exists, func, or_, select, tuple_

from models.money import Money
from models.orders import Collector
from models.payments import MoneyState
from models.privacy import may_see
from models.references import keys_to_try, number_of, our_id
from models.reservations import LIVING, Status
from models.rows import Filter, Key, Page, ReservationRow
from models.tables import (
    Decision,
    Departure,
    Option,
    OutboxRow,
    Payment,
    Product,
    Refund,
    Reservation,
    Traveler,
)

_R: Table = Reservation.__table__  # type: ignore[assignment]
_DUE = (
    select(func.sum(Payment.amount_minor))
    .where(
        Payment.reservation_id == _R.c.id, Payment.collector == Collector.US, Payment.state == MoneyState.DUE
    )
    .scalar_subquery()
)
ROW_COLUMNS: tuple[Any, ...] = (
    *(
        _R.c[name]
        for name in (
            "id version channel via reference status channel_status product_text option_text departs_on departs_at "
            "zone open_dated party arrived_heads lead first_confirmed_at amount_minor currency unmatched confirm_by "
            "ordered_at to_do departure_id sort_at"
        ).split()
    ),
    Product.name.label("product_name"),
    Option.name.label("option_name"),
    _DUE.label("due_minor"),
)


def rows_query() -> Select[Any]:
    """The columns of a row with its joins; the caller adds what it filters by."""
    return (
        select(*ROW_COLUMNS)
        .select_from(_R)
        .outerjoin(Product, Product.id == _R.c.product_id)
        .outerjoin(Option, Option.id == _R.c.option_id)
    )


def row_of(row: Any) -> ReservationRow:
    """A database row as a list shows it, masked where it must be."""
    return ReservationRow(
        id=row.id,
        version=row.version,
        number=number_of(row.id),
        channel=row.channel,
        via=row.via,
        reference=row.reference,
        status=row.status,
        channel_status=row.channel_status,
        product=row.product_name or row.product_text,
        option=row.option_name or row.option_text,
        departs_on=row.departs_on,
        departs_at=row.departs_at,
        zone=row.zone or "UTC",
        open_dated=row.open_dated,
        party=row.party,
        arrived=row.arrived_heads,
        traveler=row.lead if may_see(row.first_confirmed_at, row.channel, row.via) else None,
        amount=Money(row.amount_minor, row.currency) if row.amount_minor is not None else None,
        due=Money(row.due_minor, row.currency) if row.due_minor else None,
        unmatched=row.unmatched,
        confirm_by=row.confirm_by,
        ordered_at=row.ordered_at,
        to_do=row.to_do,
        departure_id=row.departure_id,
        sort_at=row.sort_at,
    )


def page(
    look: Connection, wanted: Filter, now: datetime, *, after: Key | None = None, limit: int = 100
) -> Page:
    """One page in the order of departure (or, newest first, the other way round)."""
    key = tuple_(_R.c.sort_at, _R.c.id)
    asked = rows_query().where(*_conditions(wanted, now))
    if wanted.newest_first:
        asked = asked.order_by(_R.c.sort_at.desc(), _R.c.id.desc())
        asked = asked.where(key < after) if after else asked
    else:
        asked = asked.order_by(_R.c.sort_at, _R.c.id)
        asked = asked.where(key > after) if after else asked
    rows = [row_of(row) for row in look.execute(asked.limit(limit + 1))]
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(tuple(rows), (rows[-1].sort_at, rows[-1].id) if more else None)


def count(look: Connection, wanted: Filter, now: datetime) -> int:
    """How many reservations a filter shows."""
    return int(
        look.execute(select(func.count()).select_from(_R).where(*_conditions(wanted, now))).scalar_one()
    )


def searches_people(text: str) -> bool:
    """Whether a search text may find somebody by personal data; such a search is journaled."""
    return bool(text.strip()) and our_id(text) is None


def _conditions(wanted: Filter, now: datetime) -> list[Any]:
    made: list[Any] = []
    if wanted.statuses:
        made.append(_R.c.status.in_(sorted(wanted.statuses)))
    if wanted.channel:
        made.append(_R.c.channel == wanted.channel)
    if wanted.product_id is not None:
        made.append(_R.c.product_id == wanted.product_id)
    if wanted.departure_id is not None:
        made.append(_R.c.departure_id == wanted.departure_id)
    if wanted.first_day:
        made.append(_R.c.departs_on >= wanted.first_day)
    if wanted.last_day:
        made.append(_R.c.departs_on <= wanted.last_day)
    if wanted.needs:
        made.append(needs(wanted.needs, now))
    if wanted.text.strip():
        made.append(_names(wanted.text))
    return made


WAITING = (Status.UNCONFIRMED, Status.PENDING)


def needs(box: str, now: datetime) -> Any:
    """The condition behind one of the dashboard's boxes."""
    of = {
        "unconfirmed": _R.c.status.in_(WAITING),
        "overdue": and_(_R.c.status.in_(WAITING), has_departed(now)),
        "to-cancel": _R.c.status == Status.CANCEL_REQUESTED,
        "unmatched": and_(_R.c.unmatched != "", _R.c.status.in_(LIVING), _R.c.status != Status.REDEEMED),
        "to-do": _R.c.to_do != "",
        "awaiting-payment": _R.c.status == Status.AWAITING_PAYMENT,
        "decisions": exists().where(Decision.reservation_id == _R.c.id, Decision.decided_at.is_(None)),
        "letters": exists().where(OutboxRow.reservation_id == _R.c.id, OutboxRow.state == "FAILED"),
        "refunds": exists().where(Refund.reservation_id == _R.c.id, Refund.state == MoneyState.FAILED),
    }
    return of[box]


def has_departed(now: datetime) -> Any:
    """The condition that a departure is past; one without a time is past when its day is over."""
    by_day = and_(_R.c.departs_at.is_(None), _R.c.sort_at < now - timedelta(days=1))
    return or_(_R.c.departs_at < now, by_day)


def _names(text: str) -> Any:
    """A number in any spelling, or part of a name, address or phone that may be seen."""
    keys = [key for key in keys_to_try(text) if key]  # "--" is no number, and would fit all that have none
    ways: list[Any] = [_R.c.reference_key.in_(keys), _R.c.via_reference.in_(keys)]
    ours = our_id(text)
    if ours is not None:
        ways.append(_R.c.id == ours)
    part = text.strip()
    if len(part) >= 2:
        visible = or_(_R.c.first_confirmed_at.is_not(None), and_(_R.c.channel == "direct", _R.c.via == ""))
        people = [_R.c.lead.icontains(part, autoescape=True), _R.c.email.icontains(part, autoescape=True)]
        people.append(_R.c.phone.contains(part, autoescape=True))
        companion = exists().where(
            Traveler.reservation_id == _R.c.id, Traveler.name.icontains(part, autoescape=True)
        )
        ways.append(and_(visible, or_(*people, companion)))
        ways += [_R.c.reference_key.startswith(key, autoescape=True) for key in keys[:1]]
    return or_(*ways)


def seats_of(look: Connection, departure_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Seats taken and capacity of departures, by id."""
    asked = select(Departure.id, Departure.seats_taken, Departure.capacity).where(
        Departure.id.in_(set(departure_ids))
    )
    return {row.id: (row.seats_taken, row.capacity) for row in look.execute(asked)}
