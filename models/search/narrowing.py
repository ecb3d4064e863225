"""Narrows a list, in whatever order it is, to what a text finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, false, select, union_all

from models.search import people
from models.search.numbers import begun, numbers, telephones
from models.search.words import Asked, asked
from models.tables.reservations import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_MOST = 2_000
"""So many are told by their ids, each compared; of more the indexes tell which they are."""


def found_by(look: Connection, text: str) -> ColumnElement[bool]:
    """The condition that a text finds a reservation. By personal data only who may be seen is found."""
    wanted = asked(text)
    if wanted is None:
        return false()
    named = numbers(look, text, _MOST)
    hidden = {one.id for one in telephones(look, text, _MOST)}
    many = list(begun(look, text)) if len(named) >= _MOST else []
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


def _people(look: Connection, wanted: Asked) -> Iterator[tuple[tuple[str, ...], list[int] | None]]:
    for words, only_latin in wanted.ways:
        yield words, people.ids_of_people(look, words, _MOST, only_latin=only_latin)


def _visible(ids: Any) -> Select[Any]:
    return select(_R.c.id).where(_R.c.id.in_(select(ids)), people.MAY_SEE)
