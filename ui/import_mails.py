"""The mails that nobody could place, as a short list: what each is about, who wrote it, and what is open."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QRectF
from PySide6.QtGui import QFocusEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES
from models.waiting_mail import WaitingMail
from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_two_lines
from ui.paint.text import RIGHT
from ui.widgets.board import Board
from ui.widgets.chip import paint_shape
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.dates import clock, day_and_time, day_word
from ui.wording.refusals import refusal

translate = QCoreApplication.translate

COLUMNS = (
    Column("shape", QT_TRANSLATE_NOOP("columns", "Kind"), 44, inset=12),
    Column("words", QT_TRANSLATE_NOOP("columns", "Mail"), stretch=True),
    Column("when", QT_TRANSLATE_NOOP("columns", "When"), 96, right=True),
)
_WHEN_FROM = 520
_WHY = {
    "stranger": QT_TRANSLATE_NOOP("mails", "It names {number}, but whoever wrote it did not book it"),
    "several": QT_TRANSLATE_NOOP("mails", "It names more than one reservation"),
    "sender": QT_TRANSLATE_NOOP("mails", "The sender has booked with us, but it names no reservation"),
    "nothing": QT_TRANSLATE_NOOP("mails", "It names no reservation, and its sender is not known"),
    "forged": QT_TRANSLATE_NOOP("mails", "Our mail server says its sender is forged"),
    "fault": QT_TRANSLATE_NOOP("mails", "It could not be read at all"),
}


class Mails(Board):
    """The list; `opened` brings the mail that is to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._read = False
        self.model_ = RowModel(COLUMNS, lambda mail: mail.id, lambda mail, _key: mail_words(mail))
        super().__init__(self.model_, _Rows(), name="", row_height=52, parent=parent)
        self.model_.setParent(self)

    def light(self, read: bool) -> None:
        """While a mail is read its line stays lit."""
        self._read = read
        if not read and not self.hasFocus():
            self.setCurrentIndex(QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(2, self.width() < fonts.px(_WHEN_FROM))  # the reason is worth more

    def focusOutEvent(self, event: QFocusEvent) -> None:
        lit = self.currentIndex()
        super().focusOutEvent(event)
        if self._read:
            self.setCurrentIndex(lit)


class _Rows(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        mail: WaitingMail = row
        if key == "shape":
            side = fonts.px(18)
            place = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
            paint_shape(painter, place, "file" if mail.is_file else "letter", "act", colours)
        elif key == "when":
            paint_two_lines(
                painter, rect, day_word(mail.at.date()), clock(mail.at), colours, align=RIGHT, weight=500
            )
        else:
            paint_two_lines(painter, rect, subject_words(mail), why_words(mail), colours)


def subject_words(mail: WaitingMail) -> str:
    """What it is about."""
    return mail.subject or translate("mails", "A mail without a subject")


def why_words(mail: WaitingMail) -> str:
    """Why nobody but a person can place it, in one sentence."""
    kind, _, code = mail.why.partition(":")
    if code:
        no = CannotDo(code, file=mail.subject, why=translate("mails", "its content is not what it should be"))
        reason = refusal(no) if code in SENTENCES else translate("mails", "it cannot be read")
        if kind == "file":
            return reason
        return translate("mails", "An order that was not taken: {reason}").format(reason=reason)
    words = _WHY.get(kind, _WHY["nothing"])
    if kind == "sender" and mail.number:
        words = QT_TRANSLATE_NOOP("mails", "It names no reservation; its sender has booked {number}")
    return translate("mails", words).format(number=mail.number)


def who_words(mail: WaitingMail) -> str:
    """Who wrote it, and when it came."""
    when = day_and_time(mail.at)
    if mail.is_file:
        return translate("mails", "from the watched folder, {when}").format(when=when)
    return f"{mail.sender} · {when}" if mail.sender else when


def mail_words(mail: WaitingMail) -> str:
    """The whole line for whoever hears it."""
    return f"{subject_words(mail)}, {who_words(mail)}. {why_words(mail)}"
