"""Copies what check-in needs from the server into a replica: the days around today, and open-dated tickets.

Who has never been confirmed is copied without name and contacts: what nobody may see need not lie on a counter's disk.
Letters come without their words; they only tell that one has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, or_, select, text

from controllers.desk import Actor
from models.base import Base
from models.bulk import pour
from models.companions import companions_of
from models.privacy import may_see, without_traveler
from models.reservations import Status
from models.search import keeping
from models.tables import (
    About,
    Counter,
    Departure,
    ForeignCode,
    HandedOver,
    Message,
    OutboxRow,
    Payment,
    Refund,
    Reservation,
    ReservationLine,
    ScanRow,
    Staff,
    Ticket,
    Traveler,
)
from models.tables.reservations import DATED_TICKET

DAYS_BEFORE, DAYS_AFTER = 1, 2
"""From yesterday to the day after tomorrow."""

Rows = dict[str, list[dict[str, Any]]]
"""The rows of some tables, by the tables' names."""

_WHOLE = (
    "operator closed_days channels staff counters keys presences wrong_tries redeem_groups products options units"
).split()
"""Tables that are copied whole, as far as there are such; each is small."""

_PARTS: tuple[type[Base], ...] = (
    ReservationLine,
    Traveler,
    Ticket,
    ForeignCode,
    Payment,
    Refund,
    Message,
    OutboxRow,
    ScanRow,
)
"""What belongs to a reservation, and goes with it."""

_R: Table = Reservation.__table__  # type: ignore[assignment]
_D: Table = Departure.__table__  # type: ignore[assignment]
_HIDDEN = ("lead", "email", "phone", "request", "pickup")
_CHUNK = 500


def wanted(look: Connection, today: date, among: Sequence[int] | None = None) -> list[int]:
    """The reservations a replica holds, or those of `among` that it does."""
    first, last = today - timedelta(days=DAYS_BEFORE), today + timedelta(days=DAYS_AFTER)
    good = or_(_R.c.valid_until.is_(None), _R.c.valid_until >= first)
    asked = (
        select(_R.c.id).where(_R.c.departs_on.between(first, last)),
        select(_R.c.id).where(DATED_TICKET, good),
        select(_R.c.id).where(_R.c.status == Status.CANCEL_REQUESTED, and_(_R.c.open_dated, good)),
    )
    found: set[int] = set()
    for one in asked:
        if among is None:
            found.update(look.execute(one).scalars())
        else:
            for some in _chunks(among):
                found.update(look.execute(one.where(_R.c.id.in_(some))).scalars())
    return sorted(found)


def catalogue(look: Connection) -> Rows:
    """The tables that are copied whole."""
    tables = Base.metadata.tables
    return {name: _rows(look, select(tables[name])) for name in _WHOLE if name in tables}


def reservations(look: Connection, numbers: Sequence[int]) -> Rows:
    """These reservations with all that belongs to them, and their departures."""
    found: Rows = {name: [] for name in ("departures", "reservations", *(p.__tablename__ for p in _PARTS))}
    for some in _chunks(numbers):
        rows = _rows(look, select(_R).where(_R.c.id.in_(some)))
        seen = {row["id"] for row in rows if may_see(row["first_confirmed_at"], row["channel"], row["via"])}
        names = companions_of(look, {row["id"] for row in rows} - seen)
        found["reservations"] += [
            row if row["id"] in seen else _masked(row, names[row["id"]]) for row in rows
        ]
        for part in _PARTS:
            of: Table = part.__table__  # type: ignore[assignment]
            those = _rows(look, select(of).where(of.c.reservation_id.in_(some)))
            found[part.__tablename__] += [row for one in those if (row := _fit(part, one, seen)) is not None]
        departures = {row["departure_id"] for row in rows} - {None}
        known = {row["id"] for row in found["departures"]}
        found["departures"] += _rows(look, select(_D).where(_D.c.id.in_(departures - known)))
    return found


def of_departure(look: Connection, departure_id: int) -> list[int]:
    """The reservations of a departure."""
    return list(look.execute(select(_R.c.id).where(_R.c.departure_id == departure_id)).scalars())


