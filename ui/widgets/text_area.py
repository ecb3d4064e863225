"""Several lines to type in: notes, messages, reasons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui import fonts, theme
from ui.widgets.field import clear_ground, only_text, paint_frame
from ui.widgets.scroll_bar import ScrollBar


class TextArea(QFrame):
    """A few lines of text; Tab leaves it, as it leaves every other field."""

    changed = Signal(str)

    def __init__(
        self, placeholder: str = "", *, name: str = "", rows: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._edit = QPlainTextEdit(self)
        self._edit.setFrameShape(QFrame.Shape.NoFrame)
        self._edit.setTabChangesFocus(True)
        self._edit.setVerticalScrollBar(ScrollBar(parent=self._edit))
        self._edit.textChanged.connect(lambda: self.changed.emit(self.text()))
        self._edit.installEventFilter(self)
        clear_ground(self._edit)
        self.setFocusProxy(self._edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 6, 3, 6)
        column.addWidget(self._edit)
        self.set_placeholder(placeholder)
        self.setAccessibleName(name or placeholder)

    def text(self) -> str:
        """What stands in it."""
        return only_text(self._edit.toPlainText())

    def set_text(self, text: str) -> None:
        """Put this text in it."""
        self._edit.setPlainText(text)

    def write_over(self, text: str) -> None:
        """Put this in place of what somebody may have typed; Ctrl+Z brings that back."""
        cursor = self._edit.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def insert(self, text: str) -> None:
        """Put this where one types."""
        self._edit.insertPlainText(text)

    def set_read_only(self) -> None:
        """It is only read, and copied from."""
        self._edit.setReadOnly(True)

    def set_placeholder(self, text: str) -> None:
        """What stands there, in grey, while it is empty."""
        self._edit.setPlaceholderText(text)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._edit.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(320), fonts.px(20) * self._rows + fonts.px(20))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.of(self.palette())
        paint_frame(
            QPainter(self),
            QRectF(self.rect()),
            colours,
            focus=self._edit.hasFocus(),
            enabled=self.isEnabled(),
        )


class NoteArea(TextArea):
    """`entered` with Ctrl+Enter, `left` with Esc: the first Esc leaves the field, and only the next one the page."""

    entered = Signal()
    left = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() in kinds and isinstance(event, QKeyEvent) and self._is_ours(event):
            if event.type() == QEvent.Type.KeyPress:
                (self.left if event.key() == Qt.Key.Key_Escape else self.entered).emit()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _is_ours(event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            return True
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return ctrl and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
