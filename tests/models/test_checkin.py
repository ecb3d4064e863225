"""May they come in? Every answer of the gate, the order in which reasons count, and the hours of admission."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.checkin import ADMITTING, TIME_RULES, Facts, Kind, Verdict, Window, departure_window, verdict
from models.checkin_words import Told, message
from models.reservations import Status
from models.schedule import Schedule

SEOUL = "Asia/Seoul"
DAY = date(2027, 2, 1)
DEPARTS = datetime(2027, 2, 1, 14, tzinfo=ZoneInfo(SEOUL))
IN_TIME = DEPARTS - timedelta(minutes=20)
WINDOW = departure_window(DEPARTS, DAY, SEOUL, 60, 30)
GOOD = Facts(window=WINDOW)
OPEN = Window(SEOUL, valid_from=date(2027, 2, 1), valid_until=date(2027, 2, 28))


def clock(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2027, 2, day, hour, minute, tzinfo=ZoneInfo(SEOUL))


ANSWERS = [
    (Kind.ADMIT, GOOD, IN_TIME),
    (Kind.ADMIT, replace(GOOD, status=Status.NO_SHOW), IN_TIME),
    (Kind.PARTLY_IN, replace(GOOD, heads=5, arrived=3), IN_TIME),
    (Kind.CHECK, replace(GOOD, note=True), IN_TIME),
    (Kind.CHECK, replace(GOOD, status=Status.CANCEL_REQUESTED), IN_TIME),
    (Kind.CHECK, replace(GOOD, window=Window(SEOUL, day=DAY, unmatched=True)), IN_TIME),
    (Kind.COLLECT, replace(GOOD, balance_minor=1), IN_TIME),
    (Kind.NOT_CONFIRMED, replace(GOOD, status=Status.AWAITING_PAYMENT), IN_TIME),
    (Kind.NOT_CONFIRMED, replace(GOOD, status=Status.UNCONFIRMED), IN_TIME),
    (Kind.NOT_CONFIRMED, replace(GOOD, status=Status.PENDING), IN_TIME),
    (Kind.OTHER_DAY, GOOD, clock(14, day=2)),
    (Kind.TOO_EARLY, GOOD, clock(12, 59)),
    (Kind.TOO_LATE, GOOD, clock(14, 31)),
    (Kind.TOO_EARLY, replace(GOOD, window=OPEN), datetime(2027, 1, 31, 14, tzinfo=ZoneInfo(SEOUL))),
    (Kind.OUT_OF_DATE, replace(GOOD, window=OPEN), datetime(2027, 3, 1, 0, 1, tzinfo=ZoneInfo(SEOUL))),
    (Kind.USED, replace(GOOD, uses_left=0), IN_TIME),
    (Kind.USED, replace(GOOD, status=Status.REDEEMED), IN_TIME),
    (Kind.NO_USES_LEFT, replace(GOOD, uses=3, uses_left=0), IN_TIME),
    (Kind.NO_USES_LEFT, replace(GOOD, uses=3, status=Status.REDEEMED), IN_TIME),
    (Kind.CANCELLED, replace(GOOD, status=Status.CANCELLED), IN_TIME),
    (Kind.CANCELLED, replace(GOOD, status=Status.EXPIRED), IN_TIME),
    (Kind.REPLACED, replace(GOOD, replaced=True), IN_TIME),
    (Kind.ELSEWHERE, replace(GOOD, here=False), IN_TIME),
    (Kind.UNKNOWN, replace(GOOD, reading=Kind.UNKNOWN), IN_TIME),
    (Kind.FORGED, replace(GOOD, reading=Kind.FORGED), IN_TIME),
    (Kind.UNREADABLE, replace(GOOD, reading=Kind.UNREADABLE), IN_TIME),
]


def test_every_answer_is_tried() -> None:
    assert {kind for kind, _, _ in ANSWERS} == set(Kind)


@pytest.mark.parametrize(("kind", "facts", "now"), ANSWERS)
def test_the_gate_answers(kind: Kind, facts: Facts, now: datetime) -> None:
    answer = verdict(facts, now)
    assert answer.kind is kind
    assert (answer.admit > 0) == (kind in ADMITTING)


@pytest.mark.parametrize(("kind", "facts", "now"), ANSWERS)
def test_every_answer_has_a_sentence(kind: Kind, facts: Facts, now: datetime) -> None:
    told = Told(
        number="CF-10001", status=facts.status, party=facts.heads, window=facts.window, departs_at=DEPARTS
    )
    assert message(kind, told, now).endswith(".")


# --- which reason counts first ------------------------------------------------------------------

# Everything is wrong at once; each step takes the first reason away and the next one speaks.
WRONG = Facts(
    reading=Kind.FORGED,
    status=Status.CANCELLED,
    replaced=True,
    here=False,
    window=WINDOW,
    balance_minor=1,
    uses_left=0,
    note=True,
    heads=2,
    arrived=1,
)
STEPS = [
    (Kind.FORGED, {}, clock(18)),
    (Kind.CANCELLED, {"reading": Kind.ADMIT}, clock(18)),
    (Kind.NOT_CONFIRMED, {"status": Status.PENDING}, clock(18)),
    (Kind.REPLACED, {"status": Status.CONFIRMED}, clock(18)),
    (Kind.ELSEWHERE, {"replaced": False}, clock(18)),
    (Kind.TOO_LATE, {"here": True}, clock(18)),
    (Kind.COLLECT, {}, IN_TIME),
    (Kind.USED, {"balance_minor": 0}, IN_TIME),
    (Kind.CHECK, {"uses_left": 1}, IN_TIME),
    (Kind.PARTLY_IN, {"note": False}, IN_TIME),
    (Kind.ADMIT, {"arrived": 0}, IN_TIME),
]


def test_reasons_count_in_their_order_and_the_repeat_comes_last() -> None:
    facts, heard = WRONG, []
    for _, mended, now in STEPS:
        facts = replace(facts, **mended)
        heard.append(verdict(facts, now).kind)
    assert heard == [kind for kind, _, _ in STEPS]


@pytest.mark.parametrize("uses_left", [0, 1])
def test_a_cancelled_ticket_that_was_used_once_is_cancelled_not_used(uses_left: int) -> None:
    facts = replace(GOOD, status=Status.CANCELLED, uses_left=uses_left, arrived=1)
    assert verdict(facts, IN_TIME).kind is Kind.CANCELLED


# --- force --------------------------------------------------------------------------------------

UNTIMELY = [answer for answer in ANSWERS if answer[0] in TIME_RULES]
STANDING = [answer for answer in ANSWERS if answer[0] not in TIME_RULES | ADMITTING]


@pytest.mark.parametrize(("kind", "facts", "now"), UNTIMELY)
def test_a_force_overrides_the_rules_of_time(kind: Kind, facts: Facts, now: datetime) -> None:
    assert verdict(facts, now, forced=True) == Verdict(Kind.ADMIT, admit=1, forced=True)


@pytest.mark.parametrize(("kind", "facts", "now"), STANDING)
def test_a_force_overrides_nothing_else(kind: Kind, facts: Facts, now: datetime) -> None:
    assert verdict(facts, now, forced=True) == Verdict(kind)


@pytest.mark.parametrize(("kind", "facts", "now"), UNTIMELY)
def test_outside_the_hours_too_a_force_spends_no_use_that_is_gone(
    kind: Kind, facts: Facts, now: datetime
) -> None:
    assert verdict(replace(facts, uses_left=0), now, forced=True).kind is Kind.USED
    assert verdict(replace(facts, status=Status.CANCELLED), now, forced=True).kind is Kind.CANCELLED


def test_a_force_that_was_not_needed_is_not_told() -> None:
    assert verdict(GOOD, IN_TIME, forced=True) == Verdict(Kind.ADMIT, admit=1)


# --- heads --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "arrived", "asked", "admitted"), [(5, 0, None, 5), (5, 0, 3, 3), (5, 3, None, 2), (5, 3, 9, 2)]
)
def test_the_whole_rest_comes_in_unless_a_number_is_given(
    heads: int, arrived: int, asked: int | None, admitted: int
) -> None:
    assert verdict(replace(GOOD, heads=heads, arrived=arrived), IN_TIME, heads=asked).admit == admitted


def test_a_no_show_who_comes_after_all_is_returned_inside_the_hours_only() -> None:
    gone = replace(GOOD, status=Status.NO_SHOW)
    assert verdict(gone, IN_TIME) == Verdict(Kind.ADMIT, admit=1, returns=True)
    assert verdict(gone, clock(18)) == Verdict(Kind.TOO_LATE)


# --- hours --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        (clock(0, 0), Kind.TOO_EARLY),
        (clock(12, 59), Kind.TOO_EARLY),
        (clock(13, 0), None),
        (clock(14, 30), None),
        (clock(14, 31), Kind.TOO_LATE),
        (clock(23, 59), Kind.TOO_LATE),
        (clock(0, 0, day=2), Kind.OTHER_DAY),
        (datetime(2027, 1, 31, 23, 59, tzinfo=ZoneInfo(SEOUL)), Kind.OTHER_DAY),
    ],
)
def test_hours_around_a_departure(now: datetime, kind: Kind | None) -> None:
    assert WINDOW.verdict(now) is kind


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        ("2027-01-31T22:00", Kind.OTHER_DAY),
        ("2027-02-01T22:59", Kind.TOO_EARLY),
        ("2027-02-01T23:00", None),
        ("2027-02-02T00:00", None),
        ("2027-02-02T00:30", None),
        ("2027-02-02T00:31", Kind.TOO_LATE),
        ("2027-02-03T00:00", Kind.OTHER_DAY),
    ],
)
def test_a_midnight_departure_admits_from_the_evening_before(now: str, kind: Kind | None) -> None:
    midnight = datetime(2027, 2, 2, tzinfo=ZoneInfo(SEOUL))
    window = departure_window(midnight, date(2027, 2, 2), SEOUL, 60, 30)
    assert window.verdict(datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(SEOUL))) is kind


def test_the_day_is_that_of_the_product_not_of_the_counter() -> None:
    """It is still Sunday in New York when the gate of a Monday tour in Seoul opens."""
    assert WINDOW.verdict(clock(13, 30).astimezone(ZoneInfo("America/New_York"))) is None
    assert WINDOW.verdict(clock(10).astimezone(ZoneInfo("America/New_York"))) is Kind.TOO_EARLY


@pytest.mark.parametrize(
    ("day", "starts", "utc"), [(28, time(2, 30), 1), (28, time(3, 30), 1), (27, time(2, 30), 1)]
)
def test_in_the_night_the_clock_jumps_forward_the_skipped_hour_is_the_next_one(
    day: int, starts: time, utc: int
) -> None:
    leaves = Schedule(starts, 60, 8).departs_at(date(2027, 3, day), "Europe/Oslo")
    assert (leaves.hour, leaves.minute) == (utc, 30)


def test_in_the_night_the_clock_is_put_back_the_window_keeps_its_length() -> None:
    leaves = Schedule(time(2, 30), 60, 8).departs_at(date(2027, 10, 31), "Europe/Oslo")
    window = departure_window(leaves, date(2027, 10, 31), "Europe/Oslo", 120, 60)
    assert leaves == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)  # the first of the two half past twos
    told = [window.verdict(leaves + timedelta(minutes=n)) for n in (-121, -120, 0, 60, 61)]
    assert told == [Kind.TOO_EARLY, None, None, None, Kind.TOO_LATE]


@pytest.mark.parametrize(("day", "kind"), [(31, Kind.OTHER_DAY), (1, None), (2, Kind.OTHER_DAY)])
def test_a_departure_without_a_time_admits_all_its_day(day: int, kind: Kind | None) -> None:
    now = datetime(2027, 1 if day == 31 else 2, day, 23, 30, tzinfo=ZoneInfo(SEOUL))
    assert Window(SEOUL, day=DAY).verdict(now) is kind


def test_both_ends_of_a_validity_are_included() -> None:
    days = [(date(2027, 1, 31), Kind.TOO_EARLY), (date(2027, 2, 1), None), (date(2027, 2, 28), None)]
    days.append((date(2027, 3, 1), Kind.OUT_OF_DATE))
    for day, kind in days:
        assert OPEN.verdict(datetime.combine(day, time(12), ZoneInfo(SEOUL))) is kind


@given(
    st.integers(-3000, 3000).map(lambda minutes: DEPARTS + timedelta(minutes=minutes)),
    st.booleans(),
    st.integers(0, 5),
)
def test_whoever_comes_in_was_let_in_by_the_hours_or_by_force(
    now: datetime, forced: bool, uses_left: int
) -> None:
    answer = verdict(replace(GOOD, heads=5, uses=5, uses_left=uses_left), now, forced=forced)
    in_time = DEPARTS - timedelta(hours=1) <= now <= DEPARTS + timedelta(minutes=30)
    assert (answer.admit > 0) == ((in_time or forced) and uses_left > 0)
    assert not answer.forced or not in_time
