"""What must lie in a cash drawer: what it was opened with, what was taken and given back, put in and taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from models.frozen import frozen
from models.money import Money

Amounts = Mapping[str, int]
"""Minor units by currency."""


@frozen
class MoneyTaken:
    """One payment: what was handed over, and the change that went back."""

    handed: Money
    change: Money


@frozen
class Drawer:
    """A shift as it stands: `expected` is what should be counted now, `by_method` what was taken in all.

    What was taken is told in the currency that came over the counter, less the change: what the drawer was opened
    with, the cash and what was moved are together what is expected, and cards are what their slips say.
    `opened_at` is in the operator's zone.
    """

    opened_at: datetime
    opened_by: str
    opened_with: Amounts
    expected: Amounts
    by_method: Mapping[str, Amounts]
    moved: Amounts


@frozen
class ShiftClosed:
    """The end of a shift. `off` is counted less expected: below 0 something is missing."""

    expected: Amounts
    counted: Amounts

    @property
    def off(self) -> Amounts:
        """By currency, only where it does not agree."""
        all_of_them = sorted({*self.expected, *self.counted})
        by = {one: self.counted.get(one, 0) - self.expected.get(one, 0) for one in all_of_them}
        return {one: minor for one, minor in by.items() if minor}


def expected_in(opened_with: Amounts, taken: Iterable[MoneyTaken], moves: Iterable[Money]) -> dict[str, int]:
    """What must lie in the drawer, by currency. Change is given in the currency of the order."""
    sums: Counter[str] = Counter()
    sums.update(opened_with)
    for one in taken:
        sums[one.handed.currency] += one.handed.minor
        sums[one.change.currency] -= one.change.minor
    for money in moves:
        sums[money.currency] += money.minor
    return {currency: minor for currency, minor in sorted(sums.items()) if minor or currency in opened_with}
