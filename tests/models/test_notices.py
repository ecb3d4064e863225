"""Quiet hours, over midnight and across days; steps of a promise; what is on by itself."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.notices import (
    RIGHTS,
    Event,
    Person,
    Quiet,
    Route,
    by_itself,
    check_quiet,
    clock,
    due_step,
    hears,
    is_moot,
    is_quiet,
    leaves_at,
    quiet_kept,
    quiet_told,
)
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Role, may

SEOUL = "Asia/Seoul"
NIGHT = Quiet(time(22), time(7))
WEEK = (NIGHT,) * 5 + (Quiet(time(), time()),) * 2  # nights, and the whole weekend


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in Seoul in January 2027; the 15th is a Friday."""
    return datetime(2027, 1, day, hour, minute, tzinfo=ZoneInfo(SEOUL)).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (at(14, 21, 59), at(14, 21, 59)),
        (at(14, 22), at(15, 7)),
        (at(15, 6, 59), at(15, 7)),
        (at(15, 7), at(15, 7)),
        (at(15, 23), at(18, 0)),  # Friday's night ends within the weekend, which ends on Monday at midnight
        (at(16, 12), at(18, 0)),
        (at(18, 0), at(18, 0)),
    ],
)
def test_notice_leaves_at_the_end_of_all_quiet_hours_that_follow_each_other(
    now: datetime, leaves: datetime
) -> None:
    assert leaves_at(now, WEEK, SEOUL) == leaves
    assert is_quiet(now, WEEK, SEOUL) is (now != leaves)
    assert leaves_at(now, WEEK, SEOUL, passes=True) == now


def test_nights_keep_their_hours_when_the_clocks_change() -> None:
    berlin = "Europe/Berlin"
    late = datetime(2027, 3, 27, 23, tzinfo=ZoneInfo(berlin)).astimezone(UTC)
    seven = datetime(2027, 3, 28, 7, tzinfo=ZoneInfo(berlin)).astimezone(UTC)
    assert leaves_at(late, (NIGHT,) * 7, berlin) == seven


def test_without_quiet_hours_it_leaves_at_once() -> None:
    assert leaves_at(at(15, 3), (None,) * 7, SEOUL) == at(15, 3)
    assert leaves_at(at(15, 3), (), SEOUL) == at(15, 3)


def test_quiet_hours_that_never_end_are_refused() -> None:
    check_quiet(WEEK)
    with pytest.raises(CannotDo):
        check_quiet((Quiet(time(8), time(8)),) * 7)


def test_quiet_hours_come_back_as_they_were_kept() -> None:
    assert quiet_told(quiet_kept(WEEK)) == WEEK
    assert quiet_told([]) == quiet_told(None) == (None,) * 7


@pytest.mark.parametrize(("typed", "told"), [("22:00", time(22)), ("7", time(7)), (" 24:00 ", time())])
def test_hours_are_read_as_they_are_typed(typed: str, told: time) -> None:
    assert clock(typed) == told


@pytest.mark.parametrize("typed", ["", "25:00", "22:60", "ten", "24:30"])
def test_what_is_no_hour_is_refused(typed: str) -> None:
    with pytest.raises(CannotDo):
        clock(typed)


@pytest.mark.parametrize(
    ("left", "step"), [(30, None), (24, 24), (5, 24), (4, 4), (1, 1), (0.5, 1), (0, None), (-3, None)]
)
def test_step_of_a_promise_is_the_smallest_that_has_come(left: float, step: int | None) -> None:
    assert due_step(at(15, 10) + timedelta(hours=left), at(15, 10)) == step


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("event", list(Event))
def test_nobody_hears_of_what_they_may_not_do(role: Role, event: Event) -> None:
    everything = frozenset((one, route) for one in Event for route in Route)
    person = Person(1, role, on=everything)
    assert hears(person, event, Route.MAIL) is may(role, RIGHTS[event])


def test_tray_is_on_by_itself_and_nothing_else() -> None:
    person = Person(1, Role.OWNER)
    heard = {(event, route) for event in Event for route in Route if hears(person, event, route)}
    assert heard == {(event, Route.TRAY) for event in Event if event is not Event.DIGEST}
    assert not hears(Person(1, Role.OWNER, off=frozenset({(Event.NEW, Route.TRAY)})), Event.NEW, Route.TRAY)
    assert by_itself(Event.NEW, Route.TRAY)


def test_promise_is_moot_once_it_is_kept_and_news_never_is() -> None:
    assert is_moot(Event.PROMISE, Status.CONFIRMED)
    assert not is_moot(Event.PROMISE, Status.PENDING)
    assert not is_moot(Event.NEW, Status.CANCELLED)
