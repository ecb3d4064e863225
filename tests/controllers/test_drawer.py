"""The drawer of a counter: opened with a count, closed with a count, and what does not agree is told."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from controllers import currencies, drawer, payments, sale
from controllers.desk import Desk
from models.money import Money
from models.refusals import CannotDo
from models.reservations import Status
from models.sale import Sale
from models.tables import Payment
from models.tender import Taken
from tests.builders import DAY, a_product, a_reservation, everything, somebody_else
from tests.fakes import StillClock


def a_sale(desk: Desk, taken: Taken, sale_id: str = "one") -> None:
    units = [{"name": "Adult", "price": "39000"}]
    a_product(
        desk, options=[{"name": "Noon", "starts": "12:00", "capacity": 9, "units": units}], currency="KRW"
    )
    offer = sale.till(DAY, desk=desk).offers[0]
    what = Sale(offer.option_id, offer.departs_at, ((offer.units[0].id, 2),), "Anna Sample")
    sale.sell(what, desk=desk, sale_id=sale_id, taken=[taken])


def test_a_shift_expects_what_it_was_opened_with_and_what_was_taken_since(desk: Desk) -> None:
    a_sale(desk, Taken("cash"), "before the count")
    forward(desk)
    drawer.open_shift({"KRW": 50_000}, desk=desk)
    forward(desk)
    a_sale(desk, Taken("cash", Money(100_000, "KRW")), "after it")
    a_sale(desk, Taken("card"), "by card")
    found = drawer.see_drawer(desk=desk)
    assert found is not None
    assert found.expected == {"KRW": 128_000}
    assert found.by_method == {"cash": {"KRW": 78_000}, "card": {"KRW": 78_000}}


def test_dollars_lie_in_the_drawer_and_what_was_taken_adds_up(desk: Desk) -> None:
    currencies.take_currencies({"USD": "1342.5"}, desk=desk)
    drawer.open_shift({"KRW": 50_000}, desk=desk)
    a_sale(desk, Taken("cash", Money(6_000, "USD")), "with change")
    a_sale(desk, Taken("cash", Money(5_811, "USD")), "exactly")
    a_sale(desk, Taken("card", Money(5_811, "USD"), "0147"), "by card")
    found = drawer.see_drawer(desk=desk)
    assert found is not None
    assert found.by_method == {"card": {"KRW": 0, "USD": 5_811}, "cash": {"KRW": -2_550, "USD": 11_811}}
    assert found.expected == {"KRW": 47_450, "USD": 11_811}


def test_a_balance_paid_in_cash_lies_in_the_drawer_too(desk: Desk) -> None:
    drawer.open_shift({}, desk=desk)
    a_product(desk)
    one = a_reservation(desk, Status.AWAITING_PAYMENT)
    done = payments.pay(one, desk=desk, method="cash", amount="75000", handed=Money(80_000, "KRW"))
    assert done.facts["change"] == 5_000
    found = drawer.see_drawer(desk=desk)
    assert found is not None
    assert found.expected == {"KRW": 75_000}


def test_cash_for_two_balances_of_one_order_is_counted_once(desk: Desk) -> None:
    drawer.open_shift({}, desk=desk)
    a_product(desk)
    one = a_reservation(desk, Status.AWAITING_PAYMENT)
    with desk.database.transaction() as connection:
        more = {
            "amount_minor": 20_000,
            "state": "DUE",
            "collector": "us",
            "currency": "KRW",
            "at": desk.now(),
        }
        connection.execute(insert(Payment), {"reservation_id": one, "method": "", **more})
    payments.pay(one, desk=desk, method="cash", amount="95000", handed=Money(100_000, "KRW"))
    found = drawer.see_drawer(desk=desk)
    assert found is not None
    assert found.expected == {"KRW": 95_000}


def test_cash_put_in_and_taken_out_counts_with_its_reason(desk: Desk) -> None:
    drawer.open_shift({"KRW": 50_000}, desk=desk)
    drawer.move_cash(Money(-30_000, "KRW"), desk=desk, reason="to the bank")
    assert drawer.move_cash(Money(5_000, "KRW"), desk=desk, reason="coins").expected == {"KRW": 25_000}
    with pytest.raises(CannotDo, match="move-reason-missing"):
        drawer.move_cash(Money(1, "KRW"), desk=desk, reason=" ")


def test_closing_tells_what_is_missing_and_ends_the_shift(desk: Desk) -> None:
    drawer.open_shift({"KRW": 50_000}, desk=desk)
    closed = drawer.close_shift({"KRW": 49_000}, desk=desk, note="a coin rolled away")
    assert closed.off == {"KRW": -1_000}
    assert drawer.see_drawer(desk=desk) is None
    with pytest.raises(CannotDo, match="no-shift"):
        drawer.close_shift({"KRW": 0}, desk=desk)


def test_a_counter_has_one_open_shift_and_another_counter_its_own(desk: Desk) -> None:
    drawer.open_shift({"KRW": 50_000}, desk=desk)
    before = everything(desk)
    with pytest.raises(CannotDo, match="shift-open"):
        drawer.open_shift({"KRW": 1}, desk=desk)
    assert everything(desk) == before
    other = desk.at_counter("Pier 2")
    drawer.open_shift({"KRW": 1}, desk=other)
    a_sale(desk, Taken("cash"))
    found = drawer.see_drawer(desk=other)
    assert found is not None
    assert found.expected == {"KRW": 1}


@pytest.mark.parametrize("minor", [-1, 10**14])
def test_what_cannot_be_a_count_is_refused(desk: Desk, minor: int) -> None:
    with pytest.raises(CannotDo, match="count-wrong"):
        drawer.open_shift({"KRW": minor}, desk=desk)


def forward(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, StillClock)
    clock.forward(minutes=1)


# --- which currencies the till takes --------------------------------------------------------------


def test_a_manager_decides_which_currencies_are_taken(desk: Desk) -> None:
    rates = currencies.take_currencies({"usd": "1,342.5", "JPY": "9.1"}, desk=desk)
    assert rates.currencies == ("KRW", "JPY", "USD")
    assert currencies.see_currencies(desk=desk) == rates
    other = somebody_else(desk)
    with pytest.raises(CannotDo, match="not-allowed"):
        currencies.take_currencies({}, desk=other)


@pytest.mark.parametrize(
    ("code", "rate", "refused"),
    [
        ("XXQ", "1", "currency-unknown"),
        ("KRW", "1", "currency-unknown"),
        ("", "1", "currency-unknown"),
        ("USD", "0", "rate-wrong"),
        ("USD", "-3", "rate-wrong"),
        ("USD", "many", "rate-wrong"),
        ("USD", "1e99", "rate-wrong"),
        ("USD", "1e-9", "rate-wrong"),
        ("USD", "0.0000000001", "rate-wrong"),
        ("USD", "1.342,5", "rate-wrong"),
        ("USD", "NaN", "rate-wrong"),
    ],
)
def test_what_is_no_currency_or_rate_is_refused(desk: Desk, code: str, rate: str, refused: str) -> None:
    before = everything(desk)
    with pytest.raises(CannotDo, match=refused):
        currencies.take_currencies({code: rate}, desk=desk)
    assert everything(desk) == before
