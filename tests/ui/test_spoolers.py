"""Where CUPS is not there, Qt's own printers print what was shown, as large as it was shown."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from controllers.spooling import Cups
from controllers.voucher_pdf import voucher_pdf
from models.papers import SIZES, Paper
from models.refusals import CannotDo
from tests.controllers.test_papers import pictures
from tests.controllers.test_voucher_pdf import a_voucher, code
from tests.paper import opened
from ui.spoolers import ChosenPrinter, QtPrinters, page_layout, spooler


def at_once(steps: Generator[None, None, None]) -> None:
    """As where nobody else wants the UI thread."""
    for _ in steps:
        pass


def to_file(path: Path, pdf: bytes) -> QPrinter:
    """A printer that writes a PDF, set up as a printer of the system is."""
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(path))
    device.setPageLayout(page_layout(pdf))
    device.setFullPage(True)
    return device


def test_the_way_is_cups_where_its_tools_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cups, "is_here", lambda: True)
    assert isinstance(spooler(at_once), Cups)
    monkeypatch.setattr(Cups, "is_here", lambda: False)
    assert isinstance(spooler(at_once), QtPrinters)


@pytest.mark.parametrize("paper", list(Paper))
def test_a_page_comes_out_as_large_as_it_was_shown(qtbot: QtBot, tmp_path: Path, paper: Paper) -> None:
    import zxingcpp

    shown = voucher_pdf(a_voucher(), paper)
    path = tmp_path / "printed.pdf"
    ChosenPrinter(to_file(path, shown.pdf), at_once).send(
        shown.pdf, printer="", paper=paper, height=shown.height, title=""
    )
    with opened(path.read_bytes()) as document:
        size = document.pagePointSize(0)
    assert size.width() == pytest.approx(SIZES[paper].width, abs=1.5)
    assert size.height() == pytest.approx(shown.height, abs=1.5)
    (page,) = pictures(path.read_bytes(), 203)
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
    assert {one.text for one in zxingcpp.read_barcodes(page, formats=formats)} == {code(48217)}


def test_a_lying_page_lies_on_the_paper(qtbot: QtBot) -> None:
    from PySide6.QtGui import QPageLayout

    from controllers.voucher_pdf import fonts, one_at_a_time, paint
    from controllers.voucher_pdf.marks import Page

    with one_at_a_time:
        fonts.require("en")
        lying = paint.pdf_of([Page((), 841.89, 595.28)], title="", author="", language="en").pdf
    assert page_layout(lying).orientation() is QPageLayout.Orientation.Landscape


def test_a_printer_qt_does_not_know_is_told_by_name(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QtPrinters, "names", lambda _self: ("Till",))
    with pytest.raises(CannotDo) as no:
        QtPrinters(at_once).send(b"", printer="Front desk", paper=Paper.A4, height=0, title="")
    assert (no.value.code, no.value.facts) == ("printer-gone", {"printer": "Front desk", "known": "Till"})


def test_a_printer_that_stops_between_two_pages_leaves_nobody_sure(qtbot: QtBot, tmp_path: Path) -> None:
    from controllers.voucher_pdf import fonts, one_at_a_time, paint
    from controllers.voucher_pdf.marks import Page

    with one_at_a_time:
        fonts.require("en")
        two = paint.pdf_of([Page((), 200, 200), Page((), 200, 200)], title="", author="", language="en").pdf
    device = to_file(tmp_path / "half.pdf", two)
    device.newPage = lambda: False  # type: ignore[method-assign]
    with pytest.raises(CannotDo) as no:
        ChosenPrinter(device, at_once).send(two, printer="", paper=Paper.A4, height=0, title="")
    assert no.value.code == "print-unsure"
