"""The list of reservations: five views, a bar to narrow them, and a page of a hundred at a time.

What is on screen stays there while it is asked again; the cursor and the rows in sight do not move.
How many there are in all is counted apart, so that the first rows need not wait for it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from models.refusals import CannotDo
from models.rows import Filter, Key, Page, ReservationRow
from ui import actions, asking
from ui.at_desk import AtDesk
from ui.pulse import pulse
from ui.question import Question
from ui.reservation_asks import Choices, Counts, choices, count
from ui.reservation_days import DaysDialog
from ui.reservation_filters import Filters
from ui.reservation_showing import Showing
from ui.reservation_table import ReservationTable
from ui.reservation_views import ALL, Narrowed, looked_through, no_reservations, nothing_found
from ui.screen import KeyHint, Screen, hint
from ui.widgets.empty_state import EmptyState
from ui.widgets.loading import Loading
from ui.widgets.notice import Notice
from ui.widgets.tabs import Tab, Tabs
from ui.wording.numbers import number_words
from ui.wording.orders import local

CONCERNS = frozenset(
    ("reservations", "departures", "scans", "letters", "decisions", "products", "refunds", "payments")
)
PAGE = 100
_NEAR_END = 20  # rows before the end at which the next page is asked for


class Reservations(Screen):
    """`opened(wanted=Filter, title=str)` shows a list another screen names, `opened(text=str)` a search."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = at
        self._choices: Choices | None = None
        self._showing = Showing()
        self._next: Key | None = None
        self._counts: Counts | None = None
        self._anew = True
        self._asks = {name: Question(at.background, self) for name in ("choices", "page", "more", "counts")}
        self.tabs = Tabs(self.tr("Views"))
        self.filters = Filters()
        self.table = ReservationTable(at.now)
        self.nothing = EmptyState("", shape="find")
        self.notice = Notice("stop", "")
        self._build()
        self._connect()
        self.retranslate()
        self._ask_choices()

    # what the window asks

    def title(self) -> str:
        return self.tr("Reservations")

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("move")),
            hint("open"),
            hint("confirm"),
            hint("hold"),
            hint("cancel"),
            hint("filter"),
            hint("next", rare=True),
            hint("previous", rare=True),
            hint("go-imports", rare=True),
            hint("refresh", rare=True),
        )

    def opened(
        self, *, wanted: Filter | None = None, title: str | None = None, text: str | None = None, **_what: Any
    ) -> None:
        narrowed = Narrowed(text=(text or "").strip())
        if wanted is not None:
            self._showing.go_to_list(wanted, title or self.tr("Chosen"), narrowed)
        elif text is not None:
            self._showing.go_to(ALL, narrowed)
        else:
            return
        self._ask_anew()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"products", "imports"}:
            self._ask_choices()
        if changed & CONCERNS:
            self.ask()

    # asking

    def ask(self, *, anew: bool = False) -> None:
        """Ask the rows that are shown again; `anew` starts at the top of another list."""
        if self._choices is None:
            return  # it is asked when the choices are there
        self._anew = self._anew or anew
        self._asks["more"].forget()
        shown = self._showing.wanted
        limit = PAGE if self._anew else max(PAGE, self.table.model_.rowCount())
        self._asks["page"].ask(partial(asking.page, self._desk.desk, shown, None, limit))
        of_views = tuple(view.shows for view in self._showing.views)
        self._asks["counts"].ask(partial(count, self._desk.desk, of_views, shown))

    @property
    def row(self) -> ReservationRow | None:
        """The reservation under the cursor."""
        return self.table.row if self._front is self.table else None

    def show_page(self, page: Page) -> None:
        """Show an answer from the first row on."""
        had_focus = self._has_focus()
        self._loading.stop()
        self.notice.hide()
        self._next = page.next
        self.table.show_page(page.rows, more=page.next is not None, anew=self._anew)
        self._anew = False
        self._bring(self.table if page.rows else self.nothing)
        self._say_nothing()
        self._show_count()
        if had_focus:
            self._front.setFocus()

    def show_more(self, page: Page) -> None:
        """Show the next page below."""
        self._next = page.next
        self.table.model_.append_rows(page.rows, more=page.next is not None)
        self._show_count()

    def show_counts(self, counts: Counts) -> None:
        """Show how many there are."""
        self._counts = counts
        self._show_tabs()
        self._show_count()
        self._say_nothing()

    def show_choices(self, told: Choices) -> None:
        """Show what the bar offers; a new day makes other views."""
        first = self._choices is None or self._choices.today != told.today
        self._choices = told
        self._showing.set_day(told.today)
        self.filters.show_choices(told.today, told.products, told.channels)
        self._show_tabs()
        if first:
            self.ask(anew=self._front is self._loading)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.table.setAccessibleName(self.tr("Reservations"))
        if self._choices is not None:
            self._showing.set_day(self._choices.today)
            self._show_tabs()
            self._show_count()
            self._say_nothing()
        self.filters.retranslate()

    # what Qt tells

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._front is not self._loading:
            self._front.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._front.setFocus()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.navigate.emit("imports", {"paths": paths})

    # building

    def _build(self) -> None:
        self._loading = Loading()
        self._front: QWidget = self._loading
        self._pages = QStackedWidget()
        for page in (self._loading, self.table, self.nothing):
            page.setAutoFillBackground(True)
            page.setBackgroundRole(QPalette.ColorRole.Base)
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.tabs, self.filters, self.notice):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        self.notice.hide()
        self._loading.start()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        for name, show in (
            ("choices", self.show_choices),
            ("page", self.show_page),
            ("more", self.show_more),
            ("counts", self.show_counts),
        ):
            self._asks[name].answered.connect(show)
            self._asks[name].refused.connect(self._refuse)
        self.tabs.chosen.connect(self._go_to)
        self.filters.chosen.connect(self._narrow)
        self.filters.days_wanted.connect(self._ask_days)
        self.filters.import_wanted.connect(lambda: self.navigate.emit("imports", {}))
        self.nothing.pressed.connect(self._leave_nothing)
        self.table.opened.connect(lambda row: self.navigate.emit("details", {"reservation": row.id}))
        self.table.sort_wanted.connect(self._turn_round)
        self.table.model_.more_wanted.connect(self._ask_more)
        self.table.verticalScrollBar().valueChanged.connect(self._look_ahead)
        deeds = self._desk.deeds
        for word, deed in (("confirm", deeds.confirm), ("hold", deeds.hold), ("cancel", deeds.cancel)):
            actions.make(word, self, partial(self._do, deed))
        actions.make("filter", self, self.filters.setFocus)
        actions.make("refresh", self, self.ask)
        pulse().join(self._follow_clock)

    # choosing

    def _go_to(self, at: int) -> None:
        self._showing.go_to(at, replace(self._showing.narrowed, days=None))
        self._ask_anew()

    def _narrow(self, narrowed: Narrowed) -> None:
        self._showing.narrow(narrowed)
        self._ask_anew()

    def _clear(self) -> None:
        self._showing.narrowed = Narrowed()
        self._ask_anew()

    def _turn_round(self, _key: str) -> None:
        self._showing.turn_round()
        self._ask_anew()

    def _ask_anew(self) -> None:
        self._counts = None
        self.filters.show_narrowed(self._showing.narrowed)
        self._show_tabs()
        self.ask(anew=True)

    def _ask_days(self) -> None:
        if self._choices is None:
            return
        first, last = self._showing.narrowed.days or (self._choices.today, self._choices.today)
        dialog = DaysDialog(self._desk.deeds.host or self.window(), first, last)
        dialog.picked.connect(lambda days: self._narrow(replace(self._showing.narrowed, days=days)))
        dialog.ask()

    # showing

    def _bring(self, page: QWidget) -> None:
        self._front = page
        self._pages.setCurrentWidget(page)

    def _show_tabs(self) -> None:
        views = self._showing.views
        if self._choices is None:
            return
        counts = self._counts.of_views if self._counts else ()
        made = []
        for at, view in enumerate(views):
            count = number_words(counts[at]) if at < len(counts) else ""
            made.append(Tab(view.title, count, urgent=view.urgent and bool(counts) and counts[at] > 0))
        self.tabs.blockSignals(True)
        self.tabs.show_tabs(*made)
        self.tabs.choose(self._showing.at)
        self.tabs.blockSignals(False)
        self.table.show_sorting("departure", ascending=not self._showing.newest_first)

    def _show_count(self) -> None:
        shown = self.table.model_.rowCount()
        if self._counts is None or not self._counts.found:
            self.filters.show_count("")
            return
        words = (
            self.tr("{shown} of {found} shown")
            if shown < self._counts.found
            else self.tr("all {found} shown")
        )
        found = number_words(self._counts.found)
        self.filters.show_count(words.format(shown=number_words(shown), found=found))

    def _say_nothing(self) -> None:
        """What was looked through, where nothing was found; the way on."""
        if self._choices is None:
            return
        everything = self._counts.of_views[ALL] if self._counts else None
        if everything == 0:
            self.nothing.say(*no_reservations(), actions.text("go-imports"))
            return
        narrowed = self._showing.narrowed
        place = looked_through(self._showing.view, narrowed, self._choices.today, self._choices.products)
        clear = self.tr("Clear filters") if narrowed.is_anything else ""
        self.nothing.say(*nothing_found(place, narrowed.text, everything), clear)

    def _leave_nothing(self) -> None:
        if self._showing.narrowed.is_anything:
            self._clear()
        else:
            self.navigate.emit("imports", {})

    def _refuse(self, no: CannotDo) -> None:
        self._loading.stop()
        self.table.model_.append_rows((), more=self._next is not None)  # the next page can be asked again
        self.notice.refuse(no)

    # asking, in small

    def _ask_choices(self) -> None:
        self._asks["choices"].ask(partial(choices, self._desk.desk))

    def _ask_more(self) -> None:
        if self._next is not None:
            self._asks["more"].ask(
                partial(asking.page, self._desk.desk, self._showing.wanted, self._next, PAGE)
            )

    def _look_ahead(self, value: int) -> None:
        """The next page is there before the end of this one is seen."""
        bar = self.table.verticalScrollBar()
        if bar.maximum() - value < _NEAR_END * self.table.verticalHeader().defaultSectionSize():
            self.table.model_.fetchMore(QModelIndex())

    def _follow_clock(self) -> None:
        if not self.isVisible():
            return
        self.table.follow_clock()
        known = self._choices
        if known is None or self._asks["choices"].is_open:
            return
        if local(self._desk.now(), known.zone).date() != known.today:
            self._ask_choices()

    # doing

    def _do(self, deed: Any) -> None:
        if self.row is not None:
            deed(self.row.id)

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        pages = (self, self.table, self.nothing)
        return focus in pages or (focus is not None and self.nothing.isAncestorOf(focus))
