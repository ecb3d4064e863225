"""Asks what became of papers that were left open: by a desk that died while it printed, or because they waited.

Soon after the start and then every half minute, on lanes; what lies in no queue any more is noted in the print log.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from controllers.background import Lane
from ui import asking
from ui.asking import DeskDoor
from ui.at_desk import AtDesk
from ui.printing import printing
from ui.question import Question
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.print_log import Fates
    from controllers.spooling import Spooler
    from models.prints import Printing as Line


class LeftPrints(QObject):
    """A database that is away is told elsewhere, and asked again."""

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at
        self._lines: tuple[Line, ...] = ()
        self._left = Question(at.background, self)
        self._queue = Question(at.background, self, lane=Lane.PAPER)
        self._log = Question(at.background, self, lane=Lane.DESK)
        self._left.answered.connect(self._ask_queue)
        self._queue.answered.connect(self._note)
        self._log.answered.connect(self._say)

    def look(self) -> None:
        """Ask for all of them; while that is still under way nothing more is asked."""
        if not any(one.is_open for one in (self._left, self._queue, self._log)):
            self._left.ask(partial(asking.left_open, self._at.desk))

    def _ask_queue(self, lines: tuple[Line, ...]) -> None:
        prints = printing(self._at)
        self._lines = tuple(line for line in lines if not prints.is_under_way(line))
        if self._lines:
            self._queue.ask(partial(_fates, self._lines, prints.make_spooler))

    def _note(self, told: Fates) -> None:
        self._log.ask(partial(_settle, self._at.desk, told))

    def _say(self, told: Fates) -> None:
        """Somebody has to look at the printer."""
        from controllers.printing import not_known
        from models.prints import Fate

        unsure = {print_id for print_id, sent in told if sent.fate is Fate.UNSURE}
        lost = next((line for line in self._lines if line.id in unsure), None)
        if lost is not None:
            self._at.deeds.tell(refusal(not_known(lost.order, lost.printer)))


def _fates(lines: tuple[Line, ...], make: Callable[[], Spooler]) -> Fates:
    from controllers import printing as door

    return door.fates_of(lines, make())


def _settle(desk: DeskDoor, told: Fates) -> Fates:
    asking.settle_fates(desk, told)
    return told
