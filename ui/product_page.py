"""One product, everything about it on one page; two columns where the window is wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import fonts
from ui.at_desk import AtDesk
from ui.product_draft import Draft
from ui.product_entries import Entry
from ui.product_letters import CONCERNS, LettersPart
from ui.product_names import NamesPart
from ui.product_options import OptionsPart
from ui.product_refund import RefundPart
from ui.product_reward import RewardPart
from ui.product_scan import ScanPart
from ui.product_tickets import AdmissionPart, TicketsPart
from ui.product_units import UnitsPart
from ui.product_what import ConfirmPart, WhatPart
from ui.widgets.scroll_bar import ScrollBar

if TYPE_CHECKING:
    from controllers.products_file import Path
    from models.product_rows import ProductRow, Uses
    from ui.product_asks import Surroundings

TWO_COLUMNS_FROM = 1060


class ProductPage(QScrollArea):
    """`photo_wanted` asks for a file. `build` shows the draft as it stands; typing needs no building."""

    photo_wanted = Signal()
    departure_wanted = Signal()
    departure_unwanted = Signal(int)
    switches_wanted = Signal()

    def __init__(self, draft: Draft, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._at = draft, at
        self._letters: LettersPart | None = None
        self.uses: Uses | None = None
        self._columns: QBoxLayout | None = None
        self.parts: list[QWidget] = []
        self.scan: ScanPart | None = None
        self._first: QWidget | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBar(
            ScrollBar(Qt.Orientation.Horizontal, parent=self)
        )  # large letters need room
        self.setVerticalScrollBar(ScrollBar(parent=self))
        self.viewport().setAutoFillBackground(False)

    def build(self, around: Surroundings, row: ProductRow | None) -> None:
        """All parts anew, for another product or in another language."""
        self.uses = None
        departs_at = row.departs.departs_at if row is not None and row.departs is not None else None
        now = self._at.now()
        what = WhatPart(self._draft)
        what.photo_wanted.connect(self.photo_wanted)
        self._first = what.first
        self.scan = ScanPart(self._draft, now, departs_at)
        options = OptionsPart(self._draft, lambda: self.uses)
        options.departure_wanted.connect(self.departure_wanted)
        options.departure_unwanted.connect(self.departure_unwanted)
        self._letters = LettersPart(self._draft, self._at)
        self._letters.switches_wanted.connect(self.switches_wanted)
        left: list[QWidget] = [
            what,
            ConfirmPart(self._draft, around, now, departs_at),
            options,
            UnitsPart(self._draft, lambda: self.uses),
        ]
        right: list[QWidget] = [
            TicketsPart(self._draft),
            AdmissionPart(self._draft),
            self.scan,
            RefundPart(self._draft, now),
            self._letters,
            RewardPart(self._draft, row.tally if row is not None else None),
            NamesPart(self._draft, around.channels),
        ]
        self.parts = [*left, *right]
        self._show_parts(left, right)
        for part in self.parts:
            part.setEnabled(around.may_change or part is self.scan)

    def clear(self) -> None:
        """No parts: they would follow the draft to another product before that is shown."""
        self.parts, self.scan, self._first, self._columns, self.uses = [], None, None, None, None
        self._letters = None
        self.setWidget(QWidget())

    def refresh(self, changed: frozenset[str]) -> None:
        """What stands on the page and is not a part of the draft."""
        if self._letters is not None and changed & CONCERNS:
            self._letters.ask()

    def show_uses(self, uses: Uses) -> None:
        """What may not be removed, because orders were made with it."""
        self.uses = uses
        self._draft.rebuilt.emit()

    def focus_first(self) -> None:
        """To the first thing to fill in."""
        if self._first is not None:
            self._first.setFocus()

    @property
    def keyboard_at(self) -> tuple[Path, int] | None:
        """The field that has the keyboard, and where in it one types; None where nobody is on the page."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return None
        here = next((one.path for one in self.entries() if one.isAncestorOf(focus)), ())
        return here, focus.cursorPosition() if isinstance(focus, QLineEdit) else 0

    def type_on(self, place: tuple[Path, int]) -> None:
        """The keyboard back to the same field of a page that was built anew, else to the first."""
        path, cursor = place
        same = next((one for one in self.entries() if one.path == path), None)
        (same or self._first or self).setFocus()
        focus = QApplication.focusWidget()
        if same is not None and isinstance(focus, QLineEdit):
            focus.setCursorPosition(cursor)

    def focus_fault(self) -> None:
        """To the first field that is wrong, in sight."""
        for entry in self.entries():
            entry.show_fault()
            if entry.fault and entry.isVisibleTo(self):
                entry.setFocus()
                self.ensureWidgetVisible(entry, 0, fonts.px(80))
                return

    def entries(self) -> list[Entry]:
        """Every field, in the order of the page."""
        return [entry for part in self.parts for entry in part.findChildren(Entry)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _show_parts(self, left: list[QWidget], right: list[QWidget]) -> None:
        page = QWidget()
        page.setAutoFillBackground(False)
        outer = QVBoxLayout(page)
        edge = fonts.px(16)
        outer.setContentsMargins(edge, edge, edge, edge)
        outer.setSpacing(fonts.px(16))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(fonts.px(16))
        outer.addLayout(self._columns)
        outer.addStretch(1)
        for side in (left, right):
            column = QVBoxLayout()
            column.setSpacing(fonts.px(16))
            for part in side:
                column.addWidget(part)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self.setWidget(page)
        self._place()

    def _place(self) -> None:
        if self._columns is None:
            return
        wide = self.viewport().width() >= fonts.px(TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
