"""When a copy is due, which ones may go, and when the desk says that there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.recovery import Plan, file_name, is_due, is_late, last_due, outlived, planned
from models.refusals import CannotDo

SEOUL = "Asia/Seoul"
MORNING = datetime(2027, 1, 15, 0, 30, tzinfo=UTC)  # half past nine in Seoul


def test_a_daily_copy_is_due_from_its_hour_at_the_operators_on() -> None:
    plan = Plan(at="09:00")
    assert last_due(plan, MORNING, SEOUL) == datetime(2027, 1, 15, 0, 0, tzinfo=UTC)
    assert last_due(Plan(at="10:00"), MORNING, SEOUL) == datetime(2027, 1, 14, 1, 0, tzinfo=UTC)


def test_a_desk_that_was_closed_at_that_hour_makes_it_when_it_opens() -> None:
    plan = Plan(at="03:00")
    assert is_due(plan, None, MORNING, SEOUL)
    assert is_due(plan, MORNING - timedelta(hours=7), MORNING, SEOUL)
    assert not is_due(plan, MORNING - timedelta(hours=6), MORNING, SEOUL)
    assert not is_due(Plan(daily=False), None, MORNING, SEOUL)


def test_a_clock_that_was_set_back_makes_no_second_copy() -> None:
    assert not is_due(Plan(), MORNING, MORNING - timedelta(hours=1), SEOUL)


def test_two_days_without_a_copy_are_too_long_and_a_new_desk_has_as_much_time() -> None:
    soon, late = timedelta(hours=47), timedelta(hours=49)
    assert not is_late(MORNING, MORNING - timedelta(days=90), MORNING + soon)
    assert is_late(MORNING, MORNING - timedelta(days=90), MORNING + late)
    assert not is_late(None, MORNING, MORNING + soon)
    assert is_late(None, MORNING, MORNING + late)
    assert not is_late(None, None, MORNING)


def test_only_old_copies_of_ours_go_and_the_last_three_never() -> None:
    days = [MORNING - timedelta(days=n) for n in range(10)]
    names = [file_name(day, "sqlite") for day in days]
    assert outlived(names, MORNING, 5) == tuple(sorted(names[6:]))
    assert outlived(names, MORNING + timedelta(days=400), 5) == tuple(sorted(names[3:]))
    assert outlived([*names[:3], "counterfoil.sqlite", "photo.jpg", "a.sealed"], MORNING, 1) == ()


def test_a_dump_goes_with_the_copy_of_its_hour() -> None:
    days = [MORNING - timedelta(days=n) for n in (0, 1, 2, 9)]
    names = [file_name(day, ending) for day in days for ending in ("sqlite", "dump")]
    assert set(outlived(names, MORNING, 5)) == {file_name(days[3], "sqlite"), file_name(days[3], "dump")}


@pytest.mark.parametrize("at", ["", "25:00", "3", "three", "03:60", "03:00:00:00"])
def test_what_is_no_time_of_day_is_refused(at: str) -> None:
    with pytest.raises(CannotDo, match="time of day"):
        planned(True, at, 30, "")


def test_a_time_is_kept_as_it_is_read_aloud() -> None:
    assert planned(True, " 3:05 ", 30, " /x ") == Plan(True, "03:05", 30, "/x")
    with pytest.raises(CannotDo, match="number of days"):
        planned(True, "03:00", 0, "")
