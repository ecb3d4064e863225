"""What stands on a receipt, or on the slip of an order that still waits for its money; drawing it is another's work."""

from __future__ import annotations

from datetime import date, datetime

from models.frozen import frozen
from models.money import Money
from models.prints import FIRST, Copy


@frozen
class ReceiptLine:
    """So many of one unit, and what one costs where that is known."""

    unit: str
    quantity: int
    price: Money | None

    @property
    def amount(self) -> Money | None:
        """What they cost together."""
        if self.price is None:
            return None
        return Money(self.price.minor * self.quantity, self.price.currency)


@frozen
class ReceiptPayment:
    """Money taken: when (aware, in the operator's zone), what was handed over for it, what went back, and where."""

    method: str
    amount: Money
    at: datetime
    slip: str = ""
    handed: Money | None = None
    change: Money | None = None
    counter: str = ""


@frozen
class Receipt:
    """`number` is our CF- number, `receipt` the receipt's own, '' where nothing was paid yet: then it is a slip.

    `counter` took the last of the money; who prints it again elsewhere took none.
    Times are aware; a departure's in the product's zone, everything else in the operator's.
    """

    language: str
    number: str
    receipt: str
    operator: str
    contact: str
    counter: str
    made_at: datetime
    product: str
    option: str
    departs_on: date | None
    departs_at: datetime | None
    valid_until: date | None
    lines: tuple[ReceiptLine, ...]
    total: Money | None
    payments: tuple[ReceiptPayment, ...]
    refunded: Money | None
    due: Money | None
    expires_at: datetime | None = None
    refund_terms: tuple[tuple[datetime, int], ...] = ()
    practice: bool = False
    copy: Copy = FIRST

    @property
    def is_slip(self) -> bool:
        """Whether it only says what is held and must be paid."""
        return not self.payments

    @property
    def is_deposit(self) -> bool:
        """Whether less than all was paid, and the rest may follow."""
        return bool(self.payments) and self.due is not None

    @property
    def paid(self) -> Money | None:
        """All that was taken."""
        if not self.payments:
            return None
        return Money(sum(one.amount.minor for one in self.payments), self.payments[0].amount.currency)
