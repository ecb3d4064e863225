"""Finds which reservations a list shows that a typed text narrows, in the order of departure, on SQLite.

The search index is kept in that very order, so a page is read straight off it, however common a name is. Whose
number begins with the same letters joins in at its own place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from heapq import merge
from itertools import islice, takewhile
from typing import Any

from sqlalchemy import Connection, Table, select

from models.filters import conditions, departing_between
from models.rows import Filter, Key
from models.search import narrowing, people
from models.search.keeping import ID_BITS, place_of
from models.search.numbers import numbers
from models.search.words import Asked, Words, asked, line_of
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_FIRST_CHUNK, _CHUNK, _ENOUGH = 160, 1_000, 3_000
"""Looked at together, and in all: where few of these belong to the list, since more narrows it, it has a better way."""

_MINUTE = 1 << ID_BITS
Place = tuple[int, int, bool]
"""Where a reservation stands, its id, and whether it is found without any personal data."""


def keys_found(
    look: Connection, wanted: Filter, now: datetime, after: Key | None, limit: int
) -> list[tuple[datetime, int]] | None:
    """Instant and id of the first `limit` rows after a key; None where this is not the way to find them."""
    words = asked(wanted.text)
    if words is None:
        return []
    if any(sign.isdigit() for sign in wanted.text) or _is_inexact(look, words):
        return None
    named = numbers(look, wanted.text, narrowing.MOST)
    if len(named) >= narrowing.MOST:
        return None
    backwards, stretch = wanted.newest_first, _stretch(wanted, after)
    told = sorted(((one.place, one.id, True) for one in named), reverse=backwards)
    streams = [iter(told), *(_of_way(look, *way, stretch) for way in words.ways)]
    page = _Page(look, conditions(look, replace(wanted, text=""), now), backwards, after, limit)
    return page.of(merge(*streams, reverse=backwards))


def _is_inexact(look: Connection, words: Asked) -> bool:
    """Whether whole lists would be found without comparing each line: then its pages must be found so, too."""
    ways = [some for some, only_latin in words.ways if only_latin or len(some) > 1]
    return any(people.are_more(look, some, narrowing.MOST) for some in ways)


def _of_way(look: Connection, words: Words, only_latin: bool, stretch: people.Stretch) -> Iterator[Place]:
    for place, number, kept in people.in_order(look, words, stretch):
        if line_of(kept, words, only_latin=only_latin) is not None:
            yield place, number, False


def _stretch(wanted: Filter, after: Key | None) -> people.Stretch:
    """The part of the index in which the page lies; of the key's own minute it has the whole."""
    earliest, latest = departing_between(wanted)
    first, end = people.EVERYTHING.first, people.EVERYTHING.after
    if earliest is not None:
        first = place_of(earliest)
    if latest is not None:
        end = min(end, place_of(latest) + _MINUTE)
    if after is not None and wanted.newest_first:
        end = min(end, place_of(after[0]) + _MINUTE)
    elif after is not None:
        first = max(first, place_of(after[0]))
    return people.Stretch(min(first, end), end, backwards=wanted.newest_first)


class _Page:
    """The first rows of a stream of places that are shown."""

    def __init__(
        self, look: Connection, where: list[Any], backwards: bool, after: Key | None, limit: int
    ) -> None:
        self._look, self._where, self._backwards = look, where, backwards
        self._after, self._limit = after, limit

    def of(self, stream: Iterator[Place]) -> list[tuple[datetime, int]] | None:
        """Its last minute is read whole, since the index knows no seconds; then the page is in order."""
        shown: dict[int, datetime] = {}
        size, looked_at = _FIRST_CHUNK, 0
        while len(shown) < self._limit and (some := list(islice(stream, size))):
            shown |= self._shown(some)
            looked_at, size = looked_at + len(some), _CHUNK
            if len(shown) >= self._limit:
                shown |= self._shown(list(takewhile(_of_minute(some[-1]), stream)))
            elif looked_at > _ENOUGH:
                return None
        keys = sorted(((at, i) for i, at in shown.items()), reverse=self._backwards)
        return keys[: self._limit]

    def _shown(self, some: list[Place]) -> dict[int, datetime]:
        """Those of these places that the list shows, and who may be found by what was typed."""
        named = {number: is_named for _, number, is_named in sorted(some, key=lambda one: one[2])}
        rows = self._look.execute(_ASKED.where(_R.c.id.in_(list(named)), *self._where))
        return {
            row.id: row.sort_at
            for row in rows
            if (row.seen or named[row.id]) and self._is_after(row.sort_at, row.id)
        }

    def _is_after(self, at: datetime, number: int) -> bool:
        if self._after is None:
            return True
        return (at, number) < self._after if self._backwards else (at, number) > self._after


def _of_minute(last: Place) -> Callable[[Place], bool]:
    minute = last[0] >> ID_BITS
    return lambda one: one[0] >> ID_BITS == minute


_ASKED = select(_R.c.id, _R.c.sort_at, people.MAY_SEE.label("seen"))
