"""The settings' page of letters: the words of each, how they read, and which go by themselves.

What is chosen at the top (letter, language, product) is what all three cards are about. Words that were begun and not
kept wait until one comes back to them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.letters import WORDED
from models.outbox import Letter
from models.vouchers import LANGUAGES
from ui import asking, fonts
from ui.letter_ways_card import LetterWaysCard
from ui.letter_words_card import LetterWordsCard
from ui.question import Question
from ui.settings_kept import Kept
from ui.settings_voucher import OWN_NAMES
from ui.widgets.card import Card
from ui.widgets.filter_button import FilterButton
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.widgets.scrolled import bring_into_sight
from ui.widgets.segmented import Segmented
from ui.wording.letters import letter_word

if TYPE_CHECKING:
    from controllers.letter_templates import TemplatesPage


class LettersPage(QWidget):
    """Three cards under the choice of what they are about."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = kept.at
        self._read = Question(self._at.background, self)
        self._read.answered.connect(self._show_templates)
        self.choice = LetterChoice()
        self.words, self.ways = LetterWordsCard(self._at), LetterWaysCard(self._at)
        self._read.refused.connect(self.words.refuse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(16))
        for card in (self.choice, self.words, self.ways):
            column.addWidget(card)
        column.addStretch(1)
        self.choice.changed.connect(self._show_place)
        self.words.kept.connect(self.ask)

    def ask(self) -> None:
        """Look again which letters have own words."""
        self._read.ask(partial(asking.letter_templates, self._at.desk))

    def show_ways_of(self, product_id: int) -> None:
        """What goes by itself of one product, in sight; 0 for all products."""
        self.choice.choose_product(product_id)
        first = next(iter(self.ways.switches.values()))
        QTimer.singleShot(0, first, first.setFocus)  # the screen is given the keyboard first
        bring_into_sight(self.ways)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask()
        self._show_place()

    def _show_templates(self, found: TemplatesPage) -> None:
        self.choice.show_templates(found)

    def _show_place(self) -> None:
        here = self.choice
        self.words.show_place(here.kind, here.language, here.product_id)
        self.ways.show_product(here.product_id or 0)


class LetterChoice(Card):
    """Which letter, in which language, of which product; `changed` when it is another one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(padding=20)
        self.kind = Letter.CONFIRMATION
        self.product_id: int | None = None
        self._found: TemplatesPage | None = None
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.kinds, self.products = FilterButton("", "", height=32), FilterButton("", "", height=32)
        self.languages = Segmented(*OWN_NAMES.values(), name="")
        self.add(self._about)
        self.add(Flow(self.kinds, self.products, self.languages))
        self.kinds.chosen.connect(self._choose_kind)
        self.products.chosen.connect(lambda product: self.choose_product(int(str(product))))
        self.languages.chosen.connect(lambda _at: self._tell())
        self.retranslate()

    @property
    def language(self) -> str:
        """The language of the words."""
        return LANGUAGES[self.languages.at]

    def show_templates(self, found: TemplatesPage) -> None:
        """What there is to choose from, and what has own words already."""
        self._found = found
        self._show()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Letters to travelers"))
        self._about.setText(
            self.tr(
                "Every letter has words in four languages. Write your own for all products or for one; a traveler gets "
                "their own language, else their channel's, else the product's first, else English."
            )
        )
        self.languages.set_words(*(OWN_NAMES[one] for one in LANGUAGES))
        self.languages.set_name(self.tr("Language of the words"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _show(self) -> None:
        self.kinds.show_value(letter_word(self.kind), name=self.tr("Letter"))
        self.kinds.set_choices([(self._marked(kind), kind) for kind in WORDED])
        names = dict(self._found.products) if self._found is not None else {}
        every = self.tr("All products")
        shown = names.get(self.product_id or 0, every)
        self.products.show_value(shown, name=self.tr("Product"))
        self.products.set_choices([(every, 0), *((name, number) for number, name in names.items())])

    def _marked(self, kind: Letter) -> str:
        own = self._found.own if self._found is not None else frozenset()
        has = any((one.kind, one.product_id) == (kind, self.product_id) for one in own)
        return self.tr("{letter} (own words)").format(letter=letter_word(kind)) if has else letter_word(kind)

    def _choose_kind(self, kind: object) -> None:
        self.kind = Letter(str(kind))
        self._tell()

    def choose_product(self, product_id: int) -> None:
        """Words and switches of one product, 0 for all."""
        self.product_id = product_id or None
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.changed.emit()
