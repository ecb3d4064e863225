"""Saved views beside each other, each with its count: Needs you 14, Today 41, All 48,231.

Where there are more than fit, those around the chosen one are in sight, with an arrow at each end that hides some.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.frozen import frozen
from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.text import CENTER, paint_text, text_width


@frozen
class Tab:
    """A word, its count as text ('' for none), and whether the count asks for something."""

    word: str
    count: str = ""
    urgent: bool = False


class Tabs(QWidget):
    """`chosen` comes with the number of the view; arrow keys move it. `bare` ones lie on a card's own ground."""

    chosen = Signal(int)

    def __init__(
        self, name: str, parent: QWidget | None = None, *, margin: int = 20, bare: bool = False
    ) -> None:
        super().__init__(parent)
        self._name, self._margin, self._bare = name, margin, bare
        self._tabs: tuple[Tab, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def at(self) -> int:
        """The number of the view that is shown."""
        return self._at

    def set_name(self, name: str) -> None:
        """What the tabs are together, in another language."""
        self._name = name
        self._say()

    def show_tabs(self, *tabs: Tab) -> None:
        """Other words or counts; the choice stays."""
        self._tabs = tabs
        self._say()

    def choose(self, at: int) -> None:
        """Choose a view; `chosen` comes only when it was another before."""
        if at != self._at and 0 <= at < len(self._tabs):
            self._at = at
            self._say()
            self.chosen.emit(at)

    def sizeHint(self) -> QSize:
        last = self._laid()[-1].right() if self._tabs else 0
        return QSize(round(last) + self._margin, fonts.px(42))

    def minimumSizeHint(self) -> QSize:
        return QSize(fonts.px(160), fonts.px(42))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        if not self._bare:
            painter.fillRect(self.rect(), colours.surface)
            painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places()
        for number, (tab, place) in enumerate(zip(self._tabs, places, strict=True)):
            self._paint_tab(painter, place, tab, number == self._at, colours)
        if places and places[0].x() < 0:
            self._paint_end(painter, QRectF(0, 0, fonts.px(30), self.height() - 1), "left", colours)
        if places and places[-1].right() > self.width():
            side = QRectF(self.width() - fonts.px(30), 0, fonts.px(30), self.height() - 1)
            self._paint_end(painter, side, "right", colours)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x, places = event.position().x(), self._places()
        if places and places[0].x() < 0 and x < fonts.px(30):
            self.choose(self._at - 1)
            return
        if places and places[-1].right() > self.width() and x > self.width() - fonts.px(30):
            self.choose(self._at + 1)
            return
        for number, place in enumerate(self._places()):
            if place.contains(event.position()):
                self.choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self._at + step)

    def _say(self) -> None:
        if self._tabs:
            tab = self._tabs[min(self._at, len(self._tabs) - 1)]
            self.setAccessibleName(f"{self._name}: {tab.word} {tab.count}".strip())
        self.updateGeometry()
        self.update()

    def _places(self) -> list[QRectF]:
        """Where each tab stands; pushed aside so far that the chosen one is in sight."""
        places = self._laid()
        if not places:
            return []
        room, chosen = self.width() - fonts.px(44), places[min(self._at, len(places) - 1)]
        most = max(0.0, places[-1].right() + self._margin - self.width())
        aside = min(most, max(0.0, chosen.right() - room))
        return [place.translated(-aside, 0) for place in places]

    def _laid(self) -> list[QRectF]:
        places, x = [], float(self._margin)
        for tab in self._tabs:
            width = text_width(tab.word, 13, 600) + (self._pill(tab) + fonts.px(8) if tab.count else 0)
            places.append(QRectF(x, 0, width, self.height() or fonts.px(42)))
            x += width + fonts.px(28)
        return places

    def _pill(self, tab: Tab) -> float:
        return text_width(tab.count, 12, 600) + fonts.px(14)

    def _paint_end(self, painter: QPainter, place: QRectF, icon: str, colours: theme.Colours) -> None:
        painter.fillRect(place, colours.surface)
        side = fonts.px(18)
        middle = place.center()
        paint_icon(
            painter, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), icon, colours.ink2
        )

    def _paint_tab(
        self, painter: QPainter, place: QRectF, tab: Tab, on: bool, colours: theme.Colours
    ) -> None:
        paint_text(painter, place, tab.word, colours.ink if on else colours.ink2, 13, 600 if on else 500)
        if tab.count:
            width, height = self._pill(tab), fonts.px(19)
            pill = QRectF(place.right() - width, place.center().y() - height / 2, width, height)
            act = colours.families["act"]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(act.ground if tab.urgent else colours.sunken)
            painter.drawRoundedRect(pill, height / 2, height / 2)
            paint_text(painter, pill, tab.count, act.text if tab.urgent else colours.ink2, 12, 600, CENTER)
        if on:
            painter.fillRect(QRectF(place.x(), self.height() - 2, place.width(), 2), colours.accent)
            if self.hasFocus():
                painter.setPen(QPen(colours.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(-8, 6, 8, -6), 6, 6)
