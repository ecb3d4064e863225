"""Answers a traveler who asks what is known, or wants to be forgotten: the person is ticked, what would go is shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.refusals import CannotDo
from ui import asking, fonts, theme
from ui.at_desk import AtDesk
from ui.marking import QT_TRANSLATE_NOOP
from ui.pages_dialog import ChooseFile, choose_file
from ui.paint.cells import paint_two_lines
from ui.privacy_words import goes_words, keeps_words, order_words, person_words, stays_words
from ui.question import Question
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.list_table import ListTable
from ui.widgets.notice import Notice
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.widgets.scrolled import bring_into_sight
from ui.wording.bulk import counted

if TYPE_CHECKING:
    from models.traveler import Person, PersonFound, Preview

ROWS = 5
COLUMNS = (
    Column("tick", "", 34),
    Column("person", QT_TRANSLATE_NOOP("columns", "Who"), stretch=True),
    Column("order", QT_TRANSLATE_NOOP("columns", "Order"), 330),
)
_TABLES = "Excel (*.xlsx);;CSV (*.csv)"


def choose_table(parent: QWidget, name: str, chosen: Any) -> None:
    """The system's own window for choosing where the file is saved."""
    choose_file(parent, name, chosen, _TABLES)


class TravelerRequestDialog(Dialog):
    """Search, tick, then hand out or erase; erasing shows first what would go."""

    def __init__(self, at: AtDesk, host: QWidget, *, ask_file: ChooseFile = choose_table) -> None:
        super().__init__(" ", host, width=820, stays=True)
        self._at, self._host, self._ask_file = at, host, ask_file
        self._title.setText(self.tr("A traveler's request"))
        self.setAccessibleName(self._title.text())
        self._subtitle.setText(
            self.tr("Whoever asks is found by name, e-mail, telephone or the number of an order")
        )
        self._subtitle.show()
        self.text = Field(self.tr("Name, e-mail, telephone or number"), icon="find")
        self.search = Button(self.tr("Search"))
        self._model = RowModel(COLUMNS, lambda row: row.person, _say, self)
        self.list = ListTable(self._model, _Rows(), name=self._title.text(), row_height=46)
        self._told = Label("", 12, 400, "ink2", wrap=True)
        self._said = QVBoxLayout()
        self._done = Notice("good", "")
        self._find = Question(at.background, self)
        self._preview = Question(at.background, self)
        self._write = Question(at.background, self)
        self._set_out()
        self._connect()
        self._ticked()

    @property
    def chosen(self) -> tuple[Person, ...]:
        """Who is ticked."""
        return tuple(row.person for row in self._model.rows if self._model.is_ticked(row))

    def ask(self) -> None:
        """Open it; the field waits for the name."""
        self.open(self.text)

    def _set_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(fonts.px(10))
        row.addWidget(self.text, 1)
        row.addWidget(self.search)
        self.add(row)
        self.list.setFixedHeight(
            max(fonts.px(150), min(fonts.px(46 * ROWS + 34), self._host.height() - fonts.px(420)))
        )
        self.add(self.list, line=False)
        self._said.setSpacing(fonts.px(10))
        self._said.addWidget(self._told)
        self._said.addWidget(self._done)
        self._done.hide()
        self.add(self._said, line=False)
        self._erase = self.add_button(self.tr("Erase…"), "danger", key="Enter")
        self.add_button(self.tr("Close"), key="Esc")
        self._hand = self.add_button(self.tr("Export what is known…"))

    def _connect(self) -> None:
        self.text.entered.connect(self._search)
        self.search.clicked.connect(self._search)
        self._model.ticks_changed.connect(self._ticked)
        self.list.opened.connect(lambda _: self._erase.click())
        self._hand.clicked.connect(self._choose_place)
        self.accepted.connect(self._ask_preview)
        self._find.answered.connect(self._show)
        self._preview.answered.connect(self._open_preview)
        self._write.answered.connect(self._was_written)
        for question in (self._find, self._preview, self._write):
            question.refused.connect(self._cannot)

    def _search(self) -> None:
        text = self.text.text().strip()
        if text:
            self._notice.hide()
            self._done.hide()
            self._find.ask(partial(asking.travelers_found, self._at.desk, text))

    def _show(self, found: tuple[PersonFound, ...]) -> None:
        self._model.show_rows(found)
        self.about = _orders(found)
        self._model.tick_all(False)
        if found:
            self.list.go_to(0)
            self.list.setFocus()
        words = self.tr(
            "Space ticks whom it is about. Of an order that was never confirmed only its number finds it."
        )
        self._told.setText(words if found else self.tr("Nobody is found. Try the number of the order."))
        self._ticked()

    def _ticked(self) -> None:
        for button in (self._erase, self._hand):
            button.setEnabled(bool(self.chosen))
        if self.isVisible():
            self._place()

    def _cannot(self, no: CannotDo) -> None:
        self.refuse(no)
        self._ticked()

    def _choose_place(self) -> None:
        self._ask_file(self, f"traveler-{self._at.now():%Y-%m-%d}.xlsx", self._hand_out)

    def _hand_out(self, name: str) -> None:
        self._write.ask(partial(asking.hand_out, self._at.desk, self.chosen, Path(name)))
        self._file = Path(name)

    def _was_written(self, lines: int) -> None:
        one, many = self.tr("1 line is in {file}"), self.tr("{count} lines are in {file}")
        words = counted(lines, one, many, file=self._file.name)
        self._say_done(words, str(self._file.parent))

    def _say_done(self, words: str, more: str) -> None:
        """The last thing that was done, in sight; what was refused before it is over."""
        self._notice.hide()
        self._done.say(words, more)
        self._done.show()
        self._place()
        bring_into_sight(self._done)

    def _ask_preview(self) -> None:
        if self.chosen:
            self._preview.ask(partial(asking.preview_forgetting, self._at.desk, self.chosen))

    def _open_preview(self, shown: tuple[Preview, ...]) -> None:
        self._second = ForgetDialog(self._at, self._host, shown)
        self._second.forgotten.connect(self._were_forgotten)
        self._second.ask()

    def _were_forgotten(self, people: int) -> None:
        self._model.show_rows(())
        self.about = frozenset()
        words = counted(people, self.tr("1 person is erased"), self.tr("{count} people are erased"))
        self._ticked()
        self._say_done(words, self.tr("A file that comes again does not bring them back."))


