"""The calm middle of the check-in screen: how the next guest is read, and where a picture can be dropped.

It stands where the camera's picture would be, and says why there is none.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ui import actions, fonts, theme
from ui.checkin_departures import NearestDeparture
from ui.widgets.button import Button
from ui.widgets.chip import Shape
from ui.widgets.label import FittingLabel, Label
from ui.widgets.verdict_words import fitted_size

_ROOM_FOR_SHAPE, _ROOM_FOR_WAYS = 290, 190
_GAP = 16


class ModeRow(QWidget):
    """The mode as a huge word, what it means, and the departure people come for.

    `change_wanted` asks for the other mode.
    """

    change_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks_first = False
        self._word = _HugeWord()
        self._first = Label("", 13, 400, "ink2")
        self._other = Button("", "ghost", key=actions.cap("look-first"), height=26)
        self._other.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._other.clicked.connect(self.change_wanted)
        self.nearest = NearestDeparture()
        said = self._said = QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(fonts.px(1))
        words.addStretch(1)
        words.addWidget(self._first)
        words.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(_GAP))
        row.addWidget(self._word)
        row.addWidget(said)
        row.addWidget(self.nearest, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    @property
    def word(self) -> str:
        """The huge word."""
        return self._word.text()

    def set_looks_first(self, looks_first: bool) -> None:
        """Whether a good scan is only shown."""
        self._looks_first = looks_first
        self.retranslate()

    def other_words(self) -> str:
        """What the key changes to."""
        return self.tr("admit at once") if self._looks_first else self.tr("look first")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The mode goes before the departure, which stands in the strip below, too, and before what it means."""
        super().resizeEvent(event)
        room = self.width() - self._word.minimumSizeHint().width() - fonts.px(_GAP)
        other = self._other.sizeHint().width()
        self._first.setVisible(room >= max(other, self._first.sizeHint().width()))
        self._said.setVisible(room >= other)
        widths = (one.sizeHint().width() for one in (self._word, self._said))
        least = sum(widths) + self.nearest.minimumSizeHint().width() + 2 * fonts.px(_GAP)
        self.nearest.setVisible(self.width() >= least)

    def retranslate(self) -> None:
        """Say it in the language of the screen."""
        self._word.setText(self.tr("LOOK FIRST") if self._looks_first else self.tr("ADMIT AT ONCE"))
        self._word.set_ink("wait" if self._looks_first else "good")
        self._first.setText(
            self.tr("Enter lets them in.") if self._looks_first else self.tr("A good scan lets them in.")
        )
        other = self.tr("Admit at once instead") if self._looks_first else self.tr("Look first instead")
        self._other.set_text(other)
        self.setAccessibleName(f"{self._word.text()}. {self._first.text()}")


class _HugeWord(Label):
    """The mode, as large as there is room for, and always whole: who reads half of it lets in the wrong way."""

    MOST, LEAST = 30, 18

    def __init__(self) -> None:
        super().__init__("", self.MOST, 800, "good")

    def sizeHint(self) -> QSize:
        return self._need(self.MOST)

    def minimumSizeHint(self) -> QSize:
        return self._need(self.LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def _fit(self) -> None:
        most, least = fonts.px(self.MOST), fonts.px(self.LEAST)
        self.setFont(fonts.exact(fitted_size(self.text(), 800, self.width(), most, least), 800))

    def _need(self, size: int) -> QSize:
        wide = fonts.metrics(size, 800).horizontalAdvance(self.text())
        return QSize(math.ceil(wide), math.ceil(fonts.metrics(self.MOST, 800).height()))


class DropPanel(QWidget):
    """`choose_pressed` asks for the window to choose a picture, `camera_pressed` for F8."""

    choose_pressed = Signal()
    camera_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lit = False
        self._shape = Shape("checkin", 72)
        self._gap = QSpacerItem(0, fonts.px(16))
        self._head = Label("", 22, 600)
        self._ways = [Label("", 14, 400, "ink2") for _ in range(2)]
        self._camera = FittingLabel(13, 400, "ink3")
        self._turn = Button("", "ghost", icon="camera", key=actions.cap("camera"))
        self._turn.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._turn.clicked.connect(self.camera_pressed)
        self._hint = FittingLabel(13, 400, "ink3")
        self._choose = Button("", icon="file", key=actions.cap("scan-picture"))
        self._choose.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._choose.clicked.connect(self.choose_pressed)
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language of the screen."""
        self._head.setText(self.tr("Ready for the next guest"))
        self._ways[0].setText(self.tr("Hold the voucher under the scanner,"))
        self._ways[1].setText(self.tr("or type a CF number or the channel's number."))
        self._hint.say(
            self.tr("A screenshot or photo of a code? Drop it here, or"), self.tr("Drop a picture here, or")
        )
        self._choose.set_text(actions.text("scan-picture"))

    def show_camera(self, words: str, turn: str, *, urgent: bool = False) -> None:
        """Why there is no picture, and what F8 would do."""
        short = words.split(". ")[0]
        self._camera.say(words, short if short == words else short + ".")
        self._camera.set_ink("stop" if urgent else "ink3")
        self._turn.set_text(turn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the words go before the drawing, and what must be done before what can be."""
        super().resizeEvent(event)
        room = self.height() >= fonts.px(_ROOM_FOR_SHAPE)
        self._shape.setVisible(room)
        for way in self._ways:
            way.setVisible(self.height() >= fonts.px(_ROOM_FOR_WAYS))
        for parts, least in (((self._camera, self._turn), 92), ((self._hint, self._choose), 138)):
            for part in parts:
                part.setVisible(self.height() >= fonts.px(least))
        self._gap.changeSize(0, fonts.px(16) if room else 0)

    def light(self, lit: bool) -> None:
        """A picture is held over it."""
        self._lit = lit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        edge = QPen(colours.accent, 2) if self._lit else QPen(colours.line, 1)
        painter.setPen(edge)
        painter.setBrush(colours.accent_soft if self._lit else colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(fonts.px(20), fonts.px(12), fonts.px(20), fonts.px(16))
        column.setSpacing(fonts.px(4))
        column.addStretch(3)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._shape, 0, middle)
        column.addSpacerItem(self._gap)
        for label in (self._head, *self._ways):
            column.addWidget(label, 0, middle)
        column.addStretch(4)
        column.addLayout(_side_by_side(self._camera, self._turn))
        column.addLayout(_side_by_side(self._hint, self._choose))


def _side_by_side(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(fonts.px(8))
    row.addStretch(1)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
