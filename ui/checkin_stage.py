"""Shows verdicts over the window, one at a time, and keeps what comes while one waits for a decision.

The next scan pushes a verdict away, but never one that waits for money or for an answer: it queues behind it
and the verdict says so. What waits keeps the order in which it was read. A key that was pressed before anybody
could see the verdict, or in the middle of a word, is none of its keys.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from controllers.scanning import Scan
from controllers.scanning.key_flow import KeyFlow
from models.frozen import frozen
from ui.verdicts import Judged, face_of
from ui.widgets.verdict_card import VerdictCard
from ui.widgets.verdict_face import VerdictFace


@frozen
class _Waiting:
    """Something behind a verdict, and when it was read."""

    what: Judged | Scan
    turn: int


class Stage(QObject):
    """`flow` knows the rhythm in which a person writes.

    `pressed` brings a key's cap and its `Judged`, `turn` what waited behind a verdict; `cleared`: none is up.
    """

    pressed = Signal(str, object)
    turn = Signal(object)
    cleared = Signal()

    def __init__(self, flow: Callable[[], KeyFlow], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._card: VerdictCard | None = None
        self._judged: Judged | None = None
        self._behind: list[_Waiting] = []
        self._then: Callable[[], None] | None = None

    @property
    def judged(self) -> Judged | None:
        """What is shown now."""
        return self._judged

    @property
    def card(self) -> VerdictCard | None:
        """The card on screen."""
        return self._card if self._card is not None and isValid(self._card) else None

    @property
    def waits(self) -> bool:
        """Whether the next scan has to wait."""
        return self._judged is not None and self._judged.waits

    @property
    def has_more(self) -> bool:
        """Whether anything waits behind what is shown."""
        return bool(self._behind)

    def show(self, judged: Judged, host: QWidget, turn: int) -> None:
        """This verdict, at once; behind the present one where that waits for somebody else's answer."""
        if self.waits and not self._is_same_order(judged):
            self.queue(judged, turn)
            return
        self._judged = judged
        if self.card is not None:
            self.card.show_face(self._face())
        else:
            _close_menus()
            card = self._card = VerdictCard(self._face(), host, answers=self._answers)
            card.key_pressed.connect(self._press)
            card.closed.connect(self._gone)
            card.open()
        self._flow().shown()

    def queue(self, what: Judged | Scan, turn: int) -> None:
        """Behind what is shown, in the order of being read."""
        insort(self._behind, _Waiting(what, turn), key=lambda one: one.turn)
        if self.card is not None:
            self.card.show_face(self._face())

    def has_queued(self, text: str) -> bool:
        """Whether this code waits already."""
        return any(isinstance(one.what, Scan) and one.what.text == text for one in self._behind)

    def go_on(self) -> None:
        """The turn of what waited, where nothing is up."""
        if self._judged is None:
            self.next()

    def next(self) -> None:
        """The turn of what waited longest; it pushes away what is up."""
        if self._behind:
            first = self._behind.pop(0)
            self.turn.emit(first.what)

    def start_again(self) -> None:
        """The same code was held up again."""
        if self.card is not None:
            self.card.start_again()

    def leave(self, then: Callable[[], None] | None = None) -> None:
        """End the verdict; afterwards do `then`."""
        self._then = then
        if self.card is not None:
            self.card.leave()

    def _face(self) -> VerdictFace:
        assert self._judged is not None
        return face_of(self._judged, queued=len(self._behind))

    def _is_same_order(self, judged: Judged) -> bool:
        now = self._judged.answer if self._judged is not None else None
        if now is None:
            return False
        return now.scan_id == judged.answer.scan_id or now.reservation_id == judged.answer.reservation_id

    def _answers(self, event: QKeyEvent) -> bool:
        """Whether a key was pressed because of what is shown."""
        writes = bool(event.text().strip()) or event.key() == Qt.Key.Key_Backspace
        return self._flow().answers(event.timestamp(), writes=writes)

    def _press(self, cap: str) -> None:
        if self._judged is not None:
            self.pressed.emit(cap, self._judged)

    def _gone(self) -> None:
        then = self._then
        self._card = self._judged = self._then = None
        self._flow().gone()
        self.cleared.emit()
        if then is not None:
            then()
        self.go_on()


def _close_menus() -> None:
    """A menu that stands open would lie over the verdict and keep its keys."""
    popup = QApplication.activePopupWidget()
    while popup is not None and popup.close():
        popup = QApplication.activePopupWidget()
