"""Something to know, beside what it is about: a refusal, a warning, a good word.

Refusals of the world (`CannotDo`) are shown here, quietly, with ways out; never in a message box.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from models.refusals import CannotDo
from models.reservations import Status
from models.unreachable import AWAY
from ui import fonts, theme
from ui.widgets.chip import Shape
from ui.widgets.label import Label
from ui.wording.refusals import refusal

_SHAPES: dict[str, str] = {
    "stop": Status.CANCEL_REQUESTED,
    "act": Status.UNCONFIRMED,
    "wait": Status.AWAITING_PAYMENT,
    "good": Status.CONFIRMED,
    "done": "info",
}


class Notice(QFrame):
    """`family` gives ground and shape: stop (refused), act (look here), wait, good, done (to know)."""

    def __init__(
        self, family: str, head: str, text: str = "", *, shape: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._family = family
        self._gives_way: CannotDo | None = None
        self._something = False
        self._of: object = None
        self._shape = Shape(shape or _SHAPES[family], 15, family)
        self._head = Label(head, 13, 600, family, wrap=True)
        self._text = Label(text, 13, 400, "ink", wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        words = QVBoxLayout()
        words.setSpacing(5)
        words.addWidget(self._head)
        words.addWidget(self._text)
        grid = QGridLayout(self)
        grid.setContentsMargins(fonts.px(12), fonts.px(11), fonts.px(14), fonts.px(11))
        grid.setHorizontalSpacing(fonts.px(11))
        grid.addWidget(self._shape, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(words, 0, 1)
        grid.setColumnStretch(1, 1)
        self.say(head, text)

    def say(self, head: str, text: str = "") -> None:
        """Other words."""
        self._head.setText(head)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{head} {text}".strip())

    def set_family(self, family: str) -> None:
        """Another ground and shape: what is told is of another kind."""
        self._family = family
        self._shape.show_shape(_SHAPES[family], family)
        self._head.set_ink(family)
        self.update()

    def refuse(self, no: CannotDo, of: object = None) -> None:
        """Show what the world said: the first sentence large, what to do now below it. `of` is what was refused."""
        self._gives_way, self._of = None, of
        head, dot, rest = refusal(no).partition(". ")
        self.say(head + ("." if dot else ""), rest)
        self.show()

    def settle(self, of: object) -> None:
        """This one was had: what it was refused goes, what another was refused stays said."""
        if self._of is of:
            self.hide()

    def follow(self, *questions: Any, something: Callable[[], bool] | None = None) -> None:
        """Says what each of these questions is refused, until that one is answered; an answer to another hides nothing.

        `something` tells whether a screen shows anything meanwhile, where the band above may say it as well.
        """
        for question in questions:
            question.refused.connect(partial(self._hear_no, question, something))
            question.answered.connect(partial(self._hear_answer, question))

    def _hear_no(self, of: object, something: Callable[[], bool] | None, no: CannotDo) -> None:
        if something is None:
            self.refuse(no, of)
        else:
            self.cannot_show(no, something=something(), of=of)

    def _hear_answer(self, of: object, _told: object) -> None:
        self.settle(of)

    def cannot_show(self, no: CannotDo, *, something: bool, of: object = None) -> None:
        """What a screen asked for cannot be had: the band above it says so once for all, where it is there.

        An empty screen is silent only below a band that says why it is empty, one that tells that the server is away.
        """
        self.refuse(no, of)
        self._gives_way = no if no.code in {*AWAY, "offline"} else None
        self._something = something
        window = self.window()
        self.give_way(getattr(window, "told_above", ""), away=getattr(window, "tells_away", False))

    def give_way(self, told_above: str, *, away: bool) -> None:
        """The band above says this: whatever it says here as well is not said twice."""
        same = bool(told_above) and self.accessibleName() in told_above
        if same or (told_above and self._gives_way is not None and (self._something or away)):
            self.hide()

    def height_at(self, width: int) -> int:
        """How high it is at this width: words that could wrap are counted as they do."""
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.of(self.palette()).families[self._family].ground)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
