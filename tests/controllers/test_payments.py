"""Money at the desk: taken once, never too much, and given back by the tier that the day of cancelling gives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from controllers import payments, reservations, viewing
from controllers.desk import Desk
from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.tables import Refund
from tests.builders import (
    DEPARTS,
    a_product,
    a_reservation,
    an_operator,
    everything,
    kkday_row,
    paid,
    refunds,
    reservation,
    take,
    taken,
)
from tests.fakes import StillClock

TIERS = [
    {"until_days": 7},
    {"until_days": 3, "percent": 50},
    {"until_days": 1, "percent": 50, "fee": "10000"},
]


def on_balance(desk: Desk, **told: str) -> int:
    """A confirmed order of our own booking page with a deposit paid and 25,000 won still due to us."""
    row = {
        "source": "MySite",
        "status": "Confirmed",
        "balance": "KRW 25,000",
        "payment": "Deposit paid",
        **told,
    }
    return taken(desk, kkday_row(**row))[0]


# --- taking -------------------------------------------------------------------------------------


def test_money_taken_settles_the_order_and_moves_it_on(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.AWAITING_PAYMENT)
    assert paid(desk, one) == [(75000, "DUE", "us")]
    assert payments.pay(one, desk=desk, method="cash", amount="75000").status is Status.UNCONFIRMED
    assert paid(desk, one) == [(75000, "DONE", "us")]


def test_a_paid_order_of_an_instant_product_is_confirmed_at_once_while_there_is_room(desk: Desk) -> None:
    a_product(desk, capacity=2, confirmation="instant")
    first = a_reservation(desk, Status.AWAITING_PAYMENT, sold_by="kkday")
    second = a_reservation(desk, Status.AWAITING_PAYMENT, sold_by="kkday")
    for one, status in ((first, Status.CONFIRMED), (second, Status.UNCONFIRMED)):
        assert payments.pay(one, desk=desk, method="cash", amount="75000").status is status


def test_a_balance_is_taken_in_parts_and_is_then_settled(desk: Desk) -> None:
    a_product(desk)
    one = on_balance(desk)
    payments.pay(one, desk=desk, method="cash", amount="10,000")
    assert paid(desk, one) == [(10000, "DONE", "us"), (15000, "DUE", "us"), (50000, "DONE", "us")]
    payments.pay(one, desk=desk, method="card", amount="15000")
    assert paid(desk, one) == [(10000, "DONE", "us"), (15000, "DONE", "us"), (50000, "DONE", "us")]
    assert reservation(desk, one).status is Status.CONFIRMED


def test_cents_are_taken_where_the_currency_has_them(desk: Desk) -> None:
    one = on_balance(desk, amount="EUR 120.50", balance="EUR 20.50")
    payments.pay(one, desk=desk, method="cash", amount="20.5")
    assert paid(desk, one) == [(2050, "DONE", "us"), (10000, "DONE", "us")]


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("25001", "too-much"),
        ("0", "amount-wrong"),
        ("-5", "amount-wrong"),
        ("", "amount-wrong"),
        ("ten", "amount-wrong"),
        ("12.50", "amount-wrong"),
        ("NaN", "amount-wrong"),
        ("1e400", "amount-wrong"),
    ],
)
def test_a_wrong_amount_is_refused_and_nothing_is_taken(a_desk: Desk, amount: str, code: str) -> None:
    a_product(a_desk)
    one = on_balance(a_desk)
    before = everything(a_desk)
    with pytest.raises(CannotDo) as refused:
        payments.pay(one, desk=a_desk, method="cash", amount=amount)
    assert refused.value.code == code
    assert everything(a_desk) == before


def test_what_is_due_to_the_channel_is_not_taken_here(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row(status="Confirmed", balance="KRW 25,000", payment="Unpaid"))
    with pytest.raises(CannotDo, match="nothing-due"):
        payments.pay(one, desk=desk, method="cash", amount="25000")


# --- giving back --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "given_back"),
    [(8, 75000), (7, 75000), (6.9, 37500), (3, 37500), (2.9, 27500), (1, 27500), (0.9, 0), (0, 0)],
)
def test_a_traveler_who_cancels_gets_back_what_the_tier_of_that_day_gives(
    a_desk: Desk, clock: StillClock, days: float, given_back: int
) -> None:
    a_product(a_desk, refund=TIERS)
    one = a_reservation(a_desk, Status.CANCEL_REQUESTED)
    clock.set(DEPARTS - timedelta(days=days))
    reservations.accept(one, desk=a_desk)
    assert [amount for amount, _, _ in refunds(a_desk, one)] == ([given_back] if given_back else [])


@pytest.mark.parametrize(
    ("cause", "given_back"),
    [(Cause.OURS, [75000]), (Cause.FORCE_MAJEURE, [75000]), (Cause.THEIRS, [])],
)
def test_a_broken_promise_is_paid_back_in_full_unless_the_cause_is_theirs(
    desk: Desk, clock: StillClock, cause: Cause, given_back: list[int]
) -> None:
    a_product(desk, refund=TIERS)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(DEPARTS - timedelta(hours=1))
    reservations.cancel(one, desk=desk, reason="a storm comes", cause=cause)
    assert [amount for amount, _, _ in refunds(desk, one)] == given_back


@pytest.mark.parametrize("verb", ["withdraw", "cancel"])
def test_before_confirmation_everything_goes_back_even_on_the_day(
    desk: Desk, clock: StillClock, verb: str
) -> None:
    a_product(desk, refund=TIERS)
    one = a_reservation(desk)
    clock.set(DEPARTS - timedelta(hours=1))
    if verb == "withdraw":
        reservations.withdraw(one, desk=desk)
    else:
        reservations.cancel(one, desk=desk, reason="we are full", cause=Cause.THEIRS)
    assert refunds(desk, one) == [(75000, "us", "full refund")]


def test_what_was_never_paid_is_not_given_back_and_no_longer_due(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.AWAITING_PAYMENT)
    reservations.withdraw(one, desk=desk)
    assert refunds(desk, one) == []
    assert paid(desk, one) == [(75000, "FAILED", "us")]


def test_only_what_was_paid_goes_back_of_a_deposit(desk: Desk) -> None:
    a_product(desk)
    one = on_balance(desk)
    reservations.cancel(one, desk=desk, reason="a storm comes")
    assert refunds(desk, one) == [(50000, "us", "full refund")]
    assert paid(desk, one) == [(25000, "FAILED", "us"), (50000, "DONE", "us")]


def test_money_the_channel_holds_goes_back_there_and_says_so(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, sold_by="kkday")
    reservations.cancel(one, desk=desk, reason="a storm comes")
    assert refunds(desk, one) == [(75000, "channel", "full refund")]


def test_a_channel_that_cancels_by_itself_refunds_by_its_own_rules(desk: Desk) -> None:
    a_product(desk)
    row = kkday_row(status="Confirmed")
    (one,) = taken(desk, row)
    take(desk, {**row, "status": "Canceled"})
    assert reservation(desk, one).status is Status.CANCELLED
    assert refunds(desk, one) == []


def test_a_refund_says_when_it_should_be_seen(desk: Desk) -> None:
    an_operator(desk, closed_days=[date(2027, 1, 19)])
    a_product(desk)
    reservations.cancel(a_reservation(desk, Status.CONFIRMED), desk=desk, reason="a storm comes")
    with desk.reading() as look:
        row = look.execute(select(Refund)).one()
    assert (row.expected_from, row.expected_to) == (date(2027, 1, 20), date(2027, 1, 25))


def test_the_dialog_shows_what_the_press_will_do(desk: Desk, clock: StillClock) -> None:
    a_product(desk, refund=TIERS)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(DEPARTS - timedelta(days=5))
    before = everything(desk)
    shown = viewing.preview_cancel(one, Cause.THEIRS, desk=desk).plan
    assert everything(desk) == before
    reservations.cancel(one, desk=desk, reason="they cannot come", cause=Cause.THEIRS)
    with desk.reading() as look:
        row = look.execute(select(Refund)).one()
    assert (
        (row.amount_minor, row.tier)
        == (shown.ours.amount_minor, shown.ours.tier)
        == (
            37500,
            "until 3 days before: 50 %",
        )
    )
    assert (row.expected_from, row.expected_to) == (shown.expected_from, shown.expected_to)


def test_money_the_desk_took_is_not_counted_again_when_the_channel_hears_of_it(desk: Desk) -> None:
    a_product(desk)
    unpaid = kkday_row(source="MySite", status="New & Unpaid", payment="Unpaid", balance="KRW 75,000")
    (one,) = taken(desk, unpaid)
    payments.pay(one, desk=desk, method="cash", amount="75000")
    take(desk, {**unpaid, "status": "New & Paid", "payment": "Paid", "balance": "KRW 0"})
    reservations.withdraw(one, desk=desk)
    assert sum(amount for amount, _, _ in refunds(desk, one)) == 75000
