"""Keeps what a traveler told us: stars, words, pictures. A digit chooses the stars, Ctrl+Enter keeps it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.refusals import CannotDo
from models.review import MOST_PHOTOS, Source
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.picture_drop import PictureDrop
from ui.question import Question
from ui.star_pick import StarPick
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.segmented import Segmented
from ui.widgets.text_area import NoteArea
from ui.wording.bulk import counted

if TYPE_CHECKING:
    from controllers.reviews import Reviewed
    from models.review_reading import ReviewRow

AskFiles = Callable[[QWidget, Callable[[list[Path]], object]], object]


class ReviewDialog(Dialog):
    """`kept` brings what became of it."""

    kept = Signal(object)

    def __init__(
        self, at: AtDesk, host: QWidget, reservation_id: int, about: str, *, ask_files: AskFiles | None = None
    ) -> None:
        super().__init__(" ", host, subtitle=about, width=560, stays=True)
        self._at, self._of = at, reservation_id
        self._ask_files = ask_files or choose_pictures
        self._photos: tuple[bytes, ...] = ()
        self.about = subjects("reservation", reservation_id)
        self._title.setText(self.tr("What did they say?"))
        self.setAccessibleName(self._title.text())
        self.stars, self.words = StarPick(), NoteArea(rows=5)
        self.words.set_placeholder(self.tr("Their own words"))
        self.words.setAccessibleName(self.tr("Their own words"))
        self.source = Segmented(
            self.tr("Told to us"), self.tr("Left at the channel"), name=self.tr("Where the review came from")
        )
        self.pictures = Button(self.tr("Add pictures…"), icon="picture", height=34)
        self._told = Label("", 12, 400, "ink2", wrap=True)
        self._deed = Question(at.background, self, lane=Lane.DESK)
        self._read = Question(at.background, self)
        self._there = Question(at.background, self)
        self._is_kept = False
        self._fill()
        self._connect()
        self._settle()

    def ask(self) -> None:
        """Open it; the stars have the keyboard."""
        self.open(self.stars)
        self._there.ask(partial(asking.review_of, self._at.desk, self._of))

    def add_files(self, files: list[Path]) -> None:
        """Pictures that were chosen or dropped."""
        if files:
            self._read.ask(partial(asking.read_review_photos, tuple(files)))

    def _fill(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout()
        row.addWidget(self.pictures)
        row.addWidget(self._told, 1)
        row.setSpacing(fonts.px(10))
        column.setSpacing(fonts.px(12))
        column.addWidget(self.stars)
        column.addWidget(self.words)
        column.addWidget(self.source)
        column.addLayout(row)
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self._keep = self.add_button(
            self.tr("Keep the review"), "primary", key=actions.cap("keep-note"), icon="star"
        )

    def _connect(self) -> None:
        self.stars.picked.connect(lambda _rating: self._settle())
        self.words.entered.connect(self._keep.click)
        self.words.left.connect(self._reject)
        self.pictures.clicked.connect(lambda: self._ask_files(self, self.add_files))
        PictureDrop(self).dropped.connect(self.add_files)
        self.accepted.connect(self._send)
        self._read.answered.connect(self._show_photos)
        self._deed.answered.connect(self._was_kept)
        self._there.answered.connect(self._show_there)
        for question in (self._read, self._deed):
            question.refused.connect(self.refuse)

    def _settle(self) -> None:
        self._keep.allow()
        if self._is_kept:
            self._keep.forbid(self.tr("There is one review for an order"))
        elif not self.stars.rating:
            self._keep.forbid(self.tr("Choose the stars first"))
        count = len(self._photos)
        told = self.tr("At most {most}, made smaller; where they were taken is not kept.").format(
            most=MOST_PHOTOS
        )
        if count:
            told = counted(count, self.tr("1 picture"), self.tr("{count} pictures"))
        self._told.setText(told)

    def _show_there(self, one: ReviewRow | None) -> None:
        """What was read of their mail and is not sure is proposed; a review that is kept already is shown."""
        if one is None or (one.waits and (self.stars.rating or self.words.text().strip())):
            return
        self.stars.choose(one.rating)
        self.words.set_text(one.words)
        if not one.waits:
            self._is_kept = True
            self._settle()
            self._notice.refuse(CannotDo("reviewed-already", number=one.number))
            self._place()

    def _show_photos(self, photos: tuple[bytes, ...]) -> None:
        self._notice.hide()
        self._photos = (*self._photos, *photos)
        self._settle()

    def _send(self) -> None:
        source = (Source.STAFF, Source.CHANNEL)[self.source.at]
        told = (self._of, self.stars.rating, self.words.text(), self._photos, source)
        self._deed.ask(partial(asking.record_review, self._at.desk, *told))

    def _was_kept(self, done: Reviewed) -> None:
        self.leave()
        self.kept.emit(done)


def choose_pictures(parent: QWidget, chosen: Callable[[list[Path]], object]) -> None:
    """The system's own window for choosing pictures."""
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog(parent, parent.tr("Choose pictures"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter("JPEG, PNG, WebP (*.jpg *.jpeg *.png *.webp)")
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
