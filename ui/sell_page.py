"""Where the parts of a sale stand: offers, steps and receipt beside each other, or the receipt below the steps.

The steps are never cut off at their right: they move up and down only. Where the window is narrow or the letters are
large the receipt is at their foot, and moves with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui import fonts
from ui.widgets.card import Card
from ui.widgets.scrolled import bring_into_sight, scrolled

_OFFERS, _RECEIPT = 256, 240
"""What they need at least, in the size of the text."""
_GAP = 16


class SellPage(QWidget):
    """`steps` are headings and what stands under each; `last` closes them."""

    def __init__(
        self, offers: QWidget, steps: Sequence[tuple[QWidget, QWidget]], last: QWidget, receipt: QWidget
    ) -> None:
        super().__init__()
        self._offers, self._receipt, self._beside = offers, receipt, True
        self._parts = [*(part for step in steps for part in step), last]
        self._steps = QWidget()
        self._inner = QVBoxLayout(self._steps)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(0)
        for heading, part in steps:
            part.setContentsMargins(fonts.px(8), fonts.px(10), fonts.px(8), fonts.px(8))
            self._inner.addWidget(heading)
            self._inner.addWidget(part)
        last.setContentsMargins(fonts.px(8), 0, fonts.px(8), fonts.px(8))
        self._inner.addWidget(last)
        self._inner.addStretch(1)
        self._area, self._middle = scrolled(self._steps), Card(padding=0)
        self._middle.add(self._area, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(fonts.px(20), fonts.px(16), fonts.px(20), fonts.px(16))
        self._row.setSpacing(fonts.px(_GAP))
        self._row.addWidget(offers, 40)
        self._row.addWidget(self._middle, 45)
        self._row.addWidget(receipt, 33)
        self._steps.installEventFilter(self)

    def open_steps(self, is_open: bool) -> None:
        """Whether something of the sale can still be changed."""
        for part in self._parts:
            part.setEnabled(is_open)

    def bring_receipt(self) -> None:
        """Something stands there that must be read now."""
        if not self._beside:
            bring_into_sight(self._receipt)

    def give_room(self) -> None:
        """Other words or other fields stand there now."""
        heading = self._offers.minimumSizeHint().width()
        self._offers.setMinimumWidth(max(fonts.px(_OFFERS), heading))
        needs = self._steps.minimumSizeHint().width()
        self._area.setMinimumWidth(needs + self._area.verticalScrollBar().sizeHint().width())
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As it stands where it is narrow, so that a window may become so."""
        edges = self._row.contentsMargins()
        needs = self._offers.minimumWidth() + self._row.spacing() + self._area.minimumWidth()
        return QSize(edges.left() + needs + edges.right(), fonts.px(220))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.give_room()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        edges = self._row.contentsMargins()
        room = self.width() - edges.left() - edges.right() - 2 * self._row.spacing()
        beside = room >= self._offers.minimumWidth() + self._area.minimumWidth() + fonts.px(_RECEIPT)
        if beside == self._beside:
            return
        self._beside = beside
        had = QApplication.focusWidget()
        if beside:
            self._row.addWidget(self._receipt, 33)
        else:
            self._inner.insertWidget(self._inner.count() - 1, self._receipt)
        self._receipt.show()
        if had is not None and self._receipt.isAncestorOf(had):
            had.setFocus()  # who moves is put down for a moment
