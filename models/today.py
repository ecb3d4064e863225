"""The dashboard's facts: what needs a person now, who departs today, and what is to be settled."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, String, Table, case, func, literal, select, type_coerce

from models.base import Instant
from models.boxes import Box, boxes
from models.companions import companions_of
from models.filters import WAITING
from models.frozen import frozen
from models.leaving import that_left
from models.mail_server import MAIL_SERVER
from models.money import Money
from models.orders import Collector
from models.pages import rows_of, seats_of
from models.payments import MoneyState
from models.privacy import may_see, without_traveler
from models.rehearsal import Rehearsed
from models.reservations import HOLDERS, Status
from models.review_reading import NOTHING_LATELY, Lately, lately
from models.rows import ReservationRow
from models.tables import (
    CarrierRow,
    Decision,
    Departure,
    Incident,
    Operator,
    Option,
    Payment,
    Product,
    Reservation,
)
from models.tables.reservations import ANSWER_WANTED, PAYMENT_AWAITED, SOMETHING_TO_DO
from models.trips_reading import count_to_close

_R: Table = Reservation.__table__  # type: ignore[assignment]
MOST_URGENT = 20
MOST_CHORES = 40
# No index is ordered by this, so the few rows with something to do are sorted, and not all by their channel.
_BY_CHANNEL = type_coerce(_R.c.channel + literal("", literal_execute=True), String)


@frozen
class Urgent:
    """One order that waits for somebody, with the seats before and after (None where none are counted).

    `missing` says what a held order lacks; a place held for who has not paid is given up at `expires_at`, on the
    operator's clock: what a counter waits for is told as the clock at the counter shows it, here as on the sale.
    """

    row: ReservationRow
    seats_taken: int | None
    seats_after: int | None
    capacity: int | None
    missing: str = ""
    expires_at: datetime | None = None


@frozen
class Chore:
    """Something to decide (`question` says about what) or to do at a channel (''), and since when."""

    row: ReservationRow
    since: datetime
    question: str = ""


@frozen
class DepartureToday:
    """One departure of today: who is expected and who is in."""

    departure_id: int
    departs_at: datetime
    zone: str
    product: str
    option: str
    capacity: int
    taken: int
    expected: int
    arrived: int
    waiting: int
    closed: bool


@frozen
class TodaysDepartures:
    """What the gate shows of a day: nothing of what the office has to do."""

    day: date
    zone: str
    departures: tuple[DepartureToday, ...]


@frozen
class Today:
    """What the dashboard shows first, as of one instant."""

    as_of: datetime
    day: date
    zone: str
    boxes: tuple[Box, ...]
    urgent: tuple[Urgent, ...]
    chores: tuple[Chore, ...]
    to_do_at: tuple[tuple[str, int], ...]  # channel and how much is to do there, the most first
    departures: tuple[DepartureToday, ...]
    to_collect: tuple[Money, ...]
    to_collect_count: int
    awaiting_payment: int
    has_products: bool
    to_close: tuple[int, int] = (0, 0)
    """Trips that have ended and are still to be closed, and the orders on them."""
    disagreements: tuple[int, datetime | None] = (0, None)
    """What counters did against each other and nobody has decided yet, and since when that is known."""
    mail_trouble: tuple[str, datetime | None] = ("", None)
    """Why the mail server takes no letters, and since when; '' where it does."""
    reviews: Lately = NOTHING_LATELY
    """What travelers said lately, and what of it waits for somebody."""
    rehearsed: Rehearsed | None = None
    """The last rehearsal at this counter."""
    copies_late: bool = False
    last_copy: datetime | None = None
    """Whether there has been no copy of the data for too long, and when the last one was made."""
    clock_behind_s: float = 0.0
    """How far this computer's clock stands behind what was written here already."""

    def box(self, key: str) -> Box:
        """The box of a key."""
        return next(box for box in self.boxes if box.key == key)


def todays_departures(look: Connection, now: datetime) -> TodaysDepartures:
    """Who departs today, by time; asked after every scan, while the next guest steps forward."""
    zone = str(look.execute(select(Operator.zone)).scalar_one())
    day = now.astimezone(ZoneInfo(zone)).date()
    return TodaysDepartures(day, zone, _departures(look, day))


