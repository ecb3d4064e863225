"""Shows who was refused at the gate today, at every counter, the newest first; Enter opens the reservation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from models.refusals import CannotDo
from ui import asking, fonts, theme
from ui.at_desk import AtDesk
from ui.checkin_lines import ScanLine, line_of_scan, masked
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_two_lines
from ui.paint.verdict_marks import paint_verdict_tile
from ui.question import Question
from ui.widgets.dialog import Dialog
from ui.widgets.list_table import ListTable
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel

if TYPE_CHECKING:
    from controllers.turned_away import Place, TurnedAway

translate = QCoreApplication.translate
FEWEST, MOST = 3, 9
"""Rows that are seen at once."""
COLUMNS = (
    Column("verdict", QT_TRANSLATE_NOOP("columns", "Refused"), 240, inset=12),
    Column("who", QT_TRANSLATE_NOOP("columns", "Who"), stretch=True),
    Column("text", QT_TRANSLATE_NOOP("columns", "Read"), 110),
    Column("counter", QT_TRANSLATE_NOOP("columns", "Counter"), 150),
)


class Refusal:
    """One row: the scan as a line, and what else is told of it."""

    def __init__(self, of: TurnedAway) -> None:
        self.of = of
        self.line: ScanLine = line_of_scan(of.scan)

    @property
    def text(self) -> str:
        """What was read, as far as it may be shown."""
        return masked(self.of.scan.answer.text)

    def pair(self, key: str) -> tuple[str, str]:
        """A cell in two lines."""
        line, of = self.line, self.of
        if key == "verdict":
            return line.words, line.time
        if key == "who":
            after = translate("refused", "came in afterwards") if of.came_in else ""
            named = line.who if line.reservation_id is not None else translate("refused", "Nobody we know")
            return named, ", ".join(part for part in (line.what, after) if part)
        if key == "text":
            return self.text, source_word(of.scan.answer.source)
        return of.scan.counter, of.staff


def source_word(source: str) -> str:
    """What read it."""
    words = {
        "camera": translate("refused", "camera"),
        "picture": translate("refused", "picture"),
        "typed": translate("refused", "typed"),
        "wedge": translate("refused", "scanner"),
        "serial": translate("refused", "scanner"),
    }
    return words.get(source, source)


class TurnedAwayDialog(Dialog):
    """`chosen` brings the reservation to open. More is read when the end of the list is near."""

    alone = "A scan that was refused stays refused: the list only grows, and nothing is decided here."

    chosen = Signal(int)

    def __init__(self, at: AtDesk, host: QWidget) -> None:
        super().__init__(" ", host, width=880)
        self._at = at
        self._title.setText(self.tr("Refused today"))
        self.setAccessibleName(self._title.text())
        self._subtitle.setText(self.tr("At every counter, the newest first"))
        self._subtitle.show()
        self._model = RowModel(COLUMNS, lambda row: row.line.scan_id, _say, self)
        self.list = ListTable(self._model, _Rows(), name=self.tr("Refused today"), row_height=50)
        self._host_height = host.height()
        self._set_height(FEWEST)
        self.add(self.list)
        self._open_button = self.add_button(self.tr("Open"), "primary", key="Enter")
        self.add_button(self.tr("Close"), key="Esc")
        self._question = Question(at.background, self)
        self._question.answered.connect(self._show)
        self._question.refused.connect(self._cannot)
        self._model.more_wanted.connect(self._ask_more)
        self.list.opened.connect(lambda _row: self._open_row())
        self.list.moved.connect(self._moved)
        self.accepted.connect(self._open_row)

    def _set_height(self, rows: int) -> None:
        """As high as its rows, as far as the window allows."""
        room = max(fonts.px(200), self._host_height - fonts.px(260))
        self.list.setFixedHeight(min(fonts.px(50 * min(rows, MOST) + 34), room))

    @property
    def rows(self) -> tuple[Refusal, ...]:
        """What was read so far."""
        return self._model.rows

    def ask(self) -> None:
        """Open it with the list under the keyboard."""
        self.open(self.list)
        self._question.ask(partial(asking.turned_away, self._at.desk))

    def _ask_more(self) -> None:
        last: Place = self.rows[-1].of.place
        self._question.ask(partial(asking.turned_away, self._at.desk, last))

    def _show(self, found: tuple[TurnedAway, ...]) -> None:
        first = not self.rows
        self._model.append_rows([Refusal(one) for one in found], more=bool(found))
        if first and found:
            self._set_height(max(FEWEST, len(found)))
            self.list.go_to(0)
        self._moved(self.list.row)

    def _cannot(self, no: CannotDo) -> None:
        self.refuse(no)

    def _moved(self, row: Refusal | None) -> None:
        self._open_button.setEnabled(row is not None and row.line.reservation_id is not None)

    def _open_row(self) -> None:
        row = self.list.row
        if row is None or row.line.reservation_id is None:
            return
        self.leave()
        self.chosen.emit(row.line.reservation_id)


class _Rows(RowDelegate):
    """A tile with the verdict's shape, and two lines in every cell."""

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        place = rect
        if key == "verdict":
            side = fonts.px(32)
            tile = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
            paint_verdict_tile(painter, tile, row.line.kind, colours, sign=row.line.sign)
            place = rect.adjusted(side + fonts.px(12), 0, 0, 0)
        first, second = row.pair(key)
        paint_two_lines(painter, place, first, second, colours)


def _say(row: Any, key: str) -> str:
    return ", ".join(part for part in row.pair(key) if part)
