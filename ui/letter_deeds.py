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
    from controllers.letter_address import LetterAddress
    from controllers.letters_by_hand import LetterSeen, LettersOffered
    from controllers.reservations import Done
    from models.details import Details
    from models.outbox import Letter
    from ui.at_desk import AtDesk
    from ui.letter_address import LetterAddressDialog
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
        self._address: LetterAddressDialog | None = None
        self._look_address = Question(at.background, self)
        self._keep_address = Question(at.background, self, lane=Lane.DESK)
        self._look_address.answered.connect(self._show_address)
        self._look_address.refused.connect(self._refuse)
        self._keep_address.answered.connect(self._was_addressed)
        self._keep_address.refused.connect(self._refuse_address)
        self._offered.answered.connect(self._show_list)
        self._see.answered.connect(self._show_letter)
        self._send.answered.connect(self._was_sent)
        for question in (self._offered, self._see, self._send):
            question.refused.connect(self._refuse)

    def ask(self, found: Details | None) -> None:
        """Which letter shall leave to the traveler of what is shown?"""
        is_open = stands(self._list) or stands(self._preview)
        if found is not None and not is_open and not self._is_under_way:
            self._offered.ask(partial(asking.letters_offered, self._at.desk, found.row.id))

    def ask_address(self, reservation_id: int) -> None:
        """Where shall the letters of a reservation go?"""
        if not stands(self._address) and not self._is_under_way:
            self._look_address.ask(partial(asking.letter_address, self._at.desk, reservation_id))

    def see(self, reservation_id: int, kind: Letter) -> None:
        """One letter, before it leaves."""
        self._see.ask(partial(asking.see_letter, self._at.desk, reservation_id, kind))

    @property
    def _is_under_way(self) -> bool:
        """Whether what was pressed in a dialog is still being done: its answer must not meet another dialog."""
        return self._send.is_open or self._keep_address.is_open

    def _show_list(self, found: LettersOffered) -> None:
        from ui.letters_dialog import LettersDialog

        host = self._at.deeds.host
        if host is not None:
            self._list = LettersDialog(found, host)
            self._list.chosen.connect(partial(self.see, found.reservation_id))
            self._list.address_wanted.connect(self._show_address)
            self._list.ask()

    def _show_address(self, found: LetterAddress) -> None:
        from ui.letter_address import LetterAddressDialog

        host = self._at.deeds.host
        if self._address is not None and stands(self._address):
            self._address.show_found(found)
        elif host is not None:
            self._address = LetterAddressDialog(found, host)
            self._address.accepted.connect(self._keep_it)
            self._address.ask()

    def _keep_it(self) -> None:
        dialog = self._address
        if dialog is not None and not self._keep_address.is_open:
            dialog.set_busy(True)
            at, told = dialog.found, (dialog.address, dialog.language)
            asked = partial(asking.keep_letter_address, self._at.desk, at.reservation_id, *told, at.version)
            self._keep_address.ask(asked)

    def _was_addressed(self, done: Done) -> None:
        if self._address is not None and stands(self._address):
            self._address.leave()
        words = self.tr("Letters of {number} go as before")
        if "email" in done.facts["fields"]:
            words = self.tr("Letters of {number} go to the new address")
        elif done.facts["fields"]:
            words = self.tr("Letters of {number} leave in that language")
        self._at.deeds.tell(words.format(number=done.number))

    def _refuse_address(self, no: CannotDo) -> None:
        dialog = self._address
        if dialog is None or not stands(dialog):
            self._at.deeds.tell(refusal(no))
            return
        dialog.refuse(no)
        if no.code == "changed-meanwhile":
            asked = partial(asking.letter_address, self._at.desk, dialog.found.reservation_id)
            self._look_address.ask(asked)

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
