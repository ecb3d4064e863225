"""The place where files are dropped to import them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import actions, fonts, theme
from ui.widgets.button import Button
from ui.widgets.chip import Shape
from ui.widgets.label import Label


class DropPlace(QWidget):
    """Where files can be dropped, with the button for those who have no mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lit = False
        self._shape = Shape("import", 28)
        self._head = Label("", 16, 600)
        self._text = Label("", 13, 400, "ink2", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button("", key=actions.cap("choose-files"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(6)
        column.addStretch(1)
        for widget in (self._shape, self._head):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._text)
        column.addSpacing(6)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_large(self, large: bool) -> None:
        """The whole place while there is nothing else."""
        grows = QSizePolicy.Policy.Expanding
        self.setSizePolicy(grows, grows if large else QSizePolicy.Policy.Maximum)

    def light(self, lit: bool) -> None:
        """Something is held over the window."""
        self._lit = lit
        self.update()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._head.setText(self.tr("Drop files here"))
        self._text.setText(
            self.tr(
                "Order lists as the channels export them, or a products file. They are read on trial first."
            )
        )
        self.button.set_text(self.tr("Choose files…"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Its sentence may take two lines: then it is higher, whatever stands below."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(fonts.px(320), fonts.px(170))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        painter.setPen(QPen(colours.accent if self._lit else colours.border, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(colours.accent_soft if self._lit else colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
