"""Puts products, orders and reservations on a desk the way people do: by files and by the desk's own verbs.

Only a second person at the desk is written into a table here. A test says what it is about
(`a_reservation(desk, Status.CONFIRMED, party=5)`), the rest is filled in. Names are invented; the tour is a walk to a
tea house on 2027-02-01 at 14:00.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select

from controllers import checkin, reservations, trips
from controllers.desk import Actor, Desk
from controllers.imports import Account, import_file
from controllers.products import Saved, save_products
from models.base import Base
from models.reservations import Status
from models.tables import (
    Departure,
    HeaderName,
    OutboxRow,
    Payment,
    Refund,
    Reservation,
    SavedReplyRow,
    Staff,
    Ticket,
)
from tests.fakes import StillClock

DAY = date(2027, 2, 1)
DEPARTS = datetime(2027, 2, 1, 5, 0, tzinfo=UTC)
"""14:00 in Seoul; the walk takes two hours."""

_references = count(1)


# --- products -----------------------------------------------------------------------------------


def a_product(
    desk: Desk,
    code: str = "TEA",
    name: str = "Tea House Walk",
    *,
    option: str = "Afternoon",
    starts: str = "14:00",
    capacity: int = 8,
    options: list[dict[str, Any]] | None = None,
    **keys: Any,
) -> Saved:
    """Saves one product with one option (or with `options`); every other key as in a products file."""
    units = [{"name": "Adult"}, {"name": "Child"}, {"name": "Infant", "heads": 0}]
    one = {"name": option, "starts": starts, "capacity": capacity, "minutes": 120, "units": units}
    return a_products_file(
        desk, {"product": [{"code": code, "name": name, "option": options or [one], **keys}]}
    )


def an_operator(desk: Desk, **keys: Any) -> Saved:
    """Saves who the operator is."""
    return a_products_file(desk, {"operator": keys})


def a_products_file(desk: Desk, content: dict[str, Any]) -> Saved:
    """Saves a products file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "products.toml"
        file.write_text("".join(f"{key} = {_toml(value)}\n" for key, value in content.items()), "utf-8")
        return save_products(file, desk=desk)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        told = {k: v for k, v in value.items() if v is not None}  # a file leaves out what it does not tell
        return "{" + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in told.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


# --- orders, as their senders write them --------------------------------------------------------

_DIRECT = (
    "reference status product option date time adults children infants name email phone amount currency notes"
)
_REZIO = {
    "reference": "Order Number",
    "status": "Order Status",
    "product": "[Code] Product/Option",
    "name": "Customer",
    "amount": "Amount",
    "payment": "Payment Status",
    "balance": "Balance",
    "source": "Source",
    "ordered": "Order Date",
    "date": "Departure Date",
    "guests": "Guests",
    "email": "E-mail",
    "phone": "Mobile",
    "notes": "Note",
}


def teach_headings(desk: Desk) -> None:
    """Adds to rezio's list the headings with which this house exports it, once: who comes, and their contacts."""
    taught = {"Guests": "lines", "E-mail": "email", "Mobile": "phone", "Note": "request"}
    with desk.reading() as look:
        known = select(HeaderName.header).where(HeaderName.channel == "rezio", HeaderName.header.in_(taught))
        if set(look.execute(known).scalars()) == set(taught):
            return
    columns = [{"channel": "rezio", "header": header, "field": field} for header, field in taught.items()]
    a_products_file(desk, {"column": columns})


def a_reference(start: str = "T") -> str:
    """A number nobody has used in this run."""
    return f"{start}-{next(_references)}"


def direct_row(**told: Any) -> dict[str, str]:
    """One row of the desk's own list; 75,000 won for two adults unless told otherwise."""
    row = {"status": "unconfirmed", "product": "Tea House Walk", "option": "Afternoon", "date": "2027-02-01"}
    row |= {"adults": "2", "name": "Anna Sample", "amount": "75000", "currency": "KRW"}
    return {"reference": a_reference("D"), **row, **{name: str(value) for name, value in told.items()}}


def kkday_row(**told: Any) -> dict[str, str]:
    """One row of rezio's list that KKday sold: a stranger, and masked until confirmed."""
    row = {"status": "New & Paid", "product": "[TEA] Tea House Walk/Afternoon", "date": "2027-02-01 14:00"}
    row |= {
        "source": "KKday",
        "name": "SAMPLE, ANNA",
        "amount": "KRW 75,000",
        "payment": "Paid",
        "balance": "KRW 0",
    }
    row |= {"guests": "2 x Adult", "ordered": "2027-01-14 09:00"}
    return {"reference": a_reference("27KK"), **row, **{name: str(value) for name, value in told.items()}}


