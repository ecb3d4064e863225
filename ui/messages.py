"""The conversations with travelers: at the left who waits, in the middle what was said, at the right the reservation.

A conversation is opened by Enter or a click; moving through the list opens what one stays on. What is begun is kept
for each conversation while one is elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.refusals import CannotDo
from models.talk import Room, Tab, TalkCounts, TalkKey, TalkPage, TalkRow
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.messages_compose import Compose
from ui.messages_files import ChooseFiles, Files, SaveFile, choose_files, save_file
from ui.messages_list import TalksBoard
from ui.messages_room import RoomView
from ui.messages_side import SidePanel
from ui.messages_words import calm_words, counts_words
from ui.pulse import pulse
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Hairline
from ui.widgets.notice import Notice
from ui.widgets.tabs import Tab as TabWord
from ui.widgets.tabs import Tabs
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.reservations import Done
    from models.talk import Said

CONCERNS = frozenset("messages letters reservations decisions payments".split())
RARE = ("send", "note-toggle", "attach", "complaint", "earlier", "open-reservation", "refresh")
TABS = (Tab.WAITING, Tab.ALL, Tab.FAILED)
_DWELL_MS, _SIDE_FROM = 350, 1180
MOST, MORE = 60, 120


class Messages(Screen):
    """`opened(reservation=id)` shows that one's conversation, whether anything was said yet or not."""

    def __init__(
        self,
        at: AtDesk,
        parent: QWidget | None = None,
        *,
        choose: ChooseFiles = choose_files,
        save: SaveFile = save_file,
    ) -> None:
        super().__init__(parent)
        self._at = at
        self._files = Files(at, self, choose, save)
        self._id: int | None = None
        self._anew, self._most = True, MOST
        self._found: Room | None = None
        self._next: TalkKey | None = None
        self._counts, self._begun = TalkCounts(), False
        self._sent: tuple[int, str] = (0, "")
        self.tabs = Tabs("", margin=16)
        self.board = TalksBoard(at.now)
        self.room, self.compose, self.side = RoomView(at.now), Compose(), SidePanel(at.now)
        self._none, self._calm = EmptyState("", shape="messages"), EmptyState("")
        self._notice = Notice("stop", "")
        self._pages, self._lists = QStackedWidget(), QStackedWidget()
        self._dwell = QTimer(self, singleShot=True, interval=_DWELL_MS)
        self._questions()
        self._build()
        self._connect()
        self.retranslate()
        self.tabs.choose(1)

    # what the window asks

    def title(self) -> str:
        return self.tr("Conversations")

    def subtitle(self) -> str:
        return counts_words(self._counts)

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("conversation")),
            hint("answer"),
            hint("template"),
            hint("done"),
            hint("next-waiting", self.tr("next")),
            hint("back"),
            *(hint(word, rare=True) for word in RARE),
        )

    def about(self) -> frozenset[str]:
        return subjects("reservation", self._id) if self.compose.is_begun else frozenset()

    def tell_meanwhile(self, words: str) -> bool:
        self.compose.tell_meanwhile(words)
        return True

    def opened(self, **what: Any) -> None:
        wanted = what.get("reservation")
        self._ask_list()
        if isinstance(wanted, int):
            self._open(wanted)
            self.compose.setFocus()
        elif self._id is not None:
            self._anew = True
            self._ask_room()

    def leaves(self) -> dict[str, Any]:
        return {} if self._id is None else {"left": self._id}

    def hide_personal(self) -> None:
        self.compose.show_draft_of(0)
        self._id, self._found = None, None
        self._room.forget()
        self.room.clear()
        self.side.hide()
        self._pages.setCurrentIndex(0)

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask_list()
            self._ask_room()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.tabs.set_name(self.tr("Conversations"))
        self.board.setAccessibleName(self.tr("Conversations"))
        self._none.say(
            self.tr("No conversation is open"), self.tr("Choose one at the left: ↑ ↓, then Enter.")
        )
        for part in (self.room, self.compose, self.side):
            part.retranslate()
        self._show_counts()
        self._calm.say(*calm_words(self._tab))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.ActivationChange and self._found is not None and self._found.unread:
            self._ask_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        wide = self.width() >= fonts.px(_SIDE_FROM)
        self.side.setVisible(wide and self._found is not None)
        self.room.name_the_traveler(not wide)

    # the list

    @property
    def _tab(self) -> Tab:
        return TABS[self.tabs.at]

    def _ask_list(self) -> None:
        self._list.ask(partial(asking.talks, self._at.desk, self._tab))

    def _ask_more(self) -> None:
        if self._next is not None and not self._more.is_open:
            self._more.ask(partial(asking.talks, self._at.desk, self._tab, self._next))

    def _show_list(self, told: tuple[TalkPage, TalkCounts | None]) -> None:
        page, counts = told
        self._notice.settle(self._list)
        self._next = page.next
        self._counts = counts or self._counts
        self.board.model_.show_rows(page.rows, more=page.next is not None)
        self._show_counts()
        self._lists.setCurrentIndex(0 if page.rows else 1)
        self._hold_keyboard()
        if self._id is not None:
            place = self.board.model_.place_of(self._id)
            if place >= 0:
                self.board.go_to(place)
        elif page.rows and not self._begun:
            self._begun = True
            self.board.go_to(0)
        self._dwell.stop()

    def _hold_keyboard(self) -> None:
        """An empty list has no place for the keyboard: then the room has it, or the tabs."""
        some = self._lists.currentIndex() == 0
        proxy = self.board if some else self.room if self._found is not None else self.tabs
        lost = QApplication.focusWidget() in (None, self.focusProxy(), self.room.area)
        self.setFocusProxy(proxy)
        if lost and self.isVisible():
            self.setFocus()

    def _append(self, told: tuple[TalkPage, TalkCounts | None]) -> None:
        self._next = told[0].next
        self.board.model_.append_rows(told[0].rows, more=self._next is not None)

    def _show_counts(self) -> None:
        counts = self._counts
        self.tabs.show_tabs(
            TabWord(self.tr("Waiting"), number_words(counts.waiting), urgent=counts.waiting > 0),
            TabWord(self.tr("All"), number_words(counts.all)),
            TabWord(self.tr("Failed"), number_words(counts.failed), urgent=counts.failed > 0),
        )
        self.retitled.emit()

    def _choose_tab(self, _at: int = 0) -> None:
        self._calm.say(*calm_words(self._tab))
        self._ask_list()

    def _moved(self, row: TalkRow | None) -> None:
        if row is not None and row.id != self._id and self.board.hasFocus():
            self._dwell.start()

    def _dwelt(self) -> None:
        if self.board.row is not None:
            self._open(self.board.row.id)

    def _press_row(self, row: TalkRow) -> None:
        if row.id == self._id:
            self.compose.setFocus()
        self._open(row.id)

    def _next_waiting(self) -> None:
        """The next one in the list who waits, from the one that is open on."""
        rows = self.board.model_.rows
        at = self.board.model_.place_of(self._id) if self._id is not None else -1
        for step in range(1, len(rows) + 1):
            row = rows[(at + step) % len(rows)]
            if row.waits_since is not None and row.id != self._id:
                self.board.go_to((at + step) % len(rows))
                self._open(row.id)
                return
        self._at.deeds.tell(self.tr("Nobody else waits in this list"))

    # the room

    def _open(self, reservation_id: int) -> None:
        self._dwell.stop()
        if reservation_id == self._id and self._found is not None:
            return
        self._id, self._found, self._anew, self._most = reservation_id, None, True, MOST
        self._notice.hide()
        self.compose.show_draft_of(reservation_id)
        self._ask_room()

    def _ask_room(self) -> None:
        if self._id is not None and self.isVisible():
            how = {"anew": self._anew, "seen": self.window().isActiveWindow()}
            self._anew = self._anew and not how["seen"]
            self._room.ask(partial(asking.open_room, self._at.desk, self._id, self._most, **how))

    def _show_room(self, found: Room) -> None:
        if found.row.id != self._id:
            return
        fresh = self._found is None
        self._found = found
        self._pages.setCurrentIndex(1)
        self.side.show_room(found)
        self.room.show_room(found, fresh=fresh)
        self._make_room()
        if fresh:
            self._hold_keyboard()
        self._notice.settle(self._room)
        place = self.board.model_.place_of(found.row.id)
        if fresh and place >= 0:
            self.board.go_to(place)
            self._dwell.stop()
        if found.unread and self.window().isActiveWindow():  # they are read now: the list is to say so
            self._ask_list()

    def _earlier(self) -> None:
        if self._found is not None and self._found.earlier:
            self._most += MORE
            self._ask_room()

    def _open_reservation(self) -> None:
        if self._id is not None:
            self.navigate.emit("details", {"reservation": self._id})

    # what is done

    def _send(self, words: str, files: tuple[Any, ...], is_note: bool) -> None:
        if self._id is None or self._found is None:
            return
        self._sent = self._id, words
        seen = max((one.id for one in self._found.said), default=0)
        if is_note:
            self._write.ask(partial(asking.add_note, self._at.desk, self._id, words))
        else:
            self._write.ask(partial(asking.answer, self._at.desk, self._id, words, seen, files))

    def _was_sent(self, _done: Done) -> None:
        self.compose.was_sent(*self._sent)
        self.refresh(CONCERNS)

    def _not_sent(self, no: CannotDo) -> None:
        self.compose.go_on(self._sent[0])
        self.compose.refuse(no)
        self._ask_room()

    def _need_no_answer(self) -> None:
        if self._found is not None and self._found.waits_since is not None and not self._deed.is_open:
            self._deed.ask(partial(asking.need_no_answer, self._at.desk, self._found.row.id))

    def _complain(self) -> None:
        found = self._found
        if found is not None and not self._deed.is_open:
            stands = found.complaint_at is not None
            self._deed.ask(partial(asking.complain, self._at.desk, found.row.id, stands=stands))

    def _settle_letter(self, one: Said, deed: str) -> None:
        if one.outbox_id is not None and not self._deed.is_open:
            self._deed.ask(partial(asking.decide_letter, self._at.desk, one.outbox_id, deed))

    def _was_done(self, _done: object) -> None:
        self._notice.settle(self._deed)
        self.refresh(CONCERNS)

    def _cannot(self, of: Question, no: CannotDo) -> None:
        """What was asked for cannot be had; asking again at once would not help."""
        some = self._found is not None or self.board.row is not None
        self._notice.cannot_show(no, something=some, of=of)

    def _say_no(self, no: CannotDo) -> None:
        self._notice.refuse(no, self._deed)
        self._ask_room()

    def _show_replies(self) -> None:
        host = self._at.deeds.host
        if host is None or self._found is None:
            return
        from ui.messages_replies import RepliesDialog

        row = self._found.row
        dialog = RepliesDialog(self._at, host, row.id, self._found.spoken, self.compose.area.text())
        dialog.chosen.connect(lambda filled: self.compose.take(filled.text, filled.missing))
        dialog.ask()

    def _attach(self) -> None:
        if self._found is not None and not self.compose.is_note:
            self._files.choose_files(self.tr("Attach"))

    # building

    def _questions(self) -> None:
        lanes = (Lane.READING, Lane.READING, Lane.DESK, Lane.DESK, Lane.DESK)
        self._list, self._more, self._room, self._write, self._deed = (
            Question(self._at.background, self, lane=lane) for lane in lanes
        )

    def _build(self) -> None:
        left, middle = QWidget(), QWidget()
        left.setFixedWidth(fonts.px(344))
        list_column = QVBoxLayout(left)
        list_column.setContentsMargins(0, 0, 0, 0)
        list_column.setSpacing(0)
        list_column.addWidget(self.tabs)
        list_column.addWidget(self._notice)
        self._lists.addWidget(self.board)
        self._lists.addWidget(self._calm)
        list_column.addWidget(self._lists, 1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.room, 1)
        column.addWidget(self.compose)
        self._notice.hide()
        self._pages.addWidget(self._none)
        self._pages.addWidget(middle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._pages, 1)
        self.side.setFixedWidth(fonts.px(276))
        row.addWidget(self.side)
        self.side.hide()
        self.setFocusProxy(self.board)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._choose_tab)
        self.board.moved.connect(self._moved)
        self.board.opened.connect(self._press_row)
        self.board.model_.more_wanted.connect(self._ask_more)
        self._dwell.timeout.connect(self._dwelt)
        for question, hear in (
            (self._list, self._show_list),
            (self._more, self._append),
            (self._room, self._show_room),
            (self._write, self._was_sent),
            (self._deed, self._was_done),
        ):
            question.answered.connect(hear)
        for question, of in ((self._list, self._list), (self._more, self._list), (self._room, self._room)):
            question.refused.connect(partial(self._cannot, of))
        self._write.refused.connect(self._not_sent)
        self._deed.refused.connect(self._say_no)
        self._connect_parts()
        pulse().join(self._follow_clock)

    def _connect_parts(self) -> None:
        self.room.earlier_wanted.connect(self._earlier)
        self.room.whole_wanted.connect(self._files.read_whole)
        self.room.settled.connect(self._settle_letter)
        self.room.file_wanted.connect(self._files.look_at)
        self.room.keep_wanted.connect(self._files.save)
        self._files.whole_read.connect(self.room.show_whole)
        self._files.read.connect(self.compose.add_files)
        self._files.not_read.connect(self.compose.refuse)
        self._files.refused.connect(self._say_no)
        self.room.done_wanted.connect(self._need_no_answer)
        self.room.complaint_wanted.connect(self._complain)
        self.compose.sent.connect(self._send)
        self.compose.template_wanted.connect(self._show_replies)
        self.compose.attach_wanted.connect(self._attach)
        self.compose.left.connect(self.setFocus)
        self.side.open_wanted.connect(self._open_reservation)
        self.side.review_wanted.connect(self._at.deeds.review)
        deeds: dict[str, Callable[[], object]] = {
            "answer": self.compose.setFocus,
            "template": self._show_replies,
            "done": self._need_no_answer,
            "next-waiting": self._next_waiting,
            "open-reservation": self._open_reservation,
            "complaint": self._complain,
            "earlier": self._earlier,
            "note-toggle": self.compose.toggle_note,
            "attach": self._attach,
            "refresh": partial(self.refresh, CONCERNS),
            "back": self.back_wanted.emit,
        }
        self._actions = [actions.make(word, self, deed) for word, deed in deeds.items()]

    def _follow_clock(self) -> None:
        """Once a minute what is said of time is said anew."""
        now = self._at.now()
        if self.isVisible() and now.second == 0:
            self.room.tell_time()
            self.board.viewport().update()
