"""A colour to be typed as #1D44B0, with the colour beside it and how well it is read."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.voucher_looks import PAPER, READABLE, contrast, letters_on, rgb
from ui import fonts, theme
from ui.widgets.field import Field
from ui.widgets.label import Label

_WHOLE = re.compile(r"#[0-9A-Fa-f]{6}")


class ColourField(QWidget):
    """`changed` brings a whole colour, or '' for none. `on_paper` are letters: they must be read on white."""

    changed = Signal(str)

    def __init__(self, *, on_paper: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_paper = on_paper
        self.field, self._swatch = Field("#1D44B0"), _Swatch()
        self._told = Label("", 12, 400, "ink2")
        self.field.setFixedWidth(fonts.px(120))
        line = QHBoxLayout()
        line.setSpacing(fonts.px(8))
        line.addWidget(self._swatch)
        line.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(2))
        column.addLayout(line)
        column.addWidget(self._told)
        self.field.changed.connect(self._typed)

    def set_name(self, name: str) -> None:
        """What colour it is, for a screen reader."""
        self.field.setAccessibleName(name)

    def show_colour(self, colour: str) -> None:
        """This colour; what is being typed is left alone."""
        if colour and self.field.text().strip().upper() != colour.upper():
            self.field.set_text(colour)
        elif not colour and _WHOLE.fullmatch(self.field.text().strip()):
            self.field.set_text("")
        self._say(colour)

    def _typed(self, text: str) -> None:
        text = text.strip()
        whole = bool(_WHOLE.fullmatch(text))
        self.field.set_wrong(bool(text) and not whole and len(text) >= len("#1D44B0"))
        if whole or not text:
            self._say(text)
            self.changed.emit(text.upper())

    def _say(self, colour: str) -> None:
        self._swatch.show_colour(colour)
        if not colour:
            self._told.setText("")
            return
        ground = rgb(colour)
        if self._on_paper:
            found = contrast(ground, PAPER)
            self.field.set_wrong(found < READABLE)
            words = self.tr("Contrast {found}, well read")
            if found < READABLE:
                words = self.tr("Contrast {found}: too pale, {least} is needed")
            self._told.setText(words.format(found=f"{found:.1f}", least=READABLE))
        else:
            white = letters_on(ground) == PAPER
            self._told.setText(self.tr("White letters on it") if white else self.tr("Dark letters on it"))


class _Swatch(QWidget):
    """The colour itself."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = ""
        self.setFixedSize(fonts.px(34), fonts.px(34))

    def show_colour(self, colour: str) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        face = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(QColor(self._colour) if self._colour else colours.sunken)
        painter.drawRoundedRect(face, 6, 6)
        if not self._colour:
            painter.drawLine(face.bottomLeft(), face.topRight())
