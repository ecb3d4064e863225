"""Reads the money cells of a row, and refuses the row rather than guessing an amount."""

from __future__ import annotations

from functools import lru_cache

from controllers.channels.raw import RowRefused
from controllers.channels.text import nothing
from models.money import Money, currency_of, digits, parse


@lru_cache(maxsize=8192)
def amount(text: str, currency: str = "") -> Money | None:
    """The amount, None where the cell is empty; `currency` serves where the text names none."""
    if nothing(text):
        return None
    known = currency_of(currency) or currency_of(text)
    if not known and any(letter.isdigit() for letter in text):
        raise RowRefused("currency-missing")
    try:
        return parse(text[:100], currency_of(currency))
    except ValueError as error:
        raise RowRefused("amount-not-understood") from error


def minor(value: object, currency: str, precision: object = None) -> Money | None:
    """Money that an API tells in minor units, with its own count of decimals."""
    code = currency.strip().upper()
    if isinstance(value, bool) or not isinstance(value, int) or len(code) != 3:
        return None
    if abs(value) >= 10**15:
        raise RowRefused("amount-not-understood")
    places = precision if isinstance(precision, int) and 0 <= precision <= 6 else digits(code)
    shift = digits(code) - places
    return Money(value * 10**shift if shift >= 0 else round(value / 10**-shift), code)
