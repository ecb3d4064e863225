"""The first start at a place: where shall the data live, and then the desk is opened there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from controllers.background import Background, Lane
from ui import asking
from ui.asking import DeskDoor
from ui.welcome import JOINED, PRACTICE, Welcome

if TYPE_CHECKING:
    from controllers.place import Place
    from models.refusals import CannotDo
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

    def ask(self, no: Exception | None = None) -> None:
        """Over the window; again, where what was chosen could not be kept."""
        welcome = Welcome(self._background, self._window.overlay_host, join_it=self._join)
        welcome.chosen.connect(self._choose)
        welcome.open()
        if no is not None:
            welcome.refuse(no)

    def _join(self, address: str, code: str) -> str:
        """On a lane: takes a code up; the name of the counter this has become."""
        from controllers import joining

        return joining.join(address, code, place=self._place).counter

    def _choose(self, kind: str, address: str) -> None:
        if kind == JOINED:
            self._begin()
        elif kind == PRACTICE:
            self._place.choose_practice()
            self._begin()
            self._background.run(Lane.DESK, partial(asking.fill_practice, self._desk))
        else:  # a keyring may ask its user something: not on the UI thread
            keep = partial(self._place.choose_database, address)
            self._background.run(Lane.NETWORK, keep, lambda _nothing: self._begin(), self.ask)

    def _begin(self) -> None:
        self._window.set_practice(self._place.practice)
        self._open_desk()


SHUT_OUT = ("login-ended", "password-wrong", "keyring-shut")
"""Refusals after which a new code helps, and often nothing else."""


class JoinAgain(QObject):
    """The shared database lets this computer in no more: it joins by a new code, and the program starts anew."""

    def __init__(self, background: Background, window: MainWindow, place: Place, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._window, self._place = background, window, place

    def ask(self, no: CannotDo) -> None:
        """Over the window; Esc leaves the sentence that says why nothing can be done here."""
        from models import address as addresses
        from ui.wording.refusals import refusal

        url = addresses.parse(self._place.shared)
        host = self._window.overlay_host
        again, why = addresses.told(url), refusal(no) if no.code == "keyring-shut" else ""
        welcome = Welcome(self._background, host, join_it=self._join, again=again, why=why)
        welcome.root.set_file(addresses.root_of(url))
        welcome.chosen.connect(self._start_anew)
        welcome.open(welcome.code)

    def _join(self, address: str, code: str) -> str:
        """On a lane: with the new code in the place of what let it in before."""
        from controllers import joining

        return joining.join(address, code, place=self._place, replace=True).counter

    def _start_anew(self, _kind: str, address: str) -> None:
        """Joined by a code, or let in by the password that all counters share."""
        if address:
            self._background.run(Lane.NETWORK, partial(self._keep, address), lambda _nothing: self._leave())
        else:
            self._leave()

    def _keep(self, address: str) -> None:
        self._place.choose_database(address, counter=self._place.counter)

    def _leave(self) -> None:
        self._place.starts_again = True
        self._window.close()
