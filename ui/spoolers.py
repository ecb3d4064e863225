"""The ways to the system's printers, chosen in one place: CUPS where it is, else Qt's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF

from controllers.spooling import Cups, Sent, Spooler
from models.papers import Paper
from models.refusals import CannotDo
from ui.voucher_pages import open_pdf, print_pdf

if TYPE_CHECKING:
    from PySide6.QtGui import QPageLayout
    from PySide6.QtPrintSupport import QPrinter


def spooler() -> Spooler:
    """The way printers are reached on this system."""
    return Cups() if Cups.is_here() else QtPrinters()


class QtPrinters:
    """Printers as Qt knows them: on Windows, and wherever CUPS' tools are missing."""

    def names(self) -> tuple[str, ...]:
        from PySide6.QtPrintSupport import QPrinterInfo

        return tuple(QPrinterInfo.availablePrinterNames())

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        known = self.names()
        if printer not in known:
            raise CannotDo("printer-gone", printer=printer, known=", ".join(known) or "-")
        device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
        device.setDocName(title)
        device.setPageLayout(page_layout(pdf))
        device.setFullPage(True)  # the margins are in the pages: what is seen is what comes out
        return ChosenPrinter(device).send(pdf, printer=printer, paper=paper, height=height, title=title)

    def withdraw(self, job: str) -> bool:
        return False  # Qt hands a paper over for good


class ChosenPrinter:
    """A printer that somebody chose in the system's own window, with the settings made there."""

    def __init__(self, device: QPrinter) -> None:
        self._device = device

    @property
    def name(self) -> str:
        """What it is called, or the file it writes."""
        return self._device.printerName() or self._device.outputFileName()

    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        print_pdf(pdf, self._device)
        return Sent()

    def withdraw(self, job: str) -> bool:
        return False


def page_layout(pdf: bytes) -> QPageLayout:
    """A paper as large as the tallest page, without margins of the printer's."""
    from PySide6.QtGui import QPageLayout, QPageSize

    document, buffer = open_pdf(pdf)
    sizes = [document.pagePointSize(n) for n in range(document.pageCount())]
    document.close()
    buffer.close()
    wide, high = max(one.width() for one in sizes), max(one.height() for one in sizes)
    lying = wide > high
    size = QSizeF(high, wide) if lying else QSizeF(wide, high)
    match = QPageSize.SizeMatchPolicy.FuzzyMatch
    stands = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(size, QPageSize.Unit.Point, "", match), stands, QMarginsF(0, 0, 0, 0))
