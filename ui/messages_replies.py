"""The kept replies: one is chosen into the box by Enter; they are written, changed and taken away here, too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.refusals import CannotDo
from models.replies import MOST_TITLE
from models.talk import SavedReply
from ui import asking, fonts, theme
from ui.at_desk import AtDesk
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_two_lines
from ui.paint.text import RIGHT, paint_text, text_width
from ui.question import Question
from ui.widgets.board import Board
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.widgets.segmented import Segmented
from ui.widgets.text_area import TextArea
from ui.wording.orders import language_word

if TYPE_CHECKING:
    from models.replies import Filled

LANGUAGES = ("", "en", "ko", "zh-TW", "ja")
OFFERED = ("traveler", "product", "date", "time", "meeting_point", "guide", "number", "operator", "contact")
COLUMNS = (Column("reply", QT_TRANSLATE_NOOP("columns", "Reply"), stretch=True, inset=8),)


class RepliesDialog(Dialog):
    """`chosen` brings a reply filled for this traveler. E changes the one under the cursor, Del takes it away."""

    chosen = Signal(object)
    alone = (
        "choosing a reply only writes into the box; whoever changes one is told in the dialog that does that"
    )

    def __init__(
        self, at: AtDesk, host: QWidget, reservation_id: int, language: str, typed: str = ""
    ) -> None:
        super().__init__(" ", host, width=600, stays=True)
        self._at, self._id, self._language, self._typed = at, reservation_id, language, typed
        self.board = RepliesBoard()
        self._empty = Label("", 13, 400, "ink2", wrap=True)
        self._list = Question(at.background, self)
        self._fill = Question(at.background, self)
        self._drop = Question(at.background, self, lane=Lane.DESK)
        self._title.setText(self.tr("Kept replies"))
        self.setAccessibleName(self.tr("Kept replies"))
        column = QVBoxLayout()
        column.addWidget(self._empty)
        column.addWidget(self.board)
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self._new = self.add_button(self.tr("New"), key="N")
        self._change = self.add_button(self.tr("Change"), key="E")
        self._delete = self.add_button(self.tr("Delete"), key="Del")
        self._use = self.add_button(self.tr("Use it"), "primary", key="Enter")
        self._connect()
        self._show(())

    def ask(self) -> None:
        """Open it."""
        self.open(self._new)  # the list is not there yet, and what is hidden has no keyboard
        self._list.ask(partial(asking.replies, self._at.desk, self._language))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not event.isAutoRepeat():  # each with a press of its own
            self._delete_it()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.board.opened.connect(self._take)
        self.accepted.connect(lambda: self._take(self.board.row))
        self._new.clicked.connect(self._write_new)
        self._change.clicked.connect(self._change_it)
        self._delete.clicked.connect(self._delete_it)
        self._list.answered.connect(self._show)
        self._fill.answered.connect(self._filled)
        self._drop.answered.connect(lambda _: self._again())
        for question in (self._list, self._fill, self._drop):
            question.refused.connect(self.refuse)

    def _again(self, _kept: object = None) -> None:
        self._list.ask(partial(asking.replies, self._at.desk, self._language))

    def _show(self, found: tuple[SavedReply, ...]) -> None:
        self.board.model_.show_rows(found)
        some = bool(found)
        if some and self.board.row is None:
            self.board.go_to(0)
        self.board.setVisible(some)
        self.board.setFixedHeight(self.board.rows_height(min(6, max(1, len(found)))))
        self._empty.setVisible(not some)
        self._empty.setText(
            self.tr("Nothing is kept yet. Write one with N: what is typed in the box is its start.")
        )
        for button in (self._change, self._delete, self._use):
            button.setEnabled(some)
        if self.isVisible():
            (self.board if some else self._new).setFocus()

    def _take(self, one: SavedReply | None) -> None:
        if one is None:
            self.set_busy(False)
            return
        self._fill.ask(partial(asking.fill_reply, self._at.desk, one.body, self._id, one.language))

    def _filled(self, filled: Filled) -> None:
        self.leave()
        self.chosen.emit(filled)

    def _write_new(self) -> None:
        self._edit(SavedReply(0, "", self._language if self._language in LANGUAGES else "", self._typed))

    def _change_it(self) -> None:
        if self.board.row is not None:
            self._edit(self.board.row)

    def _edit(self, one: SavedReply) -> None:
        dialog = ReplyDialog(self._at, self, one)
        dialog.kept.connect(self._again)
        dialog.ask()

    def _delete_it(self) -> None:
        if self.board.row is not None and not self._drop.is_open:
            self._drop.ask(partial(asking.drop_reply, self._at.desk, self.board.row.id))


class ReplyDialog(Dialog):
    """One kept reply: what it is called, for whom it is, and its words. `kept` once it is."""

    kept = Signal(object)

    def __init__(self, at: AtDesk, host: QWidget, one: SavedReply) -> None:
        super().__init__(" ", host, width=600, stays=True)
        self._at, self._one = at, one
        if one.id:
            self.about = subjects("saved-reply", one.id)
        title = self.tr("Change the reply") if one.id else self.tr("Keep a reply")
        self._title.setText(title)
        self.setAccessibleName(title)
        self._name = Field()
        self._for = Segmented(*map(_language, LANGUAGES), name=self.tr("Language"))
        self._words = TextArea(rows=6)
        self._keep = Question(at.background, self, lane=Lane.DESK)
        column = QVBoxLayout()
        column.setSpacing(fonts.px(8))
        column.addWidget(Labelled(self.tr("Name"), self._name))
        column.addWidget(self._for)
        column.addWidget(Labelled(self.tr("What it says"), self._words))
        places = "  ".join(f"{{{{\u00a0{name}\u00a0}}}}" for name in OFFERED)
        column.addWidget(
            Label(
                self.tr("Filled in for each traveler: {places}").format(places=places),
                12,
                400,
                "ink2",
                wrap=True,
            )
        )
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self.add_button(self.tr("Keep it"), "primary", key="Ctrl Enter")
        self._name.set_text(one.title)
        self._words.set_text(one.body)
        self._for.choose(LANGUAGES.index(one.language) if one.language in LANGUAGES else 0)
        self.accepted.connect(self._press)
        self._keep.answered.connect(self._was_kept)
        self._keep.refused.connect(self.refuse)

    def ask(self) -> None:
        """Open it, ready to type."""
        self.open(self._name)

    def _press(self) -> None:
        language = LANGUAGES[self._for.at]
        told = SavedReply(self._one.id, self._name.text()[: MOST_TITLE + 1], language, self._words.text())
        self._keep.ask(partial(asking.keep_reply, self._at.desk, told))

    def _was_kept(self, one: SavedReply) -> None:
        self.leave()
        self.kept.emit(one)

    def refuse(self, no: CannotDo) -> None:
        super().refuse(no)
        (self._words if no.code == "reply-empty" else self._name).setFocus()


class RepliesBoard(Board):
    """Each with its name, its language and how it begins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.model_ = RowModel(COLUMNS, lambda one: one.id, self._say)
        super().__init__(self.model_, _Rows(), name="", row_height=48, click_opens=False, parent=parent)
        self.model_.setParent(self)
        self.setAccessibleName(self.tr("Kept replies"))

    def _say(self, one: SavedReply, _key: str) -> str:
        return f"{one.title}, {_language(one.language)}: {one.body}"


class _Rows(RowDelegate):
    def paint_cell(
        self, painter: QPainter, rect: QRectF, row: SavedReply, key: str, colours: theme.Colours
    ) -> None:
        words = _language(row.language)
        paint_text(painter, rect, words, colours.ink3, 12, 400, RIGHT)
        place = rect.adjusted(0, 0, -text_width(words, 12) - fonts.px(12), 0)
        paint_two_lines(painter, place, row.title, " ".join(row.body.split()), colours)


def _language(code: str) -> str:
    from PySide6.QtCore import QCoreApplication

    return language_word(code) if code else QCoreApplication.translate("messages", "Any language")
