"""Shows who opened travelers' data, the newest first: of everybody, of one person at the desk, or of one order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.opened import OpenedFilter
from models.references import our_id
from models.refusals import CannotDo
from ui import asking, fonts, theme
from ui.at_desk import AtDesk
from ui.marking import QT_TRANSLATE_NOOP
from ui.opened_words import about_words, deed_words
from ui.paint.cells import paint_two_lines
from ui.question import Question
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label, Labelled
from ui.widgets.list_table import ListTable
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.dates import day_and_time
from ui.wording.orders import local

if TYPE_CHECKING:
    from models.opened import OpenedLine, OpenedPage

ROWS = 7
DAYS = (1, 7, 30, 365)
COLUMNS = (
    Column("when", QT_TRANSLATE_NOOP("columns", "When"), 170, inset=12),
    Column("who", QT_TRANSLATE_NOOP("columns", "Who"), 190),
    Column("what", QT_TRANSLATE_NOOP("columns", "What"), stretch=True),
)


class Opening:
    """One row of the list."""

    def __init__(self, line: OpenedLine, zone: str) -> None:
        self.line, self._zone = line, zone

    def pair(self, key: str) -> tuple[str, str]:
        """A cell in two lines."""
        if key == "when":
            return day_and_time(local(self.line.at, self._zone)), ""
        if key == "who":
            return self.line.who, self.line.counter
        return deed_words(self.line), about_words(self.line)

    @property
    def reservation_id(self) -> int | None:
        """The order it is about, where it is about one."""
        what, _, number = self.line.subject.partition(":")
        return int(number) if what == "reservation" else None


class OpenedDialog(Dialog):
    """`chosen` brings the reservation to open. More is read when the end of the list is near."""

    alone = "What was opened stays opened: the journal only grows, and nothing is decided here."

    chosen = Signal(int)

    def __init__(self, at: AtDesk, host: QWidget, *, reservation_id: int | None = None) -> None:
        super().__init__(" ", host, width=860)
        self._at = at
        self._wanted = OpenedFilter(reservation_id=reservation_id)
        self._page: OpenedPage | None = None
        self._title.setText(self.tr("Who opened travelers' data"))
        self.setAccessibleName(self._title.text())
        self._subtitle.setText(self.tr("Opened, looked for, printed and exported, as the journal tells it"))
        self._subtitle.show()
        self.order = Field(self.tr("CF-10001, or empty"))
        self.person, self.period = FilterButton("", "", height=34), FilterButton("", "", height=34)
        self.empty = Label("", 13, 400, "ink2", wrap=True)
        self._model = RowModel(COLUMNS, lambda row: row.line.key, _say, self)
        self.list = ListTable(self._model, _Rows(), name=self._title.text(), row_height=46)
        self._set_out(host)
        self._question = Question(at.background, self)
        self._question.answered.connect(self._show)
        self._question.refused.connect(self._cannot)
        self._connect()
        self._show_filters()

    @property
    def rows(self) -> tuple[Opening, ...]:
        """What was read so far."""
        return self._model.rows

    def ask(self) -> None:
        """Open it with the list under the keyboard."""
        self.open(self.list)
        self._ask()

    def _set_out(self, host: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(fonts.px(12))
        self._order = Labelled(self.tr("Reservation"), self.order)
        self.order.setAccessibleName(self.tr("Reservation"))
        row.addWidget(self._order)
        for button in (self.person, self.period):  # on the line of the field, not of its label
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.add(row)
        height = max(fonts.px(180), min(fonts.px(46 * ROWS + 34), host.height() - fonts.px(330)))
        self.list.setFixedHeight(height)
        self.add(self.empty, line=False)  # above the list, where a low window shows it
        self.empty.hide()
        self.add(self.list, line=False)
        self._open_button = self.add_button(self.tr("Open the order"), "primary", key="Enter")
        self.add_button(self.tr("Close"), key="Esc")

    def _connect(self) -> None:
        self._model.more_wanted.connect(self._ask_more)
        self.list.opened.connect(lambda _row: self._open_row())
        self.list.moved.connect(self._moved)
        self.accepted.connect(self._open_row)
        self.order.entered.connect(self._narrow_order)
        self.person.chosen.connect(self._narrow_person)
        self.person.cleared.connect(lambda: self._narrow_person(None))
        self.period.chosen.connect(self._narrow_period)
        self.period.cleared.connect(lambda: self._narrow_period(None))

    def _ask(self) -> None:
        self._page = None
        self._model.show_rows(())
        self._question.ask(partial(asking.who_opened, self._at.desk, self._wanted))

    def _ask_more(self) -> None:
        if self._page is not None and self._page.next is not None:
            self._question.ask(partial(asking.who_opened, self._at.desk, self._wanted, self._page.next))

    def _show(self, page: OpenedPage) -> None:
        first = self._page is None
        self._page = page
        self._model.append_rows([Opening(line, page.zone) for line in page.lines], more=page.next is not None)
        if first and page.lines:
            self.list.go_to(0)
        self.empty.setText(self.tr("Nobody opened anything there."))
        self.empty.setVisible(not self.rows)
        self._show_filters()
        self._moved(self.list.row)

    def _cannot(self, no: CannotDo) -> None:
        self.refuse(no)

    def _show_filters(self) -> None:
        people = self._page.people if self._page is not None else ()
        self.person.set_choices([(name, one) for one, name in people])
        name = dict(people).get(self._wanted.staff_id or 0, self.tr("everybody"))
        self.person.show_value(name, on=self._wanted.staff_id is not None, name=self.tr("Who"))
        words = {days: self._days_word(days) for days in DAYS}
        self.period.set_choices([(word, days) for days, word in words.items()])
        first = self._wanted.first
        days = (self._today() - first).days + 1 if first is not None else 0
        self.period.show_value(words.get(days, self.tr("ever")), on=first is not None, name=self.tr("When"))

    def _today(self) -> date:
        """The operator's day, once a page has told where that is."""
        now = self._at.now()
        return (local(now, self._page.zone) if self._page is not None else now).date()

    def _days_word(self, days: int) -> str:
        if days == 1:
            return self.tr("today")
        return self.tr("the last {count} days").format(count=days)

    def _narrow_order(self) -> None:
        typed = self.order.text().strip()
        number = our_id(typed) if typed else None
        if typed and number is None:
            self.order.set_wrong(True)
            return
        self.order.set_wrong(False)
        self._narrow(reservation_id=number)

    def _narrow_person(self, staff_id: int | None) -> None:
        self._narrow(staff_id=staff_id)

    def _narrow_period(self, days: int | None) -> None:
        today = self._today()
        self._narrow(first=None if days is None else today - timedelta(days=days - 1))

    def _narrow(self, **what: Any) -> None:
        self._wanted = replace(self._wanted, **what)
        self._show_filters()
        self._ask()

    def _moved(self, row: Opening | None) -> None:
        self._open_button.setEnabled(row is not None and row.reservation_id is not None)

    def _open_row(self) -> None:
        row = self.list.row
        if row is None or row.reservation_id is None:
            return
        self.leave()
        self.chosen.emit(row.reservation_id)


class _Rows(RowDelegate):
    """Two lines in every cell."""

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        first, second = row.pair(key)
        paint_two_lines(painter, rect, first, second, colours)


def _say(row: Any, key: str) -> str:
    return ", ".join(part for part in row.pair(key) if part)
