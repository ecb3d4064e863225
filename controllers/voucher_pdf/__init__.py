"""Prints a voucher: one A4 page a ticket, to be torn, scanned and kept.

`wording` says it in the traveler's language, `layout` decides where it stands, `paint` inks it;
`fonts`, `text` and `symbols` are their tools. Nothing heavy is loaded before the first voucher.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from models.vouchers import Voucher, voucher_language

one_at_a_time = threading.Lock()
"""reportlab keeps a place in each opened font while it cuts a subset from it: one document at a time."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished voucher, and what no font had: drawn as a replacement mark, in order of appearance."""

    pdf: bytes
    missing: tuple[str, ...] = ()


def voucher_pdf(voucher: Voucher) -> Printed:
    """The voucher as a PDF file. Refuses (`fonts-missing`) where its language cannot be printed here."""
    from controllers.voucher_pdf import fonts, layout, paint, text, wording

    if not voucher.symbols:
        raise ValueError("a voucher without a ticket lets nobody in")
    language = voucher_language(voucher.language)
    with one_at_a_time:
        fonts.require(language)
        setter = text.Typesetter(language)
        pages = layout.pages(voucher, wording.wording(language), setter)
        pdf = paint.pdf_of(pages, title=voucher.number, author=voucher.operator, language=language)
    return Printed(pdf, setter.missing)
