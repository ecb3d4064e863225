"""Asks which columns the list shall have, and in which order: all of it by the keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.frozen import frozen
from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.text import paint_text
from ui.reservation_columns import COLUMNS, Layout, title
from ui.widgets.button import APART, Button
from ui.widgets.dialog import Dialog
from ui.widgets.keycap import Keycap
from ui.widgets.label import Label
from ui.widgets.list_table import ListTable
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel

_COLUMNS = (
    Column("tick", "", 40),
    Column("name", QT_TRANSLATE_NOOP("columns", "Column"), stretch=True),
)


@frozen
class _Offer:
    key: str
    name: str


class ColumnsDialog(Dialog):
    """Space ticks, Alt with an arrow moves, R goes back to what the view had. `picked` brings the new layout."""

    picked = Signal(object)

    def __init__(self, layout: Layout, usual: Layout, host: QWidget, about: frozenset[str]) -> None:
        super().__init__(" ", host, width=460, stays=True)
        self._layout, self._usual, self.about = layout, usual, about
        self._title.setText(self.tr("Which columns, in which order?"))
        self.setAccessibleName(self._title.text())
        self._model = RowModel(_COLUMNS, lambda offer: offer.key, self._say)
        self.list = _Offers(self._model)
        self.list.setAccessibleName(self.tr("Columns"))
        self.list.setFixedHeight(min(fonts.px(34 * 11), max(fonts.px(34 * 4), host.height() - fonts.px(320))))
        self.add(self.list)
        self.add(self._build_moving(), line=False)
        self.add_button(self.tr("Not now"), key="Esc")
        self._reset = self.add_button(self.tr("As it was"), key="R")
        self.add_button(self.tr("Show these"), "primary", key="Enter")
        self.list.moved_by.connect(self._move)
        self._reset.clicked.connect(self._go_back)
        self._model.ticks_changed.connect(self._settle)
        self.accepted.connect(self._pick)
        self._show(layout.columns)

    def ask(self) -> None:
        """Open it with the list under the keyboard."""
        self.open(self.list)
        self.list.go_to(0)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The columns that are ticked, in their order."""
        return tuple(offer.key for offer in self._offers() if self._model.is_ticked(offer))

    def _build_moving(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(APART)
        up = Button(self.tr("Up"), icon="up", key="Alt ↑")
        down = Button(self.tr("Down"), icon="falling", key="Alt ↓")
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        row.addWidget(up)
        row.addWidget(down)
        row.addSpacing(fonts.px(10))
        row.addWidget(Keycap("Space"))
        row.addSpacing(fonts.px(4))
        row.addWidget(Label(self.tr("ticks"), 12, 400, "ink2"))
        row.addStretch(1)
        return row

    def _show(self, ticked: tuple[str, ...]) -> None:
        order = (*ticked, *(key for key in COLUMNS if key not in ticked))
        self._model.show_rows([_Offer(key, title(key)) for key in order])
        self._model.tick_all(False)
        for offer in self._offers():
            if offer.key in ticked:
                self._model.tick(offer, True)

    def _move(self, steps: int) -> None:
        offers, at = self._offers(), self.list.currentIndex().row()
        to = at + steps
        if at >= 0 and 0 <= to < len(offers):
            offers.insert(to, offers.pop(at))
            self._model.show_rows(offers)  # the cursor stays on its column

    def _go_back(self) -> None:
        self._layout = self._usual
        self._show(self._usual.columns)

    def _settle(self) -> None:
        self.set_busy(not self.chosen)

    def _pick(self) -> None:
        self.picked.emit(Layout(self.chosen, self._layout.widths))
        self.leave()

    def _offers(self) -> list[_Offer]:
        return [self._model.row(at) for at in range(self._model.rowCount())]

    def _say(self, offer: _Offer, _key: str) -> str:
        ticked = self.tr("shown") if self._model.is_ticked(offer) else self.tr("not shown")
        return f"{offer.name}, {ticked}"


class _Offers(ListTable):
    """`moved_by` brings -1 or 1 when the column under the cursor shall go up or down."""

    moved_by = Signal(int)

    def __init__(self, model: RowModel) -> None:
        super().__init__(model, _Name(), name="", row_height=34)
        self.horizontalHeader().hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved_by.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()  # the dialog's
        else:
            super().keyPressEvent(event)


class _Name(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        paint_text(painter, rect, row.name, colours.ink, 13, 500)
