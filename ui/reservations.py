"""The list of reservations: views with counts, a bar to narrow them, a scroll bar over everything, and a foot.

The first rows are there at once; every other row's number comes after them, and what a row says when it is
looked at. What others change is shown in place; what they add is only counted until somebody asks to see it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.refusals import CannotDo
from models.rows import Filter, Listing, Page, ReservationRow, Sort
from ui import actions
from ui.at_desk import AtDesk
from ui.bulk_bar import BulkBar
from ui.pulse import pulse
from ui.reservation_asks import Asks, Choices, Figures, Whole, counted_words
from ui.reservation_bar import ViewBar
from ui.reservation_bulk import Bulk
from ui.reservation_days import DaysDialog
from ui.reservation_filters import Filters
from ui.reservation_footer import Footer
from ui.reservation_keeping import Keeping
from ui.reservation_keyboard import ListKeyboard
from ui.reservation_showing import Showing
from ui.reservation_table import ReservationTable
from ui.reservation_views import ALL, Narrowed, hidden_words, nothing_words
from ui.screen import KeyHint, Screen, hint
from ui.talking import make_talk
from ui.widgets.empty_state import EmptyState
from ui.widgets.loading import Loading
from ui.widgets.notice import Notice
from ui.widgets.tabs import Tab
from ui.widgets.ticks import Ticks
from ui.wording.numbers import number_words
from ui.wording.orders import local

CONCERNS = frozenset("reservations departures scans letters decisions products refunds payments".split())
RARE = ("message", "columns", "save-view", "view-menu", "sort", "show-hidden", "export", "print", "tick-off")


class Reservations(Screen):
    """`opened(wanted=Filter, title=str)` shows a list another screen names, `opened(text=str)` a search."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = at
        self._choices: Choices | None = None
        self._figures: Figures | None = None
        self._listing: Listing | None = None
        self.showing = Showing()
        self.asks = Asks(at.background, at.desk, self)
        self.bar = ViewBar()
        self.filters = Filters()
        self.table = ReservationTable(at.now)
        self.nothing = EmptyState("", shape="find")
        self.notice = Notice("stop", "")
        self.footer = Footer()
        self.bulk_bar = BulkBar()
        self.keeping = Keeping(at, self.showing, self)
        self._keyboard = ListKeyboard(self, self.table, self.nothing)
        self.bulk = Bulk(at, self.showing, self.table, self.bulk_bar, self)
        self._build()
        self._connect()
        self._connect_choices()
        self._make_actions()
        self.retranslate()
        self.asks.ask_choices()

    # what the window asks

    def title(self) -> str:
        return self.tr("Reservations")

    def keys(self) -> tuple[KeyHint, ...]:
        often = ("open", "confirm", "select", "filter")
        rare = ("select-all", "hold", "claim", "cancel", *RARE, "next", "previous", "go-imports", "refresh")
        return (
            KeyHint(("↑", "↓"), self.tr("move")),
            *(hint(word) for word in often),
            *(hint(word, rare=True) for word in rare),
        )

    def opened(
        self, *, wanted: Filter | None = None, title: str | None = None, text: str | None = None, **what: Any
    ) -> None:
        if wanted is not None:
            self.showing.go_to_list(wanted, title or self.tr("Chosen"), Narrowed(text=(text or "").strip()))
        elif text is not None:
            self.showing.go_to(ALL, Narrowed(text=text.strip()))
        else:
            self.table.stand_on(what.get("left"), what.get("left_at", 0))
            return
        self._ask_anew()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"products", "imports", "views"}:
            self.asks.ask_choices()
        if changed & CONCERNS:
            self.ask()

    def refresh_quietly(self, changed: frozenset[str]) -> None:
        if changed & {"products", "imports", "views"}:
            self.asks.ask_choices()
        if changed & CONCERNS and self._listing is not None:
            self.table.read_again()
            self.asks.ask_news(self.showing.wanted, self._listing)
            self._ask_figures()
            self.bulk.look_again()

    # asking

    def ask(self, *, anew: bool = False) -> None:
        """Ask the list that is shown again, in its place; `anew` starts at the top of another one."""
        if self._choices is None:
            return  # it is asked when the choices are there
        if anew or self._listing is None:
            self._listing = None
            self.asks.ask_page(self.showing.wanted)
            return
        self.table.read_again()
        self.asks.ask_whole(self.showing.wanted, self.table.model_.ticks)
        self._ask_figures()
        self.bulk.look_again()

    @property
    def row(self) -> ReservationRow | None:
        """The reservation under the cursor."""
        return self.table.row if self._front is self.table else None

    @property
    def is_settled(self) -> bool:
        """Whether everything that was asked is shown."""
        return self._listing is not None and not self.asks.is_open and not self.table.model_.is_waiting

    def show_page(self, page: Page) -> None:
        """The first rows of another list."""
        self._loading.stop()
        self.notice.settle(self.asks)
        self.footer.show_news(0)
        self.table.model_.set_ticks(Ticks())
        self.table.show_first(page.rows, array("q", [row.id for row in page.rows]))
        self.asks.ask_whole(self.showing.wanted, Ticks())
        self._ask_figures()
        self._bring_list()

    def show_whole(self, whole: Whole) -> None:
        """Every row there is, below those that are there already."""
        self._listing = whole.listing
        self.table.show_ids(whole.listing.ids)
        ticks = self.table.model_.ticks
        ticks.forget(whole.lost)
        self.table.model_.set_ticks(ticks)
        self.notice.settle(self.asks)
        self.footer.show_news(0)
        self._bring_list()

    def show_figures(self, figures: Figures) -> None:
        """How many there are, and what is hidden."""
        self._figures = figures
        self._show_views()
        self._show_foot()
        self._say_nothing()

    def show_choices(self, told: Choices) -> None:
        """Show what the bar offers; a new day makes other views."""
        first = self._choices is None or self._choices.today != told.today
        self._choices = told
        self.showing.set_day(told.today)
        left = self.showing.set_kept(told.kept)
        self.table.show_zone(told.zone)
        self.bulk.show_choices(told.zone, told.products)
        self.filters.show_choices(told.today, told.products, told.channels)
        self._show_views()
        if first or left:
            self.ask(anew=left or self._front is self._loading)
        else:
            self._ask_figures()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.table.setAccessibleName(self.tr("Reservations"))
        self.bar.retranslate()
        if self._choices is not None:
            self.showing.set_day(self._choices.today)
            self._show_views()
            self._show_foot()
            self._say_nothing()
        self.filters.retranslate()

    # what Qt tells

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keyboard.follow(self._front)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self._keyboard.home(self._front).hasFocus():
            self._keyboard.home(self._front).setFocus()
        elif self._front is self.table and self.table.model_.ticks:
            self.table.model_.set_ticks(Ticks())
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
        for widget in (self.bar, self.filters, self.notice):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        column.addWidget(self.footer)
        column.addWidget(self.bulk_bar)
        self.notice.hide()
        self.bulk_bar.hide()
        self._loading.start()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        asks, table = self.asks, self.table
        asks.chosen_from.connect(self.show_choices)
        asks.page_came.connect(self.show_page)
        asks.whole_came.connect(self.show_whole)
        asks.rows_came.connect(table.model_.take_rows)
        asks.figures_came.connect(self.show_figures)
        asks.news_came.connect(self.footer.show_news)
        asks.refused.connect(partial(self._refuse, asks))
        table.model_.rows_wanted.connect(asks.ask_rows)
        table.opened.connect(lambda row: self.navigate.emit("details", table.way_to(row)))
        table.sort_wanted.connect(self._sort_by)
        table.arranged.connect(self.keeping.arrange)
        self.nothing.pressed.connect(self._leave_nothing)
        self.footer.hidden_wanted.connect(self._turn_hidden)
        self.footer.news_wanted.connect(self.ask)
        pulse().join(self._follow_clock)

    def _connect_choices(self) -> None:
        self.bar.chosen.connect(self._go_to)
        self.bar.menu_wanted.connect(self._show_menu)
        self.bar.export_wanted.connect(self.bulk.export)
        self.bar.elsewhere.connect(lambda word: self.navigate.emit(word, {}))
        self.filters.chosen.connect(self._narrow)
        self.filters.days_wanted.connect(self._ask_days)
        self.filters.ordered.connect(self._order_from)
        self.keeping.kept.connect(self._show_kept)
        for done in (self.keeping.kept, self.keeping.laid_out):
            done.connect(lambda *_told: self.notice.settle(self.keeping))
        self.keeping.laid_out.connect(self.table.show_layout)
        self.keeping.refused.connect(partial(self._refuse, self.keeping))

    def _make_actions(self) -> None:
        deeds = self._desk.deeds
        slots: dict[str, Callable[[], object]] = {
            "confirm": partial(self._do, deeds.confirm, self.bulk.confirm),
            "tick-off": partial(self._do, deeds.tick_off, self.bulk.tick_off),
            "claim": partial(self._do, deeds.claim, self.bulk.claim),
            "hold": partial(self._do, deeds.hold, partial(self.bulk.alone, "hold")),
            "cancel": partial(self._do, deeds.cancel, partial(self.bulk.alone, "cancel")),
            "filter": self.filters.setFocus,
            "refresh": self.ask,
            "sort": self.filters.sorting.open,
            "view-menu": self._show_menu,
            "columns": self.keeping.ask_columns,
            "save-view": self.keeping.save,
            "export": self.bulk.export,
            "print": self.bulk.print,
            "show-hidden": self._turn_hidden,
        }
        make_talk(self, lambda: getattr(self.row, "id", None))
        for word, slot in slots.items():
            actions.make(word, self, slot)

    # choosing

    def _go_to(self, at: int) -> None:
        text = self.showing.narrowed.text
        self.showing.go_to(self.showing.views[at].key)
        if text and not self.showing.view.kept:
            self.showing.narrowed = Narrowed(text=text)
        self._ask_anew()

    def _narrow(self, narrowed: Narrowed) -> None:
        self.showing.narrow(narrowed)
        self._ask_anew()

    def _sort_by(self, key: str) -> None:
        self.showing.order_by(Sort(key))
        self._ask_anew()

    def _order_from(self, sort: Sort, newest_first: bool) -> None:
        self.showing.order_from(sort, newest_first)
        self._ask_anew()

    def _turn_hidden(self) -> None:
        """Show what the view leaves out by itself, or hide it again."""
        if self._choices is not None and self.showing.leaving_out is not None:
            self.showing.turn_hidden()
            self._ask_anew()

    def _show_kept(self, number: int) -> None:
        """The views are other ones now; the one with this number is shown."""
        if number:
            self.showing.follow(number)
        self.asks.ask_choices()

    def _ask_anew(self) -> None:
        self._figures = None
        self._show_views()
        self.ask(anew=True)

    def _ask_days(self, field: str) -> None:
        if self._choices is None:
            return
        first, last = self.showing.days_of(field, self._choices.today)
        dialog = DaysDialog(self._desk.deeds.host or self.window(), first, last, of=field)
        dialog.picked.connect(lambda span: self._narrow(self.showing.with_span(field, span)))
        dialog.ask()

    def _show_menu(self) -> None:
        if self._choices is not None:
            button = self.bar.menu_button
            menu = self.keeping.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    # showing

    def _bring_list(self) -> None:
        """The rows, or what stands there where none are."""
        had_focus = self._keyboard.is_here
        self._front = self.table if self.table.model_.rowCount() else self.nothing
        self._pages.setCurrentWidget(self._front)
        self._say_nothing()
        self._show_foot()
        if had_focus:
            self._keyboard.home(self._front).setFocus()

    def _show_views(self) -> None:
        if self._choices is None:
            return
        counts = self._figures.of_views if self._figures else {}
        made = []
        for view in self.showing.views:
            count = counts.get(view.key)
            words = "" if count is None else counted_words(count)
            made.append(Tab(view.title, words, urgent=view.urgent and bool(count)))
        self.bar.show_views(made, self.showing.at, unmatched=self.showing.wanted.needs == "unmatched")
        self.filters.show_narrowed(self.showing.narrowed)
        sort, newest_first = self.showing.order
        self.filters.show_order(sort, newest_first)
        self.table.show_sorting(sort, ascending=not newest_first)
        self.table.show_layout(self.showing.layout)

    def _show_foot(self) -> None:
        if self._choices is None or self._listing is None:
            self.footer.show_count("")
            return
        found = number_words(len(self._listing.ids))
        whole = self._figures.of_views.get(self.showing.view.key) if self._figures else None
        if whole is not None and not self.showing.is_whole and whole != len(self._listing.ids):
            words = self.tr("{found} of {all}").format(found=found, all=counted_words(whole))
        else:
            words = self.tr("{found} reservations").format(found=found)
        self.footer.show_count(words)
        hidden = hidden_words(self._figures.hidden, self.showing.narrowed.gone) if self._figures else ""
        self.footer.show_hidden(hidden, shown=self.showing.narrowed.gone)

    def _say_nothing(self) -> None:
        """What was looked through, where nothing was found; the way on."""
        if self._choices is None:
            return
        everything = self._figures.of_views.get(ALL) if self._figures else None
        place = self.showing.about(self._choices.products)
        all_of = "" if everything is None else counted_words(everything)
        self.nothing.say(*nothing_words(place, self.showing.narrowed, all_of, is_empty=everything == 0))
        self._keyboard.follow(self._front)

    def _leave_nothing(self) -> None:
        if self.showing.narrowed.is_anything:
            self._narrow(Narrowed())
        else:
            self.navigate.emit("imports", {})

    def _refuse(self, of: object, no: CannotDo) -> None:
        if of is self.asks:
            self._loading.stop()
            self.table.model_.give_up()
        self.notice.cannot_show(no, something=self.table.model_.rowCount() > 0, of=of)

    # small things

    def _ask_figures(self) -> None:
        if self._choices is not None:
            self.asks.ask_figures(self.showing.wanted_of_views, self.showing.leaving_out)

    def _follow_clock(self) -> None:
        if not self.isVisible():
            return
        self.table.follow_clock()
        known = self._choices
        if known is None or self.asks.is_choosing:
            return
        if local(self._desk.now(), known.zone).date() != known.today:
            self.asks.ask_choices()

    def _do(self, deed: Any, with_ticked: Any) -> None:
        """With what is ticked, else with the row under the cursor."""
        if self.table.model_.ticks:
            with_ticked()
        elif self.row is not None:
            deed(self.row.id)