def today(look: Connection, now: datetime, zone: str) -> Today:
    """The dashboard as it stands now; `zone` is the operator's."""
    day = now.astimezone(ZoneInfo(zone)).date()
    collect = _to_collect(look, day)
    return Today(
        as_of=now,
        day=day,
        zone=zone,
        boxes=boxes(look, now, day),
        urgent=_urgent(look, now, ZoneInfo(zone)),
        chores=_chores(look),
        to_do_at=_to_do_at(look),
        departures=_departures(look, day),
        to_collect=tuple(Money(minor, currency) for currency, minor, _ in collect),
        to_collect_count=sum(n for _, _, n in collect),
        awaiting_payment=_awaiting_payment(look),
        to_close=count_to_close(look, now),
        disagreements=_disagreements(look),
        mail_trouble=_mail_trouble(look),
        reviews=lately(look, now),
        has_products=look.execute(select(Product.id).limit(1)).first() is not None,
    )


def _mail_trouble(look: Connection) -> tuple[str, datetime | None]:
    asked = select(CarrierRow.trouble, CarrierRow.trouble_since).where(CarrierRow.name == MAIL_SERVER)
    row = look.execute(asked).first()
    return (row[0], row[1]) if row is not None else ("", None)


def _disagreements(look: Connection) -> tuple[int, datetime | None]:
    found = type_coerce(func.min(Incident.found_at), Instant)
    row = look.execute(select(func.count(), found).where(Incident.decided_at.is_(None))).one()
    return int(row[0]), row[1]


# --- what waits for an answer ---------------------------------------------------------------


def _urgent(look: Connection, now: datetime, here: ZoneInfo) -> tuple[Urgent, ...]:
    """Orders that wait for somebody: the departed first, then by the time that is left."""
    expiring = {row.id: row for row in look.execute(_expiring(now))}
    keys = [*look.execute(_answers(now)), *expiring.values()]
    ids = [key.id for key in sorted(keys, key=lambda key: (key.late, key.by, key.sort_at, key.id))]
    rows = rows_of(look, ids[:MOST_URGENT])
    seats = seats_of(look, [row.departure_id for row in rows if row.departure_id])
    missing = _missing(look, [row.id for row in rows if row.status is Status.PENDING])
    return tuple(
        Urgent(
            row,
            *_seats(row, seats.get(row.departure_id or 0)),
            missing=missing.get(row.id, ""),
            expires_at=expiring[row.id].by.astimezone(here) if row.id in expiring else None,
        )
        for row in rows
    )


def _answers(now: datetime) -> Any:
    late = case((that_left(_R.c, now), 0), else_=1)
    by = case(
        (_R.c.status == Status.CANCEL_REQUESTED, _R.c.sort_at),
        else_=func.coalesce(_R.c.confirm_by, _R.c.sort_at),
    )
    return (
        select(_R.c.id, late.label("late"), by.label("by"), _R.c.sort_at)
        .where(ANSWER_WANTED)
        .order_by(late, by, _R.c.sort_at, _R.c.id)
        .limit(MOST_URGENT)
    )


def _expiring(now: datetime) -> Any:
    """Our own sales whose seats are given up when nobody pays in time."""
    return (
        select(_R.c.id, literal(1).label("late"), _R.c.expires_at.label("by"), _R.c.sort_at)
        .where(PAYMENT_AWAITED, _R.c.own_sale.is_(True), _R.c.expires_at > now)
        .order_by(_R.c.expires_at, _R.c.id)
        .limit(MOST_URGENT)
    )


def _seats(row: ReservationRow, seats: tuple[int, int] | None) -> tuple[int | None, int | None, int | None]:
    """Taken now, taken after the likely answer, and the capacity."""
    if seats is None:
        return None, None, None
    heads = 1 if row.party is None else row.party
    change = {Status.CANCEL_REQUESTED: -heads, Status.AWAITING_PAYMENT: 0}
    return seats[0], seats[0] + change.get(row.status, heads), seats[1]


