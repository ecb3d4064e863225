"""The first start at a place: where shall the data live, and then the desk is opened there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from controllers.background import Background, Lane
from ui import asking
from ui.asking import DeskDoor
from ui.welcome import Welcome

if TYPE_CHECKING:
    from controllers.place import Place
    from ui.main_window import MainWindow


class FirstStart(QObject):
    """Asks once; `open_desk` opens what was chosen."""

    def __init__(
        self,
        background: Background,
        window: MainWindow,
        place: Place,
        desk: DeskDoor,
        open_desk: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._window, self._place = background, window, place
        self._desk, self._open_desk = desk, open_desk
        self._welcome = Welcome(background, window.overlay_host)
        self._welcome.chosen.connect(self._choose)

    def ask(self) -> None:
        """Over the window."""
        self._welcome.open()

    def _choose(self, kind: str, address: str) -> None:
        fill = kind == "practice"
        if fill:
            self._place.choose_practice()
        else:
            self._place.choose_database(address)
        self._window.set_practice(self._place.practice)
        self._welcome.leave()
        self._open_desk()
        if fill:
            self._background.run(Lane.DESK, partial(asking.fill_practice, self._desk))
