"""The small drawings beside words: a magnifier, a printer, a lock.

Code asks by our own words; the glyphs are Material Design Icons, taken from qtawesome's font and
read when the first icon is drawn, not before. They are drawn as text in the colour of the text
beside them, so they are sharp on every screen. Status and verdict shapes are not here but in `ui.paint`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

NAMES: dict[str, str] = {
    "today": "view-dashboard-outline", "calendar": "calendar-month-outline", "reservations": "format-list-bulleted",
    "checkin": "qrcode-scan", "sell": "cash-register", "messages": "message-text-outline",
    "letters": "email-fast-outline", "reports": "chart-box-outline", "settings": "cog-outline",
    "find": "magnify", "confirm": "check", "admit": "check", "hold": "pause-circle-outline",
    "claim": "hand-back-right-outline", "print": "printer-outline", "lock": "lock-outline",
    "move": "calendar-arrow-right", "cancel": "cancel", "undo": "undo-variant",
    "voucher": "ticket-confirmation-outline", "star": "star-outline", "star-full": "star", "note": "note-text-outline",
    "viewed": "eye-outline", "cash": "cash", "card": "credit-card-outline", "later": "clock-outline",
    "translate": "translate", "send": "send", "attach": "paperclip", "camera": "camera-outline",
    "scanner": "barcode-scan", "sound": "volume-high", "synced": "database-check-outline",
    "offline": "database-off-outline", "conflict": "sync-alert", "fault": "alert-outline",
    "counter": "map-marker-outline", "close": "close", "down": "chevron-down", "left": "chevron-left",
    "right": "chevron-right", "back": "arrow-left", "arrow": "arrow-right", "up": "arrow-up", "falling": "arrow-down",
    "plus": "plus", "minus": "minus", "letter": "email-outline", "person": "account-outline", "file": "file-outline",
    "pause": "pause-circle-outline", "filter": "filter-variant", "import": "tray-arrow-down", "copy": "content-copy",
    "edit": "pencil-outline", "delete": "trash-can-outline", "phone": "phone-outline", "globe": "web",
    "products": "tag-outline", "holidays": "calendar-remove-outline", "picture": "image-outline",
    "link": "link-variant", "info": "information-outline", "key": "keyboard-outline", "more": "dots-horizontal",
    "trip": "flag-checkered", "transfer": "bank-transfer", "mobile": "cellphone", "part": "circle-half-full",
    "save": "content-save-outline", "folder": "folder-outline", "refresh": "restore", "worker": "cog-sync-outline",
}  # fmt: skip


def paint_icon(painter: QPainter, rect: QRectF, word: str, colour: QColor) -> None:
    """Draw the icon called `word`, as large as fits, in the middle of `rect`."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setFont(_font(round(side)))
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, _glyph(word))
    painter.restore()


def pixmap(word: str, side: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture, for places that take nothing else."""
    drawn = QPixmap(QSize(side, side) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_icon(painter, QRectF(0, 0, side, side), word, colour)
    painter.end()
    return drawn


def icon(word: str, colour: QColor, side: int = 20) -> QIcon:
    """The icon for a menu or a tray, sharp at one and at two dots a pixel."""
    made = QIcon(pixmap(word, side, colour))
    made.addPixmap(pixmap(word, side, colour, 2.0))
    return made


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_file("ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _codes() -> str:
    return _file("json").read_text(encoding="utf-8")


def _code(name: str) -> int:
    """The place of an icon in its font. The list holds seven thousand; looking for one beats reading all."""
    listed = re.search(rf'"{re.escape(name)}":\s*"(?:0x)?([0-9a-fA-F]+)"', _codes())
    if listed is None:
        raise KeyError(name)
    return int(listed.group(1), 16)


def _file(ending: str) -> Path:
    """A file of the mdi6 set inside qtawesome, found without importing it.

    Importing qtawesome and loading its sets costs a quarter of a second before the first window
    is painted; its one font and its one list of codes cost a seventh of that.
    """
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("qtawesome holds the icons and is not installed", name="qtawesome")
    return next((Path(spec.origin).parent / "fonts").glob(f"materialdesignicons6-webfont-*.{ending}"))


@cache
def _glyph(word: str) -> str:
    return chr(_code(NAMES[word]))


@cache
def _font(side: int) -> QFont:
    made = QFont(_family())
    made.setPixelSize(max(1, side))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
