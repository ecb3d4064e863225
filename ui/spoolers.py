"""The ways to the system's printers, chosen in one place: CUPS where it is, else Qt's own.

They are called on a lane. What needs Qt is done by the UI thread in `steps` while the lane waits (decision 008).
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF

from controllers.spooling import Cups, Sent, Spooler
from models.papers import Paper
from models.refusals import CannotDo
from ui.voucher_pages import open_pdf, print_pdf

if TYPE_CHECKING:
    from PySide6.QtGui import QPageLayout
    from PySide6.QtPrintSupport import QPrinter


Steps = Callable[[Generator[None, None, None]], None]
"""Has the UI thread go through them, and returns after the last one: `Background.in_steps`."""


def spooler(steps: Steps) -> Spooler:
    """The way printers are reached on this system."""
    return Cups() if Cups.is_here() else QtPrinters(steps)


class QtPrinters:
    """Printers as Qt knows them: on Windows, and wherever CUPS' tools are missing."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def names(self) -> tuple[str, ...]:
        found: list[str] = []
        self._steps(_find(found))
        return tuple(found)

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        known = self.names()
        if printer not in known:
            raise CannotDo("printer-gone", printer=printer, known=", ".join(known) or "-")
        self._steps(_print_on(printer, pdf, title))
        return Sent()


class ChosenPrinter:
    """A printer that somebody chose in the system's own window, with the settings made there."""

    def __init__(self, device: QPrinter, steps: Steps) -> None:
        self._device = device
        self._steps = steps

    def names(self) -> tuple[str, ...]:
        return (self._device.printerName(),)

    def send(self, pdf: bytes, *, printer: str, paper: Paper, height: float, title: str) -> Sent:
        self._steps(print_pdf(pdf, self._device))
        return Sent()


def _find(found: list[str]) -> Generator[None, None, None]:
    from PySide6.QtPrintSupport import QPrinterInfo

    found.extend(QPrinterInfo.availablePrinterNames())
    yield


def _print_on(printer: str, pdf: bytes, title: str) -> Generator[None, None, None]:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
    device.setDocName(title)
    device.setPageLayout(page_layout(pdf))
    device.setFullPage(True)  # the margins are in the pages: what is seen is what comes out
    yield from print_pdf(pdf, device)


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
