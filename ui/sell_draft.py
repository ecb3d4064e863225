"""A sale while it is put together: what was chosen and typed so far, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from models.frozen import frozen
from models.money import Money
from models.refusals import CannotDo
from models.sale import Offer, Sale, Way
from models.tender import Method, Rates, Settled, Taken, amount_typed, handed_over, settle


class PaidWith(StrEnum):
    """How it is paid, or that it is paid later."""

    CASH = Method.CASH.value
    CARD = Method.CARD.value
    TRANSFER = Method.TRANSFER.value
    MOBILE = Method.MOBILE.value
    LATER = "later"


@frozen
class Draft:
    """`counts` are by unit id. `handed` is the amount typed as received, '' for exactly what is to pay.

    `deposit` is the amount agreed as a deposit, as typed; None where all is to be paid.
    """

    offer: Offer | None = None
    counts: Mapping[int, int] = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    way: Way = Way.WALK_IN
    paid_with: PaidWith = PaidWith.CASH
    handed: str = ""
    currency: str = ""
    slip: str = ""
    deposit: str | None = None
    off: Money | None = None
    """What a reward code takes off."""

    @property
    def units(self) -> tuple[tuple[int, int], ...]:
        """(unit id, how many) of the units that somebody comes as."""
        return tuple((unit, count) for unit, count in self.counts.items() if count)

    @property
    def heads(self) -> int:
        """How many seats it takes."""
        return self.offer.heads(self.units) if self.offer else 0

    def total(self) -> Money | None:
        """What it costs, None as long as that cannot be said."""
        try:
            return self.offer.total(self.units) if self.offer else None
        except CannotDo:
            return None

    def price(self) -> Money | None:
        """What is left of it after the reward code."""
        total = self.total()
        if total is None or self.off is None:
            return total
        return Money(max(0, total.minor - self.off.minor), total.currency)

    def to_pay(self) -> Money | None:
        """What is to be paid now: all of it, or the deposit. Raises CannotDo("amount-wrong")."""
        total = self.price()
        if total is None or self.deposit is None or not self.deposit.strip():
            return total
        return min(total, amount_typed(self.deposit, total.currency))

    def agreed(self) -> Money | None:
        """The deposit that was agreed, None for all of it. Raises CannotDo("deposit-missing") or ("amount-wrong")."""
        if self.deposit is None or self.offer is None:
            return None
        if not self.deposit.strip():
            raise CannotDo("deposit-missing")
        return amount_typed(self.deposit, self.offer.currency)

    def taken(self, rates: Rates | None) -> tuple[Taken, ...]:
        """The money as it is handed over; nothing where it is paid later or costs nothing.

        What was typed as received counts in cash alone; a card and a transfer are what is asked.
        """
        due = self.to_pay()
        if self.paid_with is PaidWith.LATER or due is None or not due.minor:
            return ()
        cash = self.paid_with is PaidWith.CASH
        handed = handed_over(self.handed if cash else "", due, self.currency or due.currency, rates)
        return (Taken(self.paid_with, handed, "" if cash else self.slip),)

    def settled(self, rates: Rates) -> Settled | None:
        """What is paid and what goes back; None where nothing is handed over. Raises what `settle` refuses."""
        due, taken = self.to_pay(), self.taken(rates)
        return settle(taken[0], due, rates) if due is not None and taken else None

    def is_short(self, rates: Rates | None) -> bool:
        """Whether less is handed over than is to pay now: such a sale waits for the rest."""
        try:
            due, settled = self.to_pay(), self.settled(rates) if rates else None
        except CannotDo:
            return False
        return due is not None and settled is not None and settled.paid < due

    def sale(self) -> Sale:
        """The sale as the desk is asked for it. Raises CannotDo("nothing-chosen")."""
        if self.offer is None:
            raise CannotDo("nothing-chosen")
        return Sale(
            self.offer.option_id,
            self.offer.departs_at,
            self.units,
            self.name,
            self.phone,
            self.email,
            self.language,
            way=self.way,
        )
