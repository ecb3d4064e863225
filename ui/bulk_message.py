"""One message to several travelers, written in each of the languages they read; a kept reason brings all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.cancelling import Reason
from ui.widgets.drafts import Drafts
from ui.widgets.label import Label
from ui.widgets.segmented import Segmented
from ui.widgets.text_area import TextArea
from ui.wording.numbers import number_words
from ui.wording.orders import language_word

Languages = tuple[tuple[str, int], ...]


class BulkMessage(QWidget):
    """`changed` with every word; the field shows the words in the language that is chosen above it."""

    changed = Signal()

    def __init__(self, reasons: tuple[Reason, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reasons = reasons
        self._languages: Languages = (("en", 0),)
        self._texts: dict[str, str] = {}
        self._title = ""  # the reason that was chosen, while all its words are left as they are
        self._shows = False
        self.area = TextArea(name=self.tr("Message to the travelers"), rows=4)
        self._tongue = Segmented("", name=self.tr("Language of the message"))
        self._drafts = Drafts(tuple(one.title for one in reasons), name=self.tr("Often said"))
        self._reads = Label("", 12, 400, "ink2", wrap=True)
        self._lay_out()
        self.area.changed.connect(self._typed)
        self._tongue.chosen.connect(lambda _at: self._show())
        self._drafts.chosen.connect(self._take)

    @property
    def reason(self) -> str:
        """The title of the reason that was chosen, or what was written instead."""
        return self._title or next(iter(self._written().values()), "")

    @property
    def texts(self) -> dict[str, str] | None:
        """The words by language, where somebody has written several; None where one text is for all."""
        written = self._written()
        return written if not self._title and len(written) > 1 else None

    def set_languages(self, languages: Languages) -> None:
        """In which languages they are written to, and how many of them in each."""
        self._languages = languages or (("en", 0),)
        words = (f"{language_word(one)} {number_words(many)}" for one, many in self._languages)
        self._tongue.set_words(*words)
        self._tongue.choose(0)
        self._tongue_line.setVisible(len(self._languages) > 1)
        self._show()

    def _written(self) -> dict[str, str]:
        """The words in each language, the one that most of them read first."""
        told = ((one, self._texts.get(one, "").strip()) for one, _ in self._languages)
        return {language: words for language, words in told if words}

    @property
    def _language(self) -> str:
        return self._languages[min(self._tongue.at, len(self._languages) - 1)][0]

    def _take(self, title: str) -> None:
        reason = next(one for one in self._reasons if one.title == title)
        self._texts = {language: reason.text(language) for language, _ in self._languages}
        self._title = title
        self._show()
        self.area.setFocus()

    def _typed(self, words: str) -> None:
        if self._shows:
            return
        kept = next((one for one in self._reasons if one.title == self._title), None)
        self._texts[self._language] = words
        if kept is not None and words.strip() != kept.text(self._language).strip():
            self._title = ""  # somebody writes it otherwise: it is read as it is written
        self._settle()

    def _show(self) -> None:
        self._shows = True
        self.area.set_text(self._texts.get(self._language, ""))
        self._shows = False
        self._settle()

    def _settle(self) -> None:
        written = self._written()
        other = next((one for one in written if one != self._language), "")
        words = self.tr("Each traveler reads this first, then it is cancelled.")
        if other and not self._texts.get(self._language, "").strip():
            words = self.tr("Left empty, they read what is written in {language}.")
            words = words.format(language=language_word("en" if "en" in written else next(iter(written))))
        self.area.set_placeholder(words)
        self._reads.setText(
            self.tr("Each reads it in their own language, filled in for their own order.")
            if self._title or len(written) > 1
            else self.tr("Each reads it as it is written here; what stands in braces is filled in for each.")
        )
        self.changed.emit()

    def _lay_out(self) -> None:
        self._tongue_line = QWidget()
        line, column = QHBoxLayout(self._tongue_line), QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._tongue)
        line.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(self.tr("Message to the travelers"), 13, 500, "ink2"))
        for widget in (self._tongue_line, self.area, self._drafts, self._reads):
            column.addWidget(widget)
