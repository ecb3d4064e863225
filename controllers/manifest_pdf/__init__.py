"""Prints a day sheet: A4 pages with the sums of each departure, its travelers, and boxes to tick.

It stands on the voucher's tools: the same fonts for every script, so that no name loses a sign.
"""

from __future__ import annotations

from dataclasses import replace

from controllers.voucher_pdf import Printed, one_at_a_time
from models.manifest import Manifest
from models.vouchers import voucher_language


def manifest_pdf(manifest: Manifest, language: str) -> Printed:
    """The sheet as a PDF file, in the language of the desk. Refuses (`fonts-missing`) where it cannot be printed."""
    from controllers.manifest_pdf import layout, wording
    from controllers.voucher_pdf import fonts, paint, text

    told = voucher_language(language)
    with one_at_a_time:
        fonts.require(told)
        setter = text.Typesetter(told)
        words = wording.wording(told)
        pages = layout.pages(manifest, words, setter)
        title = f"{words('title')} {manifest.day.isoformat()}"
        drawn = paint.pdf_of(pages, title=title, author=manifest.operator, language=told)
    return replace(drawn, missing=setter.missing)