def make_known(there: Connection, actor: Actor) -> None:
    """A person and a counter that the server knows since the last time it was asked."""
    if there.execute(select(Counter.id).where(Counter.id == actor.counter_id)).first() is None:
        pour(there, Counter, [{"id": actor.counter_id, "name": actor.counter}])
    if actor.staff_id and there.execute(select(Staff.id).where(Staff.id == actor.staff_id)).first() is None:
        pour(there, Staff, [{"id": actor.staff_id, "name": actor.staff, "role": actor.role}])


def replace(there: Connection, rows: Rows, gone: Iterable[int] = ()) -> None:
    """Puts rows in the place of those with the same numbers; of a reservation, all that belonged to it goes first."""
    there.execute(text("pragma defer_foreign_keys=on"))
    numbers = [row["id"] for row in rows.get("reservations", ())]
    for some in _chunks([*gone, *numbers]):
        _take_out(there, some)
    for table in Base.metadata.sorted_tables:
        new = rows.get(table.name)
        if not new:
            continue
        if table.name not in ("reservations", *(p.__tablename__ for p in _PARTS)):
            new = _with_own_heads(there, new) if table.name == "counters" else new
            _delete_same(there, table, new)
        pour(there, table, new)
    for some in _chunks(numbers):
        keeping.renew(there, some)
    _note_scans(there, rows.get("scans", ()))


def note_about(there: Connection, **told: str) -> None:
    """What the replica keeps about itself."""
    for name, value in told.items():
        there.execute(delete(About).where(About.name == name.replace("_", "-")))
        pour(there, About, [{"name": name.replace("_", "-"), "value": value}])


def _rows(look: Connection, asked: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in look.execute(asked).mappings()]


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    every = list(numbers)
    for first in range(0, len(every), _CHUNK):
        yield every[first : first + _CHUNK]


def _masked(row: dict[str, Any], companions: Sequence[str]) -> dict[str, Any]:
    """Without the travelers, also in what staff wrote about them."""
    known = [name for name in (row["lead"], row["email"], row["phone"], *companions) if name]
    words = {name: without_traveler(row[name], known) for name in ("attention", "reason")}
    return row | dict.fromkeys(_HIDDEN, "") | words


def _fit(part: type[Base], row: dict[str, Any], seen: set[int]) -> dict[str, Any] | None:
    """A row as it may lie at a counter, None where it stays away."""
    if part is OutboxRow:
        return row | {"body": {}, "address": ""}
    if part is Message and row["direction"] != "note":
        return None
    if part is ScanRow and row["reservation_id"] not in seen:
        return row | {
            "forced": "",
            "did": {key: one for key, one in row["did"].items() if key != "undo_reason"},
        }
    if part in (Traveler, Message) and row["reservation_id"] not in seen:
        return None
    return row


def _take_out(there: Connection, numbers: list[int]) -> None:
    keeping.forget(there, numbers)
    of_scans = select(ScanRow.id).where(ScanRow.reservation_id.in_(numbers))
    there.execute(delete(HandedOver).where(HandedOver.scan_id.in_(of_scans)))
    for part in _PARTS:
        of: Table = part.__table__  # type: ignore[assignment]
        there.execute(delete(of).where(of.c.reservation_id.in_(numbers)))
    there.execute(delete(_R).where(_R.c.id.in_(numbers)))


def _delete_same(there: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    key = next(iter(table.primary_key.columns))
    if len(table.primary_key.columns) > 1:  # copied whole
        there.execute(delete(table))
        return
    for first in range(0, len(rows), _CHUNK):
        there.execute(delete(table).where(key.in_([row[key.name] for row in rows[first : first + _CHUNK]])))


def _with_own_heads(there: Connection, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A replica has chains of its own: what is recorded in it begins at nothing, whatever the server has."""
    asked = there.execute(select(Counter.id, Counter.journal_seq, Counter.journal_hash))
    heads = {row.id: {"journal_seq": row.journal_seq, "journal_hash": row.journal_hash} for row in asked}
    none: dict[str, Any] = {"journal_seq": 0, "journal_hash": ""}
    return [row | heads.get(row["id"], none) for row in rows]


def _note_scans(there: Connection, scans: Iterable[dict[str, Any]]) -> None:
    """These are the server's: they wait for nothing."""
    rows = [
        {"scan_id": s["id"], "at": s["at"], "undone": s["undone_at"] is not None, "against": ""}
        for s in scans
    ]
    pour(there, HandedOver, rows)
