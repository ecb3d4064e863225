"""What became of a deed, in the short word at the foot of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.wording.statuses import status_word

if TYPE_CHECKING:
    from controllers.reservations import Done

translate = QCoreApplication.translate


def confirmed_words(done: Done) -> str:
    """'Confirmed CF-10002, 2 over; the letter waits'; the number over only where there is one."""
    over, waits = done.facts.get("overbooked"), done.facts.get("letter", True)
    if over and waits:
        words = translate("done", "Confirmed {number}, {count} over; the letter waits")
    elif over:
        words = translate("done", "Confirmed {number}, {count} over; no letter leaves")
    elif waits:
        words = translate("done", "Confirmed {number}, the letter waits")
    else:
        words = translate("done", "Confirmed {number}; no letter leaves")
    return words.format(number=done.number, count=over)


def decided_words(done: Done) -> str:
    """Whose word counts now, and where the reservation stands with it."""
    words = translate("done", "Kept as it is here: {number} is {status}")
    if done.facts.get("answer") == "theirs":
        words = translate("done", "The channel's word is taken: {number} is {status}")
    said = words.format(number=done.number, status=status_word(done.status))
    over = done.facts.get("overbooked")
    return translate("done", "{words}, {count} over").format(words=said, count=over) if over else said
