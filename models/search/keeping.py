"""Keeps what reservations are found by in step with them, inside the transaction that changes them.

Whoever writes or changes a traveler, a contact or a departure's day calls `add` or `renew`; a place that was
forgotten would only be shown in a wrong order, for whether somebody may be seen is asked of the reservation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, select, tuple_

from models.bulk import pour
from models.search.words import grams_kept, kept_text
from models.tables.reservations import Reservation, Traveler
from models.tables.search import SearchText

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = SearchText.__table__  # type: ignore[assignment]
_AT_ONCE = 5_000
ID_BITS = 32
_PHONE_DIGITS = 40


def place_of(sort_at: datetime, reservation_id: int = 0) -> int:
    """Where a reservation stands among all: by the minute of its departure, then by its number."""
    return (int(sort_at.timestamp()) // 60 << ID_BITS) + reservation_id


def kept_row(
    reservation_id: int, sort_at: datetime, lead: str, companions: Iterable[str], email: str, phone: str
) -> dict[str, Any]:
    """One reservation as it is kept for the search."""
    return {
        "place": place_of(sort_at, reservation_id),
        "reservation_id": reservation_id,
        "text": kept_text(lead, companions, email),
        "phone": digits(phone)[::-1][:_PHONE_DIGITS],
    }


def digits(text: str) -> str:
    """The digits of a text, whatever script or width they are written in."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def add(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Keeps new reservations, as `kept_row` makes them. In the order of their places: the index likes it."""
    rows = sorted(rows, key=_place)
    if connection.dialect.name == "sqlite":
        pour(connection, SearchText, rows)
        _tell_sqlite(connection, "insert into search_grams (rowid, grams) values (?, ?)", rows)
    else:
        pour(connection, SearchText, [{**row, "grams": grams_kept(row["text"])} for row in rows])


def renew(connection: Connection, reservation_ids: Sequence[int]) -> None:
    """Brings reservations up to date after a traveler, a contact or the departure changed."""
    forget(connection, reservation_ids)
    add(connection, list(_read(connection, _R.c.id.in_(reservation_ids))))


def forget(connection: Connection, reservation_ids: Sequence[int]) -> None:
    """Takes reservations out of the search."""
    of_these = _S.c.reservation_id.in_(reservation_ids)
    if connection.dialect.name == "sqlite":
        kept = [
            dict(row._mapping) for row in connection.execute(select(_S.c.place, _S.c.text).where(of_these))
        ]
        words = "insert into search_grams (search_grams, rowid, grams) values ('delete', ?, ?)"
        _tell_sqlite(connection, words, kept)
    connection.execute(delete(_S).where(of_these))


def rebuild(connection: Connection) -> int:
    """Makes everything that is kept anew from the reservations; how many there are.

    In the order of departure, so that neighbours of a day lie beside each other and are read together.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("insert into search_grams (search_grams) values ('delete-all')")
    connection.execute(delete(_S))
    order = tuple_(_R.c.sort_at, _R.c.id)
    made, asked = 0, select(_R.c.sort_at, _R.c.id).order_by(_R.c.sort_at, _R.c.id).limit(_AT_ONCE)
    some = connection.execute(asked).all()
    while some:  # by key, so that however many there are, few are held at a time
        first, last = tuple(some[0]), tuple(some[-1])
        add(connection, list(_read(connection, and_(order >= first, order <= last))))
        made += len(some)
        some = connection.execute(asked.where(order > last)).all()
    return made


def _read(connection: Connection, these: Any) -> Iterator[dict[str, Any]]:
    companions: dict[int, list[str]] = {}
    named = select(Traveler.reservation_id, Traveler.name).join(_R, _R.c.id == Traveler.reservation_id)
    for reservation_id, name in connection.execute(named.where(these).order_by(Traveler.id)):
        companions.setdefault(reservation_id, []).append(name)
    asked = select(_R.c.id, _R.c.sort_at, _R.c.lead, _R.c.email, _R.c.phone).where(these)
    for row in connection.execute(asked).all():
        yield kept_row(row.id, row.sort_at, row.lead, companions.get(row.id, ()), row.email, row.phone)


def _place(row: dict[str, Any]) -> int:
    return int(row["place"])


def _tell_sqlite(connection: Connection, words: str, rows: Iterable[dict[str, Any]]) -> None:
    driver: Any = connection.connection.driver_connection
    driver.executemany(words, ((row["place"], as_tokens(grams_kept(row["text"]))) for row in rows))


def as_tokens(grams: Iterable[int]) -> str:
    """Grams as SQLite's full-text index takes them: a word each, of letters that no tokenizer turns."""
    return " ".join([f"{gram + 2**31:x}" for gram in grams])
