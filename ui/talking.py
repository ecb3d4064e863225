"""The one way from any list or page to the chat room of its traveler."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction

from ui import actions
from ui.screen import Screen


def make_talk(screen: Screen, chosen: Callable[[], int | None], word: str = "message") -> QAction:
    """The action that goes there from the reservation that is `chosen` now, if one is."""

    def talk() -> None:
        one = chosen()
        if one is not None:
            screen.navigate.emit("messages", {"reservation": one})

    return actions.make(word, screen, talk)
