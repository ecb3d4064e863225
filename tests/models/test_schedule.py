"""When an option leaves: several times a day, by season, not on excepted days, and when the clocks change."""

from __future__ import annotations

from collections import namedtuple
from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.schedule import EVERY_DAY, Schedule, Timetable, first_clash, mask_of, names_of

MONDAY = date(2027, 2, 1)
SATURDAY = date(2027, 2, 6)
SEOUL, OSLO = "Asia/Seoul", "Europe/Oslo"
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
"""The days on which Oslo's clocks jump from 02:00 to 03:00, and go back from 03:00 to 02:00."""

Row = namedtuple("Row", "departs_on")


def at(clock: str, **told) -> Schedule:
    return Schedule(time.fromisoformat(clock), told.pop("minutes", 120), told.pop("capacity", 8), **told)


def starts(when: Timetable, day: date) -> list[str]:
    return [f"{schedule.starts:%H:%M}" for schedule in when.runs(day)]


def test_an_option_leaves_at_every_time_of_its_rules() -> None:
    twice = Timetable((at("14:00"), at("10:00"), at("17:00", weekdays=mask_of(["sat", "sun"]))))
    assert starts(twice, MONDAY) == ["10:00", "14:00"]
    assert starts(twice, SATURDAY) == ["10:00", "14:00", "17:00"]


def test_a_season_includes_both_of_its_ends_and_the_next_one_begins_the_day_after() -> None:
    summer = at("10:00", season_from=date(2027, 4, 1), season_until=date(2027, 10, 31))
    winter = at("11:00", season_from=date(2027, 11, 1))
    when = Timetable((summer, winter))
    told = {day: starts(when, day) for day in (date(2027, 3, 31), date(2027, 4, 1), date(2027, 10, 31))}
    assert told == {date(2027, 3, 31): [], date(2027, 4, 1): ["10:00"], date(2027, 10, 31): ["10:00"]}
    assert starts(when, date(2027, 11, 1)) == starts(when, date(2030, 1, 1)) == ["11:00"]


def test_nothing_runs_by_a_rule_on_an_excepted_day_but_what_was_added_by_hand() -> None:
    charter = at("16:00", season_from=MONDAY, season_until=MONDAY)
    when = Timetable((at("10:00"),), frozenset({MONDAY}), {MONDAY: (charter,)})
    assert starts(when, MONDAY) == ["16:00"]
    assert starts(when, MONDAY + timedelta(days=1)) == ["10:00"]


def test_a_time_that_is_told_chooses_the_departure_and_none_leaves_the_choice() -> None:
    when = Timetable((at("10:00"), at("14:00")))
    assert [s.starts for s in when.leaving(MONDAY, time(14), SEOUL)] == [time(14)]
    assert when.leaving(MONDAY, time(12), SEOUL) == ()
    assert len(when.leaving(MONDAY, None, SEOUL)) == 2


def test_the_only_time_of_day_is_known_where_there_is_only_one() -> None:
    assert Timetable((at("10:00", weekdays=1), at("10:00", weekdays=2))).only_start == time(10)
    assert Timetable((at("10:00"), at("14:00"))).only_start is None
    assert Timetable().only_start is None


@pytest.mark.parametrize("told", [time(2, 30), time(3, 30)])
def test_in_the_hour_that_spring_skips_both_ways_to_tell_the_time_mean_the_same(told: time) -> None:
    night = Timetable((at("02:30"),))
    (found,) = night.leaving(SPRING, told, OSLO)
    assert found.departs_at(SPRING, OSLO) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_two_rules_that_spring_throws_together_are_one_departure() -> None:
    night = Timetable((at("02:30"), at("03:30")))
    assert len(night.departures(SPRING, OSLO)) == 1
    assert len(night.departures(SPRING + timedelta(days=1), OSLO)) == 2
    assert len(night.leaving(SPRING, None, OSLO)) == 1


def test_in_the_hour_that_autumn_repeats_a_departure_is_the_first_one() -> None:
    ((leaves, rule),) = Timetable((at("02:30"),)).departures(AUTUMN, OSLO).items()
    assert leaves == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert rule.ends_at(AUTUMN, OSLO) == datetime(2027, 10, 31, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({}, {}, True),
        ({"weekdays": mask_of(["mon"])}, {"weekdays": mask_of(["tue"])}, False),
        ({"season_until": date(2027, 3, 31)}, {"season_from": date(2027, 4, 1)}, False),
        ({"season_until": date(2027, 4, 1)}, {"season_from": date(2027, 4, 1)}, True),
        ({"weekdays": 1, "season_until": SATURDAY}, {"weekdays": 1, "season_from": date(2027, 2, 2)}, False),
        ({"weekdays": 1, "season_until": SATURDAY}, {"weekdays": 1, "season_from": MONDAY}, True),
    ],
)
def test_rules_clash_only_where_both_would_leave(one: dict, other: dict, meet: bool) -> None:
    rules = [at("10:00", **one), at("10:00", **other)]
    assert first_clash(rules) == (1 if meet else None)
    assert first_clash([at("10:00", **one), at("10:30", **other)]) is None


def test_departures_that_exist_are_met_with_their_rule_and_the_others_come_last() -> None:
    when = Timetable((at("10:00"), at("14:00")))
    planned, gone = datetime(2027, 2, 1, 1, 0, tzinfo=UTC), datetime(2027, 2, 1, 3, 0, tzinfo=UTC)
    rows = {planned: Row(MONDAY), gone: Row(MONDAY)}
    told = [
        (instant, rule is not None, row is not None)
        for _, instant, rule, row in when.over([MONDAY], SEOUL, rows)
    ]
    afternoon = datetime(2027, 2, 1, 5, 0, tzinfo=UTC)
    assert told == [(planned, True, True), (afternoon, True, False), (gone, False, True)]


def test_weekdays_are_told_by_name() -> None:
    assert names_of(mask_of(["sun", "mon"])) == ["mon", "sun"]
    assert mask_of(names_of(EVERY_DAY)) == EVERY_DAY


def test_one_time_of_a_day_is_excepted_and_what_is_by_hand_then_still_leaves() -> None:
    twice = Timetable((at("10:00"), at("14:00")), excepted=frozenset({(MONDAY, time(10))}))
    assert starts(twice, MONDAY) == ["14:00"]
    assert starts(twice, SATURDAY) == ["10:00", "14:00"]
    once = Timetable((at("10:00"),), excepted=frozenset({(MONDAY, time(10))}))
    planned = [day for day, _, schedule, _ in once.over([MONDAY, SATURDAY], SEOUL, {}) if schedule]
    assert planned == [SATURDAY]
    by_hand = Timetable(once.rules, frozenset(), {MONDAY: (at("10:00"),)}, once.excepted)
    assert starts(by_hand, MONDAY) == ["10:00"]
