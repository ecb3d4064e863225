"""The window: empty on both sizes, with a list, with a dialog, with all keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tests.ui.sample_rows import COLUMNS, ROWS, Rows, say
from ui.main_window import MainWindow
from ui.paint.seats import Seats
from ui.screen import KeyHint, Screen, hint
from ui.screens import IN_RAIL, plan
from ui.widgets.chip import Shape
from ui.widgets.dialog import Dialog
from ui.widgets.filter_button import FilterButton
from ui.widgets.key_bar import Standing
from ui.widgets.keycap import ChannelMark
from ui.widgets.label import Label
from ui.widgets.list_table import ListTable
from ui.widgets.notice import Notice
from ui.widgets.row_model import RowModel
from ui.widgets.seats import SeatsBlock
from ui.widgets.tabs import Tab, Tabs

NOW = dt.datetime(2026, 10, 15, 10, 24, 31, tzinfo=dt.UTC)


class Sample(Screen):
    """A screen that shows a list."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        self.has_own_search = word == "checkin"
        if word == "reservations":
            self._build()

    def title(self) -> str:
        return self._word.capitalize()

    def subtitle(self) -> str:
        return "Thursday 15 October" if self._word == "today" else ""

    def keys(self) -> tuple[KeyHint, ...]:
        return (KeyHint(("↑", "↓"), "move"), hint("open"), hint("confirm"), hint("select"), hint("filter"))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tabs = Tabs("Views")
        tabs.show_tabs(Tab("Needs you", "14", urgent=True), Tab("Today", "41"), Tab("All", "48,231"))
        column.addWidget(tabs)
        filters = QHBoxLayout()
        filters.setContentsMargins(17, 6, 17, 6)
        filters.setSpacing(2)
        for name, value in (("Status", "any"), ("Product", "all"), ("Channel", "all")):
            filters.addWidget(FilterButton(name, value))
        filters.addStretch(1)
        column.addLayout(filters)
        self.model = RowModel(COLUMNS, lambda row: row.number, say)
        self.table = ListTable(self.model, Rows(), name="Reservations")
        self.table.show_sorting("act_by", ascending=True)
        self.model.show_rows(ROWS)
        self.model.tick(ROWS[1], True)
        self.setFocusProxy(self.table)
        column.addWidget(self.table, 1)


def a_window(word: str = "reservations", width: int = 1366, height: int = 768) -> MainWindow:
    """A window that shows everything a frame can show."""
    builders = {name: (lambda name=name: Sample(name)) for name in IN_RAIL}
    window = MainWindow(plan(builders), now=lambda: NOW)
    window.resize(width, height)
    window.set_badge("reservations", 14)
    window.set_badge("messages", 3)
    window.show_letters(2, 42)
    window.show_person("예시", "Example Person")
    window.show_standing("sync", Standing("Synced 2 s ago", "synced", "good"))
    window.show_standing("scanner", Standing("Scanner ready", "scanner", "good"))
    window.show_standing("counter", Standing("Counter 2, Example gate", "counter"))
    window.go(word)
    return window


def empty_small() -> QWidget:
    """Nothing in it, at the size of a counter PC."""
    return a_window("today")


def empty_large() -> QWidget:
    """Nothing in it, at the size of an office screen."""
    return a_window("today", 1920, 1080)


def with_list() -> QWidget:
    """A list in it."""
    return a_window()


def with_practice() -> QWidget:
    """While practising, offline."""
    window = a_window("checkin")
    window.set_practice(True)
    window.show_offline(
        "Offline since 10:20. Check-in goes on.", "7 scans wait. Not checked: the other counters."
    )
    window.toast("Confirmed CF-48231, the letter waits", take_back=True)
    return window


def confirm_dialog(window: MainWindow) -> Dialog:
    """The question before seats are taken."""
    day = "Example Night Boat, Night. Today, Thu 15 October, 19:30"
    dialog = Dialog("Confirm 6 seats?", window.overlay_host, subtitle=day)
    dialog.set_corner(ChannelMark("KL", "KLK-94471822"))
    body = QVBoxLayout()
    body.setSpacing(12)
    body.addWidget(SeatsBlock(Seats(28, 34, 40)))
    body.addWidget(Notice("wait", "2 more want seats here: awaiting payment until 13:00"))
    dialog.add(body)
    promise = QVBoxLayout()
    promise.addWidget(Label("Promised to Klook by", 13, 500, "ink2"))
    line = QHBoxLayout()
    line.setSpacing(32)
    line.addWidget(Label("3 h 35 min left", 18, 600, "act"))
    line.addWidget(Label("13:59 today. No closed days in between.", 12, 400, "ink2"), 1)
    promise.addLayout(line)
    dialog.add(promise)
    letter = QHBoxLayout()
    letter.setSpacing(12)
    letter.addWidget(Shape("letters", 18))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label("The voucher letter in English leaves 60 seconds later.", 13, 500))
    words.addWidget(Label("Until then you can take this back with Ctrl+Z.", 13, 400, "ink2"))
    letter.addLayout(words, 1)
    dialog.add(letter)
    dialog.add_button("Not now", key="Esc")
    dialog.add_button("Hold…", key="H")
    dialog.add_button("Confirm 6 seats", "primary", key="Enter")
    return dialog


def with_dialog() -> QWidget:
    """A question over the list."""
    window = a_window()
    window.show()
    confirm_dialog(window).open()
    return window


def with_keys() -> QWidget:
    """All keys."""
    window = a_window()
    window.show()
    window.show_all_keys()
    return window


PAGES: dict[str, Callable[[], QWidget]] = {
    "window-1366": empty_small,
    "window-1920": empty_large,
    "window-list": with_list,
    "window-practice": with_practice,
    "window-dialog": with_dialog,
    "window-keys": with_keys,
}
