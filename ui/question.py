"""Asks the database for a screen, and lets only the newest answer through.

Who types, scrolls and clicks asks faster than a database answers: an answer to an older question is
dropped. A refusal of the world is an answer too; anything else goes to whoever listens for trouble.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from controllers.background import Background, Lane
from models.frozen import frozen
from models.refusals import CannotDo


@frozen
class _Answer:
    number: int
    result: Any
    error: Exception | None


class Question(QObject):
    """One kind of question of one screen. `answered` brings the newest answer, `refused` a `CannotDo`.

    `failed` says that a fault of ours ended it, which is told elsewhere: what waits for the answer waits no more.
    """

    answered = Signal(object)
    refused = Signal(object)
    failed = Signal()

    def __init__(self, background: Background, parent: QObject, *, lane: Lane = Lane.READING) -> None:
        super().__init__(parent)
        self._background, self._lane = background, lane
        self._asked = self._heard = 0

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked != self._heard

    def ask(self, work: Callable[[], object]) -> None:
        """Do `work` on the lane; whatever was asked before is no longer of interest."""
        self._asked += 1
        self._background.run(self._lane, partial(_answer, self._asked, work), self._hear)

    def forget(self) -> None:
        """What was asked is no longer of interest."""
        self._asked += 1
        self._heard = self._asked

    def _hear(self, answer: _Answer) -> None:
        """A fault of ours is told even where nobody waits for this answer any more."""
        is_newest = answer.number == self._asked
        if is_newest:
            self._heard = answer.number
        if answer.error is not None and not isinstance(answer.error, CannotDo):
            if is_newest:
                self.failed.emit()
            self._background.trouble.emit(answer.error)
        elif is_newest and answer.error is None:
            self.answered.emit(answer.result)
        elif is_newest:
            self.refused.emit(answer.error)


def _answer(number: int, work: Callable[[], object]) -> _Answer:
    try:
        return _Answer(number, work(), None)
    except Exception as error:  # carried back to whoever asked
        return _Answer(number, None, error)
