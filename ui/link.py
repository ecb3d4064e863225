"""Brings the reservation to the front that a link or a notice in the tray names, with Confirm under the finger.

Nobody is signed in, or a question lies over the window: then it is shown as soon as that is over. Only the link that
was pressed last counts.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from models.link import reservation_of
from models.references import number_of
from models.refusals import CannotDo
from ui import asking
from ui.question import Question
from ui.screens import not_open
from ui.widgets.overlay import Overlay, stands
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.place import Place
    from ui.at_desk import AtDesk
    from ui.doorbell import Doorbell
    from ui.main_window import MainWindow
    from ui.people import People


class Link(QObject):
    """`follow` a link, or `show_reservation` by its id."""

    def __init__(self, at: AtDesk, window: MainWindow, people: People, parent: QObject) -> None:
        super().__init__(parent)
        self._at, self._window, self._people = at, window, people
        self._doorbell: Doorbell | None = None
        self._waits: str | int | None = None
        self._find = Question(at.background, self)
        self._find.answered.connect(self._found)
        self._find.refused.connect(self._say_no)
        people.came.connect(self._go_on)

    def listen(self, place: Place) -> None:
        """From now on other programs of this user may hand a link over."""
        from ui.doorbell import Doorbell

        self._doorbell = Doorbell(place, self)
        self._doorbell.rung.connect(self.follow)

    def close(self) -> None:
        """The window is closed."""
        if self._doorbell is not None:
            self._doorbell.close()

    def follow(self, link: str) -> None:
        """Show what a link names; whatever is no link of ours gets a sentence."""
        self._waits = link
        self.come_to_front()
        self._go_on()

    def show_reservation(self, reservation_id: int) -> None:
        """Show a reservation of which is known that it is there."""
        self._waits = reservation_id
        self.come_to_front()
        self._go_on()

    def come_to_front(self) -> None:
        """The window, however it was put away."""
        window = self._window
        if window.isMinimized() or not window.isVisible():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
        window.raise_()
        window.activateWindow()
        if not window.isActiveWindow():
            QApplication.alert(window)

    def _go_on(self, *_: object) -> None:
        if self._waits is None or self._people.is_locked:
            return
        over = self._lies_over()
        if over is not None:
            over.closed.connect(self._go_on_soon, Qt.ConnectionType.SingleShotConnection)
            return
        wanted, self._waits = self._waits, None
        if not self._window.offers("details"):
            self._say_no(not_open("details"))
            return
        try:
            number = number_of(wanted if isinstance(wanted, int) else reservation_of(wanted))
        except CannotDo as no:
            self._say_no(no)
            return
        self._find.ask(partial(asking.find, self._at.desk, number))

    def _go_on_soon(self) -> None:
        """When whoever answered a question has done what follows from it."""
        QTimer.singleShot(0, self._go_on)

    def _lies_over(self) -> Overlay | None:
        """A question that is open: it is answered first."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        found = self._window.overlay_host.findChildren(Overlay, options=direct)
        return next((one for one in found if stands(one)), None)

    def _found(self, reservation_id: int) -> None:
        if self._people.is_locked or self._lies_over() is not None:  # meanwhile
            self._waits = reservation_id
            self._go_on()
        else:
            self._window.go("details", reservation=reservation_id)

    def _say_no(self, no: CannotDo) -> None:
        self._at.deeds.tell_for_long(refusal(no))
