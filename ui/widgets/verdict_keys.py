"""The keys on the stub of a verdict: large enough to be read from where the guest stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import fonts
from ui.paint.text import CENTER
from ui.widgets.verdict_face import VerdictKey
from ui.widgets.verdict_words import paint_line


class VerdictButton(QAbstractButton):
    """One key: pressed by mouse, or by Space when Tab has reached it."""

    def __init__(self, key: VerdictKey, scale: float, ink: QColor, ground: QColor, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._scale, self._ink, self._ground = scale, ink, ground
        self.setAccessibleName(f"{key.text} ({key.cap})")
        self.setAccessibleDescription(key.small)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._scale
        cap_size = round(21 * scale)
        width = fonts.exact_metrics(cap_size, 700).horizontalAdvance(self.key.cap) + 28 * scale
        cap = QRectF(4, 4, max(52 * scale, width), 52 * scale)
        painter.setPen(Qt.PenStyle.NoPen)
        ink = QColor(self._ink)
        if self.isDown():
            ink.setAlphaF(0.75)
        painter.setBrush(ink)
        painter.drawRoundedRect(cap, 8, 8)
        paint_line(painter, cap, self.key.cap, cap_size, 700, self._ground, CENTER)
        left = cap.right() + 18 * scale
        words = QRectF(left, cap.y(), self.width() - left, cap.height())
        if self.key.small:
            paint_line(
                painter,
                words.adjusted(0, 0, 0, -18 * scale),
                self.key.text,
                round(22 * scale),
                600,
                self._ink,
            )
            paint_line(
                painter,
                words.adjusted(0, 28 * scale, 0, 0),
                self.key.small,
                round(15 * scale),
                400,
                self._ink,
            )
        else:
            paint_line(painter, words, self.key.text, round(22 * scale), 600, self._ink)
        if self.hasFocus():
            painter.setPen(QPen(self._ink, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap.adjusted(-3, -3, 3, 3), 10, 10)
