"""Seven days of which some are on: arrow keys move along them, Space turns one on or off."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.paint.text import CENTER, paint_text

_A_MONDAY = QDate(2024, 1, 1)
DAYS = 7


class Weekdays(QWidget):
    """`changed` brings the days that are on, Monday first."""

    changed = Signal(tuple)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._on, self._at = name, [True] * DAYS, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def on(self) -> tuple[bool, ...]:
        """Whether each day is on, Monday first."""
        return tuple(self._on)

    def show_days(self, on: tuple[bool, ...]) -> None:
        """Show these days, without telling."""
        self._on = list(on)
        self._say()

    def toggle(self, at: int) -> None:
        """Turn a day on or off."""
        self._on[at] = not self._on[at]
        self._at = at
        self._say()
        self.changed.emit(self.on)

    def sizeHint(self) -> QSize:
        return QSize(DAYS * fonts.px(42) + 6, fonts.px(34) + 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._at = min(DAYS - 1, max(0, self._at + step))
            self._say()
        elif event.key() == Qt.Key.Key_Space:
            self.toggle(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at in range(DAYS):
            if self._place(at).contains(event.position()):
                self.toggle(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in range(DAYS):
            place, on = self._place(at).adjusted(1.5, 0.5, -1.5, -0.5), self._on[at]
            painter.setPen(QPen(colours.accent if on else colours.border, 1))
            painter.setBrush(colours.accent_soft if on else colours.surface)
            painter.drawRoundedRect(place, 6, 6)
            ink = colours.accent_text if on else colours.ink3
            paint_text(painter, place, _short(at), ink, 13, 600 if on else 400, CENTER)
            if on:  # not by colour alone
                painter.fillRect(QRectF(place.center().x() - 7, place.bottom() - 4, 14, 2), colours.accent)
            if self.hasFocus() and at == self._at:
                painter.setPen(QPen(colours.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place.adjusted(-2, -2, 2, 2), 8, 8)

    def _place(self, at: int) -> QRectF:
        return QRectF(3 + at * fonts.px(42), 3, fonts.px(42), fonts.px(34))

    def _say(self) -> None:
        locale = QLocale()
        on = [locale.dayName(at + 1) for at in range(DAYS) if self._on[at]]
        under = locale.dayName(self._at + 1)
        here = self.tr("{day} is on") if self._on[self._at] else self.tr("{day} is off")
        self.setAccessibleName(f"{self._name}: {', '.join(on)}. {here.format(day=under)}")
        self.update()


def _short(at: int) -> str:
    return QLocale().toString(_A_MONDAY.addDays(at), "ddd")
