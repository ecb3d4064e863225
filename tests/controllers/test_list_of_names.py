"""A list that is narrowed by a name: page after page the same as the whole list, in every order, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, update

from controllers.desk import Desk
from controllers.viewing import see_page
from models import list_found, list_keys
from models.list_keys import all_ids
from models.reservations import LIVING, Status
from models.rows import Filter, Sort
from models.search import keeping, narrowing
from models.tables import Reservation
from tests.builders import a_product, a_reservation, direct_row, taken

PAGE = 4
KIMS = 14


@pytest.fixture
def names(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Many called Kim on few departures, two of one minute apart by seconds, one hidden, and others between."""
    monkeypatch.setattr(narrowing, "MOST", 5)  # from so many on a name is common
    for size in ("_FIRST_CHUNK", "_CHUNK"):
        monkeypatch.setattr(list_found, size, 3)
    a_product(desk, capacity=500)
    rows = [direct_row(name="Nobody Else", reference="KIM-77")]
    for n in range(KIMS):
        name = ("Kim Example", "Mina Kim", "Park Kimberly")[n % 3]
        told = {"date": f"2027-02-0{1 + n % 3}", "ordered": f"2027-01-{9 - n % 5:02}"}
        rows += [direct_row(name=f"{name} {n}", **told), direct_row(name=f"Anna Sample {n}")]
    taken(desk, *rows)
    a_reservation(desk, sold_by="kkday", name="Kim Sample")  # not to be found before it is confirmed
    a_reservation(desk, Status.CONFIRMED, name="Kim Muster", party=1)
    _move_by_seconds(desk)
    return desk


def _move_by_seconds(desk: Desk) -> None:
    """A channel may tell a departure to the second; the search index knows minutes only."""
    with desk.work() as work:
        ids = select(Reservation.id, Reservation.sort_at).where(Reservation.lead.like("Kim Example%"))
        for n, (number, at) in enumerate(work.connection.execute(ids.order_by(Reservation.id)).all()):
            later = at + timedelta(seconds=(37 * n) % 59)
            work.connection.execute(update(Reservation).where(Reservation.id == number).values(sort_at=later))
            keeping.renew(work.connection, [number])


def paged(desk: Desk, wanted: Filter) -> Iterator[int]:
    after: Any = None
    while True:
        page = see_page(wanted, desk=desk, after=after, limit=PAGE)
        yield from (row.id for row in page.rows)
        after = page.next
        if after is None:
            return


def whole(desk: Desk, wanted: Filter) -> list[int]:
    with desk.reading() as look:
        return list(all_ids(look, wanted, desk.now()))


TEXTS = ("kim", "mina", "kim example", "KIM-77", "zz")
MORE: tuple[dict[str, Any], ...] = (
    {},
    {"statuses": LIVING},
    {"statuses": frozenset({Status.CONFIRMED})},
    {"first_day": date(2027, 2, 2), "last_day": date(2027, 2, 2)},
    {"last_day": date(2027, 2, 1)},
    {"channels": frozenset({"direct"})},
)


def test_page_after_page_is_the_whole_list(names: Desk) -> None:
    for text, more, sort, newest_first in product(TEXTS, MORE, Sort, (False, True)):
        wanted = Filter(text=text, sort=sort, newest_first=newest_first, **more)
        assert list(paged(names, wanted)) == whole(names, wanted), wanted


def test_a_common_name_is_read_in_order_and_shows_nobody_hidden(
    names: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    if names.database.is_sqlite:  # there nothing is read whole and sorted
        monkeypatch.delattr(list_keys._Walk, "dated")
    for sort in Sort:
        found = list(paged(names, Filter(text="kim", sort=sort)))
        assert len(found) == KIMS + 2  # with the confirmed one, and the one whose number begins so
        assert len(set(found)) == len(found)


def test_where_more_narrows_a_common_name_its_better_way_is_taken(
    names: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_found, "_ENOUGH", 3)
    wanted = Filter(text="kim", statuses=frozenset({Status.CONFIRMED}))
    (found,) = paged(names, wanted)
    assert [found] == whole(names, wanted)
