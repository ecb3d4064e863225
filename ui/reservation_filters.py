"""The bar of choices over the list: each a sentence, and how much of everything is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.reservations import Status
from ui import actions, fonts
from ui.reservation_views import Narrowed, days_words, spans
from ui.widgets.button import Button
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label
from ui.wording.channels import channel_name
from ui.wording.statuses import status_word


class Filters(QWidget):
    """`chosen` brings what the list shall be narrowed to; `import_wanted` comes from the button at the right."""

    chosen = Signal(object)
    days_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrowed = Narrowed()
        self._today: date | None = None
        self._products: dict[int, str] = {}
        self._channels: tuple[str, ...] = ()
        self.text = FilterButton("", "")
        self.days = FilterButton("", "")
        self.status = FilterButton("", "")
        self.product = FilterButton("", "")
        self.channel = FilterButton("", "")
        self.clear = Button("", "ghost", height=28)
        self.count = Label("", 13, 400, "ink3")
        self.importing = Button("", icon="import", key=actions.cap("go-imports"), height=28)
        row = QHBoxLayout(self)
        row.setContentsMargins(17, 0, 13, 0)
        row.setSpacing(2)
        for widget in (self.text, self.days, self.status, self.product, self.channel, self.clear):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addSpacing(8)
        row.addWidget(self.importing)
        self.setFixedHeight(fonts.px(46))  # it does not move when a choice comes or goes
        self._connect()
        self.setFocusProxy(self.days)
        self.retranslate()

    def show_narrowed(self, narrowed: Narrowed) -> None:
        """Show what is chosen."""
        self._narrowed = narrowed
        anything, everything = self.tr("any"), self.tr("all")
        text = self.tr("“{text}”").format(text=narrowed.text)
        self.text.show_value(text, on=True, name=self.tr("Search"))
        self.text.setVisible(bool(narrowed.text))
        days = days_words(narrowed.days, self._today) if narrowed.days and self._today else anything
        self.days.show_value(days, on=narrowed.days is not None, name=self.tr("Departure"))
        status = status_word(narrowed.status) if narrowed.status else anything
        self.status.show_value(status, on=narrowed.status is not None, name=self.tr("Status"))
        product = self._products.get(narrowed.product_id or 0, everything)
        self.product.show_value(product, on=narrowed.product_id is not None, name=self.tr("Product"))
        channel = channel_name(narrowed.channel) if narrowed.channel else everything
        self.channel.show_value(channel, on=bool(narrowed.channel), name=self.tr("Channel"))
        self.clear.setVisible(narrowed.is_anything)

    def show_choices(self, today: date, products: dict[int, str], channels: tuple[str, ...]) -> None:
        """What there is to choose from."""
        self._today, self._products, self._channels = today, products, channels
        self.retranslate()

    def show_count(self, words: str) -> None:
        """How many of how many are shown."""
        self.count.setText(words)
        self.count.setAccessibleName(words)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        anything, everything = self.tr("Any"), self.tr("All")
        statuses: list[tuple[str, object]] = [(anything, None)]
        self.status.set_choices(statuses + [(status_word(status), status) for status in Status])
        products: list[tuple[str, object]] = [(everything, None)]
        self.product.set_choices(products + [(name, number) for number, name in self._products.items()])
        channels: list[tuple[str, object]] = [(everything, "")]
        named = sorted((channel_name(key), key) for key in self._channels)
        self.channel.set_choices(channels + [(name, key) for name, key in named])
        if self._today is not None:
            days: list[tuple[str, object]] = [(anything, None), *spans(self._today)]
            self.days.set_choices([*days, (self.tr("Other days…"), "other")])
        self.clear.set_text(self.tr("Clear filters"))
        self.importing.set_text(actions.text("go-imports"))
        self.show_narrowed(self._narrowed)

    def _connect(self) -> None:
        for button, field, nothing in (
            (self.text, "text", ""),
            (self.status, "status", None),
            (self.product, "product_id", None),
            (self.channel, "channel", ""),
        ):
            button.chosen.connect(lambda value, field=field: self._choose(field, value))
            button.cleared.connect(lambda field=field, nothing=nothing: self._choose(field, nothing))
        self.days.chosen.connect(self._choose_days)
        self.days.cleared.connect(lambda: self._choose("days", None))
        self.text.clicked.connect(lambda: self._choose("text", ""))
        self.clear.clicked.connect(lambda: self.chosen.emit(Narrowed()))
        self.importing.clicked.connect(self.import_wanted)

    def _choose_days(self, days: object) -> None:
        if days == "other":
            self.days_wanted.emit()
        else:
            self._choose("days", days)

    def _choose(self, field: str, value: Any) -> None:
        self.chosen.emit(replace(self._narrowed, **{field: value}))
