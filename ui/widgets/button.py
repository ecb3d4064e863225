"""A button with its key on it, in five kinds; hover, pressed, disabled and focus are decided here once.

The face is as wide as the button, so that it stands in one line with the labels and fields above and below it.
Only while it has the keyboard it gives way to the ring round it. Above and below three pixels are always left for
the ring, so a button is six pixels higher than it looks.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from shiboken6 import isValid

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.keycap import keycap_width, paint_keycap
from ui.paint.text import LEFT, paint_text, text_width
from ui.widgets.tip import set_tip

RING = 3
APART = 8
"""How far buttons stand from each other in a row."""
KINDS = frozenset({"plain", "primary", "danger", "on", "ghost"})


class Button(QPushButton):
    """`kind` is plain, primary (the one likely thing), danger, on (chosen) or ghost (a link)."""

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        *,
        icon: str = "",
        key: str = "",
        height: int = 34,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind, self._icon, self._key, self._height = kind, icon, key, height
        self._lent: QWidget | None = None  # who has the keyboard while this is grey
        self.setAutoDefault(False)  # a scanner ends with Enter, which must press nothing
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_text(text)

    @property
    def key(self) -> str:
        """The key shown on the button: 'C', 'Enter', 'Ctrl Enter'."""
        return self._key

    @property
    def kind(self) -> str:
        """Which of the five kinds it is now."""
        return self._kind

    def set_text(self, text: str) -> None:
        """Another word; the screen reader says it too."""
        self.setText(text)
        self.setAccessibleName(text.rstrip("…") + (f" ({self._key})" if self._key else ""))
        self.updateGeometry()

    def set_kind(self, kind: str) -> None:
        """Another kind: 'on' where the thing is chosen, 'plain' where not."""
        self._kind = kind
        self.update()

    def set_icon(self, icon: str) -> None:
        """Another icon, by our word."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Another key on it; the word stays."""
        self._key = key
        self.set_text(self.text())
        self.update()

    def setEnabled(self, enabled: bool) -> None:
        """While it is grey the keyboard is elsewhere; it comes back, unless somebody has moved it meanwhile."""
        held = self.hasFocus() and not enabled
        super().setEnabled(enabled)
        if held:
            self._lent = QApplication.focusWidget()
        elif enabled and self._lent is not None:
            lent, self._lent = self._lent, None
            if isValid(lent) and lent.hasFocus() and self.isVisible():
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def forbid(self, reason: str) -> None:
        """Grey, with a lock, saying which right or which step is missing."""
        self.setEnabled(False)
        set_tip(self, reason)
        self.setAccessibleDescription(reason)
        self.updateGeometry()

    def allow(self) -> None:
        """Usable again."""
        self.setEnabled(True)
        set_tip(self, "")
        self.setAccessibleDescription("")
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.updateGeometry()  # the lock needs room

    def sizeHint(self) -> QSize:
        pad = fonts.px(6 if self._kind == "ghost" else 12 if self.text() else 9)
        width = text_width(self.text(), 13, 600) + 2 * pad
        if self._shown_icon:
            width += fonts.px(16 + (8 if self.text() else 0))
        if self._key:
            width += fonts.px(10) + keycap_width(self._key) - fonts.px(2)
        return QSize(math.ceil(width), fonts.px(self._height) + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._kind == "ghost" else Qt.CursorShape.ArrowCursor
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        face = face_of(self)
        fill, edge, ink = self._paints(colours)
        painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        half = 0.5 if edge is not None else 0
        painter.drawRoundedRect(face.adjusted(half, half, -half, -half), 6, 6)
        paint_ring(painter, self, colours)
        self._paint_content(painter, face, ink, fill, colours)

    @property
    def _shown_icon(self) -> str:
        return self._icon if self.isEnabled() else "lock"

    def _paints(self, colours: theme.Colours) -> tuple[QColor | None, QColor | None, QColor]:
        """Ground, edge and ink of the face in its present state."""
        stop = colours.families["stop"]
        if not self.isEnabled():
            return (
                (None, None, colours.ink3)
                if self._kind == "ghost"
                else (colours.canvas, colours.line, colours.ink3)
            )
        fill, edge, ink = {
            "plain": (colours.surface, colours.border, colours.ink),
            "primary": (colours.accent, None, colours.on_accent),
            "danger": (colours.surface, stop.mark, stop.text),
            "on": (colours.accent_soft, colours.accent, colours.accent_text),
            "ghost": (None, None, colours.accent_text),
        }[self._kind]
        busy = self.isDown() or (self.underMouse() and self._kind != "on")
        if busy and self._kind == "primary":
            return theme.pressed(colours.accent, colours), edge, ink
        if busy:
            return colours.sunken if self.isDown() else colours.hover, edge, ink
        return fill, edge, ink

    def _paint_content(
        self, painter: QPainter, face: QRectF, ink: QColor, fill: QColor | None, colours: theme.Colours
    ) -> None:
        icon, icon_width = self._shown_icon, fonts.px(16 + (8 if self.text() else 0))
        text = text_width(self.text(), 13, 600)
        key = keycap_width(self._key) + fonts.px(10) if self._key else 0
        whole = text + key + (icon_width if icon else 0)
        spare = (face.width() - whole) / 2
        edge = min(fonts.px(4), spare) if spare >= 0 else fonts.px(4)  # what fits is not cut for the ring
        x = face.x() + max(edge, spare)
        if icon:
            side = fonts.px(16)
            paint_icon(painter, QRectF(x, face.center().y() - side / 2, side, side), icon, ink)
            x += icon_width
        room = math.ceil(face.right() - edge - key - x)
        width = paint_text(painter, QRectF(x, face.y(), room, face.height()), self.text(), ink, 13, 600, LEFT)
        if self._key:
            place = QRectF(x + width + fonts.px(10), face.y(), key, face.height())
            filled = self._kind == "primary" and self.isEnabled()
            paint_keycap(painter, place, self._key, colours, fill if filled else None)


def face_of(widget: QWidget) -> QRectF:
    """Where the face of something is drawn that has a ring round it while it has the keyboard."""
    side = RING if widget.hasFocus() else 0
    return QRectF(widget.rect()).adjusted(side, RING, -side, -RING)


def paint_ring(painter: QPainter, widget: QWidget, colours: theme.Colours) -> None:
    """The ring that says where the keyboard is."""
    if widget.hasFocus():
        painter.setPen(QPen(colours.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), 8, 8)


def button_row(*buttons: QWidget | None) -> QHBoxLayout:
    """Buttons beside each other, eight apart; None is the gap that takes the rest."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(APART)
    for button in buttons:
        if button is None:
            row.addStretch(1)
        else:
            row.addWidget(button)
    return row
