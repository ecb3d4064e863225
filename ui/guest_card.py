"""What a guest sees on the second screen: large words on the body, on the stub a shape and how many may come in.

It scales with the screen; the numbers below are those of one of 1920 x 1080. On an upright screen the stub lies
below. Nothing on it can be pressed, and it holds nothing that is not in its face.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from models.checkin import Kind
from models.frozen import frozen
from ui import fonts, theme
from ui.guest_face import GuestFace, Mood
from ui.icons import paint_icon
from ui.paint.counterfoil import paint_tear
from ui.paint.verdict_marks import paint_verdict_mark
from ui.widgets.verdict_words import fitted_block, fitted_size

WIDE, HIGH = 1920.0, 1080.0
_STUB, _MARGIN = 620.0, 110.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@frozen
class _Ink:
    """The colours of a mood."""

    ground: QColor
    stub: QColor
    first: QColor
    second: QColor
    on_stub: QColor
    soft: QColor
    on_soft: QColor


class GuestCard(QWidget):
    """Show a face with `show_face`; `show_clock` writes the time on the stub."""

    def __init__(self, face: GuestFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = face
        self._clock = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_face(face)

    def show_face(self, face: GuestFace) -> None:
        """This, at once."""
        self.face = face
        self.setAccessibleName(". ".join(text.rstrip(".") for text in face.texts))
        self.update()

    def show_clock(self, words: str) -> None:
        """'10:24'."""
        if words != self._clock:
            self._clock = words
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_on(painter, QRectF(self.rect()))

    def paint_on(self, painter: QPainter, whole: QRectF) -> None:
        """The whole screen, onto anything that can be painted on."""
        upright = whole.height() > whole.width()
        scale = min(whole.width() / (HIGH if upright else WIDE), whole.height() / (WIDE if upright else HIGH))
        stub = QRectF(whole)
        body = QRectF(whole)
        if upright:
            stub.setTop(whole.bottom() - _STUB * scale)
            body.setBottom(stub.top())
        else:
            stub.setLeft(whole.right() - _STUB * scale)
            body.setRight(stub.left())
        ink = _ink(self.face.mood, theme.of(self.palette()))
        painter.fillRect(whole, ink.ground)
        painter.fillRect(stub, ink.stub)
        cut = stub.top() + 22 * scale if upright else stub.left() + 22 * scale
        paint_tear(painter, whole, cut, 34 * scale, ink.on_stub, 6 * scale, upright=not upright)
        margin = _MARGIN * scale
        _Body(painter, self.face, ink, scale).paint(body.adjusted(margin, 0, -margin / 2, 0))
        _Stub(painter, self.face, ink, scale).paint(stub, self._clock, upright)


class _Writer:
    """Writes lines in exact pixels, each in the letters of its language."""

    def __init__(self, painter: QPainter, face: GuestFace, ink: _Ink, scale: float) -> None:
        self.painter, self.face, self.ink, self.scale = painter, face, ink, scale

    def line(
        self,
        place: QRectF,
        text: str,
        size: float,
        weight: int,
        colour: QColor,
        align: Qt.AlignmentFlag = _LEFT,
        language: str = "",
    ) -> None:
        """One line, made smaller where it is too long, and shortened where that is not enough."""
        size *= self.scale
        pixels = fitted_size(text, weight, place.width(), size, size * 0.6, language)
        font = fonts.exact(pixels, weight, language)
        measure = fonts.exact_metrics(pixels, weight, language)
        self.painter.setFont(font)
        self.painter.setPen(colour)
        told = measure.elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 0.5)
        self.painter.drawText(place, align | Qt.TextFlag.TextSingleLine, told)

    def block(
        self, place: QRectF, text: str, size: float, weight: int, colour: QColor, language: str
    ) -> None:
        """As large as it fits, in as many lines as it needs, standing on the foot of its place."""
        pixels = fitted_block(
            text, weight, place.width(), place.height(), size * self.scale, size * 0.3 * self.scale, language
        )
        self.painter.setFont(fonts.exact(pixels, weight, language))
        self.painter.setPen(colour)
        low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        self.painter.drawText(place, low | Qt.TextFlag.TextWordWrap, text)

    def at(self, within: QRectF, top: float, height: float) -> QRectF:
        """A strip of the design, in the place it has here."""
        high = within.height() / self.scale
        shift = (high - HIGH) / 2 if high > HIGH else 0.0
        return QRectF(
            within.x(), within.y() + (top + shift) * self.scale, within.width(), height * self.scale
        )


class _Body(_Writer):
    """The words."""

    def paint(self, place: QRectF) -> None:
        face, ink = self.face, self.ink
        if face.mood is Mood.IDLE:
            self._idle(place)
            return
        self.line(self.at(place, 90, 52), face.tour, 40, 600, ink.first)
        self.line(self.at(place, 148, 46), face.when, 30, 400, ink.second)
        self.block(self.at(place, 220, 240), face.large, 156, 800, ink.first, face.language)
        self.line(self.at(place, 462, 100), face.line, 72, 700, ink.first, language=face.language)
        self.line(self.at(place, 576, 70), face.english, 42, 400, ink.second)
        if face.place:
            self._place(self.at(place, 710, 130))

    def _place(self, chip: QRectF) -> None:
        """Where to go: a pin, what it is, and its name."""
        face, ink, scale = self.face, self.ink, self.scale
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(ink.soft)
        self.painter.drawRoundedRect(chip, 16 * scale, 16 * scale)
        pin = QRectF(chip.x() + 30 * scale, chip.y(), 48 * scale, chip.height())
        paint_icon(self.painter, pin, "counter", ink.on_soft)
        words = chip.adjusted(104 * scale, 14 * scale, -24 * scale, -14 * scale)
        half = words.height() * 0.4
        upper = QRectF(words.x(), words.y(), words.width(), half)
        lower = QRectF(words.x(), upper.bottom(), words.width(), words.height() - half)
        self.line(upper, face.place_label, 26, 500, ink.on_soft, language=face.language)
        self.line(lower, face.place, 40, 700, ink.on_soft)

    def _idle(self, place: QRectF) -> None:
        face, ink = self.face, self.ink
        self.block(self.at(place, 80, 210), face.large, 132, 800, ink.first, face.language)
        column = place.width() / 2
        for number, (language, text) in enumerate(face.others):
            row, at = divmod(number, 2)
            strip = self.at(place, 318 + row * 58, 54)
            strip.setLeft(place.x() + at * column)
            strip.setWidth(column - 24 * self.scale)
            self.line(strip, text, 34, 500, ink.second, language=language)
        if face.departures:
            self.line(self.at(place, 664, 50), face.heading, 34, 600, ink.second)
            for number, (time, tour) in enumerate(face.departures):
                strip = self.at(place, 732 + number * 94, 80)
                self.line(strip, time, 56, 700, ink.first)
                self.line(strip.adjusted(190 * self.scale, 0, 0, 0), tour, 44, 500, ink.first)


class _Stub(_Writer):
    """The shape, how many, who, and the time."""

    def paint(self, place: QRectF, clock: str, upright: bool) -> None:
        face, ink, scale = self.face, self.ink, self.scale
        inner = place.adjusted(40 * scale, 0, -24 * scale, 0)
        high = place.height() / scale
        side = (230 if upright else 270) * scale
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(inner.center())
        mark.moveTop(place.y() + (70 if upright else 156) * scale)
        if face.mood is Mood.IDLE:
            paint_icon(self.painter, mark, "checkin", ink.on_stub)
        else:
            kind = Kind.ADMIT if face.mood is Mood.WELCOME else Kind.NOT_CONFIRMED
            paint_verdict_mark(self.painter, mark, kind, ink.on_stub)
        below = mark.bottom() + 20 * scale
        if face.heads:
            number = QRectF(inner.x(), below, inner.width(), 170 * scale)
            self.line(number, face.heads, 140, 800, ink.on_stub, _MIDDLE)
            below = number.bottom()
        who = QRectF(inner.x(), below, inner.width(), 60 * scale)
        self.line(who, face.party, 38, 500, ink.on_stub, _MIDDLE, face.language)
        time = QRectF(inner.x(), place.y() + (high - 150) * scale, inner.width(), 70 * scale)
        if not upright or not face.heads:
            self.line(time, clock, 46, 600, ink.on_stub, _MIDDLE)


def _ink(mood: Mood, colours: theme.Colours) -> _Ink:
    go, later = theme.verdict_colours(Kind.ADMIT, colours), theme.verdict_colours(Kind.NOT_CONFIRMED, colours)
    good = colours.families["good"]
    if mood is Mood.MOMENT:
        return _Ink(later.ground, later.stub, later.text, later.text, later.text, later.stub, later.text)
    stub, text = (go.ground, go.text) if mood is Mood.WELCOME else (colours.rail, colours.rail_ink)
    return _Ink(colours.surface, stub, colours.ink, colours.ink2, text, good.ground, good.text)
