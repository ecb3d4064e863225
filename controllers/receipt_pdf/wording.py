"""Says what stands on a receipt in the traveler's language; dates and refund terms as on the voucher.

The words are in `resources/receipt_words/`, one file a language, with the same keys in each.
"""

from __future__ import annotations

import functools
from pathlib import Path

from controllers.voucher_pdf import wording as voucher_wording
from controllers.voucher_pdf.wording import Words, read_words
from models.money import plain
from models.receipts import Receipt, ReceiptLine, ReceiptPayment
from models.rewards import METHOD
from models.tender import Method

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "receipt_words"


class ReceiptWords(Words):
    """What a receipt says; `voucher` are the voucher's words in the same language."""

    @property
    def voucher(self) -> voucher_wording.Wording:
        """How the same language speaks of dates and refunds."""
        return voucher_wording.wording(self.language)

    def heading(self, receipt: Receipt) -> str:
        """What kind of paper it is."""
        if receipt.is_slip:
            return self("slip")
        return self("deposit" if receipt.is_deposit else "title")

    def line(self, line: ReceiptLine) -> tuple[str, str]:
        """'2 × Adult', and what one of them costs ('' where there is but one)."""
        told = self("unit", quantity=line.quantity, unit=line.unit)
        if line.price is None or line.quantity == 1:
            return told, ""
        return told, self("each", price=plain(line.price))

    def payment(self, payment: ReceiptPayment) -> str:
        """'Cash, Mon 1 February 2027, 13:20'."""
        method = self(payment.method) if payment.method in {*Method, METHOD} else self("other")
        return self("paid_at", method=method, when=self.moment(payment.at))


@functools.cache
def wording(language: str) -> ReceiptWords:
    """The words of one of `models.vouchers.LANGUAGES`."""
    return ReceiptWords(language, read_words(_FOLDER, language))
