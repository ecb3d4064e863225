"""All keys of a screen and of the window, shown by F1."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.paint.keycap import paint_keys
from ui.paint.text import paint_text
from ui.screen import KeyHint
from ui.widgets.dialog import Dialog

translate = QCoreApplication.translate


class KeyList(QWidget):
    """Keys and what they do, in two columns under a heading."""

    def __init__(self, heading: str, keys: tuple[KeyHint, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._keys = heading, keys
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(", ".join(f"{' '.join(key.keys)} {key.text}" for key in keys))

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(500), fonts.px(26) + (len(self._keys) + 1) // 2 * fonts.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        paint_text(painter, QRectF(0, 0, self.width(), fonts.px(18)), self._heading, colours.ink2, 13, 500)
        half = self.width() / 2
        for number, key in enumerate(self._keys):
            row, column = divmod(number, 2)
            place = QRectF(column * half, fonts.px(26) + row * fonts.px(28), half, fonts.px(28))
            paint_keys(painter, place, key.keys, colours)
            paint_text(painter, place.adjusted(fonts.px(92), 0, -8, 0), key.text, colours.ink, 13, 400)


def show_keys(host: QWidget, title: str, screen: tuple[KeyHint, ...], window: tuple[KeyHint, ...]) -> Dialog:
    """Lay the list of keys over the window."""
    dialog = Dialog(translate("keys", "Keys"), host)
    dialog.alone = "Keys are the same at every counter."
    if screen:
        dialog.add(KeyList(title, screen))
    dialog.add(KeyList(translate("keys", "Everywhere"), window))
    dialog.add_button(translate("keys", "Close"), "primary", key="Esc")
    dialog.open()
    return dialog
