"""Sends letters by hand: which ones there are, how one reads, and off it goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from controllers.background import Lane
from models.refusals import CannotDo
from ui import asking
from ui.question import Question
from ui.widgets.overlay import stands
from ui.wording.letters import letter_word
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.letters_by_hand import LetterSeen, LettersOffered
    from controllers.reservations import Done
    from models.details import Details
    from models.outbox import Letter
    from ui.at_desk import AtDesk
    from ui.letter_preview import LetterPreview
    from ui.letters_dialog import LettersDialog


class LetterDeeds(QObject):
    """One question at a time: the list, then a letter, then it leaves."""

    def __init__(self, at: AtDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._at = at
        self._list: LettersDialog | None = None
        self._preview: LetterPreview | None = None
        self._offered, self._see = Question(at.background, self), Question(at.background, self)
        self._send = Question(at.background, self, lane=Lane.DESK)
        self._offered.answered.connect(self._show_list)
        self._see.answered.connect(self._show_letter)
        self._send.answered.connect(self._was_sent)
        for question in (self._offered, self._see, self._send):
            question.refused.connect(self._refuse)

    def ask(self, found: Details | None) -> None:
        """Which letter shall leave to the traveler of what is shown?"""
        if found is not None and not (stands(self._list) or stands(self._preview)):
            self._offered.ask(partial(asking.letters_offered, self._at.desk, found.row.id))

    def see(self, reservation_id: int, kind: Letter) -> None:
        """One letter, before it leaves."""
        self._see.ask(partial(asking.see_letter, self._at.desk, reservation_id, kind))

    def _show_list(self, found: LettersOffered) -> None:
        from ui.letters_dialog import LettersDialog

        host = self._at.deeds.host
        if host is not None:
            self._list = LettersDialog(found, host)
            self._list.chosen.connect(partial(self.see, found.reservation_id))
            self._list.ask()

    def _show_letter(self, seen: LetterSeen) -> None:
        from ui.letter_preview import LetterPreview

        host = self._at.deeds.host
        if self._preview is not None and stands(self._preview):
            self._preview.show_letter(seen)
        elif host is not None:
            self._preview = LetterPreview(seen, host)
            self._preview.send_wanted.connect(self._send_it)
            self._preview.ask()

    def _send_it(self) -> None:
        dialog = self._preview
        if dialog is None or self._send.is_open:
            return
        seen = dialog.seen
        dialog.set_busy(True)
        told = (seen.wanted.reservation_id, seen.wanted.kind, seen.version, seen.letter.missing)
        self._send.ask(partial(asking.send_letter, self._at.desk, *told))

    def _was_sent(self, done: Done) -> None:
        dialog = self._preview
        if dialog is not None:
            words = self.tr("{letter} of {number} leaves now").format(
                letter=letter_word(dialog.seen.wanted.kind), number=done.number
            )
            if stands(dialog):
                dialog.leave()
            self._at.deeds.tell(words)

    def _refuse(self, no: CannotDo) -> None:
        dialog = self._preview
        if dialog is not None and stands(dialog):
            dialog.refuse(no)
            if no.code == "changed-meanwhile":
                self.see(dialog.seen.wanted.reservation_id, dialog.seen.wanted.kind)
        else:
            self._at.deeds.tell(refusal(no))
