"""A panel on the canvas: a heading with a note and perhaps a link, a hairline, then what it holds."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui import fonts, theme
from ui.widgets.button import Button
from ui.widgets.label import ElidingLabel, Hairline, Label


class Card(QFrame):
    """`linked` comes when the link in the heading is pressed."""

    linked = Signal()

    def __init__(
        self,
        title: str = "",
        *,
        note: str = "",
        link: str = "",
        padding: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = ElidingLabel(title, 15, 600)
        self._note: Label = ElidingLabel(note, 12, 400, "ink3")
        self._link = Button(link, "ghost")
        self._link.clicked.connect(self.linked)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)  # the border is painted below the children
        outer.setSpacing(0)
        self._padding = padding
        self._heading = self._build_heading()
        outer.addWidget(self._heading)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        outer.addLayout(self._body, 1)
        self.set_heading(title, note, link)

    def set_heading(self, title: str, note: str = "", link: str = "") -> None:
        """Other words in the heading; without a title there is no heading."""
        self._title.setText(title)
        self._note.setText(note)
        self._link.set_text(link)
        self._link.setVisible(bool(link))
        self._heading.setVisible(bool(title))
        top = min(8, self._padding) if title else self._padding
        self._body.setContentsMargins(self._padding, top, self._padding, self._padding)
        self.setAccessibleName(title)

    def set_mark(self, mark: QWidget) -> None:
        """Something small before the heading."""
        self._headline.insertWidget(0, mark)

    def add(self, what: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something below what is already there."""
        if isinstance(what, QWidget):
            self._body.addWidget(what, stretch)
        else:
            self._body.addLayout(what, stretch)

    def add_rows(self, *rows: QWidget) -> None:
        """Rows under each other, with nothing but their hairlines between them."""
        column = QVBoxLayout()
        column.setSpacing(0)
        for row in rows:
            column.addWidget(row)
        self._body.addLayout(column)

    def add_stretch(self) -> None:
        """Push everything up."""
        self._body.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_card(QPainter(self), QRectF(self.rect()), theme.of(self.palette()))

    def _build_heading(self) -> QWidget:
        heading = QWidget(self)
        column = QVBoxLayout(heading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = self._headline = QHBoxLayout()
        side = max(16, self._padding)
        row.setContentsMargins(side, 4, side - 4, 4)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._note)
        row.addStretch(1)
        row.addWidget(self._link)
        column.addLayout(row)
        column.addWidget(Hairline())
        heading.setFixedHeight(fonts.px(46))
        return heading


def paint_card(painter: QPainter, rect: QRectF, colours: theme.Colours) -> None:
    """Surface, hairline border and round corners of a panel."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
