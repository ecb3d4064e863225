"""What goes back when a reservation is cancelled, by which tier, and in which days it should be seen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.orders import Collector
from models.payments import (
    DEFAULT_TIERS,
    MoneyState,
    Paid,
    PaymentStatus,
    Tier,
    due_to_us,
    paid_to,
    payment_status,
    refund_due,
    refund_for,
    refund_window,
    tiers_of,
)
from models.reservations import Cause, Status

DEPARTS = datetime(2027, 2, 1, 5, tzinfo=UTC)
TIERS = tiers_of(
    [{"until_days": 1, "percent": 50}, {"until_days": 7}, {"until_days": 3, "percent": 80, "fee_minor": 1000}]
)


def test_tiers_are_tried_from_the_earliest_limit_on() -> None:
    assert list(TIERS) == [Tier(7, 100), Tier(3, 80, 1000), Tier(1, 50)]


@pytest.mark.parametrize(
    ("before", "amount", "percent"),
    [
        (timedelta(days=30), 75000, 100),
        (timedelta(days=7), 75000, 100),
        (timedelta(days=7) - timedelta(microseconds=1), 59000, 80),
        (timedelta(days=3), 59000, 80),
        (timedelta(hours=71, minutes=59), 37500, 50),
        (timedelta(days=1), 37500, 50),
        (timedelta(hours=23, minutes=59), 0, 0),
        (timedelta(), 0, 0),
        (timedelta(days=-5), 0, 0),
    ],
)
def test_a_tier_ends_so_many_times_24_hours_before_departure(
    before: timedelta, amount: int, percent: int
) -> None:
    due = refund_due(75000, TIERS, DEPARTS, DEPARTS - before)
    assert (due.amount_minor, due.percent) == (amount, percent)


def test_the_tier_that_decided_is_named() -> None:
    said = [refund_due(100, TIERS, DEPARTS, DEPARTS - timedelta(days=n)).tier for n in (8, 4, 0)]
    assert said == ["until 7 days before: 100 %", "until 3 days before: 80 %", "later than every limit: 0 %"]


def test_an_open_dated_ticket_gets_the_earliest_tier() -> None:
    assert refund_due(75000, TIERS, None, DEPARTS).amount_minor == 75000


def test_a_fee_never_makes_a_refund_negative() -> None:
    assert refund_due(500, (Tier(1, 100, 1000),), DEPARTS, DEPARTS - timedelta(days=2)).amount_minor == 0


def test_the_house_rule_is_everything_until_a_day_before() -> None:
    tiers = tiers_of(DEFAULT_TIERS)
    assert [refund_due(9, tiers, DEPARTS, DEPARTS - timedelta(hours=h)).amount_minor for h in (24, 23)] == [
        9,
        0,
    ]


@pytest.mark.parametrize("status", [Status.AWAITING_PAYMENT, Status.UNCONFIRMED, Status.PENDING])
@pytest.mark.parametrize("cause", Cause)
def test_before_confirmation_everything_goes_back(status: Status, cause: Cause) -> None:
    assert refund_for(status, cause, 75000, TIERS, DEPARTS, DEPARTS).amount_minor == 75000


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.CANCEL_REQUESTED])
def test_after_confirmation_the_policy_counts_only_where_the_cause_is_theirs(status: Status) -> None:
    given_back = {
        cause: refund_for(status, cause, 75000, TIERS, DEPARTS, DEPARTS).amount_minor for cause in Cause
    }
    assert given_back == {Cause.OURS: 75000, Cause.FORCE_MAJEURE: 75000, Cause.THEIRS: 0}


@given(
    st.integers(0, 10**12),
    st.integers(0, 100),
    st.integers(0, 10**6),
    st.integers(0, 60),
    st.integers(-10, 80),
)
def test_a_refund_is_never_more_than_what_was_paid(
    paid: int, percent: int, fee: int, until: int, days: int
) -> None:
    due = refund_due(paid, (Tier(until, percent, fee),), DEPARTS, DEPARTS - timedelta(days=days))
    assert 0 <= due.amount_minor <= paid


def test_only_what_is_due_to_us_is_collected_and_only_what_is_done_is_paid() -> None:
    us, channel = Collector.US, Collector.CHANNEL
    rows = [
        Paid(amount, state, collector)
        for amount, state, collector in (
            (1, MoneyState.DUE, us),
            (2, MoneyState.DUE, us),
            (4, MoneyState.DONE, us),
            (8, MoneyState.FAILED, us),
            (16, MoneyState.DUE, channel),
            (32, MoneyState.DONE, channel),
        )
    ]
    assert (due_to_us(rows), paid_to(rows, us), paid_to(rows, channel)) == (3, 4, 32)


@pytest.mark.parametrize(
    ("country", "cancelled", "first", "last"),
    [
        ("KR", "2026-09-23", "2026-09-29", "2026-10-02"),  # over Chuseok
        ("KR", "2026-12-31", "2027-01-05", "2027-01-08"),  # over New Year and a weekend
        ("KR", "2027-01-15", "2027-01-19", "2027-01-22"),  # a Friday
        ("KR", "2027-01-16", "2027-01-19", "2027-01-22"),  # a Saturday
        ("XX", "2027-01-01", "2027-01-05", "2027-01-08"),  # a country nobody knows has weekends only
    ],
)
def test_a_refund_is_seen_two_to_five_business_days_after_the_day_of_cancelling(
    country: str, cancelled: str, first: str, last: str
) -> None:
    window = refund_window(date.fromisoformat(cancelled), country, frozenset())
    assert window == (date.fromisoformat(first), date.fromisoformat(last))


def test_our_own_closed_days_are_no_business_days() -> None:
    closed = frozenset({date(2027, 1, 18), date(2027, 1, 20)})
    assert refund_window(date(2027, 1, 15), "KR", closed) == (date(2027, 1, 21), date(2027, 1, 26))


@pytest.mark.parametrize(
    ("payments", "refunds", "word"),
    [
        ([], 0, PaymentStatus.NOTHING),
        ([Paid(1, MoneyState.FAILED, Collector.US)], 0, PaymentStatus.NOTHING),
        ([Paid(1, MoneyState.DONE, Collector.CHANNEL)], 0, PaymentStatus.PAID),
        (
            [Paid(1, MoneyState.DONE, Collector.US), Paid(2, MoneyState.DUE, Collector.US)],
            0,
            PaymentStatus.DUE,
        ),
        ([Paid(2, MoneyState.DUE, Collector.CHANNEL)], 0, PaymentStatus.OPEN),
        ([Paid(1, MoneyState.DONE, Collector.US)], 1, PaymentStatus.REFUND),
    ],
)
def test_one_word_says_how_an_order_stands_with_its_money(
    payments: list[Paid], refunds: int, word: PaymentStatus
) -> None:
    assert payment_status(payments, refunds) is word
