"""Looks people up in the order of their departures: today's first, then what comes, then what was, latest first.

SQLite's index is kept in that order, so its first answers are read straight off, however common a name is.
PostgreSQL's is not: there the nearest departures are walked through first, and the index is asked for what
is too rare to be met on such a walk.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    and_,
    cast,
    column,
    func,
    or_,
    select,
    table,
    text,
)

from models.frozen import frozen
from models.search.keeping import ID_BITS, as_tokens
from models.search.words import Words, grams_asked, line_of
from models.tables.reservations import Reservation
from models.tables.search import SearchText

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = SearchText.__table__  # type: ignore[assignment]
MAY_SEE = or_(_R.c.first_confirmed_at.is_not(None), and_(_R.c.channel == "direct", _R.c.via == ""))
"""`models.privacy.may_see` as a condition: only these reservations are found by personal data."""

_FIRST, _LAST = -(2**63), 2**63 - 1
_CHUNK, _FEW = 64, 16
_SHORT_WALK, _LONG_WALK = 2_000, 20_000  # departures looked through, in reservations
_OFTEN = 6  # met on the short walk: a longer one meets the rest sooner than the index tells them
_RARE = 1_500  # what fewer have is fetched whole from PostgreSQL's index
_MANY_GRAMS = 12  # PostgreSQL compares lists sooner than rows
MOST_HIDDEN = 5_000
"""Who is found but may not be seen is passed over; nobody waits longer than for so many."""


@frozen
class Candidate:
    """A reservation whose kept lines hold all the words, and the line that does."""

    place: int
    id: int
    text: str
    line: int


@frozen
class Stretch:
    """Departures from one place up to, but not including, another; read backwards for what is past."""

    first: int
    after: int
    backwards: bool = False


def stretches(today: int, tomorrow: int) -> tuple[Stretch, Stretch, Stretch]:
    """All departures in the order they are shown in, by the places where today and tomorrow begin."""
    return Stretch(today, tomorrow), Stretch(tomorrow, _LAST), Stretch(_FIRST, today, backwards=True)


Row = tuple[int, int, str]
Rows = Generator[Row, None, None]
EVERYTHING = Stretch(_FIRST, _LAST)


def in_order(look: Connection, words: Words, stretch: Stretch) -> Rows:
    """Place, id and kept text of everybody with these words, hidden ones too: straight off SQLite's index."""
    return _from_sqlite(look, words, [stretch])


def visible_people(
    look: Connection, words: Words, order: Iterable[Stretch], limit: int, *, only_latin: bool = False
) -> list[Candidate]:
    """At most `limit` reservations of people with these words who may be seen, in order."""
    rows = _rows(look, words, list(order), limit)
    found = (
        Candidate(place, number, kept, line)
        for place, number, kept in islice(rows, MOST_HIDDEN)
        if (line := line_of(kept, words, only_latin=only_latin)) is not None
    )
    seen: list[Candidate] = []
    while len(seen) < limit and (some := list(islice(found, max(_FEW, limit - len(seen))))):
        visible = set(visible_ids(look, [one.id for one in some]))
        seen += [one for one in some if one.id in visible]
    rows.close()
    return seen[:limit]


def visible_ids(look: Connection, ids: list[int]) -> list[int]:
    """Those of these reservations whose travelers may be seen."""
    return list(look.execute(select(_R.c.id).where(_R.c.id.in_(ids), MAY_SEE)).scalars())


def _rows(look: Connection, words: Words, order: list[Stretch], limit: int) -> Rows:
    lite = look.dialect.name == "sqlite"
    return _from_sqlite(look, words, order) if lite else _from_postgresql(look, words, order, limit)


def _from_sqlite(look: Connection, words: Words, order: list[Stretch]) -> Rows:
    told = {"grams": as_tokens(grams_asked(words)), **_told(words, "{}")}
    for stretch in order:
        asked = _SQLITE.format(
            _all_of(words, "instr(t.text, :{}) > 0"), "desc" if stretch.backwards else "asc"
        )
        found = look.execute(text(asked), {**told, "first": stretch.first, "after": stretch.after})
        try:
            while some := found.fetchmany(_CHUNK):
                yield from ((row[0], row[1], row[2]) for row in some)
        finally:
            found.close()


def _from_postgresql(look: Connection, words: Words, order: list[Stretch], limit: int) -> Rows:
    seen: set[int] = set()
    for stretch in order:
        if not stretch.backwards:
            yield from _fresh(_walk(look, words, stretch, _SHORT_WALK, 4 * limit), seen)
    walked = len(seen) >= _OFTEN
    if walked:
        yield from _walk_on(look, words, order, limit, seen)
    rare = look.execute(holding(look, words).limit(_RARE + 1))
    found = [(row[0], row[1], row[2]) for row in rare]
    if len(found) > _RARE and not walked:
        yield from _walk_on(look, words, order, limit, seen)
    for stretch in order:
        here = [row for row in found if stretch.first <= row[0] < stretch.after]
        yield from _fresh(sorted(here, reverse=stretch.backwards), seen)


