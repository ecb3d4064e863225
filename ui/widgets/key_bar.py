"""The bar at the foot: this screen's keys at the left, at the right how things stand, in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.frozen import frozen
from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.keycap import keys_width, paint_keys
from ui.paint.text import paint_text, text_width
from ui.screen import KeyHint
from ui.widgets.tip import show_tip


@frozen
class Standing:
    """How one thing stands: its words, an icon, and 'good', 'act', 'stop' or '' for plain."""

    text: str
    icon: str
    family: str = ""


class KeyBar(QWidget):
    """Nothing here is pressed; it only tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[KeyHint, ...] = ()
        self._standings: dict[str, Standing] = {}
        self.setFixedHeight(fonts.px(32))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_keys(self, keys: tuple[KeyHint, ...]) -> None:
        """The keys of the screen in front."""
        self._keys = tuple(key for key in keys if not key.rare)
        self.update()

    def show_standing(self, what: str, standing: Standing | None) -> None:
        """How 'sync', 'worker', 'scanner' or 'counter' stands; they keep their order. None takes it away."""
        if standing is None:
            self._standings.pop(what, None)
        else:
            self._standings[what] = standing
        self.setAccessibleName(", ".join(one.text for one in self._standings.values()))
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            show_tip(event.globalPos(), self.accessibleName(), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, 0, self.width(), 1, colours.line)
        right = self._paint_standings(painter, colours)
        x = float(fonts.px(16))
        for number, key in enumerate(self._keys):
            width = keys_width(key.keys) + fonts.px(7) + text_width(key.text, 12, 400)
            last = self._keys[-1]
            room = right - fonts.px(24)
            if number < len(self._keys) - 1:  # F1, the last, always has its place
                room -= keys_width(last.keys) + fonts.px(7 + 18) + text_width(last.text, 12, 400)
            if x + width > room:
                continue
            paint_keys(painter, QRectF(x, 0, width, self.height()), key.keys, colours)
            place = QRectF(x + keys_width(key.keys) + fonts.px(7), 0, width, self.height())
            paint_text(painter, place, key.text, colours.ink2, 12, 400)
            x += width + fonts.px(18)

    def _paint_standings(self, painter: QPainter, colours: theme.Colours) -> float:
        x = float(self.width() - fonts.px(16))
        side = fonts.px(14)
        for what in ("counter", "scanner", "worker", "sync"):
            standing = self._standings.get(what)
            if standing is None:
                continue
            width = text_width(standing.text, 12, 500)
            family = colours.families.get(standing.family)
            alarm = standing.family in {"act", "stop"}
            ink = family.text if family and alarm else colours.ink2
            paint_text(painter, QRectF(x - width, 0, width, self.height()), standing.text, ink, 12, 500)
            x -= width + fonts.px(6) + side
            icon = QRectF(
                QPointF(x, (self.height() - side) / 2), QPointF(x + side, (self.height() + side) / 2)
            )
            paint_icon(painter, icon, standing.icon, family.mark if family else colours.ink2)
            x -= fonts.px(18)
        return x
