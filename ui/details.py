"""One reservation, whole: what can be done with it, who comes, what it costs, and what happened to it.

Names of others than the lead, phones and addresses are read only when somebody asks (View information),
and that is journaled; they stay on screen until another reservation is opened.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
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
from models.refusals import CannotDo
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.details_actions import ActionBar
from ui.details_decisions import DecisionsPart
from ui.details_header import TicketHeader
from ui.details_history import HistoryPart
from ui.details_money import MoneyPart
from ui.details_rows import Panel
from ui.details_travelers import TravelersPanel
from ui.screen import KeyHint, Screen, hint
from ui.widgets.empty_state import EmptyState
from ui.widgets.loading import Loading
from ui.widgets.scroll_bar import ScrollBar
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from models.details import Contact, Details

KEYED = ("confirm", "pay", "open-checkin", "cancel")
CONCERNS = frozenset(
    {
        "reservations",
        "departures",
        "scans",
        "letters",
        "decisions",
        "products",
        "refunds",
        "payments",
        "messages",
    }
)


class DetailsScreen(Screen):
    """`opened(reservation=id)`, or with a number such as 'CF-10012'; without one it shows what it showed."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._id: int | None = None
        self._asked = 0
        self._fresh = True
        self._found: Details | None = None
        self._contact: Contact | None = None
        self._bar = ActionBar(at.deeds)
        self._header, self._decisions = TicketHeader(), DecisionsPart()
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
            hint("reveal"),
            hint("back"),
            KeyHint(("PgUp", "PgDn"), self.tr("page"), rare=True),
            hint("hold", rare=True),
            hint("refresh", rare=True),
        )

    def opened(self, **what: Any) -> None:
        wanted = what.get("reservation")
        if isinstance(wanted, str):
            self._forget()
            self._at.background.run(
                Lane.READING, partial(asking.find, self._at.desk, wanted), self._open_found, self._say_no
            )
        elif isinstance(wanted, int):
            self._open_found(wanted)
        elif self._id is not None:
            self._ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS and self._id is not None:
            self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._bar.retranslate()
        self._scroll.setAccessibleName(self.tr("The reservation"))
        self._missing.say(self.tr("Nothing to show"))
        if self._found is not None:
            self._show(self._found)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

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
        for what in (self._header, self._decisions):
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
        self._bar.checkin_wanted.connect(partial(self.navigate.emit, "checkin", {}))
        self._left.reveal_wanted.connect(self._reveal)
        self._actions = [
            actions.make("back", self, self.back_wanted.emit),
            actions.make("print", self, self._bar.voucher),
            actions.make("hold", self, self._bar.hold),
            actions.make("cancel", self, self._cancel),
            actions.make("reveal", self, self._reveal),
            actions.make("refresh", self, self._ask),
            *(actions.make(word, self, partial(self._bar.likely, word)) for word in KEYED[:3]),
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
        if reservation_id != self._id:
            self._forget()
            self._id = reservation_id
            self._scroll.verticalScrollBar().setValue(0)
        self._ask()

    def _forget(self) -> None:
        """Nothing of the last reservation may be seen on the next one's page."""
        self._id, self._found, self._contact = None, None, None
        self._asked += 1
        self._fresh = True
        self._bar.hide()
        self._pages.setCurrentWidget(self._loading)
        self._loading.start()

    def _ask(self, *, reveal: bool = False) -> None:
        if self._id is None:
            return
        self._asked += 1
        work = partial(_look, self._at.desk, self._id, self._asked, reveal)
        lane = Lane.DESK if reveal else Lane.READING
        self._at.background.run(lane, work, self._show_answer, self._say_no)

    def _reveal(self) -> None:
        """View information: asked once, and only where there is something to see."""
        if self._found is not None and self._found.may_reveal and self._contact is None:
            self._ask(reveal=True)

    def _show_answer(self, answer: tuple[int, Details]) -> None:
        asked, found = answer
        if found.row.id != self._id:
            return
        if found.contact is not None:
            self._contact = found.contact
        if not found.may_reveal:
            self._contact = None  # taken back: hidden again
        if asked == self._asked or found.contact is not None:
            self._show(found)

    def _show(self, found: Details) -> None:
        self._found = found
        now = self._at.now()
        self._bar.show_details(found, now)
        self._header.show_details(found, now)
        self._decisions.show_details(found, now)
        self._left.show_details(found, self._contact, now)
        self._money.show_details(found, now)
        self._history.show_details(found, now)
        self._loading.stop()
        self._bar.show()
        self._pages.setCurrentWidget(self._scroll)
        self.setAccessibleName(found.number)
        self.retitled.emit()
        if self._fresh or QApplication.focusWidget() is None:
            self._fresh = False
            self.setFocus()

    def _cancel(self) -> None:
        self._bar.cancel()
        self._bar.likely("cancel")

    def _say_no(self, error: Exception) -> None:
        if not isinstance(error, CannotDo):
            self._at.background.trouble.emit(error)
            return
        self._loading.stop()
        self._missing.say(self.tr("Nothing to show"), refusal(error))
        self._pages.setCurrentWidget(self._missing)


def _look(desk: asking.DeskDoor, reservation_id: int, asked: int, reveal: bool) -> tuple[int, Details]:
    """The number of the question, and the answer. On a lane only."""
    return asked, asking.details(desk, reservation_id, reveal=reveal)
