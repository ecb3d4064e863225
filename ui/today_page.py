"""The page the dashboard lies on: it fits the window, and scrolls only where large text leaves too little room."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from ui import fonts
from ui.today_cards import TodayCards
from ui.widgets.field import clear_ground
from ui.widgets.scroll_bar import ScrollBar
from ui.widgets.viewport import own_viewport


class TodayPage(QScrollArea):
    """Tells the cards how much room there is, and brings whatever has the keyboard into sight."""

    def __init__(self, cards: TodayCards, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(parent=self))
        viewport = own_viewport(self, ground=False)
        self.setWidget(cards)
        for widget in (viewport, cards):
            clear_ground(widget)
            widget.setAutoFillBackground(False)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._cards.fit_to(self.size())
        super().resizeEvent(event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._cards.isAncestorOf(now):
            place = QRect(now.mapTo(self._cards, now.rect().topLeft()), now.size())
            self.ensureVisible(place.center().x(), place.center().y(), 0, place.height() // 2 + fonts.px(60))
