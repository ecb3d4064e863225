"""By when an order must be confirmed: whole days from the order or back from the departure, closed days left out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.products import ConfirmFrom
from models.promise import promise, sum_of, whole_days

ORDER, DEPARTURE = ConfirmFrom.ORDER, ConfirmFrom.DEPARTURE
SEOUL = "Asia/Seoul"


@pytest.mark.parametrize(
    ("days", "hours", "from_order", "from_departure"),
    [(1, 0, 1, 1), (0, 24, 1, 1), (0, 1, 1, 0), (1, 12, 2, 1), (0, 36, 2, 1), (2, 47, 4, 3), (0, 0, 0, 0)],
)
def test_hours_round_up_from_the_order_and_down_from_the_departure(
    days: int, hours: int, from_order: int, from_departure: int
) -> None:
    assert whole_days(days, hours, ORDER) == from_order
    assert whole_days(days, hours, DEPARTURE) == from_departure


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def promised(
    counts_from: ConfirmFrom,
    days: int,
    *closed: str,
    zone: str = SEOUL,
    ordered: str = "2027-01-15T10:00+09:00",
):
    return promise(
        counts_from,
        days,
        ordered_at=at(ordered),
        departs_at=at("2027-02-01T14:00+09:00"),
        zone=zone,
        closed=frozenset(map(date.fromisoformat, closed)),
    )


def test_from_the_order_it_is_so_many_days_later_at_the_same_time() -> None:
    assert promised(ORDER, 2).confirm_by == at("2027-01-17T10:00+09:00")


def test_from_the_departure_it_is_so_many_days_earlier_at_the_same_time() -> None:
    assert promised(DEPARTURE, 2).confirm_by == at("2027-01-30T14:00+09:00")


def test_closed_days_move_a_promise_from_the_order_later_and_are_counted() -> None:
    made = promised(ORDER, 2, "2027-01-16", "2027-01-18", "2027-03-01")
    assert (made.confirm_by, made.skipped) == (at("2027-01-19T10:00+09:00"), 2)


def test_closed_days_move_a_promise_from_the_departure_earlier() -> None:
    made = promised(DEPARTURE, 1, "2027-01-31", "2027-01-30")
    assert (made.confirm_by, made.skipped) == (at("2027-01-29T14:00+09:00"), 2)


def test_days_are_counted_in_the_zone_of_the_operator() -> None:
    """10:00 in Seoul is still the evening before in New York."""
    assert promised(ORDER, 1, "2027-01-15", zone="America/New_York").confirm_by == at(
        "2027-01-16T20:00-05:00"
    )


def test_a_clock_change_on_the_way_keeps_the_time_of_day() -> None:
    made = promised(ORDER, 2, zone="Europe/Oslo", ordered="2027-03-27T09:00+01:00")
    assert made.confirm_by == at("2027-03-29T09:00+02:00")


def test_without_a_known_departure_nothing_can_be_promised_from_it() -> None:
    told = {
        "ordered_at": at("2027-01-15T10:00+09:00"),
        "departs_at": None,
        "zone": SEOUL,
        "closed": frozenset(),
    }
    assert promise(DEPARTURE, 1, **told) is None
    assert promise(ORDER, 1, **told) is not None


@given(
    st.integers(0, 60),
    st.sets(st.dates(date(2027, 1, 1), date(2027, 5, 1)), max_size=20),
    st.sampled_from(ConfirmFrom),
)
def test_a_promise_never_falls_on_a_closed_day(
    days: int, closed: set[date], counts_from: ConfirmFrom
) -> None:
    made = promised(counts_from, days, *(day.isoformat() for day in closed))
    ours = made.confirm_by.astimezone(at("2027-01-15T10:00+09:00").tzinfo).date()
    assert days == 0 or ours not in closed
    start = date(2027, 1, 15) if counts_from is ORDER else date(2027, 2, 1)
    assert abs((ours - start).days) == days + made.skipped


@given(
    counts_from=st.sampled_from(ConfirmFrom),
    days=st.integers(0, 30),
    closed=st.frozensets(st.dates(date(2026, 12, 1), date(2027, 3, 1)), max_size=30),
)
def test_a_promise_adds_up_to_the_days_it_was_given_for(
    counts_from: ConfirmFrom, days: int, closed: frozenset[date]
) -> None:
    ordered, departs = at("2027-01-15T10:00+09:00"), at("2027-02-01T14:00+09:00")
    made = promise(counts_from, days, ordered_at=ordered, departs_at=departs, zone=SEOUL, closed=closed)
    assert made is not None
    start = ordered if counts_from is ORDER else departs
    again = sum_of(made.confirm_by, start, zone=SEOUL, closed=closed)
    assert (again.days, again.skipped) == (days, made.skipped)
    between = abs((made.confirm_by.astimezone(start.tzinfo).date() - start.date()).days)
    assert between == days + made.skipped