def octo_booking(**told: Any) -> dict[str, Any]:
    """One booking as an OCTO system tells it; `adults`, `status`, `expires` and `reference` are short forms."""
    each = {"retail": 37500, "currency": "KRW", "currencyPrecision": 0}
    adult = {"unit": {"internalName": "Adult"}, "pricing": each}
    return {
        "uuid": told.pop("uuid", "11111111-0000-4000-8000-000000000001"),
        "supplierReference": told.pop("reference", None) or a_reference("OC"),
        "status": told.pop("status", "PENDING"),
        "utcCreatedAt": "2027-01-14T00:00:00Z",
        "utcExpiresAt": told.pop("expires", None),
        "product": {"internalName": "Tea House Walk"},
        "option": {"internalName": "Afternoon"},
        "availability": {
            "localDateTimeStart": told.pop("starts", "2027-02-01T14:00:00+09:00"),
            "allDay": False,
        },
        "contact": {
            "fullName": "Cleo Sample",
            "emailAddress": "cleo@example.com",
            "phoneNumber": "+47 00000000",
        },
        "unitItems": [adult] * told.pop("adults", 2),
        **told,
    }


def direct_file(*rows: dict[str, str]) -> bytes:
    """Rows of `direct_row` as a file."""
    return _table(_DIRECT.split(), [[row.get(name, "") for name in _DIRECT.split()] for row in rows])


def rezio_file(*rows: dict[str, str]) -> bytes:
    """Rows of `kkday_row` as a file."""
    return _table(list(_REZIO.values()), [[row.get(name, "") for name in _REZIO] for row in rows])


def octo_file(*bookings: dict[str, Any]) -> bytes:
    """Bookings of `octo_booking` as a file."""
    return json.dumps(bookings).encode()


