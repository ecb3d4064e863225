"""The middle of the conversations: what was said and what happened, in the order of time, the newest in sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.talk import Room, Said, SystemLine, urgency
from ui import actions, fonts, theme
from ui.messages_line import Bubble, DayLine, Pill
from ui.messages_words import FAMILY, standing_words, traveler_words, waits_words, way_words
from ui.widgets.button import Button
from ui.widgets.label import FittingLabel
from ui.widgets.scrolled import scrolled
from ui.widgets.tip import set_tip
from ui.wording.orders import local

_EDGE, _APART = 20, 12
Line = Bubble | Pill | DayLine


class Lines(QWidget):
    """The lines below each other; each as wide as it needs, theirs at the left and ours at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._above = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def bubbles(self) -> tuple[Bubble, ...]:
        """What was said."""
        return tuple(one for one in self._lines if isinstance(one, Bubble))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that is shown, from the top."""
        return tuple(self._lines)

    def show_lines(self, lines: list[Line]) -> None:
        """These and no others."""
        for old in self._lines:
            if old not in lines:
                old.hide()
                old.deleteLater()
        self._lines = lines
        for one in lines:
            if one.isHidden():
                one.show()
        self.place()

    def place(self) -> None:
        """Put everything where it belongs in a room of this width."""
        edge, y = fonts.px(_EDGE), fonts.px(_APART)
        room = max(fonts.px(160), self.width() - 2 * edge)
        for one in self._lines:
            size = one.fit(room)
            x = {"left": edge, "right": edge + room - size.width()}.get(
                one.side, edge + (room - size.width()) // 2
            )
            one.setGeometry(x, y, size.width(), size.height())
            y += size.height() + fonts.px(_APART)
        self.setFixedHeight(y)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.place()


class RoomView(QWidget):
    """`earlier_wanted` for what was said before; the other signals are those of the bubbles and of the strip."""

    earlier_wanted = Signal()
    whole_wanted = Signal(object)
    settled = Signal(object, str)
    file_wanted = Signal(object)
    keep_wanted = Signal(object)
    done_wanted = Signal()
    complaint_wanted = Signal()

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._found: Room | None = None
        self._at_end = True
        self._named = False
        self._strip = _Strip()
        self._way = FittingLabel(13, 400, "ink2")
        self._way.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._stands = FittingLabel(13, 600)
        self.done = Button("", "plain", key=actions.cap("done"), icon="confirm", height=30)
        self.complaint = Button("", "plain", key=actions.cap("complaint"), icon="fault", height=30)
        self.earlier = Button("", "ghost", key=actions.cap("earlier"), icon="up")
        self._lines = Lines()
        self._page = QWidget()
        self.area = scrolled(self._page)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def bubbles(self) -> tuple[Bubble, ...]:
        """What was said, as it is shown."""
        return self._lines.bubbles

    def show_room(self, found: Room, *, fresh: bool) -> None:
        """A conversation; `fresh` where another one was shown before: then the newest comes into sight."""
        before, self._found = self._found, found
        bar = self.area.verticalScrollBar()
        self._at_end = fresh or self._at_end
        from_below = 0 if self._at_end else bar.maximum() - bar.value()
        self.tell_time()
        self.done.setVisible(found.waits_since is not None)
        stands = found.complaint_at is not None
        self.complaint.set_kind("on" if stands else "plain")
        self.complaint.set_text(self.tr("Complaint open") if stands else self.tr("Complaint"))
        self.earlier.setVisible(found.earlier)
        if fresh or before is None or before.lines != found.lines:
            self._lines.show_lines(self._made(found, anew=fresh))
        self._page.adjustSize()
        QTimer.singleShot(0, self, lambda: bar.setValue(bar.maximum() - from_below))

    def clear(self) -> None:
        """Nobody's conversation is shown."""
        self._found = None
        self._lines.show_lines([])

    def tell_time(self) -> None:
        """What depends on the time of day."""
        found = self._found
        if found is None:
            return
        now, zone = self._now(), found.row.zone
        who, way = traveler_words(found.row), way_words(found)
        self._way.say(*((f"{who} · {way}", who, "") if self._named else (way, "")))
        waits = waits_words(found.waits_since, now) if found.waits_since else ""
        self._stands.say(standing_words(found, now, zone), waits, "")
        family = FAMILY[urgency(found.waits_since, now)] if found.waits_since else ""
        self._stands.set_ink(family or "ink2")
        for one in self._lines.bubbles:
            one.tell_time(now)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.done.set_text(actions.text("done"))
        set_tip(self.done, self.tr("Nothing is to be answered here"))
        self.complaint.set_text(self.tr("Complaint"))
        self.earlier.set_text(actions.text("earlier"))
        self.area.setAccessibleName(self.tr("What was said"))
        if self._found is not None:
            self._lines.show_lines(self._made(self._found, anew=True))
            self.show_room(self._found, fresh=False)

    def _made(self, found: Room, *, anew: bool = False) -> list[Line]:
        """Every line; those that say what they said before are the same."""
        before = {one.says: one for one in self._lines.lines} if not anew else {}
        made: list[Line] = []
        now, zone, day = self._now(), found.row.zone, None
        for one in found.lines:
            here = local(one.at, zone).date()
            if here != day:
                made.append(before.get(repr(here)) or DayLine(here, self._lines))
                day = here
            made.append(before.get(repr(one)) or self._line(one, now, zone))
        return made

    def _line(self, one: Said | SystemLine, now: dt.datetime, zone: str) -> Line:
        if isinstance(one, SystemLine):
            return Pill(one, zone, self._lines)
        bubble = Bubble(one, now, zone, self._lines)
        bubble.whole_wanted.connect(self.whole_wanted)
        bubble.settled.connect(self.settled)
        bubble.file_wanted.connect(self.file_wanted)
        bubble.keep_wanted.connect(self.keep_wanted)
        return bubble

    def show_whole(self, bubble: Bubble, words: str) -> None:
        """A message with all that it quotes, in its place."""
        if bubble in self._lines.bubbles:
            bubble.show_whole(words)
            self._lines.place()

    def _build(self) -> None:
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(fonts.px(20), 0, fonts.px(14), 1)
        row.setSpacing(fonts.px(10))
        row.addWidget(self._way)
        row.addWidget(self._stands, 1)
        row.addWidget(self.done)
        row.addWidget(self.complaint)
        inside = QVBoxLayout(self._page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self._lines)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self.area, 1)
        self.setFocusProxy(self.area)

    def name_the_traveler(self, named: bool) -> None:
        """Where no room is left for the reservation at the right, the strip says whose conversation it is."""
        self._named = named
        self.tell_time()

    def _follow_end(self, _least: int, most: int) -> None:
        """Who reads the newest goes on reading it when a message comes or the box below grows."""
        if self._at_end:
            self.area.verticalScrollBar().setValue(most)

    def _was_scrolled(self, _how: int) -> None:
        bar = self.area.verticalScrollBar()
        self._at_end = bar.sliderPosition() >= bar.maximum() - fonts.px(8)

    def _connect(self) -> None:
        self.area.verticalScrollBar().rangeChanged.connect(self._follow_end)
        self.area.verticalScrollBar().actionTriggered.connect(self._was_scrolled)
        self.earlier.clicked.connect(self.earlier_wanted)
        self.done.clicked.connect(self.done_wanted)
        self.complaint.clicked.connect(self.complaint_wanted)


class _Strip(QWidget):
    """The strip over the conversation, as high as the tabs beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(fonts.px(42))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
