"""Who has the keyboard of the list by itself: its rows, what is offered where there are none, else the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.empty_state import EmptyState


class ListKeyboard:
    """What is hidden or grey hears no key: the screen hears them then, so that Esc and the deeds' keys still work."""

    def __init__(self, screen: QWidget, rows: QWidget, nothing: EmptyState) -> None:
        self._screen, self._rows, self._nothing = screen, rows, nothing

    @property
    def is_here(self) -> bool:
        """Whether the list has it, and nothing beside the list that somebody has chosen."""
        focus = QApplication.focusWidget()
        mine = (self._screen, self._rows, self._nothing)
        return focus is not None and (focus in mine or self._nothing.isAncestorOf(focus))

    def home(self, front: QWidget) -> QWidget:
        """Where it belongs while this is shown in the place of the rows."""
        offers = front is self._nothing and self._nothing.has_action
        return front if offers or front is self._rows else self._screen

    def follow(self, front: QWidget) -> None:
        """Something else is shown or offered: where the screen had it, it goes home."""
        if self._screen.hasFocus():
            self.home(front).setFocus()
