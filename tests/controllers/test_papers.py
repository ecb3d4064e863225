"""Vouchers on small papers can still be scanned, and long texts push nothing off them; looks are readable."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy
import pytest

from controllers.scanning.picture import read_frame
from controllers.voucher_looks import keep_look, logo_of, see_look
from controllers.voucher_pdf import forms, layout, symbols, text, voucher_pdf, vouchers_pdf, wording
from controllers.voucher_pdf.marks import Code, Page, Text
from controllers.vouchers import voucher_draft
from models.papers import SIZES, Paper
from models.prints import Copy
from models.refusals import CannotDo
from models.reservations import Status
from models.voucher_looks import PAPER, READABLE, VoucherLook, contrast, letters_on, look_of, rgb
from models.vouchers import LANGUAGES, Symbol, Voucher
from tests.builders import a_product, a_reservation, somebody_else
from tests.controllers.test_voucher_pdf import a_voucher, an_endless_voucher, code
from tests.paper import opened, text_of

SMALL = (Paper.A5, Paper.ROLL)
AGAIN = Copy(2, datetime(2027, 2, 1, 14, 2, tzinfo=ZoneInfo("Asia/Seoul")))
LOOK = VoucherLook(head="#0B3D5C", accent="#1D44B0", terms={"en": "Bring water."})


def pages(voucher: Voucher, paper: Paper, look: VoucherLook = LOOK) -> list[Page]:
    setter = text.Typesetter(voucher.language)
    return layout.pages(voucher, wording.wording(voucher.language), setter, paper, look)


def box(mark: Text) -> tuple[float, float, float, float]:
    return mark.x, mark.y - mark.line.size * 0.22, mark.x + mark.line.width, mark.y + mark.line.size * 0.8


def pictures(pdf: bytes, dpi: int = 203) -> list[Any]:
    """Every page as a grey picture, as a receipt printer draws it."""
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QColor, QImage, QPainter

    made = []
    with opened(pdf) as document:
        for number in range(document.pageCount()):
            size = document.pagePointSize(number)
            dots = QSize(int(size.width() * dpi / 72), int(size.height() * dpi / 72))
            sheet = QImage(dots, QImage.Format.Format_RGB32)
            sheet.fill(QColor("white"))
            painter = QPainter(sheet)
            painter.drawImage(0, 0, document.render(number, dots))
            painter.end()
            grey = sheet.convertToFormat(QImage.Format.Format_Grayscale8)
            rows = numpy.frombuffer(grey.constBits(), numpy.uint8).reshape(dots.height(), grey.bytesPerLine())
            made.append(rows[:, : dots.width()].copy())
    return made


# --- papers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", SMALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_endless_texts_stay_on_a_small_paper(paper: Paper, language: str) -> None:
    form = forms.FORMS[paper]
    for page in pages(replace(an_endless_voucher(language), copy=AGAIN), paper):
        assert page.width == SIZES[paper].width
        for mark in page:
            if isinstance(mark, Text) and not mark.angle:
                left, low, right, high = box(mark)
                assert left >= form.margin - 1
                assert right <= form.width - form.margin + 1
                assert low >= 8
                assert high <= page.height - 4


@pytest.mark.parametrize("paper", SMALL)
def test_endless_texts_do_not_overlap_on_a_small_paper(paper: Paper) -> None:
    page = pages(replace(an_endless_voucher("en"), practice=False), paper)[0]
    boxes = sorted((box(m) for m in page if isinstance(m, Text)), key=lambda b: -b[1])
    for above in boxes:
        for below in boxes:
            if below[1] < above[1] and below[0] < above[2] - 1 and below[2] > above[0] + 1:
                assert below[3] <= above[1] + 1.5


@pytest.mark.parametrize("paper", SMALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_printed_into_the_quiet_zone_on_a_small_paper(paper: Paper, language: str) -> None:
    for page in pages(replace(an_endless_voucher(language), copy=AGAIN), paper):
        inked = [box(mark) for mark in page if isinstance(mark, Text) and not mark.angle]
        for mark in (mark for mark in page if isinstance(mark, Code)):
            square = mark.modules.rows > 1
            quiet = (symbols.QR_QUIET if square else symbols.BARS_QUIET) * mark.module
            above = quiet - 1 if square else 0
            left, right = mark.x - quiet + 1, mark.x + mark.modules.columns * mark.module + quiet - 1
            low, high = mark.y - above, mark.y + mark.modules.rows * mark.row_height + above
            assert left >= 0  # of a roll the unprinted edge is white, too
            assert right <= page.width
            assert not [b for b in inked if b[0] < right and b[2] > left and b[1] < high and b[3] > low]


@pytest.mark.parametrize("paper", SMALL)
def test_the_codes_of_a_small_paper_are_read_at_a_receipt_printers_dots(qapp: Any, paper: Paper) -> None:
    import zxingcpp

    both = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
    [page] = pictures(voucher_pdf(replace(a_voucher(), copy=AGAIN), paper, LOOK).pdf)
    read = zxingcpp.read_barcodes(page, formats=both)
    assert sorted((str(one.format), one.text) for one in read) == [
        ("Code 128", code(48217)),
        ("QR Code", code(48217)),
    ]


@pytest.mark.parametrize("paper", list(Paper))
def test_one_each_or_all_together(qapp: Any, paper: Paper) -> None:
    party = tuple(Symbol(code(n), 1, 1, f"Adult {n}") for n in range(1, 6))
    each = voucher_pdf(a_voucher(symbols=party), paper)
    together = voucher_pdf(a_voucher(symbols=party, together=True), paper)
    assert each.pages == 5
    assert together.pages == (1 if paper is Paper.ROLL else 3)
    found = [scan.text for page in pictures(together.pdf) for scan in read_frame(page)]
    assert set(found) == {one.code for one in party}


def test_several_vouchers_are_one_file_each_in_its_own_language() -> None:
    made = vouchers_pdf([a_voucher(), a_voucher(language="ko"), a_voucher(language="ja")], title="3")
    first, second, third = text_of(made.pdf)
    assert ("Voucher" in first, "바우처" in second, "バウチャー" in third) == (True, True, True)


def test_a_roll_is_as_long_as_what_stands_on_it() -> None:
    short = voucher_pdf(a_voucher(request=""), Paper.ROLL)
    long = voucher_pdf(a_voucher(request="Stroller. " * 30), Paper.ROLL)
    assert 300 < short.height < long.height


# --- looks --------------------------------------------------------------------------------------


def a_picture(width: int = 400, height: int = 200) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), "#0B3D5C").save(out, "JPEG")
    return out.getvalue()


def test_a_look_dresses_every_voucher(a_desk: Any) -> None:
    a_product(a_desk)
    logo = logo_of(a_picture(), "logo.jpg")
    keep_look(replace(LOOK, logo=logo), desk=a_desk)
    draft = voucher_draft(a_reservation(a_desk, Status.CONFIRMED), desk=a_desk)
    plain = voucher_pdf(a_voucher())
    drawn = draft.drawn((Copy(),))
    assert b"/Subtype /Image" in drawn.pdf
    assert b"/Subtype /Image" not in plain.pdf
    assert "Bring water." in text_of(drawn.pdf)[0]


def test_a_logo_stands_once_in_a_file_of_many(a_desk: Any) -> None:
    look = replace(LOOK, logo=logo_of(a_picture(), "logo.jpg"))
    many = vouchers_pdf([a_voucher(number=f"CF-{n}") for n in range(20)], Paper.A4, look)
    assert many.pdf.count(b"/Subtype /Image") <= 2  # itself and its transparency


@pytest.mark.parametrize(
    ("look", "refusal"),
    [
        (VoucherLook(accent="#FFD400"), "colour-pale"),
        (VoucherLook(head="blue"), "colour-wrong"),
        (VoucherLook(terms={"en": "x" * 2001}), "terms-long"),
    ],
)
def test_a_look_that_cannot_be_read_is_refused(a_desk: Any, look: VoucherLook, refusal: str) -> None:
    with pytest.raises(CannotDo) as no:
        keep_look(look, desk=a_desk)
    assert no.value.code == refusal
    assert see_look(desk=a_desk) == VoucherLook()


@pytest.mark.parametrize("ground", ["#000000", "#FFFFFF", "#808080", "#FFD400", "#0B3D5C", "#E4002B"])
def test_letters_on_any_head_can_be_read(ground: str) -> None:
    assert contrast(letters_on(rgb(ground)), rgb(ground)) >= READABLE


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), PAPER) == pytest.approx(21)
    assert contrast(rgb("#767676"), PAPER) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    "kept", [None, [], {"accent": "#FFFF00"}, {"languages": ["xx"], "terms": 3, "head": 7}]
)
def test_a_look_that_cannot_be_believed_is_the_usual(kept: Any) -> None:
    assert look_of(kept) == VoucherLook()


def test_the_first_language_is_for_everybody_else() -> None:
    look = VoucherLook(languages=("ko", "en"))
    assert [look.language_for(told) for told in ("en-US", "ko", "ja", "fr", "", "zh-CN")] == [
        "en", "ko", "ko", "ko", "ko", "ko",
    ]  # fmt: skip
    assert VoucherLook().language_for("zh-CN") == "zh-TW"


def test_only_a_manager_changes_the_look(desk: Any) -> None:
    with pytest.raises(CannotDo) as no:
        keep_look(LOOK, desk=somebody_else(desk))
    assert no.value.code == "not-allowed"
    assert keep_look(LOOK, desk=desk) == see_look(desk=desk) == LOOK


def test_what_is_no_picture_is_no_logo() -> None:
    with pytest.raises(CannotDo) as no:
        logo_of(b"GIF89a and nothing else", "logo.gif")
    assert no.value.code == "picture-not-readable"
