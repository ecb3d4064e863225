"""The heading of a step of the sale: its number, which becomes a tick once there is nothing left to say."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.text import CENTER, paint_text
from ui.widgets.label import Hairline, Label

DISC = 24


class StepMark(QWidget):
    """A disc with the number of the step, or with a tick."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._done = number, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def is_done(self) -> bool:
        """Whether it shows a tick."""
        return self._done

    def set_done(self, done: bool) -> None:
        """A tick for its number, or the number again."""
        if done != self._done:
            self._done = done
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(DISC), fonts.px(DISC))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.rect())
        ground: QColor = colours.families["good"].mark if self._done else colours.accent
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(ground)
        painter.drawEllipse(disc)
        if self._done:
            inner = disc.adjusted(*(fonts.px(side) for side in (4, 4, -4, -4)))
            paint_icon(painter, inner, "confirm", colours.surface)
        else:
            paint_text(painter, disc, str(self._number), colours.on_accent, 13, 700, CENTER)


class StepHeading(QWidget):
    """The mark, the name of the step, and a note at its right; a hairline below."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = StepMark(number)
        self._title, self._note = Label("", 15, 600), Label("", 13, 400, "ink2")
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setContentsMargins(fonts.px(8), 0, fonts.px(8), 0)
        row.setSpacing(fonts.px(10))
        for widget in (self.mark, self._title):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._note)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(Hairline())
        self.setFixedHeight(fonts.px(46))

    def say(self, title: str, note: str = "") -> None:
        """Its words."""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)

    def minimumSizeHint(self) -> QSize:
        """The note is left out where large letters need its room."""
        return QSize(self._needs(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._note.setVisible(self._needs() + fonts.px(20) + self._note.sizeHint().width() <= self.width())

    def _needs(self) -> int:
        return fonts.px(26) + self.mark.sizeHint().width() + self._title.sizeHint().width()
