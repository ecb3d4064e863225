"""Narrows a list, in whatever order it is, to what a text finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    exists,
    false,
    literal_column,
    or_,
    select,
    union_all,
)

from models.search import people
from models.search.numbers import begun, numbers, telephones
from models.search.words import Asked, asked
from models.tables.reservations import Reservation
from models.tables.search import SearchText

_R: Table = Reservation.__table__  # type: ignore[assignment]
_S: Table = SearchText.__table__  # type: ignore[assignment]
MOST = 2_000
"""So many are told by their ids, each compared; of more the indexes tell which they are."""


def found_by(look: Connection, text: str) -> ColumnElement[bool]:
    """The condition that a text finds a reservation. By personal data only who may be seen is found."""
    wanted = asked(text)
    if wanted is None:
        return false()
    named = numbers(look, text, MOST)
    hidden = {one.id for one in telephones(look, text, MOST)}
    many = list(begun(look, text)) if len(named) >= MOST else []
    for words, ids in _people(look, wanted):
        if ids is None:
            many.append(_visible(people.holding(look, words).subquery().c.reservation_id))
        else:
            hidden |= set(ids)
    listed = {one.id for one in named} | set(people.visible_ids(look, sorted(hidden)))
    if not many:
        return _R.c.id.in_(sorted(listed))
    # One list for all: an OR of several would have every reservation looked at.
    return _R.c.id.in_(union_all(select(_R.c.id).where(_R.c.id.in_(sorted(listed))), *many))


def passing(look: Connection, text: str) -> ColumnElement[bool] | None:
    """The same, to be asked of each reservation that is passed on a walk; None where few are found, or numbers.

    On SQLite only: its index tells who has the grams without reading anybody, and the text is compared of those alone.
    """
    wanted = asked(text)
    if wanted is None or len(wanted.ways) > 1 or any(sign.isdigit() for sign in text):
        return None
    named = numbers(look, text, MOST)
    if len(named) >= MOST or not people.are_more(look, wanted.words, MOST):
        return None
    number: ColumnElement[int] = literal_column("+reservations.id")
    has_words = exists().where(_S.c.reservation_id == _R.c.id, *people.has_words(wanted.words)).correlate(_R)
    met = and_(number.in_(people.with_grams(wanted.words)), people.MAY_SEE, has_words)
    return or_(number.in_(sorted(one.id for one in named)), met) if named else met


def _people(look: Connection, wanted: Asked) -> Iterator[tuple[tuple[str, ...], list[int] | None]]:
    for words, only_latin in wanted.ways:
        yield words, people.ids_of_people(look, words, MOST, only_latin=only_latin)


def _visible(ids: Any) -> Select[Any]:
    return select(_R.c.id).where(_R.c.id.in_(select(ids)), people.MAY_SEE)
