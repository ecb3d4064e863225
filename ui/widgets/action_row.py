"""A way out, as a row: what to do, a small line about it, and its key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.cells import paint_two_lines
from ui.paint.keycap import keys_width, paint_keys
from ui.widgets.tip import set_tip


class ActionRow(QAbstractButton):
    """Pressed by mouse, Space or Enter; a forbidden one shows a lock where its key was."""

    def __init__(self, text: str, small: str = "", *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._small, self._key = small, key
        self.setText(text)
        self.setAccessibleName(f"{text} ({key})" if key else text)
        self.setAccessibleDescription(small)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        """The key shown on the row."""
        return self._key

    def forbid(self, reason: str) -> None:
        """Grey, with a lock, saying which right or which step is missing."""
        self.setEnabled(False)
        set_tip(self, reason)
        self.setAccessibleDescription(reason)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(280), fonts.px(46))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        whole = QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect(), colours.sunken if self.isDown() else colours.hover)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
        inner = whole.adjusted(fonts.px(10), 0, -fonts.px(10), 0)
        ink = colours.ink if self.isEnabled() else colours.ink3
        room = keys_width(tuple(self._key.split(" "))) if self._key else 0
        words = inner.adjusted(0, 0, -max(room, 0 if self.isEnabled() else fonts.px(16)) - fonts.px(8), 0)
        paint_two_lines(painter, words, self.text(), self._small, colours, colour=ink)
        self._paint_end(painter, inner, colours)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_end(self, painter: QPainter, inner: QRectF, colours: theme.Colours) -> None:
        if not self.isEnabled():
            side = fonts.px(16)
            place = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
            paint_icon(painter, place, "lock", colours.ink3)
        elif self._key:
            keys = tuple(self._key.split(" "))
            width = keys_width(keys)
            paint_keys(
                painter, QRectF(inner.right() - width, inner.y(), width, inner.height()), keys, colours
            )
