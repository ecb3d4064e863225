"""The answer to a scan, as large as the window: shape and word on the body, keys on the stub.

It is there at once and fades out within an eighth of a second. It closes by itself, by a key, by
the next scan, or it waits for a decision about money. Everything on it scales with the window;
the numbers below are those of a window of 1366 x 768.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.icons import paint_icon
from ui.paint import paint_tear, paint_verdict_mark
from ui.pulse import pulse
from ui.widgets.overlay import Overlay
from ui.widgets.verdict_face import VerdictFace
from ui.widgets.verdict_keys import VerdictButton, paint_line, paint_ring
from ui.widgets.verdict_words import fit_words, fitted_size, paint_words

_STUB = 356
_FADE_MS = 120
_ENTER = {Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter", Qt.Key.Key_Escape: "Esc"}


class VerdictCard(Overlay):
    """Covers `host`. `key_pressed` brings the cap that was pressed ('U', 'Enter', '3').

    A key marked `closes` also ends the verdict. Call `show_face` for the next scan, `start_again`
    when the same code is held up again, `leave` to end it.
    """

    key_pressed = Signal(str)

    def __init__(self, face: VerdictFace, host: QWidget) -> None:
        super().__init__(host)
        self._buttons: list[VerdictButton] = []
        self._left = 0
        self._opacity = 1.0
        self._beating = False
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(_FADE_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.valueChanged.connect(self._fade_to)
        self._fade.finished.connect(super().leave)
        self.show_face(face)

    @property
    def face(self) -> VerdictFace:
        """What is shown now."""
        return self._face

    @property
    def left_s(self) -> int:
        """The seconds until it closes by itself; 0 where it waits."""
        return self._left

    def show_face(self, face: VerdictFace) -> None:
        """Another verdict, at once."""
        self._face = face
        self._fade.stop()
        self._opacity = 1.0
        self.setAccessibleName(face.spoken)
        self.start_again()
        self._build_keys()
        self.update()
        if self.isVisible():
            self._announce()

    def start_again(self) -> None:
        """The same code was held up again: only the clock starts anew."""
        self._left = self._face.closes_in_s or 0
        if self._left and not self._beating:
            self._beating = True
            pulse().join(self._count_down)
        self.update()

    def open(self, focus: QWidget | None = None) -> None:
        """Show it now, without any motion."""
        super().open(focus)
        self._announce()

    def leave(self) -> None:
        """Fade out and go away; at once where motion is not wanted."""
        if self.isHidden() or self._fade.state() is QVariantAnimation.State.Running:
            return
        self._stop_clock()
        if QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            self._fade.start()
        else:
            super().leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cap = _ENTER.get(Qt.Key(event.key())) or _named(event)
        for button in self._buttons:
            if cap == button.key.cap or (cap.isdecimal() and cap != "0" and button.key.cap == "1–9"):
                self._press(cap, closes=button.key.closes)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._build_keys()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self._opacity)
        colours = theme.of(self.palette())
        verdict = theme.verdict_colours(self._face.kind, colours)
        scale = self._scale
        tear = self.width() - round(_STUB * scale)
        painter.fillRect(QRectF(0, 0, tear, self.height()), verdict.ground)
        painter.fillRect(QRectF(tear, 0, self.width() - tear, self.height()), verdict.stub)
        notch = 20 * scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.notch)
        for y in (0, self.height()):
            painter.drawEllipse(QPointF(tear, y), notch, notch)
        paint_tear(painter, QRectF(self.rect()), tear, notch, verdict.text, 3 * scale, upright=True)
        self._paint_body(painter, QRectF(56 * scale, 0, tear - 104 * scale, self.height()), verdict, scale)
        stub = QRectF(tear + 36 * scale, 0, self.width() - tear - 72 * scale, self.height())
        self._paint_stub(painter, stub, verdict, scale)

    @property
    def _scale(self) -> float:
        return max(0.6, min(self.width() / 1366, self.height() / 768))

    def _paint_body(
        self, painter: QPainter, column: QRectF, verdict: theme.VerdictColours, scale: float
    ) -> None:
        face = self._face
        middle = 222 * scale
        mark = QRectF(column.x(), middle - 144 * scale, 288 * scale, 288 * scale)
        paint_verdict_mark(
            painter,
            mark,
            face.kind,
            verdict.text,
            offline=face.offline,
            sign=face.sign,
            sign_ground=verdict.ground,
        )
        words = QRectF(mark.right() + 48 * scale, middle - 160 * scale, 0, 320 * scale)
        words.setRight(column.right() + 3 * scale)
        lines = fit_words(face, words, scale)
        paint_words(painter, lines, verdict.text)
        if face.units and lines:
            lead = max(lines, key=lambda line: line.size)
            self._paint_units(
                painter, lead.right + 60 * scale, lead.baseline.y() - lead.capitals / 2, verdict, scale
            )
        self._paint_facts(painter, column, verdict, scale)

    def _paint_units(
        self, painter: QPainter, x: float, middle: float, verdict: theme.VerdictColours, scale: float
    ) -> None:
        units = self._face.units[:3]
        row = 62 * scale
        y = middle - row * len(units) / 2 + 12 * scale
        for count, unit in units:
            paint_line(painter, QRectF(x, y, 60 * scale, row), count, round(46 * scale), 700, verdict.text)
            left = x + 46 * scale * max(1, 0.62 * len(count))
            paint_line(painter, QRectF(left, y, 400 * scale, row), unit, round(34 * scale), 400, verdict.text)
            y += row

    def _paint_facts(
        self, painter: QPainter, column: QRectF, verdict: theme.VerdictColours, scale: float
    ) -> None:
        rule = _faint(verdict)
        painter.fillRect(QRectF(column.x(), 424 * scale, column.width(), max(1.5, 1.5 * scale)), rule)
        y = 458 * scale
        for number, fact in enumerate(self._face.facts[:4]):
            most, weight, height = ((46, 700, 66), (34, 600, 56), (28, 400, 50), (28, 400, 50))[number]
            size = fitted_size(fact, weight, column.width(), most * scale, 28 * scale)
            paint_line(
                painter,
                QRectF(column.x(), y, column.width(), height * scale),
                fact,
                size,
                weight,
                verdict.text,
            )
            y += (height + 2) * scale

    def _paint_stub(
        self, painter: QPainter, stub: QRectF, verdict: theme.VerdictColours, scale: float
    ) -> None:
        head = QRectF(stub.x(), 28 * scale, stub.width(), 30 * scale)
        paint_line(painter, head, self._face.clock, round(20 * scale), 600, verdict.text)
        paint_line(painter, head, self._face.counter, round(16 * scale), 500, verdict.text, right=True)
        bottom = self.height() - 768 * scale  # the foot keeps its distance from the lower edge
        if self._face.departure is not None:
            self._paint_departure(painter, stub, bottom, verdict, scale)
        self._paint_end(painter, stub, bottom, verdict, scale)

    def _paint_departure(
        self, painter: QPainter, stub: QRectF, bottom: float, verdict: theme.VerdictColours, scale: float
    ) -> None:
        line = self._face.departure
        assert line is not None
        painter.fillRect(
            QRectF(stub.x(), bottom + 516 * scale, stub.width(), max(1.5, 1.5 * scale)), _faint(verdict)
        )
        name = QRectF(stub.x(), bottom + 532 * scale, stub.width(), 24 * scale)
        paint_line(painter, name, line.name, round(16 * scale), 500, verdict.text)
        count = self.tr("{arrived} of {expected} in").format(arrived=line.arrived, expected=line.expected)
        place = QRectF(stub.x(), bottom + 558 * scale, stub.width(), 36 * scale)
        paint_line(painter, place, count, round(28 * scale), 700, verdict.text)
        track = QRectF(stub.x(), bottom + 604 * scale, stub.width(), 12 * scale)
        whole = max(line.capacity, line.expected, line.arrived, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faint(verdict))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        painter.setBrush(verdict.text)
        if line.arrived:
            full = QRectF(track)
            full.setWidth(max(track.height(), track.width() * line.arrived / whole))
            painter.drawRoundedRect(full, track.height() / 2, track.height() / 2)
        x = track.x() + track.width() * line.expected / whole
        painter.fillRect(
            QRectF(x - 1.5 * scale, track.y() - 6 * scale, 3 * scale, track.height() + 12 * scale),
            verdict.text,
        )

    def _paint_end(
        self, painter: QPainter, stub: QRectF, bottom: float, verdict: theme.VerdictColours, scale: float
    ) -> None:
        middle = QPointF(stub.x() + 14 * scale, bottom + 689 * scale)
        if self._face.closes_in_s:
            paint_ring(painter, middle, 12 * scale, self._left / self._face.closes_in_s, verdict.text)
            first = self.tr("Closes in {count} seconds").format(count=self._left)
            first = self.tr("Closes in 1 second") if self._left == 1 else first
            second = self.tr("or with the next scan")
        else:
            side = 24 * scale
            icon = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            paint_icon(painter, icon, "pause", verdict.text)
            first, second = self._face.waits
            first = first or self.tr("Waits for you")
        x = stub.x() + 40 * scale
        width = stub.right() - x
        paint_line(
            painter,
            QRectF(x, middle.y() - 20 * scale, width, 24 * scale),
            first,
            round(16 * scale),
            600,
            verdict.text,
        )
        paint_line(
            painter,
            QRectF(x, middle.y() + 2 * scale, width, 24 * scale),
            second,
            round(15 * scale),
            400,
            verdict.text,
        )

    def _build_keys(self) -> None:
        """The buttons of the stub, in their places."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        verdict = theme.verdict_colours(self._face.kind, theme.of(self.palette()))
        scale = self._scale
        x, y = self.width() - (_STUB - 36) * scale, 92 * scale
        self._buttons = []
        for key in self._face.keys:
            button = VerdictButton(key, scale, verdict.text, verdict.stub, self)
            button.setGeometry(round(x) - 4, round(y) - 4, round((_STUB - 60) * scale), round(60 * scale))
            button.clicked.connect(lambda _checked=False, key=key: self._press(key.cap, closes=key.closes))
            button.show()
            self._buttons.append(button)
            y += 74 * scale

    def _press(self, cap: str, *, closes: bool) -> None:
        self.key_pressed.emit(cap)
        if closes:
            self.leave()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.leave()
        self.update()

    def _stop_clock(self) -> None:
        if self._beating:
            self._beating = False
            pulse().leave(self._count_down)

    def _fade_to(self, opacity: float) -> None:
        self._opacity = opacity
        for button in self._buttons:
            button.hide()
        self.update()

    def _announce(self) -> None:
        said = QAccessibleAnnouncementEvent(self, self._face.spoken)
        said.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(said)


def _named(event: QKeyEvent) -> str:
    """The cap of a letter, digit or function key, read from the key and not from the text it types.

    So a Korean or Chinese input method changes nothing.
    """
    key = event.key()
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12:
        return f"F{key - Qt.Key.Key_F1 + 1}"
    return chr(key) if 0x20 < key < 0x7F else event.text().upper()


def _faint(verdict: theme.VerdictColours) -> QColor:
    """Rules and tracks: the text's colour, a third of it."""
    faint = QColor(verdict.text)
    faint.setAlphaF(0.36)
    return faint
