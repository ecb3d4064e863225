"""What the traveler hands over: in which currency, what it is worth, and what goes back.

A rate says what one whole unit of a currency is worth in the operator's own: USD 1 = KRW 1,342.5. What is handed
over is worth the smaller unit below, what is asked for the smaller unit above, so a rate never costs the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from models.frozen import frozen
from models.money import MOST_MINOR, Money, digits, from_major, plain, typed_number
from models.refusals import CannotDo


class Method(StrEnum):
    """How money is handed over at the counter."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    MOBILE = "mobile"


MOST_WORTH = Decimal(10) ** 9
"""No unit of money is worth more of another, nor less than one part of it; that is a slip."""


@frozen
class Taken:
    """Money the desk takes: `handed` by the traveler (None: just what is due), the slip's number on a card's."""

    method: str
    handed: Money | None = None
    slip: str = ""


@frozen
class Settled:
    """What taking comes to, in the currency of the order: what it pays, and what goes back in cash."""

    paid: Money
    change: Money


@frozen
class Rates:
    """What the till takes: its own currency, and what one unit of each other one is worth in it."""

    own: str
    worth: Mapping[str, Decimal]

    @property
    def currencies(self) -> tuple[str, ...]:
        """Every currency the till takes, its own first."""
        return (self.own, *self.worth)

    def taken_for(self, currency: str) -> tuple[str, ...]:
        """In which currencies something may be paid: its own first. Where no rate is known, in its own alone."""
        if currency not in self.currencies:
            return (currency,)
        return (currency, *(one for one in self.currencies if one != currency))

    def value(self, money: Money, currency: str) -> Money:
        """What money handed over is worth in another currency. Raises CannotDo("currency-not-taken")."""
        return self._turned(money, currency, ROUND_FLOOR)

    def asked(self, money: Money, currency: str) -> Money:
        """What has to be handed over in another currency to pay this. Raises CannotDo("currency-not-taken")."""
        return self._turned(money, currency, ROUND_CEILING)

    def _turned(self, money: Money, currency: str, rounding: str) -> Money:
        if money.currency == currency:
            return money
        major = Decimal(money.minor).scaleb(-digits(money.currency))
        turned = (major * self._worth(money.currency) / self._worth(currency)).scaleb(digits(currency))
        if abs(turned) > MOST_MINOR:
            raise CannotDo("too-much-money", amount=str(money))
        return Money(int(turned.quantize(Decimal(1), rounding=rounding)), currency)

    def _worth(self, currency: str) -> Decimal:
        worth = Decimal(1) if currency == self.own else self.worth.get(currency)
        if worth is None:
            raise CannotDo("currency-not-taken", currency=currency, known=", ".join(self.currencies))
        return worth


def rates_of(own: str, kept: Iterable[Any]) -> Rates:
    """The rates as the operator's row keeps them; what is no rate is left out."""
    worth: dict[str, Decimal] = {}
    for one in kept:
        try:
            code, told = str(one["code"]), Decimal(str(one["worth"]))
        except (InvalidOperation, KeyError, TypeError):
            continue
        if is_rate(told) and code != own:
            worth[code] = told
    return Rates(own, worth)


def is_rate(worth: Decimal) -> bool:
    """Whether one currency can be worth so much of another."""
    return worth.is_finite() and 1 / MOST_WORTH <= worth <= MOST_WORTH


def handed_over(typed: str, due: Money, currency: str, rates: Rates | None) -> Money | None:
    """What the traveler handed over as it was typed: nothing typed is what is asked in that currency exactly.

    None where that is the amount due itself. Raises CannotDo("amount-wrong") or ("currency-not-taken").
    """
    if typed.strip():
        return amount_typed(typed, currency)
    return None if rates is None or currency == due.currency else rates.asked(due, currency)


def settle(taken: Taken, due: Money, rates: Rates) -> Settled:
    """What is paid of `due`, and the change.

    Cash may be more than is due and then comes back; anything else is refused as CannotDo("too-much"), and
    nothing handed over as CannotDo("nothing-handed"). Exactly what was asked in another currency pays all of it:
    the part of its smallest unit that had to be rounded up is nobody's change.
    """
    if taken.handed is None or (
        taken.handed.currency != due.currency and taken.handed == rates.asked(due, taken.handed.currency)
    ):
        return Settled(due, Money(0, due.currency))
    worth = rates.value(taken.handed, due.currency)
    if worth.minor <= 0:
        raise CannotDo("nothing-handed")
    if worth.minor > due.minor and taken.method != Method.CASH:
        raise CannotDo("too-much", due=str(due), number="")
    paid = min(worth, due)
    return Settled(paid, Money(worth.minor - paid.minor, due.currency))


def amount_typed(text: str, currency: str) -> Money:
    """What somebody typed as an amount of a currency: '49000', '49,000', '12.50'. Raises CannotDo("amount-wrong")."""
    example = plain(Money(4_900_000 if digits(currency) else 49_000, currency)).replace(",", "")
    try:
        whole = typed_number(text)
        money = from_major(whole, currency)
    except (InvalidOperation, ValueError) as error:
        raise CannotDo("amount-wrong", amount=text, currency=currency, example=example) from error
    if money.minor <= 0 or whole != Decimal(money.minor).scaleb(-digits(currency)):
        raise CannotDo("amount-wrong", amount=text, currency=currency, example=example)
    return money
