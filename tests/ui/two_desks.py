"""A window here, and somebody at another counter of the same database who changes what is open in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from controllers import viewing
from controllers.desk import Desk
from controllers.watching import Watch
from tests.builders import DAY, a_product, somebody_else
from tests.ui.desk_window import DeskWindow
from ui.at_desk import AtDesk
from ui.screen import Screen
from ui.watching import Watching

PATIENCE_MS = 20_000


class Two:
    """A window here, and Mina at another counter; the window listens as it does in the program."""

    def __init__(self, qtbot: QtBot, desk: Desk, second: Desk, **screens: Callable[[AtDesk], Screen]) -> None:
        a_product(desk)
        self.here = DeskWindow(qtbot, desk, screens)
        self.second = second
        self.mina = somebody_else(second, role="manager")
        self.here.quiet()
        self.watching = Watching(self.here.background, desk, Watch(desk), self.here.window)
        self.watching.start()

    def line(self) -> Any:
        """The departure of the day."""
        return viewing.see_days(DAY, DAY, desk=self.here.desk)[DAY].lines[0]

    @property
    def over(self) -> Any:
        """What dialogs lie over."""
        return self.here.window.overlay_host

    def row(self, made: int) -> Any:
        """A reservation as lists show it."""
        return viewing.see_details(made, desk=self.here.desk).row

    def ask(self, word: str, *args: Any, **facts: Any) -> None:
        """One of the deeds."""
        getattr(self.here.deeds, word)(*args, **facts)
        self.here.quiet()

    def told(self, words: str) -> None:
        """The open question says this."""
        self.here.qtbot.waitUntil(
            lambda: self.here.dialog is not None and words in self.here.notices(), timeout=PATIENCE_MS
        )

    def close(self) -> None:
        """Nobody listens any more."""
        self.watching.close()
        self.here.close()
