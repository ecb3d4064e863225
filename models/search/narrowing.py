"""Narrows a list, in whatever order it is, to what a text finds."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Table, and_, false, or_

from models.search import people
from models.search.numbers import numbers, telephones
from models.search.words import Asked, asked
from models.tables.reservations import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_MOST = 2_000
"""So many are told by their ids; a list of more is walked along, and its people are compared on the way."""


def found_by(look: Connection, text: str) -> ColumnElement[bool]:
    """The condition that a text finds a reservation. By personal data only who may be seen is found."""
    wanted = asked(text)
    if wanted is None:
        return false()
    by_number = [one.id for one in numbers(look, text, _MOST)]
    by_phone = [one.id for one in telephones(look, text, _MOST)]
    person = or_(_R.c.id.in_(by_phone), *_by_words(look, wanted))
    return or_(_R.c.id.in_(by_number), and_(people.MAY_SEE, person))


def _by_words(look: Connection, wanted: Asked) -> Iterator[ColumnElement[bool]]:
    for words, only_latin in wanted.ways:
        ids = people.ids_of_people(look, words, _MOST, only_latin=only_latin)
        yield people.has_words(words) if ids is None else _R.c.id.in_(ids)
