"""The conversations with travelers: at the left who waits, in the middle what was said, at the right the reservation.

A conversation is opened by Enter or a click; moving through the list opens what one stays on. What is begun is kept
for each conversation while one is elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.references import number_of
from models.refusals import CannotDo
from models.talk import Room
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.messages_compose import Compose
from ui.messages_files import ChooseFiles, Files, SaveFile, choose_files, save_file
from ui.messages_room import RoomView
from ui.messages_side import SidePanel
from ui.messages_talks import Talks
from ui.messages_words import counts_words
from ui.pulse import pulse
from ui.putting_away import offer_to_put_back
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Hairline
from ui.widgets.notice import Notice
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.reservations import Done
    from models.outbox_reading import OutboxLine
    from models.replies import Filled
    from models.talk import Said

CONCERNS = frozenset("messages letters reservations decisions payments".split())
RARE = ("send", "note-toggle", "attach", "complaint", "earlier", "open-reservation", "refresh")
_SIDE_FROM = 1180
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
        self._notice = Notice("stop", "")
        self._talks = Talks(at, self._notice)
        self.tabs, self.board = self._talks.tabs, self._talks.board
        self.room, self.compose, self.side = RoomView(at.now), Compose(), SidePanel(at.now)
        self._none, self._pages = EmptyState("", shape="messages"), QStackedWidget()
        self._questions()
        self._build()
        self._connect()
        self.retranslate()
        self.tabs.choose(1)

    # what the window asks

    def title(self) -> str:
        return self.tr("Conversations")

    def subtitle(self) -> str:
        return counts_words(self._talks.counts)

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
        self._talks.light(None)
        self._room.forget()
        self._files.forget()
        self.room.clear()
        self.side.hide()
        self._pages.setCurrentIndex(0)

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask_list()
            self._ask_room()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._none.say(
            self.tr("No conversation is open"), self.tr("Choose one at the left: ↑ ↓, then Enter.")
        )
        for part in (self._talks, self.room, self.compose, self.side):
            part.retranslate()
        self.retitled.emit()

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

    def _ask_list(self) -> None:
        self._talks.ask()

    def _list_shown(self) -> None:
        self._notice.settle(self._talks.list)
        self.retitled.emit()
        self._hold_keyboard()

    def _hold_keyboard(self) -> None:
        """An empty list has no place for the keyboard: then the room has it, or the tabs."""
        some = not self._talks.is_empty
        proxy = self.board if some else self.room if self._found is not None else self.tabs
        lost = QApplication.focusWidget() in (None, self.focusProxy(), self.room.area)
        self.setFocusProxy(proxy)
        if lost and self.isVisible():
            self.setFocus()

    def _press_row(self, reservation_id: int) -> None:
        if reservation_id == self._id:
            self.compose.setFocus()
        self._open(reservation_id)

    def _next_waiting(self) -> None:
        found = self._talks.next_waiting()
        if found is not None:
            self._open(found)
        else:
            self._at.deeds.tell(self.tr("Nobody else waits in this list"))

    # the room

    def _open(self, reservation_id: int) -> None:
        self._talks.stay()
        if reservation_id == self._id and self._found is not None:
            return
        self._id, self._found, self._anew, self._most = reservation_id, None, True, MOST
        self._notice.hide()
        self._talks.light(reservation_id)
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
        if fresh:
            self._talks.light(found.row.id)
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
        seen = max((one.id for one in self._found.said), default=0)
        if is_note:
            work, files = partial(asking.add_note, self._at.desk, self._id, words), ()
        else:
            work = partial(asking.answer, self._at.desk, self._id, words, seen, files)
        done, failed = partial(self._was_sent, self._id, words, files), partial(self._not_sent, self._id)
        self._at.background.run(Lane.DESK, work, done, failed)

    def _was_sent(self, of: int, words: str, files: tuple[Any, ...], _done: Done) -> None:
        self.compose.was_sent(of, words, files)
        self.refresh(CONCERNS)

    def _not_sent(self, of: int, error: Exception) -> None:
        self.compose.go_on(of)
        if isinstance(error, CannotDo):
            self._say_in_box(of, error)
            self._ask_room()
        else:
            self._at.background.trouble.emit(error)

    def _say_in_box(self, of: int, no: CannotDo) -> None:
        """What was refused about one conversation is not said in the box of another."""
        if of == self._id:
            self.compose.refuse(no)
        else:
            self._at.deeds.tell_for_long(f"{number_of(of)}: {refusal(no)}")

    def _need_no_answer(self) -> None:
        if self._found is not None and self._found.waits_since is not None and not self._deed.is_open:
            self._deed.ask(partial(asking.need_no_answer, self._at.desk, self._found.row.id))

    def _complain(self) -> None:
        found = self._found
        if found is not None and not self._deed.is_open:
            stands = found.complaint_at is not None
            self._deed.ask(partial(asking.complain, self._at.desk, found.row.id, stands=stands))

    def _settle_letter(self, one: Said, deed: str) -> None:
        question = self._put_away if deed == "put-away" else self._deed
        if one.outbox_id is not None and not question.is_open:
            question.ask(partial(asking.decide_letter, self._at.desk, one.outbox_id, deed))

    def _was_put_away(self, line: OutboxLine) -> None:
        offer_to_put_back(self._at, line)
        self._was_done(line)

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
        dialog.chosen.connect(partial(self._take_reply, row.id))
        dialog.ask()

    def _take_reply(self, of: int, filled: Filled) -> None:
        """What was filled for one traveler is never written to another."""
        if of == self._id:
            self.compose.take(filled.text, filled.missing)

    def _attach(self) -> None:
        if self._found is not None and not self.compose.is_note:
            self._files.choose_files(self.tr("Attach"), self._found.row.id)

    # building

    def _questions(self) -> None:
        background = self._at.background
        self._room, self._deed, self._put_away = (
            Question(background, self, lane=Lane.DESK) for _ in range(3)
        )

    def _build(self) -> None:
        middle = QWidget()
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
        row.addWidget(self._talks)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._pages, 1)
        self.side.setFixedWidth(fonts.px(276))
        row.addWidget(self.side)
        self.side.hide()
        self.setFocusProxy(self.board)

    def _connect(self) -> None:
        self._talks.shown.connect(self._list_shown)
        self._talks.wanted.connect(self._open)
        self._talks.pressed.connect(self._press_row)
        for question, hear in (
            (self._room, self._show_room),
            (self._deed, self._was_done),
            (self._put_away, self._was_put_away),
        ):
            question.answered.connect(hear)
        first = self._talks.list
        for question, of in ((first, first), (self._talks.more, first), (self._room, self._room)):
            question.refused.connect(partial(self._cannot, of))
        self._deed.refused.connect(self._say_no)
        self._put_away.refused.connect(self._say_no)
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
        self._files.not_read.connect(self._say_in_box)
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
            "open-reservation": self._open_reservation,
            "complaint": self._complain,
            "earlier": self._earlier,
            "note-toggle": self.compose.toggle_note,
            "attach": self._attach,
        }
        self._actions = [actions.make(word, self, partial(self._do, deed)) for word, deed in deeds.items()]
        self._actions += [
            actions.make("next-waiting", self, self._next_waiting),
            actions.make("refresh", self, partial(self.refresh, CONCERNS)),
            actions.make("back", self, self.back_wanted.emit),
        ]

    def _do(self, deed: Callable[[], object]) -> None:
        """A key means the conversation under the cursor, also before it is open."""
        self._talks.arrive()
        deed()

    def _follow_clock(self) -> None:
        """Once a minute what is said of time is said anew."""
        now = self._at.now()
        if self.isVisible() and now.second == 0:
            self.room.tell_time()
            self.board.viewport().update()
