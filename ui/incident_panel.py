"""The conflicts that wait, as a list, and the chosen one with what can be decided about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from models.refusals import CannotDo
from ui import fonts, theme
from ui.incident_words import about_words, both_words, conflict_words, ruling_words, seen_words, who_words
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_two_lines
from ui.widgets.action_row import ActionRow
from ui.widgets.board import Board
from ui.widgets.card import Card
from ui.widgets.chip import paint_shape
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel

if TYPE_CHECKING:
    from controllers.incidents import IncidentRow

Now = Callable[[], dt.datetime]
COLUMNS = (
    Column("shape", QT_TRANSLATE_NOOP("columns", "Kind"), 44, inset=12),
    Column("what", QT_TRANSLATE_NOOP("columns", "What happened"), stretch=True),
    Column("where", QT_TRANSLATE_NOOP("columns", "Counters"), 150),
)


class IncidentsBoard(Board):
    """`moved` brings the one under the cursor, `opened` the one to look at."""

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        self._now = now
        self.model_ = RowModel(COLUMNS, lambda one: one.id, self._say)
        super().__init__(self.model_, _Rows(now), name="", row_height=56, click_opens=False, parent=parent)
        self.model_.setParent(self)

    def _say(self, one: IncidentRow, key: str) -> str:
        words = {
            "shape": "",
            "what": f"{conflict_words(one)}, {who_words(one)}",
            "where": both_words(one, self._now()),
        }
        return words[key]


class _Rows(RowDelegate):
    def __init__(self, now: Now) -> None:
        super().__init__()
        self._now = now

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        one: IncidentRow = row
        if key == "shape":
            side = fonts.px(18)
            place = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
            paint_shape(painter, place, "conflict", "stop", colours)
        elif key == "what":
            paint_two_lines(painter, rect, conflict_words(one), who_words(one), colours)
        else:
            first, _, second = both_words(one, self._now()).partition("  |  ")
            paint_two_lines(painter, rect, first, second, colours, weight=500)


class IncidentPanel(Card):
    """`decided` brings the ruling that was pressed."""

    decided = Signal(object)

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._now = now
        self._one: IncidentRow | None = None
        self._what, self._who = Label("", 18, 600, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self._facts = QGridLayout()
        self._rows = QVBoxLayout()
        self._no = Notice("stop", "")
        self.deeds: list[ActionRow] = []
        self._build()

    def show_incident(self, one: IncidentRow | None) -> None:
        """Another one, or the same with other facts."""
        if one is None or self._one is None or one.id != self._one.id:
            self._no.hide()
        self._one = one
        self._what.setText(conflict_words(one) if one is not None else "")
        self._who.setText(who_words(one) if one is not None else "")
        self._show_facts()
        self._show_deeds()

    def press(self, digit: int) -> bool:
        """Whether a digit is one of the decisions; then it is made."""
        if 1 <= digit <= len(self.deeds):
            self.deeds[digit - 1].click()
            return True
        return False

    def refuse(self, no: CannotDo) -> None:
        """The world said no."""
        self._no.refuse(no)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.show_incident(self._one)

    def _show_facts(self) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._one is None:
            return
        one, now = self._one, self._now()
        seen = [one.scan] if one.other is None else sorted((one.scan, one.other), key=lambda s: s.at)
        words = (self.tr("First"), self.tr("Then")) if len(seen) > 1 else (self.tr("Scanned"),)
        told = [(word, seen_words(s, one.zone, now)) for word, s in zip(words, seen, strict=True)]
        for row, (word, value) in enumerate((*told, *about_words(one))):
            self._facts.addWidget(Label(word, 13, 400, "ink3"), row, 0)
            self._facts.addWidget(Label(value, 13, 500, wrap=True), row, 1)

    def _show_deeds(self) -> None:
        for row in self.deeds:
            row.hide()
            self._rows.removeWidget(row)
            row.deleteLater()
        self.deeds = []
        if self._one is None:
            return
        for number, ruling in enumerate(self._one.offered, start=1):
            text, small = ruling_words(ruling, self._one)
            row = ActionRow(text, small, key=str(number))
            row.clicked.connect(partial(self._press, ruling))
            self.deeds.append(row)
            self._rows.addWidget(row)

    def _press(self, ruling: object, _checked: bool = False) -> None:
        self.decided.emit(ruling)

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(fonts.px(16), fonts.px(14), fonts.px(16), fonts.px(12))
        head.setSpacing(fonts.px(4))
        head.addWidget(self._what)
        head.addWidget(self._who)
        self._facts.setContentsMargins(fonts.px(16), fonts.px(12), fonts.px(16), fonts.px(12))
        self._facts.setHorizontalSpacing(fonts.px(16))
        self._facts.setVerticalSpacing(fonts.px(8))
        self._facts.setColumnStretch(1, 1)
        said = QVBoxLayout()
        said.setContentsMargins(fonts.px(16), 0, fonts.px(16), fonts.px(8))
        said.addWidget(self._no)
        self._no.hide()
        self._rows.setContentsMargins(fonts.px(6), 0, fonts.px(6), fonts.px(6))
        self._rows.setSpacing(0)
        self.add(head)
        self.add(Hairline())
        self.add(self._facts)
        self.add(said)
        self.add(Hairline())
        self.add(self._rows)
        self.add_stretch()
        self._body.setSpacing(0)