def _walk_on(
    look: Connection, words: Words, order: list[Stretch], limit: int, seen: set[int]
) -> Iterator[Row]:
    for stretch in order:
        yield from _fresh(_walk(look, words, stretch, _LONG_WALK, 4 * limit), seen)


def _walk(look: Connection, words: Words, stretch: Stretch, steps: int, limit: int) -> Iterator[Row]:
    asked = _WALK.format("desc" if stretch.backwards else "asc", _all_of(words, "near.text like :{}"))
    told = {"first": stretch.first, "after": stretch.after, "steps": steps, "limit": limit}
    rows = look.execute(text(asked), told | _told(words, "%{}%"))
    return ((row[0], row[1], row[2]) for row in rows)


def _fresh(rows: Iterable[Row], seen: set[int]) -> Iterator[Row]:
    for row in rows:
        if row[0] not in seen:
            seen.add(row[0])
            yield row


_SQLITE = """
select t.place, t.reservation_id, t.text from search_grams g cross join search_texts t on t.place = g.rowid
where search_grams match :grams and g.rowid >= :first and g.rowid < :after and {} order by g.rowid {}
"""
_WALK = """
select near.place, near.reservation_id, near.text from (
    select place, reservation_id, text from search_texts where place >= :first and place < :after
    order by place {} limit :steps
) as near where {} limit :limit
"""


def _all_of(words: Words, condition: str) -> str:
    return " and ".join(condition.format(f"word{n}") for n in range(len(words)))


def _told(words: Words, pattern: str) -> dict[str, Any]:
    """The words as parameters; they hold letters and digits only, so nothing in them is a pattern."""
    return {f"word{n}": pattern.format(word) for n, word in enumerate(words)}


def instant_of(place: int) -> datetime:
    """The minute at which a place begins."""
    return datetime.fromtimestamp((place >> ID_BITS) * 60, UTC)


def _has_grams(words: Words) -> ColumnElement[bool]:
    """PostgreSQL's condition that the grams of these words are all kept."""
    numbers = cast(grams_asked(words, _MANY_GRAMS, thorough=True), ARRAY(Integer))
    return _S.c.grams.op("@>", is_comparison=True)(numbers)


def has_words(words: Words) -> list[ColumnElement[bool]]:
    """SQLite's conditions that these words stand in the kept text."""
    return [func.instr(_S.c.text, word) > 0 for word in words]


def with_grams(words: Words) -> Select[Any]:
    """The ids of those who have the grams of these words, as SQLite's index tells them: they end each place."""
    grams = table("search_grams", column("rowid"), column("search_grams"))
    ids = grams.c.rowid.op("&")(2**ID_BITS - 1)
    return select(ids).where(grams.c.search_grams.op("match")(as_tokens(grams_asked(words))))


def holding(look: Connection, words: Words) -> Select[Any]:
    """Place, number and text of every reservation with these words, hidden ones too, in no order."""
    wanted = select(_S.c.place, _S.c.reservation_id, _S.c.text)
    if look.dialect.name == "sqlite":
        grams = table("search_grams", column("rowid"), column("search_grams"))
        found = wanted.join_from(grams, _S, _S.c.place == grams.c.rowid)
        found = found.where(grams.c.search_grams.op("match")(as_tokens(grams_asked(words))))
        return found.where(*has_words(words))
    # Materialized, so that PostgreSQL does not read the whole table in the hope of soon having met enough.
    found = wanted.where(_has_grams(words))
    kept = found.cte("kept").prefix_with("materialized", dialect="postgresql")
    return select(kept).where(*(kept.c.text.contains(word) for word in words))


def are_more(look: Connection, words: Words, limit: int) -> bool:
    """Whether more than `limit` reservations have these words."""
    some = holding(look, words).with_only_columns(_S.c.place).limit(limit + 1).subquery()
    return int(look.execute(select(func.count()).select_from(some)).scalar_one()) > limit


def ids_of_people(
    look: Connection, words: Words, limit: int, *, only_latin: bool = False
) -> list[int] | None:
    """Every reservation with these words, hidden ones too, in no order; None when they are more than `limit`."""
    found = look.execute(holding(look, words).limit(limit + 1)).all()
    if len(found) > limit:
        return None
    return [row[1] for row in found if line_of(row[2], words, only_latin=only_latin) is not None]
