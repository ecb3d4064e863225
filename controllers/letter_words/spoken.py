"""Says days, times and money the way the traveler's language writes them, on the clock of the trip's place."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from models.money import Money, digits


def locale_of(language: str) -> str:
    """The name under which babel knows one of our languages."""
    return language.replace("-", "_") or "en"


def day_words(day: date, language: str) -> str:
    """'Friday, 5 February 2027'."""
    from babel.dates import format_date

    pattern = "EEEE, d MMMM y" if language == "en" else "full"
    return str(format_date(day, pattern, locale=locale_of(language)))


def time_words(at: datetime, language: str) -> str:
    """'14:00', '오후 2:00': as the language's clocks say it. `at` is aware, in the trip's zone."""
    from babel.dates import format_time

    if language in ("en", "ja"):
        return f"{at:%H:%M}"
    pattern = (
        "aaaa h:mm" if language == "ko" else "aaaah:mm"
    )  # the whole word: short, babel says PM in Korean, too
    return str(format_time(at, pattern, tzinfo=at.tzinfo, locale=locale_of(language)))


def moment_words(at: datetime, language: str) -> str:
    """Day and time in one; only English parts them by a comma."""
    between = " " if language in ("ko", "ja", "zh-TW") else ", "
    return between.join((day_words(at.date(), language), time_words(at, language)))


def money_words(money: Money, language: str) -> str:
    """'₩75,000', '€12.50', in the minor digits of the currency."""
    from babel.numbers import format_currency

    amount = Decimal(money.minor).scaleb(-digits(money.currency))
    places = digits(money.currency)
    pattern = "¤#,##0" + ("." + "0" * places if places else "")
    return str(
        format_currency(amount, money.currency, pattern, locale=locale_of(language), currency_digits=False)
    )
