"""What counts towards the figures a channel judges by, case by case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.metrics import (
    Answers,
    Kept,
    Promised,
    Share,
    answered,
    last_days,
    month_after,
    month_before,
    promise_kept,
    questions,
    starts,
)
from models.reservations import Cause, Status

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


def an_order(status: Status = Status.CONFIRMED, **facts: object) -> Promised:
    told = {"confirmed_in_time": None, "confirmed_at_once": False, "ended_in_time": None, "cause": None}
    return Promised(status, **{**told, **facts})  # type: ignore[arg-type]


def test_confirmed_before_the_promise_is_in_time() -> None:
    assert promise_kept(an_order(confirmed_in_time=True)) is Kept.IN_TIME


def test_confirmed_after_the_promise_is_late() -> None:
    assert promise_kept(an_order(confirmed_in_time=False)) is Kept.LATE


def test_confirmed_the_moment_it_arrives_is_in_time_whatever_was_promised() -> None:
    order = an_order(confirmed_in_time=False, confirmed_at_once=True)
    assert promise_kept(order) is Kept.IN_TIME


@pytest.mark.parametrize("status", [Status.UNCONFIRMED, Status.PENDING])
def test_a_promise_that_fell_due_while_we_think_is_late(status: Status) -> None:
    assert promise_kept(an_order(status)) is Kept.LATE


@pytest.mark.parametrize("cause", list(Cause))
def test_cancelled_before_the_promise_does_not_count(cause: Cause) -> None:
    order = an_order(Status.CANCELLED, ended_in_time=True, cause=cause)
    assert promise_kept(order) is Kept.NOT_COUNTED


def test_cancelled_after_waiting_longer_than_promised_is_late() -> None:
    order = an_order(Status.CANCELLED, ended_in_time=False, cause=Cause.THEIRS)
    assert promise_kept(order) is Kept.LATE


def test_confirmed_in_time_and_cancelled_later_stays_in_time() -> None:
    order = an_order(Status.CANCELLED, confirmed_in_time=True, ended_in_time=False, cause=Cause.THEIRS)
    assert promise_kept(order) is Kept.IN_TIME


@pytest.mark.parametrize("status", [Status.AWAITING_PAYMENT, Status.EXPIRED])
def test_nobody_paid_so_nothing_was_promised(status: Status) -> None:
    assert promise_kept(an_order(status)) is Kept.NOT_COUNTED


def test_there_is_no_share_of_nothing() -> None:
    assert Share(0, 0).share is None
    assert Share(3, 4).share == 0.75


def test_several_messages_before_the_answer_are_one_question() -> None:
    told = [(hours(0), "in"), (hours(1), "in"), (hours(2), "out"), (hours(3), "out")]
    assert list(questions(told)) == [(hours(0), hours(2))]


def test_what_we_say_unasked_is_no_answer() -> None:
    assert list(questions([(hours(0), "out"), (hours(1), "in")])) == [(hours(1), None)]


def test_a_second_question_after_the_answer_counts_again() -> None:
    told = [(hours(0), "in"), (hours(1), "out"), (hours(5), "in"), (hours(30), "out")]
    assert list(questions(told)) == [(hours(0), hours(1)), (hours(5), hours(30))]


@pytest.mark.parametrize(
    ("answer", "now", "kept"),
    [
        (12, 40, Kept.IN_TIME),
        (12.1, 40, Kept.LATE),
        (None, 12, Kept.NOT_COUNTED),
        (None, 12.1, Kept.LATE),
    ],
)
def test_twelve_hours_decide(answer: float | None, now: float, kept: Kept) -> None:
    assert answered(NOON, None if answer is None else hours(answer), hours(now)) is kept


def test_an_open_question_is_not_in_the_share() -> None:
    assert Answers(in_time=3, late=1, open=5).share == Share(3, 4)


def test_the_last_seven_days_end_yesterday_and_are_the_same_weekdays_as_before() -> None:
    days, before = last_days(date(2027, 1, 15))
    assert (days[0], days[-1]) == (date(2027, 1, 8), date(2027, 1, 14))
    assert (before[0], before[-1]) == (date(2027, 1, 1), date(2027, 1, 7))
    assert [day.weekday() for day in days] == [day.weekday() for day in before]


def test_months_turn_over_the_year() -> None:
    assert month_before(date(2027, 1, 31)) == date(2026, 12, 1)
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_after(date(2027, 1, 31)) == date(2027, 2, 1)


def test_a_day_begins_at_the_operators_midnight_also_when_clocks_change() -> None:
    assert starts(date(2027, 1, 15), "Asia/Seoul").astimezone(UTC) == datetime(2027, 1, 14, 15, tzinfo=UTC)
    night = starts(date(2027, 3, 29), "Europe/Berlin") - starts(date(2027, 3, 28), "Europe/Berlin")
    assert starts(date(2027, 3, 28), "Europe/Berlin").utcoffset() == timedelta(hours=1)
    assert night.days == 1
