"""The bar of choices over the list, each a sentence with a cross to take it back, and by what the list is ordered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QMargins, Signal
from PySide6.QtWidgets import QWidget

from models.payments import PaymentStatus
from models.reservations import Status
from models.rows import Sort
from ui import fonts
from ui.reservation_spans import DEPARTING, ORDERING, Span, moving
from ui.reservation_views import Narrowed, payment_words
from ui.widgets.button import Button
from ui.widgets.filter_button import FilterButton
from ui.widgets.flow import Flow
from ui.wording.channels import channel_name
from ui.wording.statuses import status_word

_OTHER = "other"


class Filters(QWidget):
    """`chosen` brings what the list shall be narrowed to; `days_wanted` names the field whose days shall be typed.

    `ordered` brings by what, and whether the latest come first.
    """

    chosen = Signal(object)
    days_wanted = Signal(str)
    ordered = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrowed = Narrowed()
        self._order = (Sort.DEPARTURE, False)
        self._today: date | None = None
        self._products: dict[int, str] = {}
        self._channels: tuple[str, ...] = ()
        self.text = FilterButton("", "")
        self.departs = FilterButton("", "")
        self.ordering_days = FilterButton("", "")
        self.status = FilterButton("", "")
        self.product = FilterButton("", "")
        self.channel = FilterButton("", "")
        self.payment = FilterButton("", "")
        self.clear = Button("", "ghost", height=28)
        self.sorting = FilterButton("", "")
        edges = QMargins(20, fonts.px(6), 16, fonts.px(6))
        days = (self.departs, self.ordering_days)
        kinds = (self.status, self.product, self.channel, self.payment)
        row = (self.text, *days, *kinds, self.clear)
        Flow(*row, end=(self.sorting,), margins=edges, spacing=6, below=0, middle=True).fill(self)
        self.setMinimumHeight(fonts.px(46))  # it does not move when a choice comes or goes
        self._connect()
        self.setFocusProxy(self.departs)
        self.retranslate()

    def show_narrowed(self, narrowed: Narrowed) -> None:
        """Show what is chosen."""
        self._narrowed = narrowed
        anything, everything = self.tr("any"), self.tr("all")
        text = self.tr("“{text}”").format(text=narrowed.text)
        self.text.show_value(text, on=True, name=self.tr("Search"))
        self.text.setVisible(bool(narrowed.text))
        self._show_span(self.departs, narrowed.departs, self.tr("Departure"))
        self._show_span(self.ordering_days, narrowed.ordered, self.tr("Ordered"))
        statuses = [status_word(status) for status in Status if status in narrowed.statuses]
        self._show_several(self.status, statuses, anything, self.tr("Status"))
        product = self._products.get(narrowed.product_id or 0, everything)
        self.product.show_value(product, on=narrowed.product_id is not None, name=self.tr("Product"))
        channels = sorted(channel_name(key) for key in narrowed.channels)
        self._show_several(self.channel, channels, everything, self.tr("Channel"))
        paid = payment_words(narrowed.payment) if narrowed.payment else anything
        self.payment.show_value(paid, on=narrowed.payment is not None, name=self.tr("Payment"))
        self.clear.setVisible(narrowed.is_anything)
        self._offer_several()

    def show_order(self, sort: Sort, newest_first: bool) -> None:
        """Show by what the list is ordered."""
        self._order = (sort, newest_first)
        words = {value: word for word, value in self._orders()}
        self.sorting.show_value(words[self._order], name=self.tr("Sorted by"))

    def show_choices(self, today: date, products: dict[int, str], channels: tuple[str, ...]) -> None:
        """What there is to choose from."""
        self._today, self._products, self._channels = today, products, channels
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        products: list[tuple[str, object]] = [(self.tr("All"), None)]
        self.product.set_choices(products + [(name, number) for number, name in self._products.items()])
        paid: list[tuple[str, object]] = [(self.tr("Any"), None)]
        self.payment.set_choices(paid + [(_capital(payment_words(one)), one) for one in PaymentStatus])
        for button, words in ((self.departs, DEPARTING), (self.ordering_days, ORDERING)):
            button.set_choices(self._days(words))
        self.sorting.set_choices([(word, value) for word, value in self._orders()])
        self.clear.set_text(self.tr("Clear filters"))
        self.show_narrowed(self._narrowed)
        self.show_order(*self._order)

    def _days(self, words: Iterable[str]) -> list[tuple[str, object]]:
        today = self._today or date.min
        spans: list[tuple[str, object]] = [(moving(word).words(today), moving(word)) for word in words]
        return [(self.tr("Any"), None), *spans, (self.tr("Other days…"), _OTHER)]

    def _orders(self) -> list[tuple[str, tuple[Sort, bool]]]:
        return [
            (self.tr("earliest departure"), (Sort.DEPARTURE, False)),
            (self.tr("latest departure"), (Sort.DEPARTURE, True)),
            (self.tr("newest order"), (Sort.ORDERED, True)),
            (self.tr("oldest order"), (Sort.ORDERED, False)),
        ]

    def _offer_several(self) -> None:
        statuses: list[tuple[str, object]] = [(status_word(status), status) for status in Status]
        self.status.set_several(statuses, frozenset(self._narrowed.statuses))
        named = sorted((channel_name(key), key) for key in self._channels)
        self.channel.set_several([(name, key) for name, key in named], frozenset(self._narrowed.channels))

    def _show_several(self, button: FilterButton, words: list[str], nothing: str, name: str) -> None:
        button.show_value(", ".join(words) or nothing, on=bool(words), name=name)

    def _show_span(self, button: FilterButton, span: Span | None, name: str) -> None:
        words = span.words(self._today) if span and self._today else self.tr("any")
        button.show_value(words, on=span is not None, name=name)

    def _connect(self) -> None:
        nothing: dict[str, tuple[FilterButton, Any]] = {
            "text": (self.text, ""),
            "departs": (self.departs, None),
            "ordered": (self.ordering_days, None),
            "statuses": (self.status, frozenset()),
            "product_id": (self.product, None),
            "channels": (self.channel, frozenset()),
            "payment": (self.payment, None),
        }
        for field, (button, value) in nothing.items():
            button.chosen.connect(lambda value, field=field: self._choose(field, value))
            button.cleared.connect(lambda field=field, value=value: self._choose(field, value))
        self.text.clicked.connect(lambda: self._choose("text", ""))
        self.clear.clicked.connect(lambda: self.chosen.emit(Narrowed(gone=self._narrowed.gone)))
        self.sorting.chosen.connect(lambda order: self.ordered.emit(*order))

    def _choose(self, field: str, value: Any) -> None:
        if value == _OTHER:
            self.days_wanted.emit(field)
        else:
            self.chosen.emit(replace(self._narrowed, **{field: value}))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
