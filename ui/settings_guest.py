"""The settings' page of the second screen: which one faces the guests, and what they read there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.counter_settings import CounterSettings
from ui import fonts, theme
from ui.details_rows import clear
from ui.guest_card import GuestCard
from ui.guest_face import sample_face
from ui.monitors import Monitors
from ui.settings_kept import Kept
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.pick_row import PickRow

PREVIEW = (480, 270)


class GuestPage(QWidget):
    """A row for each screen, kept as soon as it is picked."""

    def __init__(self, kept: Kept, screens: Monitors | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept, self._screens = kept, screens or Monitors(self)
        self._card, self._about = Card(padding=20), Label("", 13, 400, "ink2", wrap=True)
        self._list, self.rows = QVBoxLayout(), dict[str, PickRow]()
        self._shows, self._promise = Card(padding=20), Label("", 13, 400, "ink2", wrap=True)
        self._preview = GuestCard(sample_face("", ""))
        self._build()
        self.retranslate()
        kept.told.connect(self._show)
        self._screens.changed.connect(lambda: self._show(kept.settings))

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._card.set_heading(self.tr("The screen that faces the guests"))
        self._about.setText(
            self.tr("It greets them in their own language. It may be pulled out and comes back by itself.")
        )
        self._shows.set_heading(self.tr("What they read there"))
        self._promise.setText(
            self.tr(
                "Never a name, a number or a reason: whatever is refused is told as one moment. After half a "
                "minute it shows where to hold the code, and what leaves next."
            )
        )
        self._preview.show_face(sample_face(self.tr("City Walk"), self.tr("West gate")))
        self._preview.setAccessibleDescription(self.tr("A sample of the second screen"))
        self._show(self._kept.settings)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it is known on which screen the desk stands."""
        super().showEvent(event)
        self._screens.follow(self.window())
        self._show(self._kept.settings)

    def _show(self, settings: CounterSettings) -> None:
        had = next((key for key, row in self.rows.items() if row.hasFocus()), None)
        clear(self._list)
        self.rows = {}
        here, chosen = self._screens.of(self.window()), settings.guest_screen
        self._add("", self.tr("None"), self.tr("Guests look at the counter"))
        for one in self._screens.all():
            taken = self.tr("The desk stands on this one") if one.key == here else ""
            turn = self.tr("number {turn} from the left").format(turn=one.turn) if one.turn else ""
            self._add(one.key, one.name, ", ".join(filter(None, (turn, _size(one.place), taken))))
            if taken:
                self.rows[one.key].forbid(taken)
        if chosen and chosen not in self.rows:
            self._add(chosen, chosen, self.tr("Not connected now; it greets as soon as it is back"))
        if chosen in self.rows:
            self.rows[chosen].set_picked(True)
        if had in self.rows:
            self.rows[had].setFocus()

    def _add(self, key: str, words: str, small: str) -> None:
        row = self.rows[key] = PickRow(words, small)
        row.clicked.connect(lambda: self._choose(key))
        row.stepped.connect(lambda step: self._step(key, step))
        self._list.addWidget(row)

    def _choose(self, key: str) -> None:
        self._kept.change(guest_screen=key)

    def _step(self, key: str, step: int) -> None:
        free = [one for one, row in self.rows.items() if row.isEnabled()]
        to = free[max(0, min(free.index(key) + step, len(free) - 1))]
        self.rows[to].setFocus()
        self._choose(to)

    def _build(self) -> None:
        self._list.setSpacing(0)
        self._card.add(self._about)
        self._card.add(self._list)
        self._preview.setFixedSize(fonts.px(PREVIEW[0]), fonts.px(PREVIEW[1]))
        self._shows.add(self._promise)
        self._shows.add(_Frame(self._preview))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(12))
        column.addWidget(self._card)
        column.addWidget(self._shows)
        column.addStretch(1)


class _Frame(QWidget):
    """The edge of the sample: it is as light as the page it lies on."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        inner.setParent(self)
        inner.move(1, 1)
        self.setFixedSize(inner.width() + 2, inner.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.of(self.palette()).border)


def _size(place: QRect) -> str:
    return f"{place.width()} × {place.height()}"
