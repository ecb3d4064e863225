"""Makes departures by hand and takes them away again, for whichever screen asks."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from controllers.background import Background, Lane
from models.refusals import CannotDo
from ui import product_asks
from ui.asking import DeskDoor
from ui.departure_dialog import DepartureDialog, NewDeparture
from ui.question import Question
from ui.widgets.overlay import stands


class DepartureMaker(Question):
    """`done` brings what was made, or None; `not_done` why not, where no dialog is open that says it."""

    done = Signal(object)
    not_done = Signal(object)

    def __init__(self, background: Background, desk: DeskDoor, parent: QWidget) -> None:
        super().__init__(background, parent, lane=Lane.DESK)
        self._desk = desk
        self._dialog: DepartureDialog | None = None
        self.answered.connect(self._close)
        self.refused.connect(self._refuse)

    def open(
        self, host: QWidget, what: str, option_id: int, about: frozenset[str] = frozenset(), **known: Any
    ) -> None:
        """Ask for a departure of an option; `known` stands in the fields already, `about` names its product."""
        self._dialog = DepartureDialog(host, what, **known)
        self._dialog.about = about
        self._dialog.asked.connect(partial(self._add, option_id))
        self._dialog.ask()

    def remove(self, departure_id: int) -> None:
        """Take one away that was made by hand."""
        self.ask(partial(product_asks.remove_departure, self._desk, departure_id))

    def _add(self, option_id: int, told: NewDeparture) -> None:
        self.ask(partial(product_asks.add_departure, self._desk, option_id, told))

    def _close(self, made: object) -> None:
        if self._dialog is not None and stands(self._dialog):
            self._dialog.leave()
        self._dialog = None
        self.done.emit(made)

    def _refuse(self, no: CannotDo) -> None:
        if self._dialog is not None and stands(self._dialog):
            self._dialog.refuse(no)
        else:
            self.not_done.emit(no)
