"""Asks where a traveler's letters shall go and in which language, where staff were told it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.meanwhile import subjects
from models.vouchers import LANGUAGES
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow
from ui.wording.orders import language_word

if TYPE_CHECKING:
    from controllers.letter_address import LetterAddress


class LetterAddressDialog(Dialog):
    """What is known already is not shown; it stays open until it is kept or left."""

    def __init__(self, found: LetterAddress, host: QWidget) -> None:
        super().__init__(" ", host, width=520, stays=True)
        self.about = subjects("reservation", found.reservation_id)
        self.found = found
        title = self.tr("Where do letters of {number} go?").format(number=found.number)
        self._title.setText(title)
        self.setAccessibleName(title)
        self._field = Field(name=self.tr("E-mail of the traveler"), icon="letters")
        self._languages = Segmented(self.tr("Not told"), *(one[:2].upper() for one in LANGUAGES), name="")
        self._languages.set_name(self.tr("Language of the letters"))
        self._languages.choose(1 + LANGUAGES.index(found.told) if found.told in LANGUAGES else 0)
        self._about_language = SettingRow(self._languages)
        self._means = Label("", 12, 400, "ink2", wrap=True)
        self.add(Labelled(self.tr("E-mail of the traveler"), self._field))
        self.add(self._means, line=False)
        self.add(self._about_language)
        self.add_button(self.tr("Not now"), key="Esc")
        self.add_button(self.tr("Keep it"), "primary", key="Enter")
        self._languages.chosen.connect(self._say_language)
        self.show_found(found)

    @property
    def address(self) -> str:
        """What was typed, '' where the address stays as it is."""
        return self._field.text().strip()

    @property
    def language(self) -> str:
        """The language that was chosen, '' where the traveler told none."""
        return LANGUAGES[self._languages.at - 1] if self._languages.at else ""

    def show_found(self, found: LetterAddress) -> None:
        """How it stands now; what was typed stays."""
        self.found = found
        self._field.set_placeholder(
            self.tr("one is known; type to change it") if found.has_address else "name@example.com"
        )
        means = self.tr("Letters that wait for an address leave at once. An older one is not shown here.")
        if found.hidden:
            means = self.tr(
                "The traveler is hidden until the order is confirmed: give an address afterwards."
            )
        self._means.setText(means)
        self._say_language()

    def ask(self) -> None:
        """Open it, ready to type."""
        self._field.setEnabled(not self.found.hidden)
        self.open(self._languages if self.found.hidden else self._field)

    def _say_language(self, _at: int = 0) -> None:
        spoken = language_word(self.language or self.found.spoken)
        words = self.tr("Letters leave in {language}.").format(language=spoken)
        self._about_language.say(self.tr("Language of the letters"), "" if self.language else words)
