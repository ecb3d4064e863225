"""One line of a conversation: a bubble with what somebody said, a pill with what happened, or the day that begins.

Each knows how large it is in a room of some width (`fit`); where it stands is decided by the room.
"""

from __future__ import annotations

import datetime as dt
import math
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from models.outbox import LetterState
from models.talk import IN, LETTER, NOTE, OUT, FileFacts, Said, SystemLine
from ui import fonts, theme
from ui.history_words import history_words
from ui.messages_words import beneath_words, is_trouble, letter_words, sender_words, size_words
from ui.outbox_words import trouble_words
from ui.paint.text import paint_text, text_width
from ui.widgets.button import Button
from ui.widgets.chip import paint_shape
from ui.widgets.label import Label
from ui.widgets.tip import set_tip
from ui.wording.dates import clock, long_day
from ui.wording.orders import local

_MOST = 560
_SHARE = 0.74
_PAD = 14


class DayLine(Label):
    """The day on which what stands below was said."""

    side = "middle"

    def __init__(self, day: dt.date, parent: QWidget) -> None:
        super().__init__(long_day(day), 12, 500, "ink3", parent=parent)
        self.says = repr(day)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def fit(self, width: int) -> QSize:
        """How large it is in a room of this width."""
        return QSize(min(width, self.sizeHint().width() + 4), fonts.px(22))


