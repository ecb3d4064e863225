"""The settings' page of how vouchers look: logo, colours, terms and languages, with the voucher beside it.

The preview is a real voucher of an invented person, made anew with every change; printed vouchers change only when
the look is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.papers import Paper
from models.refusals import CannotDo
from models.voucher_looks import VoucherLook
from models.vouchers import LANGUAGES
from ui import actions, asking, fonts
from ui.question import Question
from ui.settings_colour import ColourField
from ui.settings_kept import Kept
from ui.settings_theirs import Theirs
from ui.voucher_pages import VoucherPages
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow
from ui.widgets.text_area import TextArea
from ui.wording.papers import paper_word

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed

OWN_NAMES = {"en": "English", "ko": "한국어", "zh-TW": "繁體中文", "ja": "日本語"}
"""Languages by the names their readers know."""
PICTURES = "*.png *.jpg *.jpeg *.webp *.bmp"
_AFTER_MS = 150
_HIGH = 500

ChoosePicture = Callable[[QWidget, str, Callable[[str], None]], None]


def choose_picture(parent: QWidget, title: str, chosen: Callable[[str], None]) -> None:
    """The system's own window for choosing a picture."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(f"{title} ({PICTURES})")
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


class VoucherPage(QWidget):
    """What is changed is seen at once, and kept with Ctrl+S."""

    def __init__(
        self, kept: Kept, parent: QWidget | None = None, *, choose: ChoosePicture = choose_picture
    ) -> None:
        super().__init__(parent)
        self._at, self._choose = kept.at, choose
        self._kept_look, self.look = VoucherLook(), VoucherLook()
        self._was_read = False
        self._read_theirs = self._question(Lane.READING)
        self._read, self._keep = self._question(Lane.READING), self._question(Lane.DESK)
        self._draw, self._logo = self._question(Lane.READING), self._question(Lane.NETWORK)
        self._form, self._seen = Card(padding=20), Card(padding=16)
        self.logo, self.no_logo = Button("", icon="file"), Button("", icon="delete")
        self.head, self.accent = ColourField(), ColourField(on_paper=True)
        self.languages, self.first = FilterButton("", ""), FilterButton("", "")
        self.language = Segmented(*OWN_NAMES.values(), name="")
        self.paper = Segmented(*map(paper_word, Paper), name="")
        self.terms = TextArea(rows=5)
        self.keep_button = Button("", "primary", key=actions.cap("save"))
        self._state = Label("", 12, 400, "ink2", wrap=True)
        self.notice, self.theirs = Notice("stop", ""), Theirs()
        self.pages = VoucherPages()
        self._rows = [
            SettingRow(one)
            for one in (self._logo_buttons(), self.head, self.accent, self._language_buttons())
        ]
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._build()
        self._connect()
        self.retranslate()
        ask = partial(asking.voucher_look, self._at.desk)
        kept.told.connect(lambda _settings: self._read.ask(ask))
        self._read.ask(ask)

    @property
    def is_changed(self) -> bool:
        """Whether something is not kept yet."""
        return self.look != self._kept_look

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._form.set_heading(self.tr("How vouchers and receipts look"))
        self._seen.set_heading(self.tr("Preview"), note=self.tr("an invented person"))
        logo, head, accent, languages = self._rows
        logo.say(self.tr("Logo"), self.tr("Beside your name, at the top."))
        head.say(self.tr("Head"), self.tr("The ground of the strip at the top; empty for none."))
        accent.say(self.tr("Headings"), self.tr("The colour of the small headings; empty for grey."))
        more = self.tr("Other travelers get the first one.")
        languages.say(self.tr("Languages"), more)
        self.logo.set_text(self.tr("Choose…"))
        self.logo.setAccessibleName(self.tr("Choose a picture as the logo"))
        self.no_logo.setAccessibleName(self.tr("Take the logo away"))
        self.head.set_name(self.tr("Colour of the head"))
        self.accent.set_name(self.tr("Colour of the headings"))
        self.language.set_name(self.tr("Language of the terms and the preview"))
        self.paper.set_words(*map(paper_word, Paper))
        self.paper.set_name(self.tr("Paper of the preview"))
        self.terms.set_placeholder(
            self.tr("Your own terms: what to bring, when you leave, what is not allowed")
        )
        self.keep_button.set_text(self.tr("Keep this look"))
        self.pages.setAccessibleName(self.tr("Preview of a voucher"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # what it looks like

    def _have_read(self, look: VoucherLook) -> None:
        """What is kept; what somebody has begun here is not overwritten."""
        if not (self._was_read and self.is_changed):
            self._kept_look = self.look = look
        self._was_read = True
        self._show()
        self._draw_soon()

    def _change(self, **what: object) -> None:
        self.look = replace(self.look, **what)  # type: ignore[arg-type]
        self._show()
        self._draw_soon()

    def _show(self) -> None:
        look = self.look
        self.head.show_colour(look.head)
        self.accent.show_colour(look.accent)
        self.no_logo.setVisible(bool(look.logo))
        names = ", ".join(OWN_NAMES[one] for one in look.languages)
        ticked: list[tuple[str, object]] = [(OWN_NAMES[one], one) for one in LANGUAGES]
        self.languages.show_value(names, name=self.tr("Written"))
        self.languages.set_several(ticked, frozenset(look.languages))
        self.first.show_value(OWN_NAMES[look.languages[0]], name=self.tr("First"))
        self.first.set_choices([(OWN_NAMES[one], one) for one in look.languages])
        told = look.terms.get(self._tongue, "")
        self.terms.setAccessibleName(self.tr("Terms in {language}").format(language=OWN_NAMES[self._tongue]))
        if self.terms.text() != told:
            with QSignalBlocker(self.terms):
                self.terms.set_text(told)
        if self.keep_button.hasFocus() and not self.is_changed:
            self.terms.setFocus()  # what can no longer be pressed would hand the keyboard to the preview
        self.keep_button.setEnabled(self.is_changed)
        self._state.setText(
            self.tr("Not kept yet: vouchers are still printed as before.") if self.is_changed else ""
        )

    @property
    def _tongue(self) -> str:
        return tuple(OWN_NAMES)[self.language.at]

    def _set_terms(self, text: str) -> None:
        if text != self.look.terms.get(self._tongue, ""):
            self._change(terms={**self.look.terms, self._tongue: text})

    def _set_languages(self, ticked: object) -> None:
        assert isinstance(ticked, frozenset)
        first = [one for one in self.look.languages if one in ticked]
        added = [one for one in LANGUAGES if one in ticked and one not in first]
        self._change(languages=(*first, *added) or LANGUAGES[:1])

    def _set_first(self, language: object) -> None:
        others = [one for one in self.look.languages if one != language]
        self._change(languages=(str(language), *others))

    def _choose_logo(self) -> None:
        self._choose(self, self.tr("Pictures"), self._read_logo)

    def _read_logo(self, name: str) -> None:
        self._logo.ask(partial(asking.read_logo, Path(name)))

    # drawing and keeping

    def _draw_soon(self, _at: int = 0) -> None:
        self._soon.start()

    def _draw_now(self) -> None:
        paper = tuple(Paper)[self.paper.at]
        self._draw.ask(partial(asking.sample_voucher, self._at.desk, self.look, self._tongue, paper))

    def _drawn(self, printed: Printed) -> None:
        self.notice.hide()
        self.pages.show_pdf(printed.pdf)

    def keep(self) -> None:
        """Vouchers look like this from now on."""
        if self.is_changed and not self._keep.is_open:
            self._keep.ask(partial(asking.keep_voucher_look, self._at.desk, self.look, self._kept_look))

    def _was_kept(self, look: VoucherLook) -> None:
        self._take(look)
        self._state.setText(self.tr("Kept. The next voucher looks like this."))

    def _take(self, look: VoucherLook) -> None:
        self.theirs.hide()
        self._was_read = False
        self._have_read(look)

    def _refuse(self, no: CannotDo) -> None:
        if self.theirs.refuse(no, self._words):
            self._read_theirs.ask(partial(asking.voucher_look, self._at.desk))
        else:
            self.notice.refuse(no)

    def _see_theirs(self, look: VoucherLook) -> None:
        """From now on it is known here; what was begun is still to be kept."""
        self._kept_look = look
        self._show()

    def _words(self, name: str, _now: object) -> str:
        words = {
            "logo": self.tr("another logo"),
            "head": self.tr("another head"),
            "accent": self.tr("other headings"),
            "languages": self.tr("other languages"),
            "terms": self.tr("other terms"),
        }
        return words.get(name, name)

    # building

    def _question(self, lane: Lane) -> Question:
        made = Question(self._at.background, self, lane=lane)
        made.refused.connect(self._refuse)
        return made

    def _logo_buttons(self) -> QWidget:
        return _row(self.logo, self.no_logo)

    def _language_buttons(self) -> QWidget:
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(6))
        column.addWidget(self.languages)
        column.addWidget(self.first)
        return both

    def _build(self) -> None:
        for row in self._rows:
            self._form.add(row)
        self._form.add(self.language)
        self._form.add(self.terms)
        self._form.add(self.notice)
        self._form.add(self.theirs)
        keeping = QHBoxLayout()
        keeping.setSpacing(fonts.px(8))
        keeping.addWidget(self.keep_button)
        keeping.addWidget(self._state, 1)
        self._form.add(keeping)
        self.notice.hide()
        self.pages.setFixedHeight(fonts.px(_HIGH))
        self._seen.add(self.paper)
        self._seen.add(self.pages)
        both = QHBoxLayout()
        both.setSpacing(fonts.px(16))
        left = QVBoxLayout()
        left.addWidget(self._form)
        left.addStretch(1)
        both.addLayout(left, 11)
        both.addWidget(self._seen, 9)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(both)
        column.addStretch(1)

    def _connect(self) -> None:
        self._read.answered.connect(self._have_read)
        self._read_theirs.answered.connect(self._see_theirs)
        self.theirs.taken.connect(lambda: self._take(self._kept_look))
        self._keep.answered.connect(self._was_kept)
        self._draw.answered.connect(self._drawn)
        self._logo.answered.connect(lambda logo: self._change(logo=logo))
        self._soon.timeout.connect(self._draw_now)
        self.logo.clicked.connect(self._choose_logo)
        self.no_logo.clicked.connect(lambda: self._change(logo=b""))
        self.head.changed.connect(lambda colour: self._change(head=colour))
        self.accent.changed.connect(lambda colour: self._change(accent=colour))
        self.languages.chosen.connect(self._set_languages)
        self.first.chosen.connect(self._set_first)
        self.language.chosen.connect(lambda _at: self._change())
        self.paper.chosen.connect(self._draw_soon)
        self.terms.changed.connect(self._set_terms)
        self.keep_button.clicked.connect(self.keep)
        actions.make("save", self, self.keep)


def _row(*widgets: QWidget) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(fonts.px(8))
    for widget in widgets:
        row.addWidget(widget)
    return both
