"""Money is a whole number of the smallest unit, read from every way a file may write it."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import Money, currency_of, digits, from_major, parse, plain

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("currency", "places"),
    [
        ("KRW", 0),
        ("JPY", 0),
        ("VND", 0),
        ("CLP", 0),
        ("TWD", 2),
        ("EUR", 2),
        ("USD", 2),
        ("IDR", 2),
        ("KWD", 3),
        ("TND", 3),
    ],
)
def test_decimals_are_those_of_the_iso_table(currency: str, places: int) -> None:
    assert digits(currency) == places


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("TWD 3,200", "", Money(320000, "TWD")),
        ("€ 147.00", "", Money(14700, "EUR")),
        ("JP¥ 9,800", "", Money(9800, "JPY")),
        ("98000", "KRW", Money(98000, "KRW")),
        ("₩49,000", "", Money(49000, "KRW")),
        ("49,000원", "", Money(49000, "KRW")),
        ("KRW 49,000.00", "", Money(49000, "KRW")),
        ("98.000", "KRW", Money(98000, "KRW")),
        ("1.234,56 €", "", Money(123456, "EUR")),
        ("1,234.56 EUR", "", Money(123456, "EUR")),
        ("1 234,50 €", "", Money(123450, "EUR")),
        ("CHF 1'234.50", "", Money(123450, "CHF")),
        ("12,5 EUR", "", Money(1250, "EUR")),
        ("US$ 12.50", "", Money(1250, "USD")),
        ("$12.50", "AUD", Money(1250, "AUD")),
        ("NT$3,200", "", Money(320000, "TWD")),
        ("3,200元", "", Money(320000, "TWD")),
        ("￥９，８００", "", Money(9800, "JPY")),
        ("RM 45.90", "", Money(4590, "MYR")),
        ("KWD 1.250", "", Money(1250, "KWD")),
        ("-€ 5.00", "", Money(-500, "EUR")),
        ("(5.00) EUR", "", Money(-500, "EUR")),
        ("0", "KRW", Money(0, "KRW")),
    ],
)
def test_every_spelling_of_an_amount_is_read(text: str, currency: str, expected: Money) -> None:
    assert parse(text, currency) == expected


@pytest.mark.parametrize("text", ["", "free", "EUR", "12.50", "per person", "won 5"])
def test_a_text_without_amount_or_currency_is_no_money(text: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        parse(text)


@pytest.mark.parametrize("amount", ["1e30", "NaN", "Infinity", "-1e15", "99999999999999.99"])
def test_amounts_beyond_any_price_are_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="no amount of ours"):
        from_major(Decimal(amount), "EUR")


def test_half_a_cent_is_rounded_up() -> None:
    assert from_major(Decimal("0.125"), "EUR") == Money(13, "EUR")


def test_the_words_of_a_text_are_no_currency() -> None:
    assert [currency_of(text) for text in ("all 5", "per Age 3", "TOP 10", "5 SGD")] == ["", "", "", "SGD"]


@given(st.integers(-(10**14), 10**14), st.sampled_from(["KRW", "TWD", "EUR", "KWD"]))
def test_what_is_written_plainly_is_read_back(minor: int, currency: str) -> None:
    assert parse(f"{currency} {plain(Money(minor, currency))}") == Money(minor, currency)


@given(st.text(max_size=40))
def test_whatever_a_cell_holds_gives_whole_units_or_no_amount(text: str) -> None:
    try:
        found = parse(text, "EUR")
    except ValueError:
        return
    assert type(found.minor) is int
    assert len(found.currency) == 3


def test_no_float_goes_near_money() -> None:
    files = ["models/money.py", "models/payments.py", "controllers/payments.py", "controllers/refunds.py"]
    guilty = [
        f"{name}:{node.lineno}"
        for name in files
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
    ]
    assert guilty == []
