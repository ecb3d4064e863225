"""The panel under a field that finds: whom a text found, or who is nearly called so.

The keyboard stays in the box; the panel shows where its arrow keys have led.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from models.search.finds import Find, Finds
from ui import fonts, theme
from ui.screen import KeyHint, hint
from ui.search_rows import (
    COLUMNS,
    HEAD_HEIGHT,
    ROW_HEIGHT,
    Head,
    Item,
    SearchDelegate,
    SearchRow,
    ShowAll,
    identity,
    rows_of,
    say,
)
from ui.widgets.key_bar import KeyBar
from ui.widgets.label import Label
from ui.widgets.list_table import ListTable
from ui.widgets.loading import Loading
from ui.widgets.notice import Notice
from ui.widgets.row_model import RowModel

_WIDTH, _EDGE, _GAP = 920, 20, 6
_MOST_ROWS = 9


class SearchPanel(QFrame):
    """`pressed` brings the row that was chosen by mouse."""

    pressed = Signal(object)

    def __init__(
        self,
        now: Callable[[], dt.datetime],
        under: QWidget,
        host: QWidget,
        hints: tuple[KeyHint, ...] = (),
    ) -> None:
        """`hints` say what else the keyboard does with a row."""
        super().__init__(host)
        self._now, self._under, self._host, self._hints = now, under, host, hints
        self.leads_to_list = True
        self._model = RowModel(COLUMNS, identity, lambda row, _key: say(row, now()), self)
        self.table = SearchTable(self._model, SearchDelegate(now))
        self._head, self._text = Label("", 15, 600, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self._nothing = QWidget()
        self._loading = Loading(row=ROW_HEIGHT)
        self.refused = Notice("stop", "")
        self._keys = KeyBar()
        self._build()
        self.table.pressed.connect(self.pressed)
        host.installEventFilter(self)
        under.installEventFilter(self)
        self.retranslate()
        self.hide()

    @property
    def row(self) -> SearchRow | None:
        """The row the cursor is on."""
        row: SearchRow | None = self.table.row
        return row if self.table.isVisibleTo(self) else None

    def wait(self) -> None:
        """The first answer is still to come."""
        if not self.isVisible():
            self._bring(self._loading)
            self._loading.start()

    def show_finds(self, found: Finds) -> None:
        """Show what was found, the cursor on the first."""
        self._loading.stop()
        rows = [row for row in rows_of(found) if self.leads_to_list or not isinstance(row, ShowAll)]
        self.table.show_rows(rows)
        if rows:
            self._bring(self.table)
        else:
            self._say_nothing(found.text)
            self._bring(self._nothing)

    def show_near(self, near: tuple[Find, ...]) -> None:
        """Nobody was found: who is called so but for one letter."""
        self.table.show_rows([Item(find, near=True) for find in near])
        self._bring(self._nothing, *([self.table] if near else []))

    def show_refusal(self, no: Any) -> None:
        """The world said no."""
        self._loading.stop()
        self.refused.refuse(no)
        self._bring(self.refused)

    def walk(self, key: Qt.Key) -> None:
        """Move the cursor as an arrow key says."""
        self.table.walk(key)

    def words(self) -> str:
        """The row under the cursor, for a screen reader."""
        row = self.table.row
        return say(row, self._now()) if row is not None else ""

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.setAccessibleName(self.tr("What was found"))
        self.table.setAccessibleName(self.tr("What was found"))
        self._show_keys()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and self.isVisible():
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _build(self) -> None:
        self._nothing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout(self._nothing)
        words.setContentsMargins(fonts.px(18), fonts.px(16), fonts.px(18), fonts.px(16))
        words.setSpacing(fonts.px(6))
        words.addWidget(self._head)
        words.addWidget(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, fonts.px(6), 1, fonts.px(6))
        column.setSpacing(0)
        for widget in (self._nothing, self._loading, self.refused, self.table):
            column.addWidget(widget)
        column.addWidget(self._keys)

    def _bring(self, *shown: QWidget) -> None:
        """Show only these parts, as high as they need."""
        for part in (self._nothing, self._loading, self.refused, self.table):
            part.setVisible(part in shown)
        self._show_keys()
        self.show()
        self.raise_()
        self._place()

    def _show_keys(self) -> None:
        """What the keyboard does here; without a row there is nothing to do but to close."""
        with_rows = (KeyHint(("↑", "↓"), self.tr("move")), hint("open"), *self._hints)
        chosen = with_rows if self.table.isVisibleTo(self) else ()
        self._keys.show_keys((*chosen, hint("back", self.tr("close"))))

    def _say_nothing(self, text: str) -> None:
        self._head.setText(self.tr("Nothing is found for “{text}”").format(text=text.strip()))
        self._text.setText(
            self.tr(
                "Looked through all dates and channels. Who is not confirmed yet is found by number only, "
                "not by name, phone or e-mail."
            )
        )
        self._nothing.setAccessibleName(f"{self._head.text()} {self._text.text()}")

    def _place(self) -> None:
        """Under the box, in the middle of it, inside the window; above it where there is more room."""
        room = self._host.width() - 2 * fonts.px(_EDGE)
        width = min(fonts.px(_WIDTH), room)
        box = self._under.mapTo(self._host, QPoint(0, 0))
        left = box.x() + (self._under.width() - width) // 2
        left = max(fonts.px(_EDGE), min(left, self._host.width() - fonts.px(_EDGE) - width))
        top = box.y() + self._under.height() + fonts.px(_GAP)
        below, above = self._host.height() - top - fonts.px(_EDGE), box.y() - fonts.px(_GAP + _EDGE)
        height = self._wanted(width)
        if below < height and above > below:
            height = min(height, above)
            top = box.y() - fonts.px(_GAP) - height
        self.setGeometry(left, top, width, min(height, max(below, above)))

    def _wanted(self, width: int) -> int:
        height = self._keys.height() + 2 * fonts.px(6)
        for part in (self._nothing, self.refused):
            if part.isVisibleTo(self):
                layout = part.layout()
                height += layout.heightForWidth(width - 2) if layout else part.sizeHint().height()
        if self._loading.isVisibleTo(self):
            height += fonts.px(3 * ROW_HEIGHT)
        return height + (self.table.wanted_height() if self.table.isVisibleTo(self) else 0)


class SearchTable(ListTable):
    """The rows; headings are passed over. One press opens, for it is a menu, not a list to stay in."""

    pressed = Signal(object)

    def __init__(self, model: RowModel, delegate: SearchDelegate) -> None:
        super().__init__(model, delegate, name="", row_height=ROW_HEIGHT)
        self.horizontalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_rows(self, rows: list[SearchRow]) -> None:
        """Other rows, with the cursor on the first find."""
        self._rows.show_rows(())  # a find keeps no cursor: what comes first is what is meant
        self._rows.show_rows(rows)
        for at, row in enumerate(rows):
            self.setRowHeight(at, fonts.px(HEAD_HEIGHT if isinstance(row, Head) else ROW_HEIGHT))
        self._step(0, 1)
        self.scrollToTop()

    def wanted_height(self) -> int:
        """As high as all rows are, up to a dozen."""
        rows = range(self._rows.rowCount())
        return min(sum(self.rowHeight(at) for at in rows), fonts.px(_MOST_ROWS * ROW_HEIGHT + HEAD_HEIGHT))

    def walk(self, key: Qt.Key) -> None:
        """Move the cursor as an arrow key says."""
        at, last = self.currentIndex().row(), self._rows.rowCount() - 1
        page = max(1, self.viewport().height() // fonts.px(ROW_HEIGHT) - 1)
        targets = {
            Qt.Key.Key_Down: (at + 1, 1),
            Qt.Key.Key_Up: (at - 1, -1),
            Qt.Key.Key_PageDown: (min(last, at + page), 1),
            Qt.Key.Key_PageUp: (max(0, at - page), -1),
        }
        self._step(*targets[key])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self._rows.row(self.indexAt(event.position().toPoint()).row())
        if row is not None and not isinstance(row, Head):
            self.pressed.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _step(self, at: int, step: int) -> None:
        """To the next row in this direction that is not a heading; at the end the cursor stays."""
        while isinstance(self._rows.row(at), Head):
            at += step
        if self._rows.row(at) is not None:
            self.go_to(at)
            if at == 1:
                self.scrollToTop()  # its heading, too