class Pill(QWidget):
    """Something that happened to the reservation, with its shape and its time."""

    side = "middle"

    def __init__(self, line: SystemLine, zone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.says = repr(line)
        told = history_words(line.line)
        self._shape = told.shape
        self._time = clock(local(line.at, zone))
        self._words = told.head
        whole = ", ".join(part for part in (self._time, told.head, told.text) if part)
        self.setAccessibleName(whole)
        set_tip(self, whole if told.text else "")

    def fit(self, width: int) -> QSize:
        """How large it is in a room of this width."""
        wanted = text_width(f"{self._time}  {self._words}", 12, 500) + fonts.px(50)
        return QSize(min(math.ceil(wanted), width), fonts.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.sunken)
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        side = fonts.px(14)
        mark = QRectF(fonts.px(10), body.center().y() - side / 2, side, side)
        paint_shape(painter, mark, self._shape, "", colours)
        left = mark.right() + fonts.px(7)
        place = QRectF(left, 0, body.right() - fonts.px(10) - left, body.height())
        used = paint_text(painter, place, self._time, colours.ink3, 12, 500)
        paint_text(painter, place.adjusted(used + fonts.px(7), 0, 0, 0), self._words, colours.ink2, 12, 500)


class Bubble(QWidget):
    """What somebody said; the signals come from the buttons on it, `settled` with what was decided of a letter."""

    whole_wanted = Signal(object)
    settled = Signal(object, str)
    file_wanted = Signal(object)
    keep_wanted = Signal(object)

    def __init__(self, one: Said, now: dt.datetime, zone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.said, self._zone, self.says = one, zone, repr(one)
        self.side = "right" if one.direction in (OUT, LETTER, NOTE) else "left"
        self._ground = _Ground(one)
        self._body = Label(one.body or letter_words(one.letter), 13, 400, wrap=True)
        self._beneath = Label("", 12, 400, "ink3")
        self._inner: list[QWidget] = []
        self._fits: tuple[int, QSize] | None = None
        self._build()
        self.tell_time(now)

    def tell_time(self, now: dt.datetime) -> None:
        """Time goes on: a letter leaves in less than it did."""
        words = beneath_words(self.said, now, self._zone)
        if words != self._beneath.text():
            self._fits = None
        self._beneath.setText(words)
        self._beneath.set_ink("stop" if is_trouble(self.said) else "ink3")
        trouble = trouble_words(self.said.trouble) if is_trouble(self.said) else ""
        name = (sender_words(self.said), self._body.text(), words, trouble)
        self.setAccessibleName(". ".join(part for part in name if part))

    def show_whole(self, words: str) -> None:
        """The message with all that it quotes."""
        self._body.setText(words)
        self._fits = None
        for button in self.findChildren(Button, "whole"):
            button.hide()

    def fit(self, width: int) -> QSize:
        """How large it is in a room of this width: no wider than its words need."""
        if self._fits is None or self._fits[0] != width:
            self._fits = width, self._measured(width)
        return self._fits[1]

    def _measured(self, width: int) -> QSize:
        pad = 2 * fonts.px(_PAD)
        most = max(fonts.px(120), min(fonts.px(_MOST), round(width * _SHARE)) - pad)
        wanted = [self._wide(self._body, most)]
        wanted += [min(most, one.sizeHint().width()) for one in self._inner if not one.isHidden()]
        inside = min(most, max(wanted))
        for label in (self._body, *(one for one in self._inner if isinstance(one, Label))):
            label.setMinimumHeight(0)  # a label never says that it needs less than its minimum
            label.setFixedWidth(inside)
            label.setFixedHeight(max(label.heightForWidth(inside), fonts.px(17)))
        layout = self.layout()
        assert layout is not None
        self._ground.column.invalidate()  # a layout keeps what it measured until it is told
        self._ground.updateGeometry()
        layout.invalidate()
        wide = max(inside + pad, self._foot_.sizeHint().width())
        return QSize(
            wide, self._ground.column.totalSizeHint().height() + fonts.px(3) + self._foot_.sizeHint().height()
        )

    @staticmethod
    def _wide(label: Label, most: int) -> int:
        how = int(Qt.TextFlag.TextWordWrap)
        return label.fontMetrics().boundingRect(QRect(0, 0, most, 1 << 20), how, label.text()).width() + 4

    def _build(self) -> None:
        one = self.said
        self._body.setFont(fonts.font(13, 400, one.language if one.direction == IN else ""))
        self._body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._body.setAccessibleName(self.tr("Message"))
        column = self._ground.column
        if one.stranger:
            self._add(column, Label(sender_words(one), 12, 600, "act", wrap=True))
        if one.letter is not None and one.body:
            self._add(column, Label(letter_words(one.letter), 12, 600, "ink2", wrap=True))
        column.addWidget(self._body)
        if one.trouble and is_trouble(one):
            self._add(column, Label(trouble_words(one.trouble), 12, 400, "stop", wrap=True))
        if one.more:
            whole = Button(self.tr("Show all of it"), "ghost", height=24)
            whole.setObjectName("whole")
            whole.clicked.connect(partial(self.whole_wanted.emit, self))
            self._add(column, whole)
        for file in one.files:
            self._add(column, self._file(file))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(fonts.px(3))
        outer.addWidget(self._ground)
        self._foot_ = self._foot()
        outer.addWidget(self._foot_)

    @staticmethod
    def _to_the_left(widget: QWidget) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignLeft if isinstance(widget, Button) else Qt.AlignmentFlag(0)

    def _add(self, column: QVBoxLayout, widget: QWidget) -> None:
        column.addWidget(widget, 0, self._to_the_left(widget))
        self._inner.append(widget)

    def _why_shut(self, file: FileFacts) -> str:
        """Why a file cannot be opened, '' where it can."""
        if not file.kept and not file.name:
            return self.tr("Forgotten with its traveler")
        if not file.kept:
            return self.tr("Too large to be kept here; it is in the mailbox")
        return "" if file.may_open else self.tr("Hidden until the reservation has been confirmed")

    def _file(self, file: FileFacts) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(fonts.px(6))
        words = self.tr("{name}, {size}").format(
            name=file.name or self.tr("File"), size=size_words(file.size)
        )
        shown = fonts.metrics(13, 600).elidedText(words, Qt.TextElideMode.ElideMiddle, fonts.px(300))
        is_picture = file.kind.startswith("image/")
        look = Button(shown, icon="picture" if is_picture else "attach", height=28)
        look.setAccessibleName(words)
        keep = Button(self.tr("Save"), "ghost", height=28)
        keep.setAccessibleName(self.tr("Save {name}").format(name=file.name or self.tr("File")))
        why = self._why_shut(file)
        for button in (look, keep) if why else ():
            button.forbid(why)
        look.clicked.connect(partial((self.file_wanted if is_picture else self.keep_wanted).emit, file))
        keep.clicked.connect(partial(self.keep_wanted.emit, file))
        line.addWidget(look)
        line.addWidget(keep)
        line.addStretch(1)
        return row

    def _deeds(self) -> tuple[tuple[str, str], ...]:
        """What can be decided about a message of ours that did not, or perhaps not, arrive."""
        again = self.tr("Send again")
        return {
            LetterState.FAILED: (("retry", again),),
            LetterState.BOUNCED: (("retry", again), ("put-away", self.tr("Done with it"))),
            LetterState.PUT_AWAY: (("retry", again),),
            LetterState.UNCERTAIN: (("arrived", self.tr("It arrived")), ("again", again)),
        }.get(self.said.state or LetterState.SENT, ())

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(6))
        if self.side == "right":
            row.addStretch(1)
        row.addWidget(self._beneath)
        for deed, words in self._deeds():
            button = Button(words, "ghost", height=22)
            button.clicked.connect(partial(self.settled.emit, self.said, deed))
            row.addWidget(button)
        if self.side == "left":
            row.addStretch(1)
        return foot


class _Ground(QFrame):
    """The rounded ground of a bubble: theirs white, ours in the accent's soft hue, a note as on yellow paper."""

    def __init__(self, one: Said) -> None:
        super().__init__()
        self._one = one
        self.column = QVBoxLayout(self)
        edge = fonts.px(_PAD)
        self.column.setContentsMargins(edge, fonts.px(10), edge, fonts.px(10))
        self.column.setSpacing(fonts.px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        grounds = {
            OUT: colours.accent_soft,
            NOTE: colours.families["act"].ground,
            LETTER: colours.sunken,
        }
        theirs = self._one.direction == IN
        painter.setPen(
            QPen(colours.line, 1) if theirs or self._one.direction == LETTER else Qt.PenStyle.NoPen
        )
        painter.setBrush(grounds.get(self._one.direction, colours.surface))
        painter.drawRoundedRect(body, fonts.px(10), fonts.px(10))
