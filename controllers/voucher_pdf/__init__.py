"""Prints a voucher on A4, A5 or a roll: to be torn, scanned and kept. A ticket a page, or all of them together.

`wording` says it in the traveler's language, `forms` measures the paper, `layout` and `stub` decide where it stands,
`paint` inks it; `fonts`, `text` and `symbols` are their tools. Nothing heavy is loaded before the first voucher.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from controllers.voucher_pdf.printed import Printed
from models.papers import Paper
from models.voucher_looks import VoucherLook
from models.vouchers import Voucher, voucher_language

if TYPE_CHECKING:
    from controllers.voucher_pdf.marks import Page
    from controllers.voucher_pdf.text import Typesetter

__all__ = ["Printed", "one_at_a_time", "voucher_pdf", "vouchers_pdf"]

one_at_a_time = threading.Lock()
"""reportlab keeps a place in each opened font while it cuts a subset from it: one document at a time."""
USUAL = VoucherLook()


def voucher_pdf(voucher: Voucher, paper: Paper = Paper.A4, look: VoucherLook = USUAL) -> Printed:
    """The voucher as a PDF file. Refuses (`fonts-missing`) where its language cannot be printed here."""
    return vouchers_pdf([voucher], paper, look)


def vouchers_pdf(
    vouchers: Iterable[Voucher], paper: Paper = Paper.A4, look: VoucherLook = USUAL, *, title: str = ""
) -> Printed:
    """Several in one file, each in its own language; no more of them is held at a time than is being drawn."""
    from controllers.voucher_pdf import paint

    rest = iter(vouchers)
    first = next(rest)
    setters: dict[str, Typesetter] = {}
    with one_at_a_time:
        pages = _pages(_with_first(first, rest), paper, look, setters)
        language = voucher_language(first.language)
        drawn = paint.pdf_of(pages, title=title or first.number, author=first.operator, language=language)
    missing = dict.fromkeys(sign for setter in setters.values() for sign in setter.missing)
    return replace(drawn, missing=tuple(missing))


def _pages(
    vouchers: Iterable[Voucher], paper: Paper, look: VoucherLook, setters: dict[str, Typesetter]
) -> Iterator[Page]:
    from controllers.voucher_pdf import fonts, layout, text, wording

    for voucher in vouchers:
        if not voucher.symbols:
            raise ValueError("a voucher without a ticket lets nobody in")
        language = voucher_language(voucher.language)
        if language not in setters:
            fonts.require(language)
            setters[language] = text.Typesetter(language)
        yield from layout.pages(voucher, wording.wording(language), setters[language], paper, look)


def _with_first(first: Voucher, rest: Iterator[Voucher]) -> Iterator[Voucher]:
    yield first
    yield from rest
