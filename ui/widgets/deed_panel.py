"""What is said of the chosen line of a list, and what can be done about it: head, facts, a refusal, and a row a deed.

A screen fills it anew with every answer; what was refused stays said until another line is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from models.refusals import CannotDo
from ui import fonts
from ui.widgets.action_row import ActionRow
from ui.widgets.card import Card
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice


class DeedPanel(Card):
    """Subclasses bring the head with `build`, then tell facts and offer deeds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._about: Hashable = None
        self._facts, self._rows = QGridLayout(), QVBoxLayout()
        self._no = Notice("stop", "")
        self._every: list[ActionRow] = []
        self.deeds: list[ActionRow] = []

    def build(
        self, *head: QWidget | QLayout, above: Iterable[QWidget] = (), below: Iterable[QWidget] = ()
    ) -> None:
        """Puts everything in its place: `above` stands between head and facts, `below` under the facts."""
        self.add(_column(head, (14, 12), spacing=4))
        if above:
            self.add(_column(above, (0, 10)))
        self._facts.setContentsMargins(fonts.px(16), fonts.px(12), fonts.px(16), fonts.px(12))
        self._facts.setHorizontalSpacing(fonts.px(16))
        self._facts.setVerticalSpacing(fonts.px(8))
        self._facts.setColumnStretch(1, 1)
        self._rows.setContentsMargins(fonts.px(6), 0, fonts.px(6), fonts.px(6))
        self._rows.setSpacing(0)
        self.add(Hairline())
        self.add(self._facts)
        self.add(_column((*below, self._no), (0, 8)))
        self.add(Hairline())
        self.add(self._rows)
        self.add_stretch()
        self._no.hide()
        self._body.setSpacing(0)

    def is_about(self, what: Hashable) -> bool:
        """Whether it is still about the same; if not, what was refused is of no interest any more."""
        same, self._about = what is not None and what == self._about, what
        if not same:
            self._no.hide()
        return same

    def press(self, digit: int) -> bool:
        """Whether a digit is one of the deeds; then it is done."""
        if 1 <= digit <= len(self.deeds):
            self.deeds[digit - 1].click()
            return True
        return False

    def refuse(self, no: CannotDo) -> None:
        """The world said no."""
        self._no.refuse(no)

    def show_facts(self, told: Iterable[tuple[str, str]]) -> None:
        """Pairs of a word and what stands there."""
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, (word, value) in enumerate(told):
            self._facts.addWidget(Label(word, 13, 400, "ink3"), at, 0)
            self._facts.addWidget(Label(value, 13, 500, wrap=True), at, 1)

    def clear_deeds(self) -> None:
        """Nothing is offered."""
        for row in self._every:
            row.hide()
            self._rows.removeWidget(row)
            row.deleteLater()
        self._every, self.deeds = [], []

    def offer(self, words: tuple[str, str], key: str, do: Callable[[], Any]) -> ActionRow:
        """One more row."""
        row = ActionRow(*words, key=key)
        row.clicked.connect(lambda _checked=False: do())
        self._every.append(row)
        self._rows.addWidget(row)
        return row

    def offer_deed(self, words: tuple[str, str], do: Callable[[], Any]) -> None:
        """One more that its digit does."""
        self.deeds.append(self.offer(words, str(len(self.deeds) + 1), do))


def _column(parts: Iterable[QWidget | QLayout], edges: tuple[int, int], *, spacing: int = 6) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(fonts.px(16), fonts.px(edges[0]), fonts.px(16), fonts.px(edges[1]))
    column.setSpacing(fonts.px(spacing))
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return column
