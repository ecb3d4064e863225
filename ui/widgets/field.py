"""A line to type in: a frame that shows the focus, a small drawing before it, a key behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.keycap import keycap_width, paint_keycap


class Field(QFrame):
    """One line of text. `changed` comes with every letter, `entered` with Enter."""

    changed = Signal(str)
    entered = Signal()

    def __init__(
        self,
        placeholder: str = "",
        *,
        name: str = "",
        icon: str = "",
        key: str = "",
        height: int = 36,
        size: int = 13,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._key, self._height, self._wrong = icon, key, height, False
        self._edit = QLineEdit(self)
        self._edit.setFrame(False)
        if size != 13:  # 13 is the font of the whole program, and follows its language
            self._edit.setFont(fonts.font(size))
        self._edit.textChanged.connect(self.changed)
        self._edit.returnPressed.connect(self.entered)
        self._edit.installEventFilter(self)
        clear_ground(self._edit)
        self.setFocusProxy(self._edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        left = fonts.px(10) + (fonts.px(24) if icon else 0)
        right = fonts.px(10) + (round(keycap_width(key)) + fonts.px(4) if key else 0)
        row.setContentsMargins(left, 2, right, 2)
        row.addWidget(self._edit)
        self.set_placeholder(placeholder)
        self.setAccessibleName(name or placeholder)

    def text(self) -> str:
        """What stands in it."""
        return only_text(self._edit.text())

    def set_text(self, text: str) -> None:
        """Put this text in it."""
        self._edit.setText(text)

    def show_start(self) -> None:
        """Of what is longer than the field, show how it begins."""
        self._edit.setCursorPosition(0)

    def select_all(self) -> None:
        """Mark everything, so that the next letter replaces it."""
        self._edit.selectAll()

    def set_placeholder(self, text: str) -> None:
        """What stands there, in grey, while it is empty."""
        self._edit.setPlaceholderText(text)

    def set_wrong(self, wrong: bool) -> None:
        """A stop-coloured frame; say beside it in words what is wrong."""
        self._wrong = wrong
        self.update()

    @property
    def is_secret(self) -> bool:
        """Whether dots stand in it instead of letters."""
        return self._edit.echoMode() is QLineEdit.EchoMode.Password

    def set_secret(self, secret: bool) -> None:
        """Show dots instead of letters."""
        self._edit.setEchoMode(QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal)

    def set_read_only(self) -> None:
        """It can be marked and copied, and not be changed."""
        self._edit.setReadOnly(True)

    def set_numbers(self) -> None:
        """Write from the right, as amounts are."""
        self._edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._edit.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(240), fonts.px(self._height))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return isinstance(event, QKeyEvent) and _is_held_enter(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        frame = QRectF(self.rect())
        paint_frame(
            painter, frame, colours, focus=self._edit.hasFocus(), wrong=self._wrong, enabled=self.isEnabled()
        )
        if self._icon:
            side = fonts.px(16)
            place = QRectF(fonts.px(11), frame.center().y() - side / 2, side, side)
            paint_icon(painter, place, self._icon, colours.ink2)
        if self._key:
            width = keycap_width(self._key)
            paint_keycap(
                painter,
                QRectF(frame.right() - width - fonts.px(8), 0, width, frame.height()),
                self._key,
                colours,
            )


def _is_held_enter(event: QKeyEvent) -> bool:
    """Enter is pressed once, however long somebody leans on it: a wrong password is tried once."""
    is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return event.type() == QEvent.Type.KeyPress and is_enter and event.isAutoRepeat()


def paint_frame(
    painter: QPainter,
    rect: QRectF,
    colours: theme.Colours,
    *,
    focus: bool,
    wrong: bool = False,
    enabled: bool = True,
) -> None:
    """Ground and frame of whatever can be typed in; the ring replaces the border."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = 2.0 if focus or wrong else 1.0
    edge: QColor = colours.accent if focus else colours.border
    if wrong:
        edge = colours.families["stop"].mark
    painter.setPen(QPen(edge if enabled else colours.line, width))
    painter.setBrush(colours.surface if enabled else colours.canvas)
    painter.drawRoundedRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), 6, 6)


def clear_ground(widget: QWidget) -> None:
    """Let the frame behind show through."""
    only = QPalette()
    only.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
    widget.setPalette(only)


def only_text(typed: str) -> str:
    """Without what is pasted along and is no letter: zeros, and halves of letters. No database keeps them."""
    if typed.isascii() and "\x00" not in typed:
        return typed
    return typed.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
