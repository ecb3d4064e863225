"""How many letters leave in how many seconds, and the way to take them back, always in the same place."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.text import paint_text, text_width
from ui.pulse import pulse
from ui.wording.dates import countdown


class LettersPill(QAbstractButton):
    """Pressed (`clicked`) it takes back. Hidden while no letter waits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = self._left = 0
        self._beating = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()

    def show_letters(self, count: int, seconds: int) -> None:
        """So many letters leave, the first of them in so many seconds."""
        self._count, self._left = count, seconds
        self.setVisible(count > 0)
        if count and not self._beating:
            self._beating = True
            pulse().join(self._count_down)
        if not count:
            self._rest()
        self._say()

    def sizeHint(self) -> QSize:
        # Measured with the widest figures, so that the pill does not breathe with the seconds.
        width = text_width(self._sentence(88 * 60 if self._left >= 600 else 8 * 60 + 48), 12, 500)
        width += fonts.px(14 + 16 + 8 + 5 + 14) + text_width(self.tr("Take back"), 12, 600)
        return QSize(math.ceil(width), fonts.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        whole = QRectF(self.rect())
        painter.setPen(QPen(colours.accent, 2) if self.hasFocus() else QPen(colours.line, 1))
        painter.setBrush(colours.hover if self.underMouse() else colours.canvas)
        edge = 1 if self.hasFocus() else 0.5
        painter.drawRoundedRect(
            whole.adjusted(edge, edge, -edge, -edge), whole.height() / 2, whole.height() / 2
        )
        side = fonts.px(16)
        x = float(fonts.px(13))
        paint_icon(painter, QRectF(x, whole.center().y() - side / 2, side, side), "letters", colours.ink2)
        x += side + fonts.px(7)
        x += paint_text(
            painter,
            QRectF(x, 0, whole.width(), whole.height()),
            self._sentence(self._left),
            colours.ink2,
            12,
            500,
        )
        link = QRectF(x + fonts.px(5), 0, whole.width(), whole.height())
        paint_text(painter, link, self.tr("Take back"), colours.accent_text, 12, 600)

    def retranslate(self) -> None:
        """Say it in the language of the screen."""
        self._say()

    def _sentence(self, seconds: int) -> str:
        if self._count == 1:
            return self.tr("1 letter leaves in {time}").format(time=countdown(seconds))
        return self.tr("{count} letters leave in {time}").format(count=self._count, time=countdown(seconds))

    def _say(self) -> None:
        self.setAccessibleName(f"{self._sentence(self._left)}. {self.tr('Take back')}")
        self.updateGeometry()
        self.update()

    def _count_down(self) -> None:
        self._left = max(0, self._left - 1)
        if not self._left:
            self.hide()
            self._rest()
        self.update()

    def _rest(self) -> None:
        if self._beating:
            self._beating = False
            pulse().leave(self._count_down)