def _missing(look: Connection, ids: list[int]) -> dict[int, str]:
    """What the held ones lack, as staff wrote it; nobody is named who may not be seen yet."""
    names = companions_of(look, ids)
    told = "id reason lead email phone first_confirmed_at channel via".split()
    asked = select(*(_R.c[name] for name in told)).where(_R.c.id.in_(ids))
    return {
        row.id: row.reason
        if may_see(row.first_confirmed_at, row.channel, row.via)
        else without_traveler(row.reason, (row.lead, row.email, row.phone, *names[row.id]))
        for row in look.execute(asked)
    }


# --- what is to be settled ------------------------------------------------------------------


def _chores(look: Connection) -> tuple[Chore, ...]:
    """What a newer file asks, the oldest first; then what is to do at each channel."""
    asked_at = func.min(Decision.asked_at)
    asked = (
        select(Decision.reservation_id, type_coerce(asked_at, Instant), func.min(Decision.question))
        .where(Decision.decided_at.is_(None))
        .group_by(Decision.reservation_id)
        .order_by(asked_at, Decision.reservation_id)
        .limit(MOST_CHORES)
    )
    since = func.coalesce(_R.c.status_at, _R.c.received_at)
    to_do = (
        select(_R.c.id, since, literal(""))
        .where(SOMETHING_TO_DO)
        .order_by(_BY_CHANNEL, since, _R.c.id)
        .limit(MOST_CHORES)
    )
    found = [*look.execute(asked), *look.execute(to_do)]
    rows = {row.id: row for row in rows_of(look, [key[0] for key in found])}
    return tuple(Chore(rows[i], at, question) for i, at, question in found)


def _to_do_at(look: Connection) -> tuple[tuple[str, int], ...]:
    asked = select(_BY_CHANNEL, func.count()).where(SOMETHING_TO_DO).group_by(_BY_CHANNEL)
    return tuple(sorted(look.execute(asked), key=lambda told: (-told[1], told[0])))


def _awaiting_payment(look: Connection) -> int:
    asked = select(func.count()).where(_R.c.status == Status.AWAITING_PAYMENT)
    return int(look.execute(asked).scalar_one())


def _to_collect(look: Connection, day: date) -> list[tuple[str, int, int]]:
    """What the counter has to collect from travelers who come today: currency, minor units, reservations."""
    asked = (
        select(
            Payment.currency, func.sum(Payment.amount_minor), func.count(Payment.reservation_id.distinct())
        )
        .join(_R, _R.c.id == Payment.reservation_id)
        .where(Payment.collector == Collector.US, Payment.state == MoneyState.DUE)
        .where(_R.c.departs_on == day, _R.c.status.in_(HOLDERS))
        .group_by(Payment.currency)
        .order_by(Payment.currency)
    )
    return [(currency, int(minor), n) for currency, minor, n in look.execute(asked)]


# --- who departs today ----------------------------------------------------------------------


def _departures(look: Connection, day: date) -> tuple[DepartureToday, ...]:
    held = func.coalesce(func.sum(case((_R.c.status.in_(HOLDERS), _R.c.heads), else_=0)), 0)
    arrived = func.coalesce(func.sum(case((_R.c.status.in_(HOLDERS), _R.c.arrived_heads), else_=0)), 0)
    waiting = func.coalesce(func.sum(case((_R.c.status.in_(WAITING), _R.c.heads), else_=0)), 0)
    asked = (
        select(
            Departure.id, Departure.departs_at, Departure.capacity, Departure.seats_taken, Departure.closed,
            Product.name.label("product"), Product.zone, Option.name.label("option"),
            held.label("held"), arrived.label("arrived"), waiting.label("waiting"),
        )
        .join(Option, Option.id == Departure.option_id)
        .join(Product, Product.id == Option.product_id)
        .outerjoin(_R, _R.c.departure_id == Departure.id)
        .where(Departure.departs_on == day)
        .group_by(Departure.id, Product.id, Option.id)
        .order_by(Departure.departs_at, Departure.id)
    )  # fmt: skip
    return tuple(
        DepartureToday(
            row.id, row.departs_at, row.zone, row.product, row.option, row.capacity, row.seats_taken,
            row.held, row.arrived, row.waiting, row.closed,
        )
        for row in look.execute(asked)
    )  # fmt: skip
