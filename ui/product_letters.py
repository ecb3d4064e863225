"""Which letters of a product go by themselves, when a comment is asked for, and the way to the switches."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.letters import BY_HAND
from models.outbox import Letter
from models.refusals import CannotDo
from ui import asking
from ui.at_desk import AtDesk
from ui.product_draft import Draft
from ui.product_entries import NumberEntry, Section
from ui.question import Question
from ui.widgets.label import Label
from ui.wording.letters import letter_word
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.letter_ways import WaysPage

CONCERNS = frozenset(("letter-ways", "products"))


class LettersPart(Section):
    """`switches_wanted` leads to where the switches are; the hours are a part of the product like any other."""

    switches_wanted = Signal()

    def __init__(self, draft: Draft, at: AtDesk) -> None:
        super().__init__(self.tr("Letters"))
        self._at, self._draft = at, draft
        self._found: WaysPage | None = None
        self._ways = Question(at.background, self)
        self.itself, self.by_hand = Label("", 13, 500, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self.told = Label("", 13, 400, "ink2", wrap=True)
        for label in (self.itself, self.by_hand):
            self.add(label)
        self.add(
            NumberEntry(
                draft,
                ("comment_hours",),
                self.tr("The comment letter leaves after the trip"),
                after=self.tr("hours later"),
            )
        )
        self.add(self.told)
        self._ways.answered.connect(self._show)
        self._ways.refused.connect(self._cannot)
        self.linked.connect(self.switches_wanted)
        self.told.hide()
        self.ask()

    def ask(self) -> None:
        """Look again what was switched, here or for all products."""
        self._ways.ask(partial(asking.letter_ways, self._at.desk, self._draft.product_id or 0))

    def _show(self, found: WaysPage) -> None:
        self._found = found
        note = self.tr("some as for this product only") if found.switches else self.tr("as for all products")
        self.set_heading(self.tr("Letters"), note, self.tr("Change…") if found.may_change else "")
        itself = [letter_word(kind) for kind in BY_HAND if found.goes(kind)]
        by_hand = [letter_word(kind) for kind in BY_HAND if not found.goes(kind)]
        self.itself.setText(self.tr("By themselves: {letters}.").format(letters=", ".join(itself)))
        self.by_hand.setText(self.tr("Only by hand: {letters}.").format(letters=", ".join(by_hand)))
        self.itself.setVisible(bool(itself))
        self.by_hand.setVisible(bool(by_hand))
        self.told.setText(self.tr("No comment is asked for unless somebody sends the letter by hand."))
        self.told.setVisible(not found.goes(Letter.COMMENT))

    def _cannot(self, no: CannotDo) -> None:
        self.told.setText(refusal(no))
        self.told.show()
