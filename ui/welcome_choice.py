"""One choice of the first start: its key, its word, and two lines that say what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.keycap import paint_keycap
from ui.paint.text import paint_text
from ui.widgets.practice_frame import paint_stripes

_ICONS = {"empty": "file", "postgresql": "synced"}


class Choice(QAbstractButton):
    """Pressed by mouse, Space, Enter, or its key anywhere on the page."""

    def __init__(self, kind: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self._key = kind, key
        self._first = self._second = ""
        self._on = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, word: str, first: str, second: str) -> None:
        """Its words."""
        self.setText(word)
        self._first, self._second = first, second
        self.setAccessibleName(f"{word} ({self._key})")
        self.setAccessibleDescription(f"{first} {second}")
        self.update()

    def set_on(self, on: bool) -> None:
        """Chosen, while it still asks for something."""
        self._on = on
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(560), fonts.px(88))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        if self._on:
            painter.fillRect(self.rect(), colours.accent_soft)
        elif self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), colours.sunken if self.isDown() else colours.hover)
        mark = QRectF(fonts.px(12), fonts.px(22), fonts.px(44), fonts.px(44))
        self._paint_mark(painter, mark, colours)
        left, width = mark.right() + fonts.px(20), self.width() - mark.right() - fonts.px(72)
        for y, text, size, weight, ink in (
            (12, self.text(), 16, 600, colours.ink),
            (36, self._first, 13, 400, colours.ink),
            (56, self._second, 13, 400, colours.ink2),
        ):
            place = QRectF(left, fonts.px(y), width, fonts.px(22))
            paint_text(painter, place, text, ink, size, weight)
        cap = QRectF(self.width() - fonts.px(34), 0, fonts.px(20), self.height())
        paint_keycap(painter, cap, self._key, colours)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 3, -1, -3), 6, 6)

    def _paint_mark(self, painter: QPainter, place: QRectF, colours: theme.Colours) -> None:
        if self.kind not in _ICONS:
            paint_stripes(painter, place, colours)
            inner = place.adjusted(fonts.px(5), fonts.px(5), -fonts.px(5), -fonts.px(5))
            painter.fillRect(inner, colours.surface)
            return
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.canvas)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        side = fonts.px(24)
        icon = QRectF(0, 0, side, side)
        icon.moveCenter(place.center())
        paint_icon(painter, icon, _ICONS[self.kind], colours.ink2)