def _table(heading: list[str], rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    return text.getvalue().encode()


def take(desk: Desk, *rows: dict[str, Any], dry_run: bool = False) -> Account:
    """Imports rows of one sender, whichever of the three it is."""
    sender = "rezio" if "source" in rows[0] else "octo" if "uuid" in rows[0] else "direct"
    write = {"rezio": rezio_file, "octo": octo_file, "direct": direct_file}[sender]
    return import_file(
        f"{sender}.{'json' if sender == 'octo' else 'csv'}", write(*rows), desk=desk, dry_run=dry_run
    )


def taken(desk: Desk, *rows: dict[str, Any]) -> list[int]:
    """Imports new rows, all of which must be taken; the reservations they became."""
    account = take(desk, *rows)
    assert account.taken == len(rows), account
    with desk.reading() as look:
        asked = select(Reservation.id).order_by(Reservation.id.desc()).limit(len(rows))
        return sorted(look.execute(asked).scalars())


def somebody_else(desk: Desk, name: str = "Mina", role: str = "front-desk") -> Desk:
    """The same counter with another person at it."""
    with desk.database.transaction() as connection:
        made = connection.execute(
            insert(Staff).returning(Staff.id), {"name": name, "role": role}
        ).scalar_one()
    at = desk.actor
    actor = Actor(made, name, role, at.counter_id, at.counter)
    return Desk(desk.database, actor, desk.practice, desk.clock, desk.listeners)


# --- reservations -------------------------------------------------------------------------------


def a_reservation(
    desk: Desk,
    status: Status = Status.UNCONFIRMED,
    *,
    sold_by: str = "direct",
    party: int | None = 2,
    **told: Any,
) -> int:
    """A reservation in a status, reached the way it is reached at a desk. Needs a product (`a_product`).

    `sold_by` is direct, kkday (by way of rezio, masked until confirmed) or octo. The clock moves on where the
    status needs it: to the end of the trip for REDEEMED, past the departure for NO_SHOW.
    """
    waits = status in (Status.AWAITING_PAYMENT, Status.EXPIRED)
    made = taken(desk, _row(desk, "octo" if status is Status.EXPIRED else sold_by, party, waits, told))[0]
    _bring(desk, made, status)
    assert reservation(desk, made).status == status
    return made


def _row(desk: Desk, sold_by: str, party: int | None, waits: bool, told: dict[str, Any]) -> dict[str, Any]:
    if sold_by == "direct":
        return direct_row(status="on_hold" if waits else "unconfirmed", **{"adults": party or "", **told})
    if sold_by == "octo":
        expires = (desk.now() + timedelta(minutes=30)).isoformat() if waits else None
        return octo_booking(
            status="ON_HOLD" if waits else "PENDING", expires=expires, adults=party or 0, **told
        )
    teach_headings(desk)
    unpaid = {"status": "New & Unpaid", "payment": "Unpaid", "balance": "KRW 75,000"} if waits else {}
    return kkday_row(**{"guests": f"{party} x Adult" if party else "", **unpaid, **told})


def _bring(desk: Desk, made: int, status: Status) -> None:
    clock = desk.clock
    if status is Status.EXPIRED:
        assert isinstance(clock, StillClock)
        clock.forward(hours=1)
        reservations.expire(desk=desk)
    if status is Status.PENDING:
        reservations.hold(made, desk=desk, reason="the passport number")
    if status is Status.CANCELLED:
        reservations.cancel(made, desk=desk, reason="the guide is ill")
    if status in (Status.CONFIRMED, Status.CANCEL_REQUESTED, Status.REDEEMED, Status.NO_SHOW):
        reservations.confirm(made, desk=desk)
    if status is Status.CANCEL_REQUESTED:
        reservations.request_cancel(made, desk=desk)
    if status in (Status.REDEEMED, Status.NO_SHOW):
        assert isinstance(clock, StillClock)
        row = reservation(desk, made)
        clock.set(row.departs_at)
        if status is Status.REDEEMED:
            checkin.scan(f"CF-{made}", desk=desk)
        clock.set(row.ends_at)
        trips.close_trips(desk=desk) if status is Status.REDEEMED else reservations.no_show(made, desk=desk)


# --- looking at what is kept --------------------------------------------------------------------


def reservation(desk: Desk, reservation_id: int) -> Any:
    """The whole row, unmasked: for asserting, not for showing."""
    with desk.reading() as look:
        return look.execute(select(Reservation.__table__).where(Reservation.id == reservation_id)).one()


def only_reservation(desk: Desk) -> Any:
    """The one reservation there is."""
    with desk.reading() as look:
        return look.execute(select(Reservation.__table__)).one()


def departure(desk: Desk, reservation_id: int) -> Any:
    """The departure of a reservation."""
    with desk.reading() as look:
        asked = select(Departure.__table__).join(Reservation, Reservation.departure_id == Departure.id)
        return look.execute(asked.where(Reservation.id == reservation_id)).one()


def without_replies(desk: Desk) -> None:
    """The house keeps no replies: those it started with were taken away."""
    with desk.database.transaction() as connection:
        connection.execute(delete(SavedReplyRow))


def letters(desk: Desk, reservation_id: int) -> list[tuple[str, str]]:
    """(kind, state) of every letter of a reservation, in the order they were promised."""
    return [(row.kind.value, row.state.value) for row in _of(desk, OutboxRow, reservation_id)]


def paid(desk: Desk, reservation_id: int) -> list[tuple[int, str, str]]:
    """(minor units, state, collector) of every payment, done or not."""
    return sorted(
        (row.amount_minor, row.state.value, row.collector.value) for row in _of(desk, Payment, reservation_id)
    )


def refunds(desk: Desk, reservation_id: int) -> list[tuple[int, str, str]]:
    """(minor units, collector, tier) of every refund."""
    return sorted(
        (row.amount_minor, row.collector.value, row.tier) for row in _of(desk, Refund, reservation_id)
    )


def tickets(desk: Desk, reservation_id: int) -> list[Any]:
    """Every ticket of a reservation, by number."""
    return sorted(_of(desk, Ticket, reservation_id), key=lambda ticket: ticket.number)


def _of(desk: Desk, table: Any, reservation_id: int) -> list[Any]:
    with desk.reading() as look:
        key = next(iter(table.__table__.primary_key))
        asked = select(table.__table__).where(table.reservation_id == reservation_id).order_by(key)
        return list(look.execute(asked).all())


def everything(desk: Desk, *, but: Iterable[str] = ()) -> dict[str, list[Any]]:
    """Every row of every table, to compare before and after; `but` leaves tables out."""
    with desk.reading() as look:
        return {
            table.name: sorted(map(repr, look.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
            if table.name not in but
        }
