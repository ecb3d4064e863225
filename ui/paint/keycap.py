"""A key of the keyboard, and the two letters of a sales channel: both words in a thin frame."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui import fonts
from ui.paint.text import CENTER, paint_text, text_width
from ui.theme import Colours

HEIGHT = 18
_SIZE, _WEIGHT = 11, 500


def keycap_width(key: str) -> float:
    """How wide the cap of one key is; a letter gets a square."""
    return max(fonts.px(18), text_width(key, _SIZE, _WEIGHT) + fonts.px(10))


def paint_keycap(
    painter: QPainter, rect: QRectF, key: str, colours: Colours, on_fill: QColor | None = None
) -> float:
    """Draw a keycap at the left of `rect`, centred in its height; answers its width.

    On a filled button, `on_fill` is the fill: the cap is the fill darkened by 18 %, without a border.
    """
    height, width = fonts.px(HEIGHT), keycap_width(key)
    body = QRectF(rect.x(), rect.center().y() - height / 2, width, height).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if on_fill is None:
        painter.setPen(QPen(colours.border if colours.dark else _between(colours.line, colours.border), 1))
        painter.setBrush(colours.canvas)
        text = colours.ink2
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(on_fill.darker(118))
        text = colours.on_accent
    painter.drawRoundedRect(body, 4, 4)
    paint_text(painter, body, key, text, _SIZE, _WEIGHT, CENTER)
    return width


def keys_width(keys: tuple[str, ...]) -> float:
    """How wide several caps beside each other are."""
    return sum(keycap_width(key) for key in keys) + fonts.px(2) * max(0, len(keys) - 1)


def paint_keys(
    painter: QPainter, rect: QRectF, keys: tuple[str, ...], colours: Colours, on_fill: QColor | None = None
) -> float:
    """Draw several keycaps beside each other (Ctrl, K); answers their width."""
    x = rect.x()
    for key in keys:
        x += paint_keycap(painter, QRectF(x, rect.y(), 0, rect.height()), key, colours, on_fill) + fonts.px(2)
    return x - fonts.px(2) - rect.x()


def channel_mark_width() -> int:
    """Every channel's mark is equally wide, so that names stand under each other."""
    return fonts.px(24)


def paint_channel_mark(painter: QPainter, rect: QRectF, letters: str, colours: Colours) -> float:
    """Draw the two letters of a channel at the left of `rect`; answers the width. Channels have no colour."""
    width, height = channel_mark_width(), fonts.px(18)
    body = QRectF(rect.x(), rect.center().y() - height / 2, width, height).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.border, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(body, 4, 4)
    paint_text(painter, body, letters, colours.ink2, 10, 700, CENTER)
    return width


def _between(one: QColor, other: QColor) -> QColor:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*((a + b) // 2 for a, b in pairs))
