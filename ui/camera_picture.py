"""A camera's picture with corners that show where to hold the code, and words about how well it sees."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from controllers.scanning.watch import Standing
from models.light import Light, light_of
from ui import actions, fonts, theme
from ui.camera_words import hint_words, standing_words
from ui.icons import paint_icon
from ui.paint.text import CENTER, paint_text, text_width
from ui.widgets.button import Button

_RADIUS = 8
_SHAPE = (16, 9)
_ROOM_FOR_HINT = 230
_CORNERS = 0.52  # of the height: a voucher's code is read from there up to arm's length


class CameraPicture(QWidget):
    """`camera_pressed` says that the button of F8 was pressed (where it `turns`).

    `width_wanted` tells how many dots wide the pictures should be.
    """

    camera_pressed = Signal()
    width_wanted = Signal(int)

    def __init__(self, *, turns: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QImage()
        self._standing = Standing()
        self._lit = False
        self._turn = Button("", key=actions.cap("camera"), parent=self)
        self._turn.setPalette(theme.palette(theme.Theme.DARK))  # it lies on a picture, by day too
        self._turn.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._turn.clicked.connect(self.camera_pressed)
        self._turn.setVisible(turns)
        self.setMinimumHeight(fonts.px(120))

    @property
    def picture(self) -> QImage:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: QImage) -> None:
        """A newer one."""
        self._picture = picture
        self.update()

    def show_standing(self, standing: Standing, turn: str) -> None:
        """How the camera is doing, and what F8 does."""
        self._standing = standing
        self._turn.set_text(turn)
        self.setAccessibleName(f"{standing_words(standing)}. {hint_words(standing)}")
        self._place_button()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(812), fonts.px(464))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()
        across, down = _SHAPE
        dots = max(self.width(), self.height() * across / down) * self.devicePixelRatioF()
        self.width_wanted.emit(math.ceil(dots))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_standing(self._standing, self._turn.text())

    def light(self, lit: bool) -> None:
        """A picture is held over it."""
        self._lit = lit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        whole = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(whole, _RADIUS, _RADIUS)
        painter.setClipPath(outline)
        self._paint_picture(painter, whole)
        self._paint_corners(painter, whole, colours)
        self._paint_hint(painter, whole, colours)
        self._paint_standing(painter, whole, colours)
        if self._lit:
            painter.setPen(QPen(colours.accent, 4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(2, 2, -2, -2), _RADIUS, _RADIUS)

    def _paint_picture(self, painter: QPainter, whole: QRectF) -> None:
        """The picture covers the place; what is too much at two sides is cut off."""
        if self._picture.isNull():
            return
        wide, high = self._picture.width(), self._picture.height()
        scale = max(whole.width() / wide, whole.height() / high)
        size = QRectF(0, 0, wide * scale, high * scale)
        size.moveCenter(whole.center())
        dots = self.devicePixelRatioF() * scale
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, abs(dots - 1) > 0.01)
        painter.drawImage(size, self._picture)

    def _paint_corners(self, painter: QPainter, whole: QRectF, colours: theme.Colours) -> None:
        place = self.place_of_code()
        side = place.width()
        round_by = side / 17
        outside = QPainterPath()
        outside.setFillRule(Qt.FillRule.OddEvenFill)
        outside.addRect(whole)
        outside.addRoundedRect(place, round_by, round_by)
        painter.fillPath(outside, colours.picture_shade)
        pen = QPen(colours.on_picture, fonts.px(4))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(corners(place, round_by, side / 6.5))

    def place_of_code(self) -> QRectF:
        """In the middle; in a low window above the words, which then need not say what the corners show."""
        whole = QRectF(self.rect())
        free = whole.adjusted(0, fonts.px(8), 0, 0)
        if self._has_room_for_hint:
            free.setTop(whole.top() + fonts.px(52))
        free.setBottom(whole.bottom() - fonts.px(48))
        side = round(min(whole.width(), whole.height()) * _CORNERS)
        place = QRectF(0, 0, side, side)
        place.moveCenter(whole.center())
        place.moveTop(max(free.top(), min(place.top(), free.bottom() - side)))
        return place

    @property
    def _has_room_for_hint(self) -> bool:
        light = self._standing.light
        is_good = light is None or light_of(light) is Light.GOOD
        return self.height() >= fonts.px(_ROOM_FOR_HINT) or not is_good

    def _paint_hint(self, painter: QPainter, whole: QRectF, colours: theme.Colours) -> None:
        if not self._has_room_for_hint:
            return
        words = hint_words(self._standing)
        width = min(whole.width() - fonts.px(28), text_width(words, 14, 700) + fonts.px(44))
        place = QRectF(0, whole.top() + fonts.px(14), width, fonts.px(30))
        place.moveLeft(whole.center().x() - width / 2)
        self._paint_pill(painter, place, colours)
        paint_text(painter, place, words, colours.on_picture, 14, 700, CENTER)

    def _paint_standing(self, painter: QPainter, whole: QRectF, colours: theme.Colours) -> None:
        words, room = (
            standing_words(self._standing),
            whole.width() - (0 if self._turn.isHidden() else self._turn.width()) - fonts.px(44),
        )
        width = min(room, text_width(words, 12, 600) + fonts.px(60))
        place = QRectF(fonts.px(14), whole.bottom() - fonts.px(42), width, fonts.px(28))
        self._paint_pill(painter, place, colours)
        drawing = QRectF(place.x() + fonts.px(13), place.y(), fonts.px(16), place.height())
        is_dark = self._standing.light is not None and light_of(self._standing.light) is not Light.GOOD
        paint_icon(painter, drawing, "fault" if is_dark else "camera", colours.on_picture)
        text = place.adjusted(fonts.px(38), 0, -fonts.px(14), 0)
        paint_text(painter, text, words, colours.on_picture, 12, 600)

    def _paint_pill(self, painter: QPainter, place: QRectF, colours: theme.Colours) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.picture_pill)
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)

    def _place_button(self) -> None:
        size = self._turn.sizeHint()
        self._turn.resize(size)
        edge = fonts.px(14) - 3
        self._turn.move(self.width() - size.width() - edge, self.height() - size.height() - edge)


def corners(place: QRectF, round_by: float, length: float) -> QPainterPath:
    """Four corners of a rounded square."""
    path = QPainterPath()
    for x, y, across, down in (
        (place.left(), place.top(), 1, 1),
        (place.right(), place.top(), -1, 1),
        (place.right(), place.bottom(), -1, -1),
        (place.left(), place.bottom(), 1, -1),
    ):
        path.moveTo(QPointF(x, y + down * length))
        path.lineTo(QPointF(x, y + down * round_by))
        path.quadTo(QPointF(x, y), QPointF(x + across * round_by, y))
        path.lineTo(QPointF(x + across * length, y))
    return path
