"""The words of one letter: its subject and text, the placeholders to choose from, and how it reads at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from controllers.background import Lane
from models.letters import PLACEHOLDERS
from models.outbox import Letter
from models.refusals import CannotDo
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.letter_view import LetterView
from ui.question import Question
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.text_area import TextArea
from ui.wording.letters import missing_words, placeholder_words

if TYPE_CHECKING:
    from controllers.letter_templates import WordsPage
    from controllers.letters_by_hand import LetterSeen

_AFTER_MS = 400
_ROWS = 15
Typed = tuple[str, str]
"""Subject and text."""
Shown = tuple[Letter, str, int | None]
"""Letter, language, product."""


class LetterWordsCard(Card):
    """`kept` when own words were kept or taken away."""

    kept = Signal()

    def __init__(self, at: AtDesk) -> None:
        super().__init__(padding=20)
        self._at = at
        self._place: Shown = (Letter.CONFIRMATION, "en", None)
        self._page: WordsPage | None = None
        self._drafts: dict[Shown, Typed] = {}
        self._known: dict[Shown, int] = {}  # which version whoever began a draft knows of
        self._read, self._try = self._question(Lane.READING), self._question(Lane.READING)
        self._keep = self._question(Lane.DESK)
        self.subject, self.number = Field(), Field()
        self.text = TextArea(rows=_ROWS)
        self._subject, self._number = Labelled("", self.subject), Labelled("", self.number)
        self.insert = FilterButton("", "", height=32)
        self.keep_button, self.reset = Button("", "primary", key=actions.cap("save")), Button("", icon="undo")
        self._state, self._whom = Label("", 12, 400, "ink2", wrap=True), Label("", 12, 400, "ink2", wrap=True)
        self._how = Label("", 12, 400, "ink2", wrap=True)
        self.notice, self.gaps = Notice("stop", ""), Notice("act", "")
        self.view = LetterView(height=420)
        self._soon = QTimer(self, interval=_AFTER_MS, singleShot=True)
        self._build()
        self._connect()
        self.retranslate()

    def show_place(self, kind: Letter, language: str, product_id: int | None) -> None:
        """The words of another letter; what was begun in this one waits."""
        self._place, self._page = (kind, language, product_id), None
        self.notice.hide()
        self._read.ask(partial(asking.letter_words, self._at.desk, kind, language, product_id))

    @property
    def typed(self) -> Typed:
        """Subject and text as they stand in the fields."""
        return self.subject.text(), self.text.text()

    @property
    def is_changed(self) -> bool:
        """Whether something is not kept yet."""
        return self._place in self._drafts

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Words"))
        self._subject.set_text(self.tr("Subject"))
        self.subject.setAccessibleName(self.tr("Subject of the letter"))
        self.text.setAccessibleName(self.tr("Text of the letter"))
        self._how.setText(
            self.tr(
                "A line that begins with - is a row of facts. A line that begins with ? or -? stands only where "
                "everything that it names is known."
            )
        )
        self._number.set_text(self.tr("Shown for reservation"))
        self.number.setAccessibleName(self.tr("Reservation for which the letter is shown"))
        self.number.set_placeholder(self.tr("the newest"))
        self.insert.show_value(self.tr("Placeholder…"), name=self.tr("Insert"))
        words = [(f"{{{{ {name} }}}}   {placeholder_words(name)}", name) for name in PLACEHOLDERS]
        self.insert.set_choices([*words])
        self.keep_button.set_text(self.tr("Keep these words"))
        self.reset.set_text(self.tr("Back to the usual words"))
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def refuse(self, no: CannotDo, of: object = None) -> None:
        """Say no beside the words; another answer leaves it said."""
        self.notice.refuse(no, of)
        if no.code == "words-kept-meanwhile":  # what was typed stays; "back" shows theirs
            self._known.pop(self._place, None)
            self._read.ask(partial(asking.letter_words, self._at.desk, *self._place))

    # building

    def _question(self, lane: Lane) -> Question:
        made = Question(self._at.background, self, lane=lane)
        made.refused.connect(partial(self.refuse, of=made))
        made.answered.connect(lambda _told: self.notice.settle(made))
        return made

    def _build(self) -> None:
        tools, feet = QHBoxLayout(), QHBoxLayout()
        tools.addWidget(self.insert)
        tools.addWidget(self._state, 1)
        feet.addWidget(self.reset)
        feet.addStretch(1)
        feet.addWidget(self.keep_button)
        hint = QHBoxLayout()
        hint.addWidget(self._number)
        hint.addWidget(self._whom, 1)
        for widget in (self._subject, self.text, self._how, _row(tools), self.notice, _row(feet)):
            self.add(widget)
        for widget in (_row(hint), self.gaps, self.view):
            self.add(widget)
        self.number.setMaximumWidth(fonts.px(220))
        self.notice.hide()
        self.gaps.hide()

    def _connect(self) -> None:
        self._read.answered.connect(self._show_page)
        self._keep.answered.connect(self._was_kept)
        self._try.answered.connect(self._show_letter)
        self.subject.changed.connect(lambda _text: self._typed_on())
        self.text.changed.connect(lambda _text: self._typed_on())
        self.number.changed.connect(lambda _text: self._soon.start())
        self.insert.chosen.connect(self._insert)
        self.keep_button.clicked.connect(self.keep)
        self.reset.clicked.connect(self._reset)
        self._soon.timeout.connect(self._try_now)
        actions.make("save", self, self.keep)

    # the words

    def _show_page(self, page: WordsPage) -> None:
        here = page.place
        if (here.kind, here.language, here.product_id) != self._place:
            return
        self._page = page
        subject, text = self._drafts.get(self._place, (page.words.subject, page.words.text))
        with QSignalBlocker(self.subject), QSignalBlocker(self.text):
            self.subject.set_text(subject)
            self.text.set_text(text)
        self._show_state()
        self._try_now()

    def _typed_on(self) -> None:
        if self._page is None:
            return
        if self.typed == (self._page.words.subject, self._page.words.text):
            self._forget(self._place)
        else:
            self._drafts[self._place] = self.typed
            self._known.setdefault(self._place, self._page.version)
        self._show_state()
        self._soon.start()

    def _show_state(self) -> None:
        page = self._page
        own = page is not None and page.own
        if self.is_changed:
            words = self.tr("Not kept yet: letters are still written as before.")
        elif own:
            words = self.tr("Your own words.")
        else:
            words = self.tr("The usual words; write your own over them.")
        self._state.setText(words)
        for button, may in ((self.keep_button, self.is_changed), (self.reset, own or self.is_changed)):
            if button.hasFocus() and not may:
                self.text.setFocus()  # what can no longer be pressed would hand the keyboard to the preview
            button.setEnabled(may)

    def _insert(self, name: object) -> None:
        self.text.insert(f"{{{{ {name} }}}}")
        self.text.setFocus()

    def keep(self) -> None:
        """Letters are written with these words from now on."""
        if self._page is not None and self.is_changed and not self._keep.is_open:
            seen = self._known.get(self._place, self._page.version)
            told = (self._page.place, *self.typed, seen)
            self._keep.ask(partial(asking.keep_letter_words, self._at.desk, *told))

    def _reset(self) -> None:
        """What was begun goes first; own words go where nothing was begun."""
        if self._page is None:
            return
        if self._forget(self._place):
            self._show_page(self._page)
        elif not self._keep.is_open:
            told = (self._page.place, self._page.version)
            self._keep.ask(partial(asking.reset_letter_words, self._at.desk, *told))

    def _forget(self, place: Shown) -> bool:
        """Nothing is begun there any more; whether something was."""
        self._known.pop(place, None)
        return self._drafts.pop(place, None) is not None

    def _was_kept(self, page: WordsPage) -> None:
        here = page.place
        self._forget((here.kind, here.language, here.product_id))
        self.notice.hide()
        self._show_page(page)
        self.kept.emit()

    # how it reads

    def _try_now(self) -> None:
        if self._page is not None:
            told = (self._page.place, *self.typed, self.number.text())
            self._try.ask(partial(asking.try_letter_words, self._at.desk, *told))

    def _show_letter(self, seen: LetterSeen) -> None:
        self.view.show_letter(seen.letter, seen.by_night)
        missing = seen.letter.missing
        self.gaps.say(self.tr("Nothing is known for this"), missing_words(missing))
        self.gaps.setVisible(bool(missing))
        to = seen.number or self.tr("an invented person")
        words = self.tr("As it reads for {whom}.").format(whom=to)
        if seen.letter.encloses_voucher:
            words = f"{words} {self.tr('The voucher is enclosed as a PDF.')}"
        self._whom.setText(words)


def _row(layout: QHBoxLayout) -> QWidget:
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(fonts.px(12))
    made.setLayout(layout)
    return made
