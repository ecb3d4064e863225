"""Office holidays: the list of a year, who may change it, and what becomes of promises that were given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from controllers import holidays
from controllers.desk import Desk
from controllers.imports import import_file
from controllers.viewing import see_details
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import (
    a_product,
    a_products_file,
    a_reservation,
    an_operator,
    everything,
    only_reservation,
    reservation,
)

KLOOK_MAIL = Path(__file__).parent.parent / "fixtures" / "channels" / "klook-mail.txt"
SEOUL = ZoneInfo("Asia/Seoul")
SATURDAY, SUNDAY = date(2027, 1, 16), date(2027, 1, 17)
NEW_YEAR = date(2027, 2, 7)
"""Korean New Year; the days before and after it are holidays, and the 9th in place of Sunday."""


def refused(code: str, work: Callable[[], object]) -> CannotDo:
    with pytest.raises(CannotDo) as no:
        work()
    assert no.value.code == code
    assert "?" not in no.value.sentence
    return no.value


def promised(desk: Desk, made: int) -> str:
    """By when a reservation is to be confirmed, in Seoul."""
    at = reservation(desk, made).confirm_by
    return f"{at.astimezone(SEOUL):%m-%d %H:%M}"


def shown(desk: Desk, year: int = 2027) -> list[tuple[str, str, bool, bool]]:
    days = holidays.see(year, desk=desk).days
    return [(f"{one.day:%m-%d}", one.name, one.public, one.worked) for one in days]


# --- the list of a year ---------------------------------------------------------------------------


def test_an_office_without_a_calendar_has_its_own_days_only(desk: Desk) -> None:
    assert holidays.see(2027, desk=desk).days == ()
    holidays.close_day(SATURDAY, "Moving house", desk=desk)
    assert shown(desk) == [("01-16", "Moving house", False, False)]
    assert shown(desk, 2028) == []


def test_the_calendar_that_is_observed_fills_the_year(desk: Desk) -> None:
    holidays.observe("KR", desk=desk)
    year = holidays.see(2027, desk=desk)
    assert (year.calendar, year.name) == ("KR", "South Korea")
    assert ("03-01", "Independence Movement Day", True, False) in shown(desk)
    assert ("10-09", "Hangul Day", True, False) in shown(desk, 2026)
    holidays.observe("DE-BY", desk=desk)
    assert holidays.see(2027, desk=desk, language="de").name == "Deutschland, Bayern"
    holidays.observe("", desk=desk)
    assert shown(desk) == []


def test_a_holiday_on_which_the_office_works_says_so_and_can_be_given_back(desk: Desk) -> None:
    holidays.observe("KR", desk=desk)
    holidays.work_on(NEW_YEAR, desk=desk)
    assert ("02-07", "Korean New Year", True, True) in shown(desk)
    holidays.work_on(NEW_YEAR, desk=desk, worked=False)
    assert ("02-07", "Korean New Year", True, False) in shown(desk)


def test_countries_are_offered_by_name_with_their_regions() -> None:
    offered = {one.key: one for one in holidays.choices("en")}
    assert offered["KR"].name == "South Korea"
    assert "BY" in offered["DE"].regions
    assert [one.name for one in holidays.choices("en")][:1] == ["Afghanistan"]
    assert {one.key: one.name for one in holidays.regions("DE")}["DE-BY"] == "Bayern"


# --- what is refused ------------------------------------------------------------------------------


def test_what_cannot_be_is_refused_and_changes_nothing(desk: Desk) -> None:
    holidays.observe("KR", desk=desk)
    holidays.close_day(SATURDAY, "Moving house", desk=desk)
    before = everything(desk)
    refused("calendar-unknown", lambda: holidays.observe("XX", desk=desk))
    assert (
        "Moving house" in refused("day-closed", lambda: holidays.close_day(SATURDAY, "", desk=desk)).sentence
    )
    refused("day-closed", lambda: holidays.close_day(NEW_YEAR, "Ours", desk=desk))
    refused("no-closed-day", lambda: holidays.reopen_day(SUNDAY, desk=desk))
    refused("no-holiday", lambda: holidays.work_on(SATURDAY, desk=desk))
    clerk = Desk(desk.database, replace(desk.actor, role="front-desk"), desk.practice, desk.clock)
    assert holidays.see(2027, desk=clerk).may_change is False
    for work in (
        lambda: holidays.observe("JP", desk=clerk),
        lambda: holidays.close_day(SUNDAY, "", desk=clerk),
        lambda: holidays.reopen_day(SATURDAY, desk=clerk),
        lambda: holidays.work_on(NEW_YEAR, desk=clerk),
    ):
        refused("not-allowed", work)
    assert everything(desk) == before


# --- promises follow ------------------------------------------------------------------------------


def test_promises_of_waiting_orders_follow_a_closed_day_there_and_back(desk: Desk) -> None:
    a_product(desk, confirm_within={"days": 2})
    waiting, done = a_reservation(desk), a_reservation(desk, Status.CONFIRMED)
    assert promised(desk, waiting) == promised(desk, done) == "01-17 10:00"
    assert holidays.close_day(SATURDAY, "Moving house", desk=desk).moved == 1
    assert (promised(desk, waiting), promised(desk, done)) == ("01-18 10:00", "01-17 10:00")
    assert holidays.reopen_day(SATURDAY, desk=desk).moved == 1
    assert promised(desk, waiting) == "01-17 10:00"


def test_new_orders_count_the_holidays_of_the_calendar(desk: Desk, clock: Any) -> None:
    a_product(desk, confirm_within={"days": 2})
    clock.set(datetime(2027, 2, 5, 10, 0, tzinfo=SEOUL))
    before = a_reservation(desk, date="2027-03-01")
    assert promised(desk, before) == "02-07 10:00"
    assert holidays.observe("KR", desk=desk).moved == 1
    after = a_reservation(desk, date="2027-03-01")
    assert promised(desk, before) == promised(desk, after) == "02-11 10:00"
    assert holidays.work_on(date(2027, 2, 8), desk=desk).moved == 2
    assert promised(desk, after) == "02-10 10:00"


def test_a_promise_that_counts_from_the_departure_moves_to_an_earlier_day(desk: Desk) -> None:
    a_product(desk, confirm_within={"days": 2, "from": "departure"})
    made = a_reservation(desk)
    assert promised(desk, made) == "01-30 14:00"
    assert holidays.close_day(date(2027, 1, 31), "", desk=desk).moved == 1
    assert promised(desk, made) == "01-29 14:00"


def test_a_promise_before_a_day_without_a_time_tells_its_sum(desk: Desk) -> None:
    times = {"name": "Afternoon", "starts": ["10:00", "14:00"], "capacity": 8}
    a_product(desk, confirm_within={"days": 2, "from": "departure"}, options=[times])
    made = a_reservation(desk)  # at which of the two nobody told
    holidays.close_day(date(2027, 1, 31), "", desk=desk)
    promise = see_details(made, desk=desk).promise
    assert promise is not None
    assert (promised(desk, made), promise.days, promise.skipped) == ("01-29 00:00", 2, 1)


def test_a_promise_keeps_its_days_where_the_product_promises_others_by_now(desk: Desk) -> None:
    a_product(desk, confirm_within={"days": 2})
    made = a_reservation(desk)
    a_product(desk, confirm_within={"days": 5})
    holidays.close_day(SATURDAY, "", desk=desk)
    assert promised(desk, made) == "01-18 10:00"


def test_a_deadline_of_the_channel_is_not_ours_to_move(desk: Desk) -> None:
    a_product(desk, confirm_within={"days": 2}, known_as=[{"channel": "klook", "name": "10002"}])
    mail = KLOOK_MAIL.read_text("utf-8").replace("2027-01-12 09:30", "2027-01-17 10:00")
    import_file("klook.txt", mail.encode(), desk=desk)
    made = only_reservation(desk).id
    assert promised(desk, made) == "01-17 10:00"
    assert holidays.close_day(SATURDAY, "", desk=desk).moved == 0
    assert promised(desk, made) == "01-17 10:00"


def test_the_operators_file_names_its_days_and_moves_promises_too(desk: Desk) -> None:
    a_product(desk, confirm_within={"days": 2})
    made = a_reservation(desk)
    named = [{"day": SATURDAY, "name": "Moving house"}, SUNDAY]
    an_operator(desk, holidays="KR", closed_days=named)
    assert promised(desk, made) == "01-19 10:00"
    assert shown(desk)[1:3] == [("01-16", "Moving house", False, False), ("01-17", "", False, False)]
    refused("products-not-readable", lambda: an_operator(desk, holidays="Korea"))
    holidays.work_on(NEW_YEAR, desk=desk)
    a_products_file(desk, {"operator": {"closed_days": []}})
    assert ("02-07", "Korean New Year", True, True) in shown(desk)
    assert promised(desk, made) == "01-17 10:00"


def test_a_change_is_announced_and_journaled_without_its_name(desk: Desk) -> None:
    heard: list[frozenset[str]] = []
    desk.listeners.append(heard.append)
    holidays.close_day(SATURDAY, "Mira's wedding", desk=desk)
    assert heard == [frozenset({"holidays"})]
    assert "Mira" not in repr(everything(desk)["journal"])


def test_the_calendar_says_why_the_office_is_closed(desk: Desk) -> None:
    holidays.observe("KR", desk=desk)
    holidays.close_day(SATURDAY, "Moving house", desk=desk)
    holidays.work_on(NEW_YEAR, desk=desk)
    told = holidays.between(SATURDAY, date(2027, 2, 8), desk=desk)
    assert told[SATURDAY] == "Moving house"
    assert NEW_YEAR not in told
    assert told[date(2027, 2, 8)] != ""
