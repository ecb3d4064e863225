"""The parts: chips, buttons, fields, seats, type, icons, keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from models.reservations import Status
from ui import theme
from ui.icons import NAMES
from ui.paint.seats import Seats
from ui.widgets.action_row import ActionRow
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.chip import Shape, StatusChip
from ui.widgets.field import Field
from ui.widgets.filter_button import FilterButton
from ui.widgets.keycap import ChannelMark, Keycap
from ui.widgets.label import Label, Labelled
from ui.widgets.loading import Loading
from ui.widgets.seats import SeatBar, SeatsBlock
from ui.widgets.segmented import Segmented
from ui.widgets.stat_strip import Stat, StatStrip
from ui.widgets.stepper import Stepper
from ui.widgets.tabs import Tab, Tabs
from ui.widgets.text_area import TextArea
from ui.wording.channels import channel_mark, channel_name


class Canvas(QWidget):
    """A piece of window ground."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(self.rect()), theme.of(self.palette()).canvas)


def parts() -> QWidget:
    """Everything small, on one card beside another."""
    page = Canvas()
    page.resize(1366, 900)
    row = QHBoxLayout(page)
    row.setContentsMargins(20, 20, 20, 20)
    row.setSpacing(16)
    left, right = Card("Parts", note="every small thing", link="All of them"), Card("More parts")
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    _left(left)
    _right(right)
    return page


def _left(card: Card) -> None:
    _section(card, "Status: shape, word, family colour", _chips())
    _section(
        card,
        "Channels stay neutral",
        _row(*(_channel(key) for key in ("kkday", "klook", "viator", "direct"))),
    )
    focused = Button("Focused", "primary", key="Enter")
    forbidden = Button("Refund", icon="cash")
    forbidden.forbid("Needs the right to refund")
    buttons = (
        Button("Confirm", "primary", icon="confirm", key="C"),
        Button("Message", icon="messages", key="M"),
        Button("Cancel…", "danger", icon="cancel"),
        Button("Cash", "on", key="F2"),
        forbidden,
        focused,
    )
    _section(card, "Buttons", button_row(*buttons, None))
    _section(card, "Fields", _row(Field("Empty"), Field("Search", icon="find", key="Esc"), stretch=False))
    wrong = Field("Amount")
    wrong.set_text("12,000,")
    wrong.set_wrong(True)
    _section(
        card,
        "A wrong one, a number, a choice",
        _row(wrong, Stepper("Adults"), Segmented("Month", "Week", name="View")),
    )
    _section(card, "Filters and views", _row(*_filters()))
    card.add(_tabs())
    _section(card, "Type", _type())
    card.add_stretch()
    focused.setFocus()


def _right(card: Card) -> None:
    card.add(SeatsBlock(Seats(28, 34, 40)))
    _section(card, "Seats", _bars())
    card.add(SeatsBlock(Seats(38, 42, 40)))
    card.add(ActionRow("Offer 19:30 instead", "9 seats left", key="O"))
    locked = ActionRow("Sell above the capacity", "a right, with a reason", key="S")
    locked.forbid("Needs the right to overbook")
    card.add(locked)
    _section(card, "Icons, mdi6", _icons())
    caps = ("Enter", "C", "Ctrl", "K", "F1", "Esc", "Space", "↑", "↓")
    _section(card, "Keys", _row(*(Keycap(key) for key in caps)))
    card.add(Labelled("Staff note", TextArea("What the next person should know", rows=2)))
    card.add_stretch()


def _section(card: Card, words: str, what: QWidget | QLayout) -> None:
    card.add(Label(words, 12, 500, "ink3"))
    card.add(what)


def _row(*widgets: QWidget, stretch: bool = True) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return row


def _chips() -> QGridLayout:
    grid = QGridLayout()
    for number, status in enumerate((*Status, theme.ARRIVED)):
        grid.addWidget(StatusChip(status), number // 5, number % 5)
    return grid


def _channel(key: str) -> ChannelMark:
    return ChannelMark(channel_mark(key), channel_name(key))


def _filters() -> tuple[FilterButton, ...]:
    first = FilterButton("Departure", "13 to 18 Oct")
    first.show_value("13 to 18 Oct", on=True)
    return first, FilterButton("Status", "any"), FilterButton("Product", "all"), FilterButton("Money", "any")


def _tabs() -> Tabs:
    tabs = Tabs("Views", margin=0)
    tabs.show_tabs(
        Tab("Needs you", "14", urgent=True), Tab("Today", "41"), Tab("Upcoming", "218"), Tab("All", "48,231")
    )
    tabs.choose(3)
    return tabs


def _type() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    for size, weight, words in (
        (34, 700, "₩97,500"),
        (24, 600, "範例 Example Person"),
        (18, 600, "예약 Reservations"),
        (15, 600, "예시, 例え 見本"),
        (14, 500, "Example Night Boat, 예시 보트"),
        (13, 400, "English, 10:30. 영어, 英語, 英語導覽"),
        (12, 400, "CF-00001  26EX1012077310  EXA-261015-00417"),
    ):
        line = QHBoxLayout()
        size_label = Label(f"{size} / {weight}", 12, 400, "ink3")
        size_label.setFixedWidth(80)
        line.addWidget(size_label)
        line.addWidget(Label(words, size, weight), 1)
        column.addLayout(line)
    return column


def _bars() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    words = ("confirmed + this one", "arrived + expected", "given back", "short")
    for number, text in enumerate(words):
        bar = SeatBar()
        if number == 1:
            bar.show_arrivals(12, 18, 20)
        else:
            bar.show_seats({0: Seats(28, 34, 40), 2: Seats(12, 10, 20), 3: Seats(38, 42, 40)}[number])
        grid.addWidget(bar, 0, number)
        grid.addWidget(Label(text, 12, 400, "ink2"), 1, number)
    return grid


def _icons() -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(12)
    for number, word in enumerate(NAMES):
        grid.addWidget(Shape(word, 20), number // 16, number % 16)
    return grid


def strip() -> QWidget:
    """The five numbers, and rows that are still coming."""
    page = Canvas()
    page.resize(1366, 330)
    column = QVBoxLayout(page)
    stats = StatStrip("Today in numbers")
    stats.show_stats(
        Stat(Status.UNCONFIRMED, "Unconfirmed", "11", "the next promise ends in 26 min", "stop"),
        Stat(theme.ARRIVED, "Arrived today", "18", "of 115 guests, 1 no-show"),
        Stat(
            Status.AWAITING_PAYMENT,
            "To collect at the desk",
            "₩102,000",
            "2 reservations with a balance",
            "act",
        ),
        Stat("messages", "Messages waiting", "3", "the oldest for 2 h 10 min"),
        Stat(Status.CONFIRMED, "Confirmed in time, October", "98.4 %", "2 of 127 late"),
    )
    column.addWidget(stats)
    loading = Loading()
    loading.start()
    loading._since -= 2.6
    card = Card("Coming")
    card.add(loading, 1)
    column.addWidget(card, 1)
    return page


PAGES: dict[str, Callable[[], QWidget]] = {"parts": parts, "strip": strip}
