"""How close printing a voucher comes to the least that drawing such a page can cost.

`ours(n)` prints n vouchers. `floor(n)` puts the same strings, already broken into lines, at the same
places in the same embedded fonts, and the same symbols, with nothing but reportlab's own calls.
Every voucher has codes of its own, so that nothing is merely remembered. By hand: python -m
tests.bench.voucher_floor
"""

from __future__ import annotations

import io
import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from controllers.voucher_pdf import layout, symbols, voucher_pdf
from controllers.voucher_pdf.marks import HEIGHT, WIDTH, Card, Code, Colour, Page, Rule, Text
from controllers.voucher_pdf.text import Typesetter
from controllers.voucher_pdf.wording import wording
from models.codes import code_for
from models.vouchers import Symbol, Voucher

_AT = datetime(2026, 12, 5, 9, 30, tzinfo=ZoneInfo("Asia/Seoul"))
_numbers = itertools.count(1)


def a_voucher(language: str = "ko") -> Voucher:
    """An ordinary voucher for three, in Korean unless told otherwise."""
    return Voucher(
        language=language,
        number="CF-48217",
        reference="26KK1012077310",
        channel="KKday",
        product="서울 고궁 산책 투어 (경복궁·창덕궁)",
        option="소규모 그룹, 한국어 가이드",
        departs_on=_AT.date(),
        departs_at=_AT,
        valid_until=None,
        party=(("성인", 2), ("아동", 1)),
        heads=3,
        lead="김예시 Example Kim",
        meeting_point="광화문역 2번 출구 앞 꽃집. 파란 우산을 든 가이드를 찾아 주세요. 출발 10분 전까지 도착해 주세요.",
        operator="Example Tours Seoul",
        contact="예시투어\n+82 2 000 0000, help@example.com",
        symbols=(_fresh_symbol(),),
        refund_terms=((_AT - timedelta(days=3), 100), (_AT - timedelta(days=1), 50)),
        request="유모차를 가져갑니다. 계단이 없는 길인가요?",
    )


def ours(n: int, language: str = "ko") -> None:
    """Print n vouchers."""
    for voucher in _vouchers(n, language):
        voucher_pdf(voucher)


def floor(n: int, language: str = "ko") -> None:
    """Draw n pages like them with bare calls."""
    page = layout.pages(a_voucher(language), wording(language), Typesetter(language))[0]
    strings = strings_of(page)
    for voucher in _vouchers(n, language):
        _bare(strings, page, voucher.symbols[0].code)


def ratio(rounds: int = 9, n: int = 20, language: str = "ko") -> float:
    """Our time as a multiple of the floor's: the median over rounds that alternate."""
    ours(2, language)
    floor(2, language)
    return statistics.median(_ms(ours, n, language) / _ms(floor, n, language) for _ in range(rounds))


def figures(n: int = 60, language: str = "ko") -> tuple[list[float], list[float]]:
    """Milliseconds of each voucher: ours and the floor's, in turn."""
    page = layout.pages(a_voucher(language), wording(language), Typesetter(language))[0]
    strings = strings_of(page)
    took: tuple[list[float], list[float]] = ([], [])
    for voucher in _vouchers(n + 3, language):
        began = time.perf_counter()
        voucher_pdf(voucher)
        between = time.perf_counter()
        _bare(strings, page, voucher.symbols[0].code)
        took[0].append((between - began) * 1000)
        took[1].append((time.perf_counter() - between) * 1000)
    return took[0][3:], took[1][3:]


def _vouchers(n: int, language: str) -> Iterator[Voucher]:
    voucher = a_voucher(language)
    return (replace(voucher, symbols=(_fresh_symbol(),)) for _ in range(n))


def _fresh_symbol() -> Symbol:
    return Symbol(code_for(next(_numbers), version=1, secret=b"only for measuring"), 3, 1)


def strings_of(page: Page) -> list[tuple[float, float, str, float, str, Colour]]:
    """Every stretch of one font on the page: where, in what, and the string itself."""
    found = []
    for mark in (mark for mark in page if isinstance(mark, Text)):
        x = mark.x
        for piece in mark.line.pieces:
            found.append((x, mark.y, piece.face.font.fontName, mark.line.size, piece.text, mark.colour))
            x += piece.face.advance(piece.text) * mark.line.size / 1000
    return found


def _bare(strings: list[tuple[float, float, str, float, str, Colour]], page: Page, code: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    bare_page(canvas, strings, page, code)
    canvas.save()
    return out.getvalue()


def bare_page(
    canvas: Any, strings: list[tuple[float, float, str, float, str, Colour]], page: Page, code: str
) -> None:
    """One page of a file, with bare calls."""
    made = iter((symbols.qr(code), symbols.bars(code)))
    for mark in page:
        if isinstance(mark, Code):
            path = canvas.beginPath()
            for column, row, columns, rows in next(made).dark:
                place = (mark.x + column * mark.module, mark.y + row * mark.row_height)
                path.rect(*place, columns * mark.module, rows * mark.row_height)
            canvas.drawPath(path, stroke=0, fill=1)
        elif isinstance(mark, Card):
            canvas.roundRect(mark.x, mark.y, mark.width, mark.height, 10)
            canvas.line(mark.x, mark.tear, mark.x + mark.width, mark.tear)
        elif isinstance(mark, Rule):
            canvas.line(mark.x, mark.y, mark.x + mark.width, mark.y)
    last: Colour | None = None
    for x, y, font, size, string, colour in strings:
        if colour != last:
            canvas.setFillColorRGB(*colour)
            last = colour
        canvas.setFont(font, size)
        canvas.drawString(x, y, string)
    canvas.showPage()


def _ms(run: Callable[[int, str], None], n: int, language: str) -> float:
    start = time.perf_counter()
    run(n, language)
    return (time.perf_counter() - start) * 1000 / n


if __name__ == "__main__":
    for tongue in ("en", "ko", "ja", "zh-TW"):
        multiple = ratio(language=tongue)
        print(f"{tongue}: {_ms(ours, 20, tongue):.1f} ms a voucher, {multiple:.2f} times the floor")
