"""The pages of a PDF: drawn for the eye in a window that scrolls, and for a printer at its own resolution."""

from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from models.refusals import CannotDo
from ui import fonts, theme
from ui.widgets.loading import Loading
from ui.widgets.scroll_bar import ScrollBar

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

MOST_DPI = 600
"""Finer than this no printed page looks better, and its picture would need gigabytes."""
_STRIPE = 600_000
"""Pixels that are handed to a printer in one step: some ten milliseconds."""
_GAP = 12
_LARGEST = 1.7  # pixels a point: a roll is not blown up to the width of a sheet
_IN_SIGHT = 1.07  # of an A4 page about two thirds are seen then: the codes stand there


def open_pdf(pdf: bytes) -> tuple[QPdfDocument, QBuffer]:
    """The document, and the buffer it reads from: its child, so that it is never gone before the document."""
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document, buffer


def print_pdf(pdf: bytes, printer: QPrinter) -> Generator[None, None, None]:
    """Prints every page as large as the paper allows, in steps for the UI thread: a stripe of a page each.

    Raises CannotDo("printer-silent") where the printer takes nothing, and ("print-unsure") where it takes no more.
    """
    document, buffer = open_pdf(pdf)
    painter = QPainter()
    if not painter.begin(printer):
        raise CannotDo("printer-silent", printer=_name(printer))
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # a code's edges stay sharp
    try:
        for number in range(document.pageCount()):
            if number and not printer.newPage():
                raise _broken_off(printer)
            yield from _print_page(document, number, printer, painter)
    finally:
        painter.end()
        document.close()
        buffer.close()
    if printer.printerState().name in ("Aborted", "Error"):
        raise _broken_off(printer)


def _broken_off(printer: QPrinter) -> CannotDo:
    return CannotDo("print-unsure", number=printer.docName(), printer=_name(printer))


def _name(printer: QPrinter) -> str:
    return printer.printerName() or Path(printer.outputFileName()).name


def _print_page(
    document: QPdfDocument, number: int, printer: QPrinter, painter: QPainter
) -> Generator[None, None, None]:
    paper = painter.viewport()
    page = document.pagePointSize(number)
    fit = min(paper.width() / page.width(), paper.height() / page.height())
    place = QRect(0, 0, round(page.width() * fit), round(page.height() * fit))
    place.moveCenter(paper.center())
    fine = min(1.0, MOST_DPI / max(1, printer.resolution()))
    size = QSize(round(place.width() * fine), round(place.height() * fine))
    picture = document.render(number, size)
    yield
    stripes = max(1, size.width() * size.height() // _STRIPE)
    edges = [size.height() * stripe // stripes for stripe in range(stripes + 1)]
    for top, bottom in pairwise(edges):
        high = place.height() / size.height()
        from_, to = place.y() + round(top * high), place.y() + round(bottom * high)
        where = QRect(place.x(), from_, place.width(), to - from_)
        painter.drawImage(where, picture, QRect(0, top, size.width(), bottom - top))
        yield


_NOT_OURS = frozenset(
    (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right)
)
"""Keys for whoever the pages belong to; they scroll up and down only."""


class VoucherPages(QAbstractScrollArea):
    """The pages under each other: as wide as the view, but so that a voucher's code is in sight in a low one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._buffer: QBuffer | None = None
        self._drawn: dict[int, QPixmap] = {}
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBar(ScrollBar(parent=self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._loading = Loading(self.viewport())
        self._loading.start()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount() if self._document is not None else 0

    def show_pdf(self, pdf: bytes) -> None:
        """These pages."""
        self._loading.stop()
        self._document, self._buffer = open_pdf(pdf)
        self._drawn = {}
        self._measure()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn = {}
        self._loading.setGeometry(self.viewport().rect())
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text().strip():
            event.ignore()  # P and S are the dialog's
        elif event.key() in _NOT_OURS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        colours = theme.of(self.palette())
        painter.fillRect(self.viewport().rect(), colours.sunken)
        for number, place in enumerate(self._places()):
            shown = place.translated(0, -self.verticalScrollBar().value())
            if not shown.intersects(QRectF(self.viewport().rect())):
                continue
            painter.fillRect(shown, Qt.GlobalColor.white)  # paper is white by night too
            drawn = self._page(number, place)
            painter.drawPixmap(shown, drawn, QRectF(drawn.rect()))
            painter.setPen(QPen(colours.line, 1))
            painter.drawRect(shown)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _places(self) -> list[QRectF]:
        """Where each page lies, before scrolling."""
        gap, y = fonts.px(_GAP), float(fonts.px(_GAP))
        widest = min(self.viewport().width() - 2 * gap, self.viewport().height() * _IN_SIGHT)
        places = []
        for number in range(self.count):
            assert self._document is not None
            size = self._document.pagePointSize(number)
            width = min(widest, size.width() * fonts.px(10) * _LARGEST / 10)
            left = (self.viewport().width() - width) / 2
            height = width * size.height() / max(1.0, size.width())
            places.append(QRectF(left, y, width, height))
            y += height + gap
        return places

    def _measure(self) -> None:
        places = self._places()
        bottom = round(places[-1].bottom()) + fonts.px(_GAP) if places else 0
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, bottom - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(fonts.px(40))

    def _page(self, number: int, place: QRectF) -> QPixmap:
        """A page is drawn once for each size of the window."""
        drawn = self._drawn.get(number)
        if drawn is None:
            assert self._document is not None
            ratio = self.devicePixelRatioF()
            size = QSize(round(place.width() * ratio), round(place.height() * ratio))
            drawn = self._drawn[number] = QPixmap.fromImage(self._document.render(number, size))
        return drawn
