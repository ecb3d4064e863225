"""The money that goes back: what is due, what is late, what failed and what is done, each in a part of its own.

D marks the chosen one as given back, F as failed, A makes it due again; Enter opens its reservation. What a channel
pays back stands in a part of its own and is only shown.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.refunds import COUNTED, TABS, Place, RefundPage, RefundRow, Step, Tab
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.question import Question
from ui.refund_deeds import RefundDeeds
from ui.refund_list import RefundBoard, RefundPanel
from ui.refund_words import empty_words, tab_word
from ui.screen import KeyHint, Screen, hint
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.halves import Halves
from ui.widgets.notice import Notice
from ui.widgets.scrolled import scrolled
from ui.widgets.tabs import Tab as Face
from ui.widgets.tabs import Tabs
from ui.wording.bulk import counted
from ui.wording.numbers import number_words

CONCERNS = frozenset(("refunds", "reservations", "holidays"))


class Refunds(Screen):
    """`opened(tab=…)` chooses a part."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._page: RefundPage | None = None
        self._today = dt.date.min
        self._looks_for_some = False  # which part is shown was not said
        self.tabs = Tabs("")
        self.board, self.panel = RefundBoard(), RefundPanel()
        self.deeds = RefundDeeds(at, self)
        self._list = Card(padding=0)
        self._calm, self._notice = EmptyState("", shape="cash"), Notice("stop", "")
        self._pages = QStackedWidget()
        self._look, self._more = Question(at.background, self), Question(at.background, self)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def tab(self) -> Tab:
        """The part that is shown."""
        return TABS[self.tabs.at]

    # what the window asks

    def title(self) -> str:
        return actions.text("go-refunds")

    def subtitle(self) -> str:
        if self._page is None:
            return ""
        count = sum(self._page.counts.values())
        many = self.tr("{count} to give back") if count else self.tr("nothing to give back")
        return counted(count, self.tr("1 to give back"), many)

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("choose")),
            hint("refund-done"),
            hint("refund-failed"),
            hint("refund-again"),
            hint("open", self.tr("open the reservation")),
            KeyHint(("←", "→"), self.tr("another part")),
            hint("back"),
            hint("refresh", rare=True),
        )

    def opened(self, *, tab: str = "", **_what: Any) -> None:
        if tab in set(Tab):
            self.tabs.choose(TABS.index(Tab(tab)))
        self._looks_for_some = not tab
        self._ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.tabs.set_name(self.tr("Parts of the list"))
        self.board.setAccessibleName(self.tr("Refunds"))
        self.panel.retranslate()
        self._show_tabs()
        self.retitled.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # what is shown

    def _ask(self) -> None:
        """Read anew what is shown; another part begins with its first page."""
        shown = self.board.model_.rowCount()
        self._look.ask(partial(asking.refunds, self._at.desk, self.tab, shown=shown))

    def _ask_more(self) -> None:
        rows = self.board.model_.rows
        if rows and self._page is not None and not (self._more.is_open or self._look.is_open):
            place: Place = rows[-1].place(self.tab)
            self._more.ask(partial(asking.refunds, self._at.desk, self.tab, place))

    def _show(self, page: RefundPage) -> None:
        if page.tab is not self.tab:
            return
        self._page, self._today = page, page.day
        self._more.forget()
        if self._looks_for_some and self._goes_where_some_are(page):
            return
        self.board.today = page.day
        self.board.model_.show_rows(page.rows, more=page.more)
        if self.board.row is None and page.rows:
            self.board.go_to(0)
        self._show_tabs()
        self._settle()

    def _goes_where_some_are(self, page: RefundPage) -> bool:
        """Whoever only came to look is not told that nothing is due, where something is late or stuck."""
        self._looks_for_some = False
        asked = next((one for one in COUNTED if page.counts.get(one)), None)
        if page.rows or asked is None or asked is page.tab:
            return False
        self.tabs.choose(TABS.index(asked))
        return True

    def _append(self, page: RefundPage) -> None:
        if page.tab is self.tab:
            self.board.model_.append_rows(page.rows, more=page.more)
            self._settle()

    def _settle(self) -> None:
        some = bool(self.board.model_.rowCount())
        self._pages.setCurrentIndex(0 if some else 1)
        head, text = empty_words(self.tab, sum(self._page.counts.values()) if self._page is not None else 0)
        self._calm.say(head, text)
        self._show_one(self.board.row)
        self.setFocusProxy(self.board if some else self.tabs)
        if not some and self.isAncestorOf(self.focusWidget() or self):
            self.tabs.setFocus()
        self.retitled.emit()

    def _show_one(self, row: RefundRow | None) -> None:
        may_mark = self._page is None or self._page.may_mark
        self.panel.show_refund(row, self._today, may_mark=may_mark)

    def _show_tabs(self) -> None:
        counts = self._page.counts if self._page is not None else {}
        self.tabs.show_tabs(
            *(
                Face(
                    tab_word(tab),
                    number_words(counts[tab]) if tab in COUNTED and tab in counts else "",
                    urgent=tab in (Tab.OVERDUE, Tab.FAILED) and bool(counts.get(tab)),
                )
                for tab in TABS
            )
        )

    def _another_tab(self, _at: int) -> None:
        self.board.model_.show_rows([])
        self._ask()

    # what is done

    def _do(self, step: Step) -> None:
        row = self.board.row
        if row is not None and step in self.panel.steps and self.panel.steps[step].isEnabled():
            self.deeds.do(step, row, self._today)

    def _open(self, row: RefundRow) -> None:
        among = [one.reservation_id for one in self.board.model_.rows]
        at = among.index(row.reservation_id)
        self.navigate.emit("details", {"reservation": row.reservation_id, "among": among, "at": at})

    # building

    def _build(self) -> None:
        self._list.add(self.board)
        self._pages.addWidget(Halves(self._list, scrolled(self.panel)))
        self._pages.addWidget(self._calm)
        inner, column = QVBoxLayout(), QVBoxLayout(self)
        inner.setContentsMargins(fonts.px(20), fonts.px(14), fonts.px(20), fonts.px(14))
        inner.addWidget(self._notice)
        inner.addWidget(self._pages, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addLayout(inner, 1)
        self._notice.hide()
        self.setFocusProxy(self.board)

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._more.answered.connect(self._append)
        self._notice.follow(self._look, self._more, something=lambda: self._page is not None)
        self.tabs.chosen.connect(self._another_tab)
        self.board.model_.more_wanted.connect(self._ask_more)
        self.board.moved.connect(self._show_one)
        self.board.opened.connect(self._open)
        self.panel.wanted.connect(self._do)
        self.deeds.marked.connect(lambda _done: self._ask())
        self._actions = [
            actions.make("refund-done", self, partial(self._do, Step.DONE)),
            actions.make("refund-failed", self, partial(self._do, Step.FAILED)),
            actions.make("refund-again", self, partial(self._do, Step.AGAIN)),
            actions.make("refresh", self, self._ask),
            actions.make("back", self, self.back_wanted.emit),
        ]
