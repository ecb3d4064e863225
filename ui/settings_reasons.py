"""The settings' page of the reasons travelers are told when an order is cancelled: each in every language we write.

A reason is chosen, its text written in one language after the other, and all of them are kept together. What somebody
else kept meanwhile is not overwritten: it is said, and what was written stays.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.cancelling import Reason, usual_reasons
from models.refusals import CannotDo
from models.vouchers import LANGUAGES
from ui import asking, fonts
from ui.details_rows import clear
from ui.question import Question
from ui.settings_kept import Kept
from ui.widgets.button import APART, Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.text_area import TextArea
from ui.wording.orders import language_word


class ReasonsPage(QWidget):
    """The titles as buttons, and below them the chosen one."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[Button] = []
        self._kept = kept
        self._seen: tuple[Reason, ...] = ()
        self._sent: tuple[Reason, ...] = ()
        self._mine: list[Reason] = []
        self._at, self._shows = 0, False
        self._look = Question(kept.at.background, self)
        self._change = Question(kept.at.background, self, lane=Lane.DESK)
        self._theirs = Question(kept.at.background, self)
        self._card, self._about = Card(padding=20), Label("", 13, 400, "ink2", wrap=True)
        self._titles = QVBoxLayout()
        self.title, self.text = Field(), TextArea(rows=6)
        self._title = Labelled("", self.title)
        self.language = Segmented(*(language_word(one) for one in LANGUAGES), name=self.tr("Language"))
        self._places = Label("", 12, 400, "ink2", wrap=True)
        self.new, self.away, self.usual = Button("", icon="plus"), Button("", icon="delete"), Button("")
        self.keep = Button("", "primary", icon="confirm")
        self.notice = Notice("stop", "")
        self._build()
        self._connect()
        self.retranslate()
        self._ask()

    @property
    def is_changed(self) -> bool:
        """Whether something is written that is not kept yet."""
        return tuple(self._mine) != self._seen

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._card.set_heading(self.tr("Reasons for cancelling"))
        self._about.setText(
            self.tr(
                "The traveler reads the reason first, in their own language; where it is missing, in English. "
                "The title is for the desk only."
            )
        )
        self._title.set_text(self.tr("Title"))
        self.text.setAccessibleName(self.tr("What the traveler reads"))
        self.text.set_placeholder(self.tr("What the traveler reads"))
        self.language.set_name(self.tr("Language"))
        names = "{{ product }}, {{ departure }}, {{ number }}, {{ traveler }}, {{ party }}, {{ operator }}"
        self._places.setText(self.tr("Filled in for each: {names}").replace("{names}", names))
        self.new.set_text(self.tr("New reason"))
        self.away.set_text(self.tr("Take away"))
        self.keep.set_text(self.tr("Keep the reasons"))
        self._show_titles()
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # what is shown

    def _ask(self) -> None:
        if not self.is_changed:
            self._look.ask(partial(asking.cancel_reasons, self._kept.at.desk))

    def _show(self, reasons: tuple[Reason, ...]) -> None:
        self._seen, self._mine = reasons, list(reasons)
        self._at = min(self._at, max(0, len(reasons) - 1))
        self._show_titles()
        self._show_one()

    def _show_titles(self) -> None:
        had = any(one.hasFocus() for one in self._chips)
        clear(self._titles)
        buttons = [Button(one.title or self.tr("New reason"), height=30) for one in self._mine]
        for at, button in enumerate(buttons):
            button.set_kind("on" if at == self._at else "plain")
            button.clicked.connect(partial(self._choose, at))
        self._titles.addWidget(Flow(*buttons, spacing=APART, below=0))
        self._chips = buttons
        if had:
            (buttons[self._at] if buttons else self.title).setFocus()

    def _show_one(self) -> None:
        self._shows = True
        one = self._mine[self._at] if self._mine else Reason("")
        self.title.set_text(one.title)
        self.text.set_text(one.texts.get(LANGUAGES[self.language.at], ""))
        self._shows = False
        self._settle()

    def _settle(self) -> None:
        may_keep = self.is_changed and not self._change.is_open
        if (self.keep.hasFocus() and not may_keep) or (self.away.hasFocus() and not self._mine):
            self.title.setFocus()  # what can no longer be pressed would hand the keyboard to the rail
        self.keep.setEnabled(may_keep)
        back, usual = self.tr("Back to what is kept"), self.tr("The usual ones again")
        self.usual.set_text(back if self.is_changed else usual)
        self.away.setEnabled(bool(self._mine))

    # what is written

    def _choose(self, at: int, _checked: bool = False) -> None:
        self._at = at
        self._show_titles()
        self._show_one()

    def _write(self, _typed: str = "") -> None:
        """What stands in the fields belongs to the chosen reason."""
        if self._shows or not self._mine:
            return
        one = self._mine[self._at]
        texts = {**one.texts, LANGUAGES[self.language.at]: self.text.text()}
        texts = {key: text for key, text in texts.items() if text.strip()}
        self._mine[self._at] = replace(one, title=self.title.text(), texts=texts)
        self._settle()

    def _add(self) -> None:
        self._mine.append(Reason(""))
        self._choose(len(self._mine) - 1)
        self.title.setFocus()

    def _take_away(self) -> None:
        if self._mine:
            self._mine.pop(self._at)
            self._choose(max(0, self._at - 1))

    def _go_back(self) -> None:
        """What was begun goes first; where nothing was begun the usual ones stand there, to be kept."""
        if self.is_changed:
            self._show(self._seen)
        else:
            self._mine, self._at = list(usual_reasons()), 0
            self._show_titles()
            self._show_one()

    def _send(self) -> None:
        if self.is_changed and not self._change.is_open:
            wanted = self._sent = tuple(self._mine)
            self._change.ask(partial(asking.keep_cancel_reasons, self._kept.at.desk, wanted, self._seen))

    def _were_read(self, reasons: tuple[Reason, ...]) -> None:
        if not self.is_changed:
            self._show(reasons)

    def _were_kept(self, reasons: tuple[Reason, ...]) -> None:
        """What somebody has written on meanwhile stays."""
        if tuple(self._mine) == self._sent:
            self._show(reasons)
        else:
            self._know_theirs(reasons)

    def _not_kept(self, no: CannotDo) -> None:
        """What was written stays; whoever keeps it now knows that it replaces what somebody else wrote."""
        if no.code == "reasons-kept-meanwhile":
            self._theirs.ask(partial(asking.cancel_reasons, self._kept.at.desk))
        self._settle()

    def _know_theirs(self, reasons: tuple[Reason, ...]) -> None:
        self._seen = reasons
        self._settle()

    # building

    def _build(self) -> None:
        tools, end = QHBoxLayout(), QHBoxLayout()
        for button in (self.new, self.away):
            tools.addWidget(button)
        tools.addStretch(1)
        end.addWidget(self.usual)
        end.addStretch(1)
        end.addWidget(self.keep)
        column = QVBoxLayout()
        column.setSpacing(fonts.px(12))
        column.addWidget(self._about)
        column.addLayout(self._titles)
        column.addLayout(tools)
        for widget in (self._title, self.language, self.text, self._places, self.notice):
            column.addWidget(widget)
        column.addLayout(end)
        self._card.add(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)
        whole.addStretch(1)
        self.notice.hide()

    def _connect(self) -> None:
        self._look.answered.connect(self._were_read)
        self._change.answered.connect(self._were_kept)
        self.notice.follow(self._look, self._change)
        self._change.refused.connect(self._not_kept)
        self._theirs.answered.connect(self._know_theirs)
        self.title.changed.connect(self._write)
        self.text.changed.connect(self._write)
        self.language.chosen.connect(lambda _at: self._show_one())
        self.new.clicked.connect(self._add)
        self.away.clicked.connect(self._take_away)
        self.keep.clicked.connect(self._send)
        self.usual.clicked.connect(self._go_back)
        self._kept.told.connect(lambda _settings: self._ask())
