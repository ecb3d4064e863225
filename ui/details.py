"""One reservation, whole: what can be done with it, who comes, what it costs, and what happened to it.

Names of others than the lead, phones and addresses are read only when somebody asks (View information),
and that is journaled; they are hidden again when the page or the desk is left. J and K walk through the list
one came from; Back shows that list as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from controllers.background import Lane
from models.claims import standing
from models.meanwhile import subjects
from models.refusals import CannotDo
from models.to_do import deeds
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.details_actions import ActionBar
from ui.details_decisions import DecisionsPart
from ui.details_header import TicketHeader
from ui.details_history import HistoryPart
from ui.details_money import MoneyPart
from ui.details_refunds import MoneyDeeds
from ui.details_reveal import Reveal
from ui.details_rows import Panel
from ui.details_standing import StandingPanel
from ui.details_travelers import TravelersPanel
from ui.details_walk import Walk
from ui.gate_note import GateNote
from ui.history_words import history_words
from ui.letter_deeds import LetterDeeds
from ui.pulse import pulse
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.talking import make_talk
from ui.widgets.empty_state import EmptyState
from ui.widgets.loading import Loading
from ui.widgets.scroll_bar import ScrollBar
from ui.wording.numbers import number_words
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from models.details import Details

DECISIONS = "decisions"
KEYED = ("confirm", "pay", "open-checkin", "review", "cancel")
CONCERNS = frozenset(
    "reservations departures scans letters decisions products refunds payments messages".split()
)


class DetailsScreen(Screen):
    """`opened(reservation=id)`, or with a number such as 'CF-10012'; without one it shows what it showed.

    `among` and `at` say in which list it stands (its ids, however many, and the place), for J and K;
    `at="decisions"` goes to what is to be decided.
    """

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._id: int | None = None
        self._asked = 0
        self._fresh = True
        self._to_decide = self._revealing = False
        self._found: Details | None = None
        self._quietly, self._walk = False, Walk()
        self._reveal_ = Reveal(self)
        self._finding, self._gate_note = Question(at.background, self), GateNote(at, self)
        self._bar, self._letters = ActionBar(at.deeds), LetterDeeds(at, self)
        self._header, self._decisions, self._standing = TicketHeader(), DecisionsPart(), StandingPanel()
        self._left, self._money, self._history = TravelersPanel(), MoneyPart(), HistoryPart()
        self._scroll, self._pages = QScrollArea(), QStackedWidget()
        self._loading, self._missing = Loading(), EmptyState("", shape="CANCELLED")
        self._build()
        self._connect()
        self.setFocusProxy(self._bar)
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("Reservation")

    def keys(self) -> tuple[KeyHint, ...]:
        likely = self._bar.likely_action
        return (
            *((hint(likely),) if likely in KEYED else ()),
            *((hint("cancel"),) if likely != "cancel" and self._bar.can_cancel else ()),
            *((hint("print", self.tr("voucher")),) if self._bar.can_print else ()),
            *((KeyHint(("J", "K"), self.tr("next, previous")),) if self._walk.can_walk else ()),
            hint("reveal"),
            hint("note", self.tr("note")),
            hint("message", self.tr("chat")),
            *(hint(word, rare=True) for word in ("gate-note", "letter", "receipt")),
            hint("back"),
            *(hint(word, rare=True) for word in ("all-deeds", "claim")),
            *((hint("tick-off", rare=True),) if self._to_do else ()),
            KeyHint(("PgUp", "PgDn"), self.tr("page"), rare=True),
            *(hint(word, rare=True) for word in ("hold", "refresh")),
        )

    def about(self) -> frozenset[str]:
        return subjects("reservation", self._id) if self._left.notes.is_begun else frozenset()

    def tell_meanwhile(self, words: str) -> bool:
        self._left.notes.tell_meanwhile(words)
        return True

    def opened(self, **what: Any) -> None:
        wanted = what.get("reservation")
        if wanted is not None:
            at = what.get("at", 0)
            self._walk = Walk(what.get("among", ()), at if isinstance(at, int) else 0)
            self._to_decide = at == DECISIONS
        if isinstance(wanted, str):
            self._forget()
            self._finding.ask(partial(asking.find, self._at.desk, wanted))
        elif isinstance(wanted, int):
            self._open_found(wanted)
        elif self._id is not None:
            self._ask()

    def leaves(self) -> dict[str, Any]:
        return {} if self._id is None else {"left": self._id, "left_at": self._walk.at}

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS and self._id is not None:
            self._quietly = False
            self._ask()

    def refresh_quietly(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS and self._id is not None:
            self._quietly = True
            self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._bar.retranslate()
        self._left.notes.retranslate()
        self._scroll.setAccessibleName(self.tr("The reservation"))
        self._missing.say(self.tr("Nothing to show"))
        if self._found is not None:
            self._show(self._found)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hide_personal()

    # building

    def _build(self) -> None:
        outer, page = QVBoxLayout(self), QWidget()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._bar)
        outer.addWidget(self._pages, 1)
        for widget in (self._loading, self._scroll, self._missing):
            self._pages.addWidget(widget)
        self._set_up_scroll(page)
        column, row, right = QVBoxLayout(page), QHBoxLayout(), Panel()
        edge = fonts.px(20)
        column.setContentsMargins(edge, fonts.px(14), edge, edge)
        column.setSpacing(fonts.px(16))
        row.setSpacing(fonts.px(16))
        right.add(self._money)
        right.add(self._history)
        right.add_stretch()
        row.addWidget(self._left, 58)
        row.addWidget(right, 42)
        for what in (self._header, self._standing, self._decisions):
            column.addWidget(what)
        column.addLayout(row, 1)

    def _set_up_scroll(self, page: QWidget) -> None:
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBar(ScrollBar(parent=self._scroll))
        self._scroll.setWidget(page)
        page.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)

    def _connect(self) -> None:
        self._bar.back_pressed.connect(self.back_wanted)
        self._bar.checkin_wanted.connect(lambda number: self.navigate.emit("checkin", {"text": number}))
        self._left.reveal_wanted.connect(self._reveal)
        self._left.letter_wanted.connect(lambda: self._letters.ask(self._found))
        self._left.notes.written.connect(self._keep_note)
        self._left.notes.left.connect(self.setFocus)
        self._reveal_.hidden.connect(self.hide_personal)
        self._finding.answered.connect(self._open_found)
        self._finding.refused.connect(self._show_nothing)
        self._standing.tick_wanted.connect(self._tick_off)
        self._standing.claim_wanted.connect(self._claim)
        self._decisions.kept.connect(self._at.deeds.keep_ours)
        self._money_deeds = MoneyDeeds(self._at, self._money, self)
        self._decisions.taken.connect(self._take_theirs)
        pulse().join(self._follow_clock)
        self._bar.talk_wanted.connect(make_talk(self, lambda: self._id).trigger)
        self._actions = [
            actions.make("back", self, self.back_wanted.emit),
            actions.make("print", self, self._bar.voucher),
            actions.make("receipt", self, self._money.want_receipt),
            actions.make("hold", self, self._bar.hold),
            actions.make("cancel", self, self._cancel),
            actions.make("reveal", self, self._reveal),
            actions.make("refresh", self, self._ask),
            actions.make("all-deeds", self, self._bar.all_deeds),
            actions.make("claim", self, self._claim),
            actions.make("tick-off", self, self._tick_off),
            actions.make("note", self, self._write_note),
            actions.make("letter", self, lambda: self._letters.ask(self._found)),
            actions.make("gate-note", self, lambda: self._gate_note.ask(self._found)),
            actions.make("next", self, partial(self._step, 1)),
            actions.make("previous", self, partial(self._step, -1)),
            *(actions.make(word, self, partial(self._bar.likely, word)) for word in KEYED[:4]),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A page, a line or to the ends: whatever has the focus, the page moves."""
        bar, key = self._scroll.verticalScrollBar(), Qt.Key(event.key())
        line, page = fonts.px(44), bar.pageStep() - fonts.px(44)
        steps = {
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Up: -line,
            Qt.Key.Key_Down: line,
        }
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if key in steps or key in ends:
            bar.setValue(ends.get(key, bar.value() + steps.get(key, 0)))
        else:
            super().keyPressEvent(event)

    # asking and showing

    def _open_found(self, reservation_id: int) -> None:
        self._finding.forget()
        if reservation_id != self._id:
            self._forget()
            self._id = reservation_id
            self._left.notes.show_draft_of(reservation_id)
            self._scroll.verticalScrollBar().setValue(0)
        self._ask()

    def _step(self, steps: int) -> None:
        """To the neighbour in the list one came from; nothing is read but that one."""
        other = self._walk.step(steps)
        if other is not None:
            self._open_found(other)
            self._bar.walk(self._place_words())
            self._bar.show()
            self._bar.setFocus()

    def _place_words(self) -> str:
        """'6 of 17', '' where one came from no list."""
        if not self._walk.can_walk:
            return ""
        at, count = number_words(self._walk.at + 1), number_words(self._walk.count)
        return self.tr("{at} of {count}").format(at=at, count=count)

    def _forget(self) -> None:
        """Nothing of the last reservation may be seen on the next one's page."""
        self._id, self._found = None, None
        self._reveal_.forget()
        self._left.notes.show_draft_of(0)
        self._revealing, self._fresh = False, True
        self._asked += 1
        self._bar.hide()
        self._pages.setCurrentWidget(self._loading)
        self._loading.start()

    def _ask(self, *, reveal: bool = False) -> None:
        if self._id is None:
            return
        self._asked += 1
        work = partial(_look, self._at.desk, self._id, self._asked, reveal)
        lane = Lane.DESK if reveal else Lane.READING
        self._at.background.run(lane, work, self._show_answer, partial(self._say_no, self._asked))

    def _reveal(self) -> None:
        """View information: asked once, and only where there is something to see."""
        found = self._found
        if found is None or self._revealing or self._reveal_.contact is not None:
            return
        if not found.may_reveal:
            self._at.deeds.tell(self.tr("Hidden until the reservation has been confirmed"))
            return
        self._revealing = True
        self._ask(reveal=True)

    def hide_personal(self) -> None:
        """Nobody looks any more: the traveler's data leave the screen, and the next look is journaled anew."""
        self._revealing = False
        shown = self._reveal_.contact is not None
        self._reveal_.forget()
        if shown or self._left.shows_contact:
            self._asked += 1  # an answer that is still on its way shows nothing either
            if self._found is not None:
                self._left.show_details(self._found, None, self._at.now())

    def _show_answer(self, answer: tuple[int, Details]) -> None:
        asked, found = answer
        if found.row.id != self._id:
            return
        if found.contact is not None:
            self._revealing = False
        if found.contact is not None and self.isVisible():
            self._reveal_.keep(found.contact)
        if not found.may_reveal:
            self._reveal_.forget()  # taken back: hidden again
        if asked == self._asked or found.contact is not None:
            self._show(found)

    def _show(self, found: Details) -> None:
        self._say_who_changed_it(found)
        self._found = found
        now = self._at.now()
        self._bar.show_details(found, now, self._place_words())
        for part in (self._header, self._standing, self._decisions, self._money, self._history):
            part.show_details(found, now)
        self._left.show_details(found, self._reveal_.contact, now)
        self._loading.stop()
        self._bar.show()
        self._pages.setCurrentWidget(self._scroll)
        self.setAccessibleName(found.number)
        self.retitled.emit()
        if self._fresh or QApplication.focusWidget() is None:
            self._fresh = False
            self.setFocus()
        if self._to_decide and found.decisions:
            self._to_decide = False
            self._decisions.setFocus()
            self._scroll.ensureWidgetVisible(self._decisions)

    def _say_who_changed_it(self, found: Details) -> None:
        """Somebody else changed what is looked at: who it was, and at which counter."""
        before, quietly, self._quietly = self._found, self._quietly, False
        if before is None or before.row.id != found.row.id or not quietly or self._left.notes.is_begun:
            return  # beside a note that is being written it is said there
        if before.row.version != found.row.version and found.history:
            line = found.history[0]
            words = self.tr("Changed at {counter}. {what}")
            self._at.deeds.tell(words.format(counter=line.counter, what=history_words(line).head))

    def _follow_clock(self) -> None:
        if self.isVisible() and self._found is not None:
            now = self._at.now()
            self._standing.follow_clock(now)
            self._left.follow_clock(now)

    # doing

    @property
    def _to_do(self) -> Sequence[str]:
        """What is still to do at the channel."""
        return deeds(self._found.row.to_do) if self._found is not None else ()

    def _tick_off(self, deed: str = "") -> None:
        """One deed was done at the channel; by key it is the oldest."""
        if self._id is not None and self._to_do:
            self._at.deeds.tick_off(self._id, deed or self._to_do[0])

    def _claim(self) -> None:
        """Take it on, take it over, or let it go: whichever is possible now."""
        if self._found is None or self._id is None:
            return
        held, do = standing(self._found.claim, self._at.now()), self._at.deeds
        if held is None:
            do.claim(self._id)
        elif held.staff_id == self._found.seen_by.staff_id:
            do.release(self._id)
        else:
            do.take_over(self._id)

    def _take_theirs(self, decision_id: int) -> None:
        if self._id is not None:
            self._at.deeds.take_theirs(decision_id, self._id)

    def _write_note(self) -> None:
        """Ready to type, wherever on the page one has been reading."""
        self._left.notes.setFocus()
        self._scroll.ensureWidgetVisible(self._left.notes)

    def _keep_note(self, words: str) -> None:
        if self._id is not None:
            work = partial(asking.add_note, self._at.desk, self._id, words)
            kept = partial(self._note_kept, self._id, words)
            self._at.background.run(Lane.DESK, work, kept, partial(self._note_refused, self._id))

    def _note_kept(self, reservation_id: int, words: str, _done: object) -> None:
        here = reservation_id == self._id
        if self._left.notes.keep(reservation_id, words) and here and self._left.notes.has_keyboard:
            self.setFocus()

    def _note_refused(self, reservation_id: int, error: Exception) -> None:
        self._left.notes.go_on(reservation_id)
        if not isinstance(error, CannotDo):
            self._at.background.trouble.emit(error)
        elif reservation_id == self._id:
            self._left.notes.refuse(error)
        else:
            self._at.deeds.tell(refusal(error))

    def _cancel(self) -> None:
        self._bar.cancel()
        self._bar.likely("cancel")

    def _say_no(self, asked: int, error: Exception) -> None:
        """What is shown stays; where nothing is yet, the reason stands in its place."""
        self._revealing = False
        if not isinstance(error, CannotDo):
            self._at.background.trouble.emit(error)
        elif asked == self._asked and self._found is not None:
            self._at.deeds.tell(refusal(error))
        elif asked == self._asked:
            self._show_nothing(error)

    def _show_nothing(self, error: CannotDo) -> None:
        self._loading.stop()
        self._missing.say(self.tr("Nothing to show"), refusal(error))
        self._pages.setCurrentWidget(self._missing)


def _look(desk: asking.DeskDoor, reservation_id: int, asked: int, reveal: bool) -> tuple[int, Details]:
    """The number of the question, and the answer. On a lane only."""
    return asked, asking.details(desk, reservation_id, reveal=reveal)
