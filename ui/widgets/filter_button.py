"""A filter that reads like a sentence: 'Status any', or 'Departure 13 to 18 Oct' with a cross to clear it."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.text import paint_text, text_width
from ui.widgets.button import RING, face_of, paint_ring
from ui.widgets.choice_menu import ChoiceMenu
from ui.widgets.tip import set_tip

_WIDEST = 176
"""A longer value is cut off; the tooltip says it whole."""
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class FilterButton(QAbstractButton):
    """Its name, what is chosen, and a menu. `chosen` brings the choice's value, `cleared` the cross.

    With `set_choices` it opens a menu of its own, with `set_several` one in which several can be ticked;
    without, connect `clicked` and show what you like. Beside fields and buttons its `height` is theirs.
    """

    chosen = Signal(object)
    cleared = Signal()

    def __init__(self, name: str, value: str, *, height: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._value, self._on, self._height = name, value, False, height
        self._choices: list[tuple[str, object]] = []
        self._ticked: frozenset[object] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._open)
        self.show_value(value)

    def show_value(self, value: str, *, on: bool = False, name: str = "") -> None:
        """Show a choice; `on` marks it as narrowing the list, with a cross to clear it."""
        self._value, self._on, self._name = value, on, name or self._name
        self.setAccessibleName(f"{self._name}: {value}")
        set_tip(self, value if text_width(value, 13, 600) > fonts.px(_WIDEST) else "")
        self.updateGeometry()
        self.update()

    @property
    def choices(self) -> list[tuple[str, object]]:
        """What there is to choose from: the words, and the value each stands for."""
        return list(self._choices)

    def set_choices(self, choices: list[tuple[str, object]]) -> None:
        """The words of the menu and the value each stands for."""
        self._choices, self._ticked = choices, None

    def set_several(self, choices: list[tuple[str, object]], ticked: frozenset[object]) -> None:
        """The same where several can be chosen; `chosen` brings all of them then."""
        self._choices, self._ticked = choices, ticked

    def open(self) -> None:
        """Show what there is to choose from."""
        self._open()

    def sizeHint(self) -> QSize:
        value = min(text_width(self._value, 13, 600), fonts.px(_WIDEST))
        width = text_width(self._name, 13, 400) + value + fonts.px(10 + 5 + 6 + 16 + 8)
        return QSize(math.ceil(width), fonts.px(self._height) + 2 * RING)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._on and event.position().x() > self.width() - fonts.px(28):
            self.cleared.emit()
        else:
            super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.ShortcutOverride and self._on and key in _CLEARING:
            event.accept()  # clearing this comes before whatever Delete does on the screen
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._on and event.key() in _CLEARING:
            self.cleared.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        face = face_of(self)
        ground = colours.accent_soft if self._on else colours.surface
        if self.underMouse() and not self._on:
            ground = colours.hover
        painter.setPen(QPen(colours.accent if self._on else colours.border, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(face.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        paint_ring(painter, self, colours)
        self._paint_words(painter, face, colours)

    def _paint_words(self, painter: QPainter, face: QRectF, colours: theme.Colours) -> None:
        x = face.x() + fonts.px(10)
        wide = QRectF(x, face.y(), face.width(), face.height())
        x += paint_text(painter, wide, self._name, colours.ink2, 13, 400) + fonts.px(5)
        wide.moveLeft(x)
        value = colours.accent_text if self._on else colours.ink
        side = fonts.px(15)
        wide.setRight(face.right() - fonts.px(9) - side)
        paint_text(painter, wide, self._value, value, 13, 600)
        place = QRectF(face.right() - fonts.px(7) - side, face.center().y() - side / 2, side, side)
        paint_icon(
            painter, place, "close" if self._on else "down", colours.accent_text if self._on else colours.ink2
        )

    def _open(self) -> None:
        if not self._choices:
            return
        place = self.mapToGlobal(QPoint(0, self.height()))
        if self._ticked is not None:
            several = ChoiceMenu(self._choices, self._ticked, self)
            several.chosen.connect(self.chosen)
            several.popup(place)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for word, value in self._choices:
            action = QAction(word, menu)
            action.triggered.connect(lambda _checked=False, value=value: self.chosen.emit(value))
            menu.addAction(action)
        menu.popup(place)
        now = next((action for action in menu.actions() if action.text() == self._value), None)
        if now is not None:
            menu.setActiveAction(now)  # the keys start from what is chosen
