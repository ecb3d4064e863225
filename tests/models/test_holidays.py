"""Closed days of the office: its calendar's, its own, and the holidays on which it works."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from models.holidays import OfficeDays, calendars, is_known, public_days, region_names
from models.products import ConfirmFrom
from models.promise import counted_again

CHRISTMAS, EPIPHANY = date(2027, 12, 25), date(2027, 1, 6)


def test_the_calendar_of_a_region_has_more_holidays_than_its_country() -> None:
    assert EPIPHANY in OfficeDays("DE-BY")
    assert EPIPHANY not in OfficeDays("DE")
    assert CHRISTMAS in OfficeDays("DE")


def test_own_days_are_closed_with_and_without_a_calendar() -> None:
    own = frozenset({EPIPHANY})
    assert EPIPHANY in OfficeDays("", own)
    assert CHRISTMAS not in OfficeDays("", own)
    assert CHRISTMAS in OfficeDays("KR", own)


def test_a_holiday_on_which_we_work_is_not_closed_in_that_year_alone() -> None:
    days = OfficeDays("KR", worked=frozenset({CHRISTMAS}))
    assert CHRISTMAS not in days
    assert date(2028, 12, 25) in days


def test_holidays_are_named_in_a_language_the_calendar_knows() -> None:
    assert public_days("KR", 2027, "en")[date(2027, 3, 1)] == "Independence Movement Day"
    assert public_days("KR", 2027, "ko")[date(2027, 3, 1)] == "삼일절"
    assert set(public_days("KR", 2027, "xx")) == set(public_days("KR", 2027))


@pytest.mark.parametrize(
    ("calendar", "known"),
    [("KR", True), ("JP", True), ("TW", True), ("DE-BY", True), ("DE-XX", False), ("ZZ", False), ("KOR", False)],
)  # fmt: skip
def test_a_calendar_is_a_country_of_two_letters_and_perhaps_a_region(calendar: str, known: bool) -> None:
    assert is_known(calendar) is known


def test_an_unknown_calendar_closes_no_day() -> None:
    assert CHRISTMAS not in OfficeDays("ZZ")


def test_regions_are_named() -> None:
    assert region_names("DE")["BY"] == "Bayern"
    assert len(calendars()) > 100


@pytest.mark.parametrize(
    ("counts_from", "start", "now", "then"),
    [
        (ConfirmFrom.ORDER, "2027-01-15T10:00", "2027-01-17T10:00", "2027-01-18T10:00"),
        (ConfirmFrom.ORDER, "2027-01-10T10:00", "2027-01-12T10:00", "2027-01-12T10:00"),
        (ConfirmFrom.DEPARTURE, "2027-01-17T10:00", "2027-01-15T10:00", "2027-01-14T10:00"),
        (ConfirmFrom.ORDER, "2027-01-15T10:00", "2027-01-17T18:00", "2027-01-17T18:00"),
        (ConfirmFrom.ORDER, "2027-01-18T10:00", "2027-01-15T10:00", "2027-01-15T10:00"),
    ],
)
def test_a_promise_keeps_its_open_days_when_another_day_is_closed(
    counts_from: ConfirmFrom, start: str, now: str, then: str
) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    told = {"zone": "UTC", "before": frozenset[date](), "after": frozenset({date(2027, 1, 16)})}
    assert counted_again(at(now), counts_from, at(start), **told) == at(then)
    back = {"zone": "UTC", "before": told["after"], "after": told["before"]}
    assert counted_again(at(then), counts_from, at(start), **back) == at(now)


def test_nothing_of_the_calendars_is_loaded_before_a_day_is_asked_for() -> None:
    said = (
        "import sys, controllers.desk, models.holidays; days = models.holidays.OfficeDays('')\n"
        "import datetime; datetime.date(2027, 1, 1) in days; assert 'holidays' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", said], check=True)
