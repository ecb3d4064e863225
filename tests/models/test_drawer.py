"""What must lie in the drawer adds up in every currency."""

from __future__ import annotations

from models.drawer import MoneyTaken, ShiftClosed, expected_in
from models.money import Money


def test_the_drawer_is_what_it_was_opened_with_and_what_came_and_went() -> None:
    taken = [
        MoneyTaken(Money(100_000, "KRW"), Money(2_500, "KRW")),
        MoneyTaken(Money(8_000, "USD"), Money(9_900, "KRW")),
    ]
    expected = expected_in({"KRW": 50_000}, taken, [Money(-30_000, "KRW")])
    assert expected == {"KRW": 107_600, "USD": 8_000}


def test_what_does_not_agree_is_told_by_currency() -> None:
    assert ShiftClosed({"KRW": 100, "USD": 5}, {"KRW": 90, "USD": 5, "JPY": 1}).off == {"JPY": 1, "KRW": -10}
    assert ShiftClosed({"KRW": 100}, {"KRW": 100}).off == {}
