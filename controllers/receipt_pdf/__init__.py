"""Prints receipts, and slips of what is held until it is paid: on a roll, or on a sheet.

It stands on the voucher's tools: the same fonts for every script, so that no name loses a sign.
"""

from __future__ import annotations

from dataclasses import replace

from controllers.voucher_pdf import Printed, one_at_a_time
from models.papers import Paper
from models.receipts import Receipt
from models.voucher_looks import VoucherLook
from models.vouchers import voucher_language

USUAL = VoucherLook()


def receipt_pdf(receipt: Receipt, paper: Paper = Paper.ROLL, look: VoucherLook = USUAL) -> Printed:
    """The receipt as a PDF file. Refuses (`fonts-missing`) where its language cannot be printed here."""
    from controllers.receipt_pdf import layout, wording
    from controllers.voucher_pdf import fonts, paint, text

    language = voucher_language(receipt.language)
    with one_at_a_time:
        fonts.require(language)
        setter = text.Typesetter(language)
        pages = layout.pages(receipt, wording.wording(language), setter, paper, look)
        drawn = paint.pdf_of(pages, title=receipt.number, author=receipt.operator, language=language)
    return replace(drawn, missing=setter.missing)
