"""The left of the conversations: three tabs and the list of one, asked for and kept in step with what is open.

Moving through the list opens what one stays on; Enter or a click opens it at once.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.talk import Tab, TalkCounts, TalkKey, TalkPage, TalkRow
from ui import asking, fonts
from ui.at_desk import AtDesk
from ui.messages_list import TalksBoard
from ui.messages_words import calm_words
from ui.question import Question
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.tabs import Tab as TabWord
from ui.widgets.tabs import Tabs
from ui.wording.numbers import number_words

TABS = (Tab.WAITING, Tab.ALL, Tab.FAILED)
WIDE, _DWELL_MS = 344, 350


class Talks(QWidget):
    """`wanted` brings the conversation to open, `pressed` the same said by hand; `shown` after an answer."""

    wanted = Signal(int)
    pressed = Signal(int)
    shown = Signal()

    def __init__(self, at: AtDesk, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._open: int | None = None
        self._next: TalkKey | None = None
        self._begun = False
        self._tab_shown: Tab | None = None
        self.counts = TalkCounts()
        self.tabs, self.board = Tabs("", margin=16), TalksBoard(at.now)
        self._calm, self._pages = EmptyState(""), QStackedWidget()
        self._dwell = QTimer(self, singleShot=True, interval=_DWELL_MS)
        self.list, self.more = Question(at.background, self), Question(at.background, self)
        self._build(notice)
        self._connect()

    @property
    def tab(self) -> Tab:
        """The tab that is shown."""
        return TABS[self.tabs.at]

    @property
    def is_empty(self) -> bool:
        """Whether good news stands in place of the list."""
        return self._pages.currentIndex() == 1

    def ask(self) -> None:
        """Look again who wrote; another tab begins with its first page."""
        shown = self.board.model_.rowCount() if self._tab_shown == self.tab else 0
        self.list.ask(partial(asking.talks, self._at.desk, self.tab, shown=shown))

    def light(self, reservation_id: int | None) -> None:
        """The line of the conversation that is open; none where it is not in this list."""
        self._open = reservation_id
        self._light()

    def stay(self) -> None:
        """What one stayed on is no longer to be opened."""
        self._dwell.stop()

    def arrive(self) -> None:
        """What one has just come to is opened now, not after a while."""
        if self._dwell.isActive():
            self._dwell.stop()
            self._dwelt()

    def next_waiting(self) -> int | None:
        """The next one in the list who waits, from the one that is open on; None where nobody else does."""
        rows = self.board.model_.rows
        at = self.board.model_.place_of(self._open) if self._open is not None else -1
        for step in range(1, len(rows) + 1):
            row = rows[(at + step) % len(rows)]
            if row.waits_since is not None and row.id != self._open:
                self.board.go_to((at + step) % len(rows))
                return int(row.id)
        return None

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.tabs.set_name(self.tr("Conversations"))
        self.board.setAccessibleName(self.tr("Conversations"))
        self._show_counts()
        self._calm.say(*calm_words(self.tab))

    # what is shown

    def _show(self, told: tuple[TalkPage, TalkCounts | None]) -> None:
        page, counts = told
        self.more.forget()
        self._tab_shown = self.tab
        self._next = page.next
        self.counts = counts or self.counts
        self.board.model_.show_rows(page.rows, more=page.next is not None)
        self._show_counts()
        self._pages.setCurrentIndex(0 if page.rows else 1)
        self.shown.emit()
        if self._open is not None:
            self._light()
        elif page.rows and not self._begun:
            self._begun = True
            self.board.go_to(0)
        self._dwell.stop()

    def _light(self) -> None:
        place = self.board.model_.place_of(self._open) if self._open is not None else -1
        if place >= 0:
            self.board.go_to(place)
        else:
            self.board.setCurrentIndex(QModelIndex())
        self._dwell.stop()

    def _ask_more(self) -> None:
        if self._next is not None and not self.more.is_open:
            self.more.ask(partial(asking.talks, self._at.desk, self.tab, self._next))

    def _append(self, told: tuple[TalkPage, TalkCounts | None]) -> None:
        self._next = told[0].next
        self.board.model_.append_rows(told[0].rows, more=self._next is not None)

    def _show_counts(self) -> None:
        counts = self.counts
        self.tabs.show_tabs(
            TabWord(self.tr("Waiting"), number_words(counts.waiting), urgent=counts.waiting > 0),
            TabWord(self.tr("All"), number_words(counts.all)),
            TabWord(self.tr("Failed"), number_words(counts.failed), urgent=counts.failed > 0),
        )

    def _choose_tab(self, _at: int = 0) -> None:
        self._calm.say(*calm_words(self.tab))
        self.ask()

    def _moved(self, row: TalkRow | None) -> None:
        if row is not None and row.id != self._open and self.board.hasFocus():
            self._dwell.start()

    def _dwelt(self) -> None:
        """Whoever has gone elsewhere with the keyboard meanwhile goes on with the conversation that is open."""
        if self.board.row is not None and self.board.hasFocus():
            self.wanted.emit(self.board.row.id)
        else:
            self._light()

    def _build(self, notice: Notice) -> None:
        self.setFixedWidth(fonts.px(WIDE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(notice)
        self._pages.addWidget(self.board)
        self._pages.addWidget(self._calm)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.list.answered.connect(self._show)
        self.more.answered.connect(self._append)
        self.tabs.chosen.connect(self._choose_tab)
        self.board.moved.connect(self._moved)
        self.board.opened.connect(lambda row: self.pressed.emit(row.id))
        self.board.model_.more_wanted.connect(self._ask_more)
        self._dwell.timeout.connect(self._dwelt)
