"""The bar at the top: where we are, the one search box, letters that are leaving, the time, and who works here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import actions, fonts, theme
from ui.paint.text import CENTER, paint_text, text_width
from ui.pulse import pulse
from ui.widgets.field import Field
from ui.widgets.letters_pill import LettersPill
from ui.widgets.tip import set_tip
from ui.wording.dates import clock

_EDGE = 20


class TopBar(QWidget):
    """`typed` brings every change of the search box, `entered` its text with Enter, `left` comes with Esc."""

    typed = Signal(str)
    entered = Signal(str)
    left = Signal()
    take_back = Signal()
    person_pressed = Signal()

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._title = self._subtitle = ""
        self._wide = False
        self.search = Field(icon="find", key=actions.cap("find"), height=34, parent=self)
        self.letters = LettersPill(self)
        self.person = PersonButton(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_wide(False)
        self.retranslate()
        self.search.changed.connect(self.typed)
        self.search.entered.connect(lambda: self.entered.emit(self.search.text()))
        self.letters.clicked.connect(self.take_back)
        self.person.clicked.connect(self.person_pressed)
        self._minute = clock(now())
        pulse().join(self._follow_clock)

    def set_wide(self, wide: bool) -> None:
        """Higher on a large window."""
        self._wide = wide
        self.setFixedHeight(fonts.px(64 if wide else 56))
        self._place()

    def show_title(self, title: str, subtitle: str, *, search: bool) -> None:
        """Where we are, and whether the search box belongs there."""
        self._title, self._subtitle = title, subtitle
        self.search.setVisible(search)
        whole = f"{title}, {subtitle}" if subtitle else title
        self.setAccessibleName(whole)
        set_tip(self, subtitle)
        self._place()
        self.update()

    def show_letters(self, count: int, seconds: int) -> None:
        """Letters that leave soon."""
        self.letters.show_letters(count, seconds)
        self._place()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        words = self.tr("Find a name, number, phone or code")
        self.search.set_placeholder(words)
        self.search.setAccessibleName(words)
        self.letters.retranslate()
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.search.set_text("")
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
        height = float(self.height())
        limit = self.search.x() if self.search.isVisibleTo(self) else self._clock_left()
        room = limit - fonts.px(self._margin) - fonts.px(12)
        place = QRectF(fonts.px(self._margin), 0, room, height)
        width = paint_text(painter, place, self._title, colours.ink, 19, 600)
        if self._subtitle and room - width > fonts.px(60):
            after = place.adjusted(width + fonts.px(12), fonts.px(2), 0, 0)
            paint_text(painter, after, self._subtitle, colours.ink2, 13, 400)
        time = QRectF(self._clock_left(), 0, fonts.px(54), height)
        paint_text(painter, time, clock(self._now()), colours.ink, 17, 600)

    @property
    def _margin(self) -> int:
        return 24 if self._wide else _EDGE

    def _clock_left(self) -> float:
        return self.person.x() - fonts.px(12) - text_width("00:00", 17, 600)

    def _place(self) -> None:
        """The search box in the middle, the rest from the right; nothing moves when something is hidden."""
        side = fonts.px(34)
        middle = self.height() // 2
        self.person.setGeometry(
            self.width() - fonts.px(self._margin) - side + 2, middle - side // 2, side, side
        )
        pill = self.letters.sizeHint()
        pill_left = round(self._clock_left()) - fonts.px(20) - pill.width()
        self.letters.setGeometry(pill_left, middle - pill.height() // 2, pill.width(), pill.height())
        width = fonts.px(440 if self._wide else 330)
        left = (self.width() - width) // 2
        right = min(
            left + width, pill_left - fonts.px(16) if self.letters.isVisibleTo(self) else self.width()
        )
        self.search.setGeometry(left, middle - fonts.px(17), right - left, fonts.px(34))

    def _follow_clock(self) -> None:
        minute = clock(self._now())
        if minute != self._minute:
            self._minute = minute
            self.update()


class PersonButton(QAbstractButton):
    """Who works here, by initials; pressing it offers to change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_person("", self.tr("Nobody"))

    def show_person(self, initials: str, name: str) -> None:
        """Another person."""
        self._initials = initials
        self.setAccessibleName(name)
        set_tip(self, name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(34), fonts.px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self.palette())
        disc = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(colours.accent, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent_soft)
        painter.drawEllipse(disc)
        paint_text(painter, disc, self._initials, colours.accent_text, 12, 600, CENTER)
