"""The boxes of the dashboard: two rows (narrower ones under each other), each a number with what it means; one key
opens its list. A box that is hardly ever there stands behind the others, without a key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.paint.keycap import keycap_width, paint_keycap
from ui.paint.text import paint_text, text_width
from ui.today_box_words import Face
from ui.widgets.card import paint_card
from ui.widgets.chip import paint_shape
from ui.widgets.tip import show_tip

translate = QCoreApplication.translate

BOXES, ACROSS, ACROSS_TIGHT = 10, 5, 4
_ROOM = 180  # narrower than this no sentence fits
_ROOM_TIGHT = 170  # and than this no name
_LOW, _HIGH = 68, 80


class Boxes(QWidget):
    """`opened` brings the key of a box; `left_below` comes when the cursor goes down past the last row."""

    opened = Signal(str)
    left_below = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces: tuple[Face, ...] = ()
        self._at, self._under = 0, -1
        self._height = _LOW
        self._across, self._rows = ACROSS, BOXES // ACROSS
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def at(self) -> int:
        """The number of the box under the cursor."""
        return self._at

    def face(self, key: str) -> Face:
        """What stands on a box."""
        return next(face for face in self._faces if face.key == key)

    def show_faces(self, faces: tuple[Face, ...]) -> None:
        """Other numbers; the cursor stays where it is."""
        if faces != self._faces:
            self._faces = faces
            self._at = min(self._at, max(0, len(faces) - 1))
            self._spread()
            self._say()

    def set_low(self, low: bool) -> None:
        """Closer together in a low window."""
        self._height = _LOW if low else _HIGH
        self.updateGeometry()

    def open(self, number: int) -> None:
        """Open a box by its number from the left, 0 for the first."""
        if 0 <= number < len(self._faces):
            self._go(number)
            self.opened.emit(self._faces[number].key)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(_ROOM) * self._across, fonts.px(self._height) * self._rows)

    def minimumSizeHint(self) -> QSize:
        return QSize(fonts.px(400), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        """In two rows where there is room for them."""
        wide = max(ACROSS, -(-len(self._faces) // 2))
        before = (self._across, self._rows)
        tight = max(1, min(ACROSS_TIGHT, self.width() // fonts.px(_ROOM_TIGHT)))
        self._across = wide if self.width() >= fonts.px(_ROOM) * wide else tight
        self._rows = -(-max(BOXES, len(self._faces)) // self._across)
        if before != (self._across, self._rows):
            self.updateGeometry()

    # keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down, last = self._across, len(self._faces) - 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -down, Qt.Key.Key_Down: down}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._faces:
            wanted = self._at + step
            if 0 <= wanted <= last:
                self._go(wanted)
            elif step == down and self._at // down < last // down:
                self._go(last)  # the last row is shorter than the one above it
            elif step == down:
                self.left_below.emit()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._faces:
            self._go(0 if event.key() == Qt.Key.Key_Home else last)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._faces:
            self.open(self._at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._number_at(event.position().toPoint().x(), event.position().toPoint().y())
        if event.button() is Qt.MouseButton.LeftButton and number >= 0:
            self.open(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._number_at(event.position().toPoint().x(), event.position().toPoint().y()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):  # what is cut off is told whole
            number = self._number_at(event.pos().x(), event.pos().y())
            show_tip(event.globalPos(), self._faces[number].words if number >= 0 else "", self)
            return True
        return super().event(event)

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        paint_card(painter, QRectF(self.rect()), colours)
        for row in range(1, self._rows):
            top = round(row * self.height() / self._rows)
            painter.fillRect(QRectF(fonts.px(16), top, self.width() - fonts.px(32), 1), colours.line)
        for number, (face, place) in enumerate(zip(self._faces, self._places(), strict=False)):
            if number % self._across:
                upright = QRectF(place.x(), place.y() + fonts.px(14), 1, place.height() - fonts.px(28))
                painter.fillRect(upright, colours.line)
            self._paint_box(painter, place, number, face, colours)

    def _paint_box(
        self, painter: QPainter, place: QRectF, number: int, face: Face, colours: theme.Colours
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = place.adjusted(5, 4, -4, -4)
        if number == self._under:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.hover)
            painter.drawRoundedRect(inside, 6, 6)
        if self.hasFocus() and number == self._at:
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inside, 6, 6)
        key = str((number + 1) % 10) if number < BOXES else ""
        paint_face(painter, place, face, key, colours)

    def _places(self) -> list[QRectF]:
        width, height = self.width() / self._across, self.height() / self._rows
        return [
            QRectF(number % self._across * width, number // self._across * height, width, height)
            for number in range(max(BOXES, len(self._faces)))
        ]

    def _number_at(self, x: int, y: int) -> int:
        found = (number for number, place in enumerate(self._places()) if place.contains(x, y))
        number = next(found, -1)
        return number if number < len(self._faces) else -1

    def _go(self, number: int) -> None:
        self._at = number
        self._say()

    def _hover(self, number: int) -> None:
        if number != self._under:
            self._under = number
            self.update()

    def _say(self) -> None:
        words = translate("today", "What needs you")
        if self._faces:
            words = f"{words}: {self._faces[self._at].words}"
        self.setAccessibleName(words)
        self.setAccessibleDescription("; ".join(face.words for face in self._faces))
        self.update()


def paint_face(painter: QPainter, place: QRectF, face: Face, key: str, colours: theme.Colours) -> None:
    """Shape and name above, with the key at the right; below the number, and beside it what it means."""
    left, right = place.x() + fonts.px(18), place.right() - fonts.px(14)
    block = fonts.px(18 + 34)
    top = place.center().y() - block / 2 - fonts.px(1)
    head = QRectF(left, top, right - left, fonts.px(18))
    side = fonts.px(14)
    shape = QRectF(left, head.center().y() - side / 2, side, side)
    status = face.shape in theme.FAMILY_OF
    family = "gone" if face.quiet and status else "stop" if face.key in ("overdue", "journal") else ""
    paint_shape(painter, shape, face.shape, family, colours)
    cap = keycap_width(key) if key else 0.0
    if key:
        paint_keycap(painter, QRectF(right - cap, head.y(), cap, head.height()), key, colours)
    name = head.adjusted(side + fonts.px(7), 0, -cap - fonts.px(6), 0)
    paint_text(painter, name, face.name, colours.ink3 if face.quiet else colours.ink2, 13, 500)
    _paint_number(painter, QRectF(left, head.bottom(), right - left, fonts.px(34)), face, colours)


def _paint_number(painter: QPainter, row: QRectF, face: Face, colours: theme.Colours) -> None:
    ink, weight = (colours.ink3, 500) if face.quiet else (colours.ink, 600)
    width = text_width(face.number, 24, weight)
    paint_text(painter, row, face.number, ink, 24, weight)
    room = row.adjusted(max(width, fonts.px(16)) + fonts.px(11), fonts.px(2), 0, 0)
    if not face.since:
        paint_text(painter, room, face.meaning, colours.ink3 if face.quiet else colours.ink2, 12)
        return
    line = fonts.px(15)
    upper = QRectF(room.x(), room.center().y() - line, room.width(), line)
    pressing = colours.families[face.family].text if face.family else colours.ink2
    paint_text(painter, upper, face.meaning, pressing, 12, 600 if face.family else 400)
    paint_text(painter, upper.translated(0, line), face.since, colours.ink3, 12)
