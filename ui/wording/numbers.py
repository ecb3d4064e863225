"""Money, counts and parties in words and digits."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from models.money import Money, digits

translate = QCoreApplication.translate

# Only signs that mean one currency; the others are called by their code.
_SIGNS = {"KRW": "₩", "EUR": "€", "GBP": "£", "THB": "฿", "VND": "₫", "PHP": "₱"}
_COINS = {**_SIGNS, "JPY": "¥", "CNY": "¥", "USD": "$", "TWD": "$", "HKD": "$", "SGD": "$", "AUD": "$"}


def money_words(money: Money) -> str:
    """'₩78,000', 'TWD 3,200', '€12.50', '−₩117,000'; whole amounts are written without decimals."""
    text = amount_digits(money)
    sign = _SIGNS.get(money.currency)
    body = f"{sign}{text}" if sign else f"{money.currency}\u00a0{text}"
    return f"−{body}" if money.minor < 0 else body


def amount_digits(money: Money) -> str:
    """The amount alone, without its sign: '3,200' or '12.50'."""
    places = digits(money.currency)
    whole, rest = divmod(abs(money.minor), 10**places)
    text = number_words(whole)
    if not rest:
        return text
    return f"{text}{QLocale().decimalPoint()}{rest:0{places}d}"


def coin_sign(currency: str) -> str:
    """The sign on the coin of COLLECT; the currency's letters where it has none."""
    return _COINS.get(currency, currency)


def number_words(number: int) -> str:
    """'48,231'."""
    return QLocale().toString(number)


def percent(share: float) -> str:
    """'98.4 %'."""
    shown = Decimal(share * 100).quantize(Decimal("0.1")).normalize()
    return f"{format(shown, 'f').replace('.', QLocale().decimalPoint())} %"


def party_words(adults: int = 0, children: int = 0, infants: int = 0, others: int = 0) -> str:
    """'2 adults, 1 child'."""
    return ", ".join(f"{count} {unit}" for count, unit in party_units(adults, children, infants, others))


def party_units(
    adults: int = 0, children: int = 0, infants: int = 0, others: int = 0
) -> tuple[tuple[str, str], ...]:
    """The same, a number and a word at a time, as the verdict writes them beside the large number."""
    units = (
        (adults, translate("numbers", "adult"), translate("numbers", "adults")),
        (children, translate("numbers", "child"), translate("numbers", "children")),
        (infants, translate("numbers", "infant"), translate("numbers", "infants")),
        (others, translate("numbers", "traveler"), translate("numbers", "travelers")),
    )
    return tuple((str(count), one if count == 1 else many) for count, one, many in units if count)
