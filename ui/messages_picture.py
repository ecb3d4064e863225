"""A picture that hangs on a message, as large as the window allows; nothing of it is loaded from elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QWidget

from ui import fonts
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label


class PictureDialog(Dialog):
    """`accepted` to save it."""

    alone = "a picture that was sent does not change"

    def __init__(self, host: QWidget, name: str, data: bytes) -> None:
        super().__init__(name or " ", host, width=720)
        room = QSize(fonts.px(660), max(160, host.height() - fonts.px(260)))
        shown = read_picture(data, room)
        if shown is None:
            self.add(
                Label(self.tr("This picture cannot be shown. Save it, and open it elsewhere."), wrap=True)
            )
        else:
            place = Label()
            place.setPixmap(shown)
            place.setAlignment(Qt.AlignmentFlag.AlignCenter)
            place.setAccessibleName(self.tr("Picture {name}").format(name=name))
            self.add(place)
        self.add_button(self.tr("Close"), key="Esc")
        self.add_button(self.tr("Save"), "primary", key="S")


def read_picture(data: bytes, room: QSize) -> QPixmap | None:
    """The picture, no larger than the room: a small file that unfolds to a huge picture is never unfolded."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > 80_000_000:
        return None
    if size.width() > room.width() or size.height() > room.height():
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else QPixmap.fromImage(image)
