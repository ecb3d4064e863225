"""Says that a letter which came back is done with, and lets Ctrl+Z have it wait for somebody again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from controllers.background import Lane
from models.refusals import CannotDo
from ui import asking
from ui.outbox_words import Deed, done_words, title_words
from ui.taking_back import BY_ONE_KEY
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from models.outbox_reading import OutboxLine
    from ui.at_desk import AtDesk

translate = QCoreApplication.translate


def offer_to_put_back(at: AtDesk, line: OutboxLine) -> None:
    """It was put away just now, from the outbox or from its conversation."""
    at.deeds.offer_to_take_back(done_words(Deed.PUT_AWAY, line), partial(_put_back, at, line.id), BY_ONE_KEY)


def _put_back(at: AtDesk, letter_id: int) -> None:
    work = partial(asking.decide_letter, at.desk, letter_id, "put-back")
    at.background.run(Lane.DESK, work, partial(_waits_again, at), partial(_refused, at))


def _waits_again(at: AtDesk, line: OutboxLine) -> None:
    words = translate("outbox", "{letter} waits for somebody again")
    at.deeds.tell(words.format(letter=title_words(line)))


def _refused(at: AtDesk, error: Exception) -> None:
    if isinstance(error, CannotDo):
        at.deeds.tell(refusal(error))
    else:
        at.background.trouble.emit(error)
