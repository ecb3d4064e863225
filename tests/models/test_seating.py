"""Who finds a seat when several orders are confirmed together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from models.seating import Asking, in_turn, seated

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


def asks(number: int, heads: int, *, on: int | None = 1, after: int = 0) -> Asking:
    return Asking(number, on, NOON + timedelta(minutes=after), heads)


def test_who_ordered_first_comes_first() -> None:
    late, early = asks(1, 2, after=5), asks(2, 2)
    assert seated([late, early], {1: 2}) == {2}
    assert in_turn([late, early]) == [early, late]


def test_a_smaller_party_may_still_go_where_a_larger_one_does_not() -> None:
    assert seated([asks(1, 2), asks(2, 6, after=1), asks(3, 1, after=2)], {1: 4}) == {1, 3}


def test_each_departure_has_its_own_seats() -> None:
    assert seated([asks(1, 3, on=1), asks(2, 3, on=2)], {1: 2, 2: 3}) == {2}


def test_where_no_seats_are_counted_everybody_goes() -> None:
    assert seated([asks(1, 0, on=None)], {}) == {1}


def test_an_overbooked_departure_takes_nobody_but_those_who_need_no_seat() -> None:
    assert seated([asks(1, 1), asks(2, 0, after=1)], {1: -2}) == {2}
