"""What a review of a product is thanked with: nothing, an amount or a percent, and how long its code is good."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.review import Tally
from ui.product_draft import Draft
from ui.product_entries import NumberEntry, PickEntry, Section, TextEntry
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.wording.reviews import tally_words


class RewardPart(Section):
    """The code goes to the traveler with our letter, and takes something off at the counter."""

    def __init__(self, draft: Draft, tally: Tally | None) -> None:
        super().__init__(self.tr("Reviews"), note=tally_words(tally) if tally is not None else "")
        self._draft = draft
        self.add(
            PickEntry(
                draft,
                ("reward", "gives"),
                self.tr("A review is thanked with"),
                [
                    ("nothing", self.tr("nothing")),
                    ("amount", self.tr("an amount")),
                    ("percent", self.tr("a percent")),
                ],
            )
        )
        currency = str(draft.get(("currency",)) or "")
        self._amount = TextEntry(
            draft, ("reward", "amount"), self.tr("It takes off"), after=currency, wide=110
        )
        self._percent = NumberEntry(draft, ("reward", "percent"), self.tr("It takes off"), after="%", wide=64)
        days = NumberEntry(
            draft, ("reward", "valid_days"), self.tr("Good for"), after=self.tr("days"), wide=84
        )
        self._how: QWidget = Flow(self._amount, self._percent, days)
        self.add(self._how)
        self.told = Label("", 13, 400, "ink2", wrap=True)
        self.add(self.told)
        draft.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        gives = self._draft.get(("reward", "gives"))
        self._how.setVisible(gives in ("amount", "percent"))
        self._amount.setVisible(gives == "amount")
        self._percent.setVisible(gives == "percent")
        words = {
            "amount": self.tr(
                "One code for an order, used up bit by bit, also for another product of its currency."
            ),
            "percent": self.tr("One code for an order, good for one sale."),
        }
        self.told.setText(words.get(str(gives), self.tr("No code is given.")))
