"""Lists the letters of one reservation: those that can be sent now, and why the others cannot."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.meanwhile import subjects
from models.refusals import CannotDo
from ui.widgets.action_row import ActionRow
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.wording.letters import letter_word
from ui.wording.orders import language_word
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.letter_address import LetterAddress
    from controllers.letters_by_hand import LettersOffered
    from models.letters import Offer


class LettersDialog(Dialog):
    """`chosen` brings the kind of letter to look at, `address_wanted` asks where letters go; Esc does nothing."""

    chosen = Signal(object)
    address_wanted = Signal(object)

    def __init__(self, found: LettersOffered, host: QWidget) -> None:
        super().__init__(" ", host)
        self.about = subjects("reservation", found.reservation_id)
        title = self.tr("Send a letter of {number}").format(number=found.number)
        self._title.setText(title)
        self.setAccessibleName(title)
        self._first: ActionRow | None = None
        able = [self._able(one) for one in found.offers if not one.why]
        unable = [self._unable(one, found.number) for one in found.offers if one.why]
        where = [self._where(found.address)]
        parts = (
            (self.tr("Can be sent now"), able),
            (self.tr("Where letters go"), where),
            (self.tr("Not now"), unable),
        )
        for words, rows in parts:
            if rows:
                self._add_part(words, rows)
        self._close = self.add_button(self.tr("Close"), key="Esc")

    def ask(self) -> None:
        """Open it, with the focus on the first letter that can be sent."""
        self.open(self._first or self._close)

    def _add_part(self, title: str, rows: list[ActionRow]) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(title, 12, 500, "ink2"))
        column.addSpacing(4)
        for row in rows:
            column.addWidget(row)
        self.add(column)

    def _where(self, at: LetterAddress) -> ActionRow:
        """Its address and language, of which only is said whether there are some."""
        known = self.tr("An address is known; letters leave in {language}")
        unknown = self.tr("No address is known; letters would leave in {language}")
        small = (known if at.has_address else unknown).format(language=language_word(at.spoken))
        change, give = self.tr("Change e-mail or language…"), self.tr("Give an e-mail or language…")
        row = ActionRow(change if at.has_address else give, small)
        row.clicked.connect(partial(self._choose_address, at))
        self._first = self._first or row
        return row

    def _able(self, offer: Offer) -> ActionRow:
        row = ActionRow(letter_word(offer.kind))
        row.clicked.connect(partial(self._choose, offer.kind))
        self._first = self._first or row
        return row

    @staticmethod
    def _unable(offer: Offer, number: str) -> ActionRow:
        reason = refusal(CannotDo(offer.why, number=number))
        row = ActionRow(letter_word(offer.kind), reason)
        row.forbid(reason)
        return row

    def _choose_address(self, at: LetterAddress) -> None:
        self.leave()
        self.address_wanted.emit(at)

    def _choose(self, kind: object) -> None:
        self.leave()
        self.chosen.emit(kind)
