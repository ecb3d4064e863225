"""A day to type, the same way everywhere: 2027-02-01, or from the small calendar that drops down."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from ui import fonts, theme
from ui.icons import paint_icon
from ui.widgets.field import clear_ground, paint_frame


class DayField(QFrame):
    """A day in a frame like every field's; `day()` is what stands in it, `entered` comes with Enter."""

    entered = Signal()

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _Edit(QDate(day.year, day.month, day.day))
        self.edit.setDisplayFormat("yyyy-MM-dd")  # the same everywhere, and typed without a mouse
        self.edit.setCalendarPopup(True)
        self.edit.setFrame(False)
        self.edit.installEventFilter(self)
        clear_ground(self.edit)
        line = self.edit.findChild(QLineEdit)
        if line is not None:
            clear_ground(line)
            line.returnPressed.connect(self.entered)
        row = QHBoxLayout(self)
        row.setContentsMargins(fonts.px(7), 2, fonts.px(3), 2)
        row.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def day(self) -> date:
        """The day that stands in it."""
        chosen = self.edit.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def show_day(self, day: date) -> None:
        """Put another day in it."""
        self.edit.setDate(QDate(day.year, day.month, day.day))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(160), fonts.px(36))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.of(self.palette())
        focus = self.edit.hasFocus()
        paint_frame(QPainter(self), QRectF(self.rect()), colours, focus=focus, enabled=self.isEnabled())


class _Edit(QDateEdit):
    """Qt's own, but for the arrow of its calendar: it is drawn like those of our other fields."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        option.initFrom(self)
        arrow = QStyle.SubControl.SC_ComboBoxArrow
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, arrow, self)
        side = fonts.px(16)
        icon = QRectF(0, 0, side, side)
        icon.moveCenter(QRectF(place).center())
        colours = theme.of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, icon, "down", colours.ink2 if self.isEnabled() else colours.ink3)
