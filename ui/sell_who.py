"""Who buys: a name is enough. A phone number, an address for the voucher, the voucher's language, and how they came."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.sale import Way
from models.vouchers import LANGUAGES
from ui import fonts
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.label import Labelled
from ui.widgets.segmented import Segmented

_OWN_NAMES = {"en": "EN", "ko": "한", "zh-TW": "中", "ja": "日"}
_WAYS = (Way.WALK_IN, Way.PHONE)


class SellWho(QWidget):
    """`changed` comes with every letter and choice, `entered` with Enter in a field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.phone, self.email = Field(), Field(), Field()
        self._name, self._phone = Labelled("", self.name), Labelled("", self.phone)
        self._email = Labelled("", self.email)
        self._languages = Segmented(*(_OWN_NAMES[one] for one in LANGUAGES), name="")
        self._ways = Segmented("", "", name="")
        self._build()
        for field in (self.name, self.phone, self.email):
            field.changed.connect(lambda _text: self.changed.emit())
            field.entered.connect(self.entered)
        for choice in (self._languages, self._ways):
            choice.chosen.connect(lambda _at: self.changed.emit())
        self.setFocusProxy(self.name)
        self.retranslate()

    @property
    def language(self) -> str:
        """The language of the voucher."""
        return LANGUAGES[self._languages.at]

    @property
    def way(self) -> Way:
        """How they came to us."""
        return _WAYS[self._ways.at]

    def clear(self) -> None:
        """Nobody yet; the next one speaks another language, perhaps."""
        for field in (self.name, self.phone, self.email):
            field.set_text("")
        self._languages.choose(0)
        self._ways.choose(0)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._name.set_text(self.tr("Name"))
        self._phone.set_text(self.tr("Phone"))
        self._email.set_text(self.tr("E-mail"))
        self.phone.set_placeholder(self.tr("Skip"))
        self.email.set_placeholder(self.tr("Skip"))
        self._languages.set_name(self.tr("Language of the voucher"))
        self._ways.set_words(self.tr("Walk-in"), self.tr("Phone"))
        self._ways.set_name(self.tr("How they came to us"))

    def _build(self) -> None:
        column, contact = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(8))
        contact.setSpacing(fonts.px(12))
        contact.addWidget(self._phone)
        contact.addWidget(self._email)
        column.addWidget(self._name)
        column.addLayout(contact)
        column.addWidget(Flow(self._languages, end=[self._ways], spacing=8))
