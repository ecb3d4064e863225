"""The conflicts that wait, as a list, and the chosen one with what can be decided about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui import fonts, theme
from ui.incident_words import about_words, both_words, conflict_words, ruling_words, seen_words, who_words
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_two_lines
from ui.widgets.board import Board
from ui.widgets.chip import paint_shape
from ui.widgets.deed_panel import DeedPanel
from ui.widgets.label import Label
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


class IncidentPanel(DeedPanel):
    """`decided` brings the ruling that was pressed."""

    decided = Signal(object)

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._one: IncidentRow | None = None
        self._what, self._who = Label("", 18, 600, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self.build(self._what, self._who)

    def show_incident(self, one: IncidentRow | None) -> None:
        """Another one, or the same with other facts."""
        self.is_about(one.id if one is not None else None)
        self._one = one
        self._what.setText(conflict_words(one) if one is not None else "")
        self._who.setText(who_words(one) if one is not None else "")
        self.show_facts(self._told(one) if one is not None else ())
        self.clear_deeds()
        if one is not None:
            for ruling in one.offered:
                self.offer_deed(ruling_words(ruling, one), partial(self.decided.emit, ruling))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.show_incident(self._one)

    def _told(self, one: IncidentRow) -> list[tuple[str, str]]:
        now = self._now()
        seen = [one.scan] if one.other is None else sorted((one.scan, one.other), key=lambda s: s.at)
        words = (self.tr("First"), self.tr("Then")) if len(seen) > 1 else (self.tr("Scanned"),)
        told = [(word, seen_words(s, one.zone, now)) for word, s in zip(words, seen, strict=True)]
        return [*told, *about_words(one)]
