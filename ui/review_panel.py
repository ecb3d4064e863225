"""The chosen review: its stars, all of its words and pictures, and our answer, or what to decide about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from models.refusals import CannotDo
from ui import actions, fonts, theme
from ui.paint.stars import paint_stars
from ui.product_what import paint_photo, photo_pixmap
from ui.star_pick import StarPick
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice
from ui.widgets.text_area import NoteArea
from ui.wording.bulk import counted
from ui.wording.dates import day_and_time
from ui.wording.orders import local
from ui.wording.reviews import about_words, reward_words, source_words, stars_words

if TYPE_CHECKING:
    from models.review_reading import ReviewRow

Now = Callable[[], dt.datetime]


class ReviewPanel(Card):
    """`answered` brings the words of our answer, `decided` a rating or None, `open_wanted` leads to the reservation."""

    answered = Signal(str)
    decided = Signal(object)
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._one: ReviewRow | None = None
        self._drafts: dict[int, str] = {}
        self._stars, self.pictures = _Rating(), Pictures()
        self._who, self._about = Label("", 18, 600, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self._words = Label("", 14, 400, wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reply, self._replied = Label("", 14, 400, wrap=True), Label("", 12, 400, "ink3", wrap=True)
        self.reward = Label("", 13, 500, "ink2", wrap=True)
        self.area = NoteArea(rows=4)
        self.send = Button("", "primary", icon="send", key=actions.cap("send"))
        self.pick = StarPick()
        self.yes, self.no = Button("", "primary", icon="star"), Button("")
        self.open_ = Button("", icon="voucher", key=actions.cap("open-reservation"))
        self._notice = Notice("stop", "")
        self._build()
        self.area.entered.connect(self._answer)
        self.area.changed.connect(lambda _text: self._settle())
        self.send.clicked.connect(self._answer)
        self.pick.picked.connect(lambda _rating: self._settle())
        self.yes.clicked.connect(lambda: self.decided.emit(self.pick.rating))
        self.no.clicked.connect(lambda: self.decided.emit(None))
        self.open_.clicked.connect(self.open_wanted)
        self.retranslate()

    @property
    def one(self) -> ReviewRow | None:
        """The review that is shown."""
        return self._one

    @property
    def is_begun(self) -> bool:
        """Whether an answer is being written."""
        return bool(self.area.text().strip()) and self._asks_answer.isVisibleTo(self)

    def show_review(self, one: ReviewRow | None) -> None:
        """Another one, or the same with other facts; what was begun about each stays."""
        before = self._one
        if before is not None and (one is None or one.id != before.id):
            self._drafts[before.id] = self.area.text()
        other = one is not None and (before is None or one.id != before.id)
        self._one = one
        if other and one is not None:
            self._notice.hide()
            self.pictures.show_pictures(())
            self.area.set_text(self._drafts.pop(one.id, ""))
            self.pick.choose(one.rating if one.waits else 0)
        self._say()

    def keep_answer(self) -> None:
        """The answer has left: nothing of it is a draft any more."""
        self.area.set_text("")

    def refuse(self, no: CannotDo) -> None:
        """The world said no; what was written stays."""
        self._notice.refuse(no)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.area.set_placeholder(self.tr("Our answer, the traveler gets it as a letter"))
        self.area.setAccessibleName(self.tr("Our answer"))
        self.send.set_text(self.tr("Send the answer"))
        self.yes.set_text(self.tr("It is a review"))
        self.no.set_text(self.tr("It is none"))
        self.open_.set_text(self.tr("Open reservation"))
        self._question.setText(
            self.tr("We read this in their mail and are not sure. How many stars are meant?")
        )
        self._say()

    def _say(self) -> None:
        one = self._one
        self.setEnabled(one is not None)
        if one is None:
            return
        self._stars.show_rating(one.rating)
        self._who.setText(one.traveler or one.number)
        at = day_and_time(local(one.at, one.zone))
        self._about.setText("\n".join((about_words(one), f"{one.number}, {at}, {source_words(one.source)}")))
        self._words.setText(one.words or self.tr("They left no words."))
        self._words.set_ink("ink" if one.words else "ink3")
        self.pictures.setVisible(bool(one.photos))
        self.reward.setVisible(one.reward is not None)
        if one.reward is not None:
            self.reward.setText("\n".join(reward_words(one.reward)))
        answered = one.reply_at is not None
        self._reply.setText(one.reply or (self.tr("The answer was erased.") if answered else ""))
        when = day_and_time(local(one.reply_at, one.zone)) if one.reply_at is not None else ""
        self._replied.setText(self.tr("Answered by {name}, {when}").format(name=one.reply_by, when=when))
        self._asks_rating.setVisible(one.waits)
        self._asks_answer.setVisible(not one.waits and not answered)
        self._answered.setVisible(answered)
        self._settle()

    def _settle(self) -> None:
        self.send.allow()
        if not self.area.text().strip():
            self.send.forbid(self.tr("Write the answer first"))
        self.yes.allow()
        if not self.pick.rating:
            self.yes.forbid(self.tr("Choose the stars first"))

    def _answer(self) -> None:
        words = self.area.text().strip()
        if words and self._one is not None:
            self.answered.emit(words)

    def _build(self) -> None:
        head, self._question = _column(16, 14, 12), Label("", 13, 500, wrap=True)
        for part in (self._stars, self._who, self._about):
            head.addWidget(part)
        said = _column(16, 14, 14)
        said.addWidget(self._words)
        said.addWidget(self.pictures)
        said.addWidget(self.reward)
        self._asks_answer, self._answered, self._asks_rating = QWidget(), QWidget(), QWidget()
        for place, widgets in (
            (self._asks_answer, (self.area,)),
            (self._answered, (self._replied, self._reply)),
            (self._asks_rating, (self._question, self.pick)),
        ):
            column = _column(16, 14, 14)
            place.setLayout(column)
            for widget in widgets:
                column.addWidget(widget)
        self._asks_answer.layout().addLayout(button_row(None, self.send))  # type: ignore[union-attr]
        self._asks_rating.layout().addLayout(button_row(self.no, None, self.yes))  # type: ignore[union-attr]
        foot = _column(16, 8, 12)
        foot.addWidget(self._notice)
        foot.addLayout(button_row(self.open_, None))
        self._notice.hide()
        self.add(head)
        self.add(Hairline())
        self.add(said)
        self.add(Hairline())
        for place in (self._asks_answer, self._answered, self._asks_rating):
            self.add(place)
        self.add(foot)
        self.add_stretch()
        self._body.setSpacing(0)


class Pictures(QWidget):
    """The pictures of a review in a row, as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmaps: tuple[QPixmap, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pictures(self, pictures: tuple[bytes, ...]) -> None:
        """Other pictures."""
        made = (photo_pixmap(one) for one in pictures)
        self._pixmaps = tuple(one for one in made if one is not None)
        count = len(self._pixmaps)
        self.setAccessibleName(counted(count, self.tr("1 picture"), self.tr("{count} pictures")))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(200), fonts.px(92))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        gap, count = fonts.px(8), max(3, len(self._pixmaps))
        wide = min(float(fonts.px(120)), (self.width() - gap * (count - 1)) / count)
        for at, pixmap in enumerate(self._pixmaps):
            paint_photo(painter, QRectF(at * (wide + gap), 0, wide, self.height()), pixmap, colours, 20)


class _Rating(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._rating = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rating(self, rating: int) -> None:
        self._rating = rating
        self.setAccessibleName(stars_words(rating))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(21) * 5, fonts.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_stars(QPainter(self), QRectF(self.rect()), self._rating, theme.of(self.palette()), 20)


def _column(side: int, top: int, bottom: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(fonts.px(side), fonts.px(top), fonts.px(side), fonts.px(bottom))
    column.setSpacing(fonts.px(8))
    return column