class ForgetDialog(Dialog):
    """The second step: what goes, what stays and why. `forgotten` brings how many it were."""

    forgotten = Signal(int)

    def __init__(self, at: AtDesk, host: QWidget, shown: tuple[Preview, ...]) -> None:
        super().__init__(" ", host, width=640, stays=True)
        self._at, self.shown = at, shown
        self.about = _orders(one.found for one in shown)
        words = counted(len(shown), self.tr("Erase this person?"), self.tr("Erase these {count} people?"))
        self._title.setText(words)
        self.setAccessibleName(words)
        self._change = Question(at.background, self, lane=Lane.DESK)
        self._change.answered.connect(self._was_done)
        self._change.refused.connect(self._cannot)
        for one in shown:
            self.add(self._section(one))
        self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Erase for good"), "danger", key="Ctrl Enter")
        if any(one.stays for one in shown):
            self._go.forbid(self.tr("Somebody is still needed."))
        self.accepted.connect(lambda: self._change.ask(partial(asking.forget, at.desk, shown)))

    def ask(self) -> None:
        """Open it; nothing is pressed by accident, the keyboard is on the way back."""
        self.open(self._buttons[0])

    def _section(self, one: Preview) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(fonts.px(6))
        column.addWidget(Label(f"{person_words(one.found)}: {order_words(one.found)}", 14, 600, wrap=True))
        if one.stays:
            head = self.tr("Cannot be erased yet")
            column.addWidget(Notice("act", head, stays_words(one.stays)))
            return column
        lines = [
            self.tr("Goes: {what}").format(what=goes_words(one) or self.tr("nothing, it is gone already"))
        ]
        lines.append(self.tr("Stays: {what}").format(what=keeps_words(one)))
        if one.companions:
            lines.append(
                counted(
                    one.companions,
                    self.tr("1 other person of it stays."),
                    self.tr("{count} other people of it stay."),
                )
            )
        for line in lines:
            column.addWidget(Label(line, 13, 400, "ink2", wrap=True))
        return column

    def _was_done(self, people: int) -> None:
        self.leave()
        self.forgotten.emit(people)

    def _cannot(self, no: CannotDo) -> None:
        self.refuse(no)


class _Rows(RowDelegate):
    """Who it is, and of which order."""

    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        first, second = _cell(row, key)
        paint_two_lines(painter, rect, first, second, colours)


def _orders(found: Iterable[PersonFound]) -> frozenset[str]:
    return subjects("reservation", *(one.person.reservation_id for one in found))


def _cell(row: PersonFound, key: str) -> tuple[str, str]:
    if key == "person":
        return person_words(row), ""
    return row.number, ", ".join(part for part in (row.product, row.day) if part)


def _say(row: Any, key: str) -> str:
    return ", ".join(part for part in _cell(row, key) if part)
