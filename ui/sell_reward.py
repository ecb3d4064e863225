"""A reward code at the till: typed or scanned, looked up at once, and what it takes off said before anybody pays."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.money import Money
from models.refusals import CannotDo
from models.rewards import is_whole, spelled, typed
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.question import Question
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.widgets.scrolled import bring_into_sight
from ui.wording.numbers import money_words
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.rewards import Off


class SellReward(QWidget):
    """`changed` comes with every letter and with what the desk says about the code, `entered` with Enter."""

    changed = Signal()
    entered = Signal()

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._total: Money | None = None
        self._off: Off | None = None
        self._no: CannotDo | None = None
        self.button = Button("", icon="star", key=actions.cap("reward"), height=40)
        self.field, self._told = Field(), Label("", 12, 500, "ink2", wrap=True)
        self._look = Question(at.background, self)
        self._build()
        self.button.clicked.connect(self.toggle)
        self.field.changed.connect(lambda _text: self._typed())
        self.field.entered.connect(self.entered)
        self._look.answered.connect(self._show)
        self._look.refused.connect(self._refuse)
        self.clear()
        self.retranslate()

    @property
    def code(self) -> str:
        """The code as typed, '' where none is wanted."""
        return self.field.text().strip() if self.field.isVisibleTo(self) else ""

    @property
    def off(self) -> Money | None:
        """What it takes off, as the guest is told; None where nothing is."""
        return self._off.off if self._off is not None else None

    @property
    def is_asking(self) -> bool:
        """Whether the code is being looked up."""
        return self._look.is_open

    @property
    def no(self) -> CannotDo | None:
        """Why the code that stands there takes nothing off; None while there is no price to take it off."""
        if not self.code or self._off is not None or (self._no is None and is_whole(self.code)):
            return None
        return self._no or CannotDo("reward-mistyped", given=self.code)

    def toggle(self) -> None:
        """A code, or none after all."""
        shown = not self.field.isVisibleTo(self)
        self._set_shown(shown)
        if shown:
            self.field.setFocus()
        self._typed()

    def take(self, code: str) -> None:
        """A code that was scanned, whatever has the keyboard."""
        self._set_shown(True)
        self.field.set_text(spelled(typed(code)))
        self._typed()

    def show_total(self, total: Money | None) -> None:
        """Another price: what the code takes off may be another sum."""
        if total != self._total:
            self._total = total
            self._ask()

    def clear(self) -> None:
        """No code."""
        self.field.set_text("")
        self._set_shown(False)
        self._off = self._no = None
        self._say()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.button.set_text(actions.text("reward"))
        self.field.set_placeholder(self.tr("ABCDE-FGHJK"))
        self.field.setAccessibleName(actions.text("reward"))
        self._say()

    def _typed(self) -> None:
        self._off = self._no = None
        self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        """Only what can be a code is asked about."""
        code, total = self.code, self._total
        self._off = None
        if code and is_whole(code) and total is not None and total.minor:
            self._look.ask(partial(asking.reward_off, self._at.desk, code, total))
        else:
            self._look.forget()
            self._say()

    def _show(self, off: Off) -> None:
        if is_whole(self.code) and typed(self.code) == off.code:
            self._off, self._no = off, None
            self._say()
            self.changed.emit()

    def _refuse(self, no: CannotDo) -> None:
        self._off, self._no = None, no
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        words, ink = "", "ink2"
        if self._off is not None:
            words, ink = self._off_words(self._off), "good"
        elif self._no is not None:
            words, ink = refusal(self._no), "stop"
        elif len(self.code.replace("-", "").replace(" ", "")) >= 10 and not is_whole(self.code):
            words, ink = refusal(CannotDo("reward-mistyped", given=self.code)), "stop"
        self._told.setText(words)
        self._told.set_ink(ink)
        self._told.setVisible(bool(words))
        self.field.set_wrong(ink == "stop")
        if words:
            bring_into_sight(self._told)

    def _off_words(self, off: Off) -> str:
        words = self.tr("{amount} less.").format(amount=money_words(off.off))
        if off.stays is not None and off.stays.minor:
            stays = self.tr("{amount} stay on the code.").format(amount=money_words(off.stays))
            words = f"{words} {stays}"
        return words

    def _set_shown(self, shown: bool) -> None:
        self.field.setVisible(shown)
        self.button.set_kind("on" if shown else "plain")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(6))
        column.addWidget(Flow(self.button, self.field, grows=self.field))
        column.addWidget(self._told)
