"""The bar over the calendar: which days, month, week or day, and what it is narrowed to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from models.calendar_facts import CalendarFilter
from models.reservations import Status
from ui import actions, fonts
from ui.calendar_look import Choices
from ui.widgets.button import APART, Button
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label
from ui.widgets.segmented import Segmented
from ui.widgets.tip import set_tip
from ui.wording.channels import channel_name
from ui.wording.dates import day_range, long_day, month_name
from ui.wording.statuses import status_word

VIEWS = ("month", "week", "day")
ONE_ROW_FROM = 1190
"""From this width on the filters stand beside the buttons, else below them."""


class CalendarBar(QWidget):
    """`turned` brings -1 or 1, `viewed` a word of VIEWS, `narrowed` a CalendarFilter."""

    turned = Signal(int)
    today_wanted = Signal()
    jump_wanted = Signal()
    viewed = Signal(str)
    narrowed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted, self._choices = CalendarFilter(), Choices()
        self._name = Label("", 20, 600)
        self._before, self._after = Button("", icon="left"), Button("", icon="right")
        self._to_today = Button("")
        self._jump = Button("", icon="move")
        self._view = Segmented(*VIEWS, name=" ")
        self.product, self.channel = FilterButton("", ""), FilterButton("", "")
        self.status, self.guide = FilterButton("", ""), FilterButton("", "")
        self._filters = QWidget()
        self._build()
        self._connect()
        self.retranslate()

    @property
    def view(self) -> str:
        """Month, week or day."""
        return VIEWS[self._view.at]

    def choose_view(self, view: str) -> None:
        """Show another span; `viewed` comes when it was another before."""
        self._view.choose(VIEWS.index(view))

    def show_span(self, day: dt.date, view: str) -> None:
        """Which days are shown."""
        self._name.setText(span_words(day, view))

    def show_choices(self, choices: Choices) -> None:
        """What there is to choose from."""
        self._choices = choices
        self._fill()

    def show_wanted(self, wanted: CalendarFilter) -> None:
        """What the calendar is narrowed to."""
        self._wanted = wanted
        everything = self.tr("all")
        product = self._choices.products.get(wanted.product_id or 0, everything)
        self.product.show_value(product, on=wanted.product_id is not None, name=self.tr("Product"))
        channel = channel_name(wanted.channel) if wanted.channel else everything
        self.channel.show_value(channel, on=bool(wanted.channel), name=self.tr("Channel"))
        status = ", ".join(map(status_word, sorted(wanted.statuses))) or everything
        self.status.show_value(status, on=bool(wanted.statuses), name=self.tr("Status"))
        guide = everything if wanted.guide is None else wanted.guide or self.tr("nobody yet")
        self.guide.show_value(guide, on=wanted.guide is not None, name=self.tr("Guide"))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._to_today.set_text(self.tr("Today"))
        set_tip(self._to_today, f"{actions.text('to-today')} ({actions.cap('to-today')})")
        for button, word in (
            (self._before, "previous-page"),
            (self._after, "next-page"),
            (self._jump, "jump-to-day"),
        ):
            set_tip(button, f"{actions.text(word)} ({actions.cap(word)})")
            button.setAccessibleName(actions.text(word))
        self._view.set_words(self.tr("Month"), self.tr("Week"), self.tr("Day"))
        self._view.set_name(self.tr("Shown span"))
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= fonts.px(ONE_ROW_FROM)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._rows.direction() != way:
            self._rows.setDirection(way)

    def _build(self) -> None:
        head, filters = QHBoxLayout(), QHBoxLayout(self._filters)
        for row in (head, filters):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(APART)
        self._name.setMinimumWidth(fonts.px(176))
        for widget in (self._name, self._before, self._to_today, self._after, self._jump):
            head.addWidget(widget)
            if widget is self._name:
                head.addSpacing(fonts.px(14))
        head.addSpacing(fonts.px(10))
        head.addWidget(self._view)
        head.addStretch(1)
        for button in (self.product, self.channel, self.status, self.guide):
            filters.addWidget(button)
        filters.addStretch(1)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(fonts.px(20), fonts.px(6), fonts.px(20), fonts.px(6))
        self._rows.setSpacing(2)
        self._rows.addLayout(head, 1)
        self._rows.addWidget(self._filters)

    def _connect(self) -> None:
        self._before.clicked.connect(partial(self.turned.emit, -1))
        self._after.clicked.connect(partial(self.turned.emit, 1))
        self._to_today.clicked.connect(self.today_wanted)
        self._jump.clicked.connect(self.jump_wanted)
        self._view.chosen.connect(lambda at: self.viewed.emit(VIEWS[at]))
        for button, field, nothing in (
            (self.product, "product_id", None),
            (self.channel, "channel", ""),
            (self.status, "statuses", frozenset()),
            (self.guide, "guide", None),
        ):
            button.chosen.connect(partial(self._narrow, field))
            button.cleared.connect(partial(self._narrow, field, nothing))

    def _fill(self) -> None:
        """The menus of the filters, in the language of the screen."""
        everything = self.tr("All")
        found = self._choices
        products: list[tuple[str, object]] = [(everything, None)]
        self.product.set_choices(products + [(name, key) for key, name in found.products.items()])
        channels: list[tuple[str, object]] = [(everything, "")]
        named = sorted((channel_name(key), key) for key in found.channels)
        self.channel.set_choices([*channels, *named])
        statuses: list[tuple[str, object]] = [(everything, frozenset())]
        self.status.set_choices(statuses + [(status_word(one), frozenset({one})) for one in Status])
        guides: list[tuple[str, object]] = [(everything, None), (self.tr("Nobody yet"), "")]
        self.guide.set_choices(guides + [(name, name) for name in found.guides])
        self.show_wanted(self._wanted)

    def _narrow(self, field: str, value: Any) -> None:
        self.narrowed.emit(replace(self._wanted, **{field: value}))


def span_words(day: dt.date, view: str) -> str:
    """'October 2026', '12 to 18 Oct 2026' or 'Thursday 15 October 2026'."""
    if view == "month":
        return month_name(day)
    if view == "day":
        return f"{long_day(day)} {day.year}"
    monday = day - dt.timedelta(days=day.weekday())
    return f"{day_range(monday, monday + dt.timedelta(days=6))} {monday.year}"
