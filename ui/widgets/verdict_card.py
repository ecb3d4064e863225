"""The answer to a scan, as large as the window: shape and word on the body, keys on the stub.

It is there at once, and its picture fades out within an eighth of a second. It closes by itself, by a key, by
the next scan, or it waits for a decision about money. Everything on it scales with the window;
the numbers below are those of a window of 1366 x 768.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.paint.counterfoil import paint_tear
from ui.pulse import pulse
from ui.widgets.fading import Fading
from ui.widgets.overlay import Overlay
from ui.widgets.verdict_face import VerdictFace
from ui.widgets.verdict_keys import VerdictButton
from ui.widgets.verdict_parts import paint_body, paint_end, paint_stub

_STUB = 356
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_ENTER = {Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter", Qt.Key.Key_Escape: "Esc"}


class VerdictCard(Overlay):
    """Covers `host`. `key_pressed` brings the cap that was pressed ('U', 'Enter', '3').

    A key marked `closes` also ends the verdict. Call `show_face` for the next scan, `start_again`
    when the same code is held up again, `leave` to end it.
    """

    key_pressed = Signal(str)

    def __init__(
        self, face: VerdictFace, host: QWidget, *, answers: Callable[[QKeyEvent], bool] = lambda _key: True
    ) -> None:
        """`answers` tells a key that was pressed because of this verdict from one that was under way already."""
        super().__init__(host)
        self._answers = answers
        self._buttons: list[VerdictButton] = []
        self._left = 0
        self._beating = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what lies below need not be painted
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
        self.setAccessibleName(face.spoken)
        self.start_again()
        self._build_keys()
        if self.isVisible():
            self.repaint()  # before anything else that waits: somebody stands there
            self._announce()

    def start_again(self) -> None:
        """The same code was held up again: only the clock starts anew."""
        self._left = self._face.closes_in_s or 0
        if self._left and not self._beating:
            self._beating = True
            pulse().join(self._count_down)
        elif not self._left:
            self._stop_clock()  # of the one before, which would end this one that waits
        self.update()

    def open(self, focus: QWidget | None = None) -> None:
        """Show it now, without any motion."""
        super().open(focus)
        self.repaint()
        self._announce()

    def leave(self) -> None:
        """Over at once; where motion is wanted its picture fades out, and keys are those of what lies below already."""
        if self.isHidden():
            return
        self._stop_clock()
        if QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            Fading(self.grab(), self._host)
        super().leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key of the stub; Ctrl+Z is its undo, and no other key with Ctrl or Alt is one of them.

        One that was pressed before this was seen, or is still held, is none of its keys.
        """
        if event.isAutoRepeat() or not self._answers(event):
            return
        if event.matches(QKeySequence.StandardKey.Undo):
            self._press_key("U")
        elif not event.modifiers() & _COMMANDS:
            self._press_key(_ENTER.get(Qt.Key(event.key())) or _named(event))

    def _press_key(self, cap: str) -> None:
        for button in self._buttons:
            key = button.key
            if cap in (key.cap, *key.also):
                self._press(key.cap, closes=key.closes)
                return
            if key.cap == "1–9" and cap.isdecimal() and cap != "0":
                self._press(cap, closes=key.closes)
                return
        if cap == "Esc":  # everything can be left by it, and nothing is decided
            self.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._build_keys()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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
        paint_body(
            painter, QRectF(56 * scale, 0, tear - 104 * scale, self.height()), self._face, verdict, scale
        )
        stub = QRectF(tear + 36 * scale, 0, self.width() - tear - 72 * scale, self.height())
        paint_stub(painter, stub, self._face, verdict, scale)
        share = self._left / self._face.closes_in_s if self._face.closes_in_s else None
        paint_end(painter, stub, share, self._closing_words(), verdict, scale)

    @property
    def _scale(self) -> float:
        return max(0.6, min(self.width() / 1366, self.height() / 768))

    def _closing_words(self) -> tuple[str, str]:
        """What ends it: the clock, or a decision."""
        if not self._face.closes_in_s:
            first, second = self._face.waits
            return first or self.tr("Waits for you"), second
        if self._left == 1:
            return self.tr("Closes in 1 second"), self.tr("or with the next scan")
        return self.tr("Closes in {count} seconds").format(count=self._left), self.tr("or with the next scan")

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
