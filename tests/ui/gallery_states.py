"""The states: empty, nothing found, refused, offline, practice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from models.refusals import CannotDo
from tests.ui.gallery_parts import Canvas
from ui.widgets.action_row import ActionRow
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.offline_band import OfflineBand
from ui.widgets.practice_frame import PracticeFrame


def states() -> QWidget:
    """Six cards, as people meet them."""
    page = Canvas()
    page.resize(1366, 768)
    grid = QGridLayout(page)
    grid.setContentsMargins(20, 20, 20, 20)
    grid.setSpacing(16)
    for number, build in enumerate((_empty, _nothing, _notices, _refused, _offline, _practice)):
        grid.addWidget(build(), number // 3, number % 3)
        grid.setColumnStretch(number % 3, 1)
        grid.setRowStretch(number // 3, 1)
    return page


def _empty() -> QWidget:
    card = Card()
    text = "The last promise was kept at 10:21. 115 guests today."
    card.add(EmptyState("Nothing needs you", text, action="Open check-in", key="I"), 1)
    return card


def _nothing() -> QWidget:
    card = Card()
    field = Field("Search", icon="find")
    field.set_text("exampel")
    card.add(field)
    card.add(Label('Nobody is called "exampel".', 15, 600))
    card.add(Label("Looked in 48,231 reservations, all dates, all channels.", 13, 400, "ink2", wrap=True))
    near = ActionRow("Oliver Example", "today 10:30, one letter differs", key="Enter")
    card.add_rows(near, ActionRow("Sell to a new guest", "walk-in", key="N"))
    card.add_stretch()
    field.setFocus()
    return card


def _notices() -> QWidget:
    card = Card("Notices")
    card.add(
        Notice("act", "Traveler's request", "Stroller with us. Is the route free of stairs?", shape="note")
    )
    card.add(Notice("wait", "2 more want seats here: awaiting payment until 13:00"))
    card.add(Notice("good", "The letter has left", "in Chinese (Taiwan), at 10:21"))
    card.add(Notice("done", "To do at KKday", "Tick it there, then here."))
    card.add_stretch()
    return card


def _refused() -> QWidget:
    card = Card()
    card.add(Label("Confirm 4 seats?", 18, 600))
    notice = Notice("stop", "")
    notice.refuse(CannotDo("no-seats", short=2, departure="Sat 17 Oct, 17:40"))
    card.add(notice)
    over = ActionRow("Sell above the capacity", "a right, with a reason")
    over.forbid("Needs the right to overbook")
    card.add_rows(
        ActionRow("Offer 19:30 instead", "9 seats left", key="O"),
        ActionRow("Hold and say what is missing", "the promise ends in 1 h 34", key="H"),
        over,
    )
    card.add_stretch()
    return card


def _offline() -> QWidget:
    card = Card(padding=0)
    band = OfflineBand()
    band.say(
        "Offline since 10:20. Check-in goes on.", "7 scans wait. Not checked: the other counters, new orders."
    )
    card.add(band)
    card.add_stretch()
    return card


def _practice() -> QWidget:
    inside = Canvas()
    column = QVBoxLayout(inside)
    column.addWidget(Label("Nothing here is real", 18, 600))
    text = "Invented guests, today's departures. Scan the practice sheet, sell, refund, break things."
    column.addWidget(Label(text, 13, 400, "ink2", wrap=True))
    column.addWidget(Button("Leave practice"))
    column.addStretch(1)
    frame = PracticeFrame(inside)
    frame.set_practice(True)
    return frame


PAGES: dict[str, Callable[[], QWidget]] = {"states": states}
