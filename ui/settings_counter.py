"""The settings' page of how this counter works: what a good scan does, and who is let in here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.counter_settings import CounterSettings
from ui import asking
from ui.question import Question
from ui.settings_kept import Kept
from ui.widgets.card import Card
from ui.widgets.filter_button import FilterButton
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow


class CounterPage(QWidget):
    """Changes are kept at once."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._card = Card(padding=20)
        self.mode = Segmented("", "", name="")
        self.not_here = FilterButton("", "")
        self._names: dict[str, str] = {}
        self._products = Question(kept.at.background, self)
        self._products.answered.connect(self._show_products)
        self._mode_row, self._here_row = SettingRow(self.mode), SettingRow(self.not_here)
        self._build()
        self.retranslate()
        self._show(kept.settings)
        kept.told.connect(self._show)
        self.mode.chosen.connect(lambda at: kept.change(look_first=at == 1))
        self.not_here.chosen.connect(self._send_away)
        self.not_here.cleared.connect(lambda: kept.change(not_here={}))
        self._products.ask(partial(asking.products, kept.at.desk))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._card.set_heading(self.tr("At this counter"))
        self.mode.set_words(self.tr("Admit at once"), self.tr("Look first"))
        self.mode.set_name(self.tr("What a good scan does"))
        self._mode_row.say(
            self.tr("What a good scan does"),
            self.tr("Look first shows them, and Enter lets them in. F6 changes it at check-in."),
        )
        self._here_row.say(
            self.tr("Not let in at this counter"),
            self.tr("Who comes with one of these is told where they meet."),
        )
        self._show_here()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _show(self, settings: CounterSettings) -> None:
        with QSignalBlocker(self.mode):  # shown, not chosen
            self.mode.choose(1 if settings.look_first else 0)
        self._show_here()

    def _show_products(self, names: dict[int, str]) -> None:
        self._names = {str(number): name for number, name in names.items()}
        self._show_here()

    def _show_here(self) -> None:
        away = self._kept.settings.not_here
        choices: list[tuple[str, object]] = [(name, number) for number, name in self._names.items()]
        self.not_here.set_several(choices, frozenset(away))
        words = ", ".join(sorted(away.values())) or self.tr("none")
        self.not_here.show_value(words, on=bool(away), name=self.tr("Products"))

    def _send_away(self, numbers: frozenset[str]) -> None:
        self._kept.change(not_here={number: self._names[number] for number in sorted(numbers)})

    def _build(self) -> None:
        self._card.add(self._mode_row)
        self._card.add(self._here_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)
