"""The search box of the window: shows what was found while it is typed in, and opens what is chosen.

The box is empty whenever one comes to it.
"""

from __future__ import annotations

from ui import actions
from ui.at_desk import AtDesk
from ui.find_as_typed import FindAsTyped
from ui.main_window import MainWindow
from ui.screen import KeyHint
from ui.search_rows import Item, ShowAll


class Search(FindAsTyped):
    """Lives as long as the window."""

    def __init__(self, at: AtDesk, window: MainWindow) -> None:
        super().__init__(at, window.search_field, window, host=window.overlay_host)
        self._hints = (KeyHint(actions.caps("Ctrl+Return"), self.tr("check in")),)
        self._window = window
        window.find_typed.connect(self.type)
        window.find_entered.connect(self.enter)
        self.chosen.connect(self._choose)
        self.wanted_else.connect(self._check_in)
        self.left.connect(self.leave)

    def leave(self) -> None:
        """Empty the box and close the panel; what was looked for is noted."""
        self._window.empty_search()
        self.close()

    def _choose(self, row: object) -> None:
        text = self.text.strip()
        if isinstance(row, Item):
            self.leave()
            self._window.go("details", reservation=row.find.row.id)
        elif isinstance(row, ShowAll):
            self.leave()
            self._window.go("reservations", text=text)

    def _check_in(self, row: object) -> None:
        if isinstance(row, Item):
            self.leave()
            self._window.go("checkin", text=row.find.row.number)
