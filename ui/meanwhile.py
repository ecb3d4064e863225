"""Says in every open question, and on every page where something is edited, what others do to the same thing.

A dialog or a screen names what it is about as the journal does ('reservation:17', 'product:3'). What was typed
stays; whoever typed it decides with the news before the eyes, and the use case refuses what is out of date.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from controllers.background import Background, Lane
from models.refusals import CannotDo
from ui import asking
from ui.asking import DeskDoor
from ui.widgets.overlay import Overlay, stands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.meanwhile import News
    from ui.screen import Screen

Tell = Callable[[str], object]
Open = tuple[frozenset[str], Tell]
"""What something in sight is about, and how it is told."""


class Meanwhile(QObject):
    """`start` once the desk is open, `look` whenever others changed something. `pages` are the screens in sight."""

    def __init__(
        self,
        background: Background,
        desk: DeskDoor,
        host: Callable[[], QWidget | None],
        parent: QObject,
        pages: Callable[[], list[Open]] = list,
    ) -> None:
        super().__init__(parent)
        self._background, self._desk, self._host, self._pages = background, desk, host, pages
        self._heads: Mapping[int, int] | None = None
        self._looking = self._again = False

    def start(self) -> None:
        """From now on; what was done before is in what is shown."""
        self.look()

    def look(self) -> None:
        """Ask what was done, one question at a time; what comes meanwhile is asked after it."""
        if self._looking:
            self._again = True
            return
        self._looking = True
        opened = self._open()
        about: frozenset[str] = frozenset().union(*(what for what, _ in opened))
        work = partial(asking.done_by_others, self._desk, self._heads, about)
        self._background.run(Lane.READING, work, partial(self._tell, opened), self._cannot_tell)

    def _open(self) -> list[Open]:
        host = self._host()
        if host is None:
            return []
        overlays = [one for one in host.findChildren(Overlay) if one.isVisible() and one.about]
        return [(one.about, partial(_tell_overlay, one)) for one in overlays] + self._pages()

    def _tell(self, opened: list[Open], news: News) -> None:
        from ui.wording.meanwhile import meanwhile_words

        self._heads = news.heads
        for about, tell in opened:
            done = [one for one in news.done if one.subject in about]
            if done:
                tell(meanwhile_words(done))
        self._go_on()

    def _cannot_tell(self, error: Exception) -> None:
        """A database that is away is told elsewhere, and asked again with the next change."""
        if not isinstance(error, CannotDo):
            self._background.trouble.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._looking = False
        if self._again:
            self._again = False
            self.look()


def page_in_front(screen: Screen | None, tell: Tell) -> list[Open]:
    """The screen that is in front, where something is edited on it; `tell` says it for those that do not themselves."""
    about = screen.about() if screen is not None else frozenset()
    return [(about, partial(_tell_page, screen, tell))] if screen is not None and about else []


def _tell_page(screen: Screen, tell: Tell, words: str) -> None:
    if not (isValid(screen) and screen.tell_meanwhile(words)):
        tell(words)


def _tell_overlay(overlay: Overlay, words: str) -> None:
    if stands(overlay):
        overlay.tell_meanwhile(words)
