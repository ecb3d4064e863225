"""What the search box waits for on a million reservations, by kind, on both databases.

Each text is asked once, found and missing ones mixed, as they come at a counter; beside it stands the least
that could bring the same answer: its rows, by their keys, with the driver alone.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import pairwise
from typing import Any

import psycopg
from sqlalchemy import Connection, func, select

from controllers import search
from controllers.desk import Desk
from models.codes import code_for, grouped
from models.search.folding import in_latin
from models.search.people import MAY_SEE
from models.tables import Reservation, Ticket, Traveler
from tests.bench.million import desk_at, million
from tests.bench.million_pg import a_million_on_postgresql

Pair = tuple[list[float], list[float]]
FOUND, MISSING = 240, 120
_WARM_UP = (
    60  # asked before it counts, of the same kind: a desk's database has been at work since the morning
)
_R = Reservation.__table__
_WANTED = (_R.c.id, _R.c.lead, _R.c.email, _R.c.phone, _R.c.reference)
_COLUMNS = "id, status, lead, party, product_text, departs_at, departs_on, channel, reference"


def search_kind(kind: str, *, postgresql: bool = False) -> Pair:
    """Milliseconds of searches of one kind, ours and the floor."""
    with _a_desk(postgresql) as desk, _fetcher(desk) as fetch:
        ours, floor = [], []
        for text in texts(kind)[:_WARM_UP]:
            search.find(text, desk=desk)
        for text in texts(kind)[_WARM_UP:]:
            began = time.perf_counter()
            found = search.find(text, desk=desk)
            ours.append((time.perf_counter() - began) * 1000)
            ids = [one.row.id for one in found.items]
            began = time.perf_counter()
            rows = fetch(ids)
            floor.append((time.perf_counter() - began) * 1000)
            if len(rows) != len(ids):
                raise SystemExit(f"the floor brought {len(rows)} rows of {len(ids)}")
        return ours, floor


@cache
def texts(kind: str) -> tuple[str, ...]:
    """What is asked: of two thirds something is found, the rest is made of the same pieces and fits nobody."""
    desk = desk_at(million())
    chance = random.Random(kind)
    try:
        with desk.reading() as look:
            made = _KINDS[kind](look, chance, desk)
            asked = list(made)
    finally:
        desk.database.close()
    found = [text for text, is_there in asked if is_there][:FOUND]
    missing = [text for text, is_there in asked if not is_there][:MISSING]
    mixed = found + missing
    chance.shuffle(mixed)
    return tuple(mixed)


@contextmanager
def _a_desk(postgresql: bool) -> Iterator[Desk]:
    if postgresql:
        with a_million_on_postgresql() as desk:
            yield desk
        return
    desk = desk_at(million())
    yield desk
    desk.database.close()


@contextmanager
def _fetcher(desk: Desk) -> Iterator[Callable[[list[int]], list[Any]]]:
    """The rows of some keys by the driver alone, on a line of its own."""
    start = f"select {_COLUMNS} from reservations where id"
    if desk.database.is_sqlite:
        with closing(sqlite3.connect(str(desk.database.url.database))) as line:
            yield lambda ids: line.execute(f"{start} in ({','.join('?' * len(ids))})", ids).fetchall()
        return
    with psycopg.connect(desk.database.url.render_as_string(hide_password=False)) as other:
        yield lambda ids: other.execute(f"{start} = any(%s)", (ids,)).fetchall()


# --- what is asked, by kind ------------------------------------------------------------------


Texts = Iterator[tuple[str, bool]]


def _some(look: Connection, chance: random.Random, count: int, *where: Any) -> list[Any]:
    """Random reservations whose travelers may be seen."""
    highest = look.execute(select(func.max(_R.c.id))).scalar_one()
    lowest = look.execute(select(func.min(_R.c.id))).scalar_one()
    rows: list[Any] = []
    while len(rows) < count:
        ids = [chance.randint(lowest, highest) for _ in range(400)]
        rows += look.execute(select(*_WANTED).where(_R.c.id.in_(ids), MAY_SEE, *where)).all()
    return rows[:count]


def _part(chance: random.Random, text: str, least: int) -> str:
    """Some neighbouring letters of a text."""
    length = chance.randint(min(least, len(text)), len(text))
    first = chance.randint(0, len(text) - length)
    return text[first : first + length]


def _numbers(look: Connection, chance: random.Random, _desk: Desk) -> Texts:
    for row in _some(look, chance, FOUND):
        yield chance.choice(("CF-{}", "cf{}", "cf {}", "{}")).format(row.id), True
        yield f"CF-{chance.randint(10**8, 10**9)}", False


def _references(look: Connection, chance: random.Random, _desk: Desk) -> Texts:
    for row in _some(look, chance, FOUND):
        whole = chance.random() < 0.6
        yield (row.reference.lower() if whole else row.reference[: chance.randint(2, 10)]), True
        yield row.reference[:6] + "".join(chance.choices("XQZW", k=5)), False


def _vouchers(look: Connection, chance: random.Random, desk: Desk) -> Texts:
    highest = look.execute(select(func.max(Ticket.number))).scalar_one()
    for _ in range(FOUND):
        number = chance.randint(10_000_001, highest)
        code = code_for(number, version=1, secret=desk.code_secrets[1])
        yield chance.choice((code, grouped(code), code[: chance.randint(9, 25)])), True
        yield "".join(chance.choices("23456789", k=chance.choice((10, 14, 26)))), False


def _phones(look: Connection, chance: random.Random, _desk: Desk) -> Texts:
    for row in _some(look, chance, FOUND, _R.c.phone != ""):
        yield chance.choice((row.phone, row.phone[-4:], row.phone[-9:])), True
        yield "".join(chance.choices("23456789", k=chance.choice((7, 9)))), False


def _addresses(look: Connection, chance: random.Random, _desk: Desk) -> Texts:
    for row in _some(look, chance, FOUND, _R.c.email != ""):
        whole = row.email
        yield chance.choice((whole, whole[: chance.randint(2, len(whole))])), True
        yield f"{whole[:5]}xqzw{whole[5:]}", False


def _names(look: Connection, chance: random.Random, _desk: Desk) -> Texts:
    rows = _some(look, chance, 6 * FOUND)
    latin = [row.lead for row in rows if row.lead.isascii()]
    for name, other in pairwise(latin):
        yield _part(chance, chance.choice(name.split()), 2), True
        yield f"{other.split()[-1][:4]}{name.split()[-1][:4]}", False


def _two_syllables(look: Connection, chance: random.Random, _desk: Desk) -> Texts:
    native = [row.lead for row in _some(look, chance, 8 * FOUND) if _is_native(row.lead)]
    for name, other in pairwise(native):
        yield name[1:], True
        yield name[-1] + other[-1] + other[1], False


def _romanised(look: Connection, chance: random.Random, _desk: Desk) -> Texts:
    for (text, is_there), way in zip(_two_syllables(look, chance, _desk), _WAYS * FOUND, strict=False):
        yield way.format(in_latin(text)), is_there


_WAYS = ("{}", "{}", "kim {}", "{}", "lee {}")


def _companions(look: Connection, chance: random.Random, _desk: Desk) -> Texts:
    rows = _some(look, chance, 12 * FOUND)
    asked = select(Traveler.name).where(Traveler.reservation_id.in_([row.id for row in rows]))
    names = list(look.execute(asked.limit(3 * FOUND)).scalars())
    for name, other in pairwise(names):
        yield (name if chance.random() < 0.5 else _part(chance, name, 2)), True
        yield f"{name[:3]}{other[-3:]}{name[-2:]}", False


def _is_native(name: str) -> bool:
    return len(name) == 3 and not name.isascii() and " " not in name


_KINDS: dict[str, Callable[[Connection, random.Random, Desk], Texts]] = {
    "number": _numbers,
    "reference": _references,
    "voucher": _vouchers,
    "phone": _phones,
    "email": _addresses,
    "name": _names,
    "two_syllables": _two_syllables,
    "romanised": _romanised,
    "companion": _companions,
}
KINDS = tuple(_KINDS)
