"""The outbox: which letters wait, which did not go well and why, and what a person decides about each.

At the left the letters, by how far they are; at the right the chosen one, and what can be done about it by its
digit. Enter opens the reservation. Nothing here is ever sent twice unless somebody says so.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from controllers.background import Lane
from models.outbox import Letter
from models.outbox_views import View
from models.refusals import CannotDo
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.letter_deeds import LetterDeeds
from ui.outbox_list import OutboxBoard
from ui.outbox_panel import OutboxPanel
from ui.outbox_words import Deed, done_words, may_be_addressed, standing_words
from ui.pulse import pulse
from ui.putting_away import offer_to_put_back
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.halves import Halves
from ui.widgets.notice import Notice
from ui.widgets.overlay import stands
from ui.widgets.scrolled import scrolled
from ui.widgets.tabs import Tab, Tabs
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.letters_by_hand import LetterSeen
    from controllers.outbox import Outbox as Found
    from models.outbox_reading import OutboxLine
    from ui.letter_preview import LetterPreview

CONCERNS = frozenset(("letters", "reservations", "carriers", "settings"))
VIEWS = tuple(View)
_MANY = 999


class Outbox(Screen):
    """What is promised to the outside world. `opened(view=…)` shows one of its tabs."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._found: Found | None = None
        self._decided: tuple[Deed, OutboxLine] | None = None
        self._preview: LetterPreview | None = None
        self._first_look = True
        self.tabs = Tabs("", margin=20)
        self.board, self.panel = OutboxBoard(at.now), OutboxPanel(at.now)
        self.mail, self._notice = Notice("act", ""), Notice("stop", "")
        self._list = Card(padding=0)
        self._calm = EmptyState("", shape="letters", family="good")
        self._pages = QStackedWidget()
        self._look, self._more = Question(at.background, self), Question(at.background, self)
        self._read = Question(at.background, self)
        self._deed = Question(at.background, self, lane=Lane.DESK)
        self._letters = LetterDeeds(at, self)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def view(self) -> View:
        """The tab that is shown."""
        return VIEWS[self.tabs.at]

    # what the window asks

    def title(self) -> str:
        return self.tr("Outbox")

    def subtitle(self) -> str:
        return self.tr("letters and notices, and how far each is")

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("←", "→"), self.tr("tab")),
            KeyHint(("↑", "↓"), self.tr("choose")),
            KeyHint(("1", "2"), self.tr("decide")),
            hint("read-letter", self.tr("read it")),
            hint("letter-address", self.tr("give an address")),
            hint("open", self.tr("open the reservation")),
            hint("back"),
            hint("refresh", rare=True),
        )

    def opened(self, *, view: str = "", **_what: Any) -> None:
        if view:
            self._first_look = False
            self.tabs.choose(VIEWS.index(View(view)))
        self._ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask()

    def hide_personal(self) -> None:
        self._read.forget()
        if self._preview is not None and stands(self._preview):
            self._preview.leave()
        self._preview = None

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.tabs.set_name(self.tr("Letters by how far they are"))
        self.board.setAccessibleName(self.tr("Letters"))
        self.panel.retranslate()
        self._show_tabs()
        self._show_standing()
        self._show_calm()
        self.retitled.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit decides; left and right change the tab."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.tabs.choose(self.tabs.at + step)
        elif event.isAutoRepeat() or not event.text().isdigit() or not self.panel.press(int(event.text())):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        pulse().join(self._beat)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        pulse().leave(self._beat)

    # what is shown

    def _ask(self) -> None:
        """Read anew what is shown; another tab begins with its first page."""
        shown = self.board.model_.rowCount()
        self._look.ask(partial(asking.outbox, self._at.desk, self.view, shown=shown))

    def _ask_more(self) -> None:
        rows = self.board.model_.rows
        if rows and not self._more.is_open:
            self._more.ask(partial(asking.outbox, self._at.desk, self.view, rows[-1].key))

    def _turn(self, _at: int) -> None:
        self._more.forget()
        self.board.model_.show_rows(())
        self.panel.show_line(None)
        self._ask()

    def _show(self, found: Found) -> None:
        self._found = found
        self.board.zone = self.panel.zone = found.zone
        if self._first_look and not found.page.counts[View.NEEDS_YOU] and self.view is View.NEEDS_YOU:
            self._first_look = False
            self.tabs.choose(VIEWS.index(View.WAITING))
            return
        self._first_look = False
        self._more.forget()
        self.board.model_.show_rows(found.page.lines, more=found.page.more)
        if self.board.row is None and found.page.lines:
            self.board.go_to(0)
        self._show_tabs()
        self._show_standing()
        self._settle()

    def _append(self, found: Found) -> None:
        self.board.model_.append_rows(found.page.lines, more=found.page.more)
        self._settle()

    def _settle(self) -> None:
        some = bool(self.board.model_.rowCount())
        moves = self.board.hasFocus() or self.tabs.hasFocus()
        self.setFocusProxy(self.board if some else self.tabs)  # what is hidden hears no key
        self._pages.setCurrentIndex(0 if some else 1)
        if moves:
            self.setFocus()
        self.panel.show_line(self.board.row)
        self._show_calm()

    def _beat(self) -> None:
        """Countdowns go on."""
        if self.view is View.WAITING:
            self.board.viewport().update()
        self.panel.follow_clock()

    def _show_tabs(self) -> None:
        counts = self._found.page.counts if self._found is not None else {}
        words = {
            View.NEEDS_YOU: self.tr("Needs you"),
            View.WAITING: self.tr("Waiting"),
            View.NO_ADDRESS: self.tr("No address"),
            View.SENT: self.tr("Sent"),
            View.DROPPED: self.tr("Taken back"),
        }
        asks = {View.NEEDS_YOU} if counts.get(View.NEEDS_YOU) else set()
        self.tabs.show_tabs(*(Tab(words[one], _count(counts.get(one)), one in asks) for one in VIEWS))

    def _show_standing(self) -> None:
        if self._found is None:
            return
        family, head, text = standing_words(self._found.mail, self._at.now(), self._found.zone)
        self.mail.setVisible(bool(head))
        if head:
            self.mail.set_family(family)
            self.mail.say(head, text)

    def _show_calm(self) -> None:
        heads = {
            View.NEEDS_YOU: self.tr("Every letter went well"),
            View.WAITING: self.tr("Nothing waits to leave"),
            View.NO_ADDRESS: self.tr("Every traveler has an address"),
            View.SENT: self.tr("Nothing has left yet"),
            View.DROPPED: self.tr("Nothing was taken back"),
        }
        texts = {
            View.NEEDS_YOU: self.tr("What fails, comes back or may be lost stands here."),
            View.WAITING: self.tr("A confirmation waits a minute, so that it can be taken back."),
            View.NO_ADDRESS: self.tr("A letter leaves as soon as its address becomes known."),
        }
        self._calm.say(heads[self.view], texts.get(self.view, ""))

    # what is decided

    def _decide(self, deed: Deed) -> None:
        line = self.board.row
        if line is not None and not self._deed.is_open:
            self._decided = deed, line
            self._deed.ask(partial(asking.decide_letter, self._at.desk, line.id, deed))

    def _was_decided(self, now: OutboxLine) -> None:
        if self._decided is not None:
            deed, line = self._decided
            if deed is Deed.PUT_AWAY:
                offer_to_put_back(self._at, now)
            else:
                self._at.deeds.tell(done_words(deed, line))
        self._ask()

    def _not_decided(self, no: CannotDo) -> None:
        self.panel.refuse(no)
        if no.code == "outbox-moved-on":
            self._ask()

    def _open(self, _line: object = None) -> None:
        line = self.board.row
        if line is not None and line.reservation_id is not None:
            self.navigate.emit("details", {"reservation": line.reservation_id})

    def _wants_reading(self) -> None:
        """A letter as it reads; what staff wrote stands in its conversation."""
        line = self.board.row
        if line is None or line.reservation_id is None:
            return
        if line.kind is Letter.MESSAGE:
            self.navigate.emit("messages", {"reservation": line.reservation_id})
        else:
            self._read.ask(partial(asking.read_letter, self._at.desk, line.id))

    def _wants_address(self) -> None:
        """Where the letters of its traveler shall go."""
        line = self.board.row
        if line is not None and line.reservation_id is not None and may_be_addressed(line):
            self._letters.ask_address(line.reservation_id)

    def _show_letter(self, seen: LetterSeen) -> None:
        from ui.letter_preview import LetterPreview

        host = self._at.deeds.host
        if host is not None:
            self._preview = LetterPreview(seen, host, sends=False)
            self._preview.ask()

    # building

    def _build(self) -> None:
        self._list.add(self.board)
        self._pages.addWidget(Halves(self._list, scrolled(self.panel), (62, 38)))
        self._pages.addWidget(self._calm)
        inner = QVBoxLayout()
        inner.setContentsMargins(fonts.px(20), fonts.px(14), fonts.px(20), fonts.px(14))
        inner.setSpacing(fonts.px(12))
        for notice in (self.mail, self._notice):
            inner.addWidget(notice)
            notice.hide()
        inner.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addLayout(inner, 1)
        self.setFocusProxy(self.board)

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._more.answered.connect(self._append)
        self._deed.answered.connect(self._was_decided)
        self._deed.refused.connect(self._not_decided)
        self._read.answered.connect(self._show_letter)
        self._read.refused.connect(lambda no: self._at.deeds.tell(refusal(no)))
        self._notice.follow(self._look, self._more, something=lambda: self._found is not None)
        self.tabs.chosen.connect(self._turn)
        self.board.model_.more_wanted.connect(self._ask_more)
        self.board.moved.connect(self.panel.show_line)
        self.board.opened.connect(self._open)
        self.panel.decided.connect(self._decide)
        self.panel.preview_wanted.connect(self._wants_reading)
        self.panel.reservation_wanted.connect(self._open)
        self.panel.address_wanted.connect(self._wants_address)
        self._actions = [
            actions.make("read-letter", self, self._wants_reading),
            actions.make("letter-address", self, self._wants_address),
            actions.make("refresh", self, self._ask),
            actions.make("back", self, self.back_wanted.emit),
        ]


def _count(count: int | None) -> str:
    if count is None:
        return ""
    return f"{_MANY}+" if count > _MANY else str(count)
