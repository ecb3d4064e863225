"""Asks whose public holidays the office observes: a country by name, and where there are some, its region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from models.refusals import CannotDo
from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.text import RIGHT, paint_text
from ui.widgets.board import Board
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel

if TYPE_CHECKING:
    from controllers.holidays import CalendarChoice

_COLUMNS = (
    Column("name", QT_TRANSLATE_NOOP("columns", "Country"), stretch=True, inset=4),
    Column("key", QT_TRANSLATE_NOOP("columns", "Code"), 90, right=True),
)
_SHOWN, _ROW = 8, 38
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN, Qt.Key.Key_PageUp: -_SHOWN}


class CountryDialog(Dialog):
    """`picked` brings the calendar ('KR', 'DE-BY', '' for none). `regions_wanted` asks for those of a country."""

    picked = Signal(str)
    regions_wanted = Signal(object)

    def __init__(self, host: QWidget, choices: Sequence[CalendarChoice], chosen: str) -> None:
        super().__init__(" ", host, width=520, stays=True)
        self.about = frozenset(("operator",))
        self._all: list[CalendarChoice] = list(choices)
        self._country: CalendarChoice | None = None
        self.field = Field(self.tr("Type a name"), name=self.tr("Find in the list"), icon="find")
        self.list = Board(
            RowModel(_COLUMNS, lambda one: one.key, lambda one, key: str(getattr(one, key)), self),
            _Rows(),
            name=self.tr("Calendars"),
            row_height=_ROW,
            click_opens=False,
        )
        room = (host.height() - fonts.px(270) - 40) // fonts.px(_ROW)
        self.list.setFixedHeight(self.list.rows_height(max(3, min(_SHOWN, room))))
        self.add(self.field, line=False)
        self.add(self.list)
        self.add_button(self.tr("Not now"), key="Esc")
        self.none = self.add_button(self.tr("No calendar"))
        self._pick = self.add_button(self.tr("Observe these holidays"), "primary", key="Enter")
        self.none.clicked.connect(lambda: self._take(""))
        self.field.changed.connect(self._filter)
        typed = self.field.focusProxy()
        assert typed is not None
        typed.installEventFilter(self)
        self.list.opened.connect(lambda _row: self._choose())
        self.accepted.connect(self._choose)
        self._say(self.tr("Whose public holidays does the office observe?"))
        self.none.setVisible(bool(chosen))
        self._filter("", chosen.partition("-")[0])

    def ask(self) -> None:
        """Open it, ready to type."""
        self.open(self.field)

    def show_regions(self, regions: Sequence[CalendarChoice]) -> None:
        """The second question: all of the country, or one of its regions."""
        assert self._country is not None
        name = self._country.name
        whole = replace(self._country, name=self.tr("All of {country}").format(country=name))
        self._all = [whole, *regions]
        self._say(self.tr("Which part of {country}?").format(country=name))
        self.none.hide()
        self.field.set_text("")
        self._filter("")
        self.set_busy(False)
        self.field.setFocus()

    def refuse(self, no: CannotDo) -> None:
        self._country = None  # the regions did not come: the same question again
        super().refuse(no)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a name is typed, the arrows move in the list."""
        if isinstance(event, QKeyEvent) and watched is self.field.focusProxy():
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and event.type() == QEvent.Type.KeyPress and self._rows():
                at = self.list.currentIndex().row() + step
                self.list.go_to(min(self._rows() - 1, max(0, at)))
                return True
        return super().eventFilter(watched, event)

    def _rows(self) -> int:
        return self.list.model().rowCount()

    def _say(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def _filter(self, text: str, chosen: str = "") -> None:
        wanted = text.strip().casefold()
        shown = [one for one in self._all if wanted in one.name.casefold() or one.key.casefold() == wanted]
        shown.sort(key=lambda one: (one.key.casefold() != wanted, not one.name.casefold().startswith(wanted)))
        model: Any = self.list.model()
        model.show_rows(shown if wanted else self._all)
        self.list.go_to(max(0, model.place_of(chosen)) if chosen else 0)
        self._pick.setEnabled(bool(self._rows()))

    def _choose(self) -> None:
        choice = self.list.row
        if choice is None:
            return
        if self._country is None and choice.regions:
            self._country = choice
            self.regions_wanted.emit(choice)
        else:
            self._take(choice.key)

    def _take(self, calendar: str) -> None:
        self.picked.emit(calendar)
        self.leave()


class _Rows(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        if key == "name":
            paint_text(painter, rect, row.name, colours.ink, 14, 400)
        else:
            paint_text(painter, rect.adjusted(0, 0, -fonts.px(4), 0), row.key, colours.ink3, 12, 500, RIGHT)
