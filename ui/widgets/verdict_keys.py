"""The keys on the stub of a verdict: large enough to be read from where the guest stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import fonts
from ui.paint import CENTER
from ui.widgets.verdict_face import VerdictKey


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
        _line(painter, cap, self.key.cap, cap_size, 700, self._ground, center=True)
        left = cap.right() + 18 * scale
        words = QRectF(left, cap.y(), self.width() - left, cap.height())
        if self.key.small:
            _line(
                painter,
                words.adjusted(0, 0, 0, -18 * scale),
                self.key.text,
                round(22 * scale),
                600,
                self._ink,
            )
            _line(
                painter,
                words.adjusted(0, 28 * scale, 0, 0),
                self.key.small,
                round(15 * scale),
                400,
                self._ink,
            )
        else:
            _line(painter, words, self.key.text, round(22 * scale), 600, self._ink)
        if self.hasFocus():
            painter.setPen(QPen(self._ink, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap.adjusted(-3, -3, 3, 3), 10, 10)


def _line(
    painter: QPainter,
    place: QRectF,
    text: str,
    size: int,
    weight: int,
    colour: QColor,
    *,
    center: bool = False,
) -> None:
    measure = fonts.exact_metrics(size, weight)
    painter.setFont(fonts.exact(size, weight))
    painter.setPen(colour)
    shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 0.5)
    align = CENTER if center else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(place, align, shown)


def paint_ring(painter: QPainter, middle: QPointF, radius: float, share: float, colour: QColor) -> None:
    """What is left of the time, as a ring."""
    place = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    faint = QColor(colour)
    faint.setAlphaF(0.3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faint, radius * 0.36, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawEllipse(place)
    painter.setPen(QPen(colour, radius * 0.36, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawArc(place, 90 * 16, round(-share * 360 * 16))


def paint_line(
    painter: QPainter,
    place: QRectF,
    text: str,
    size: int,
    weight: int,
    colour: QColor,
    *,
    right: bool = False,
) -> None:
    """A line of the verdict in exact pixels, shortened with dots where it must be."""
    if right:
        painter.setFont(fonts.exact(size, weight))
        painter.setPen(colour)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    else:
        _line(painter, place, text, size, weight, colour)
