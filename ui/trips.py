"""Closes the trips that have ended: each with who came and who did not, approved by one key and taken back by another.

At the left what is to be closed and what was closed lately, at the right who is on the chosen trip. E closes it as
it is ticked, Space leaves a single one as it is, Ctrl+Z takes the last close back.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from controllers.trips import TripClosed
from models.refusals import CannotDo
from models.trips import ClosingMade, TripKey, TripOrder, Trips, TripToClose
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.talking import make_talk
from ui.today_parts import Part, quiet
from ui.trip_deeds import TripDeeds
from ui.trips_lists import ClosingsBoard, TripsBoard
from ui.trips_panel import TripPanel
from ui.widgets.empty_state import EmptyState
from ui.widgets.halves import Halves
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.wording.bulk import counted

CONCERNS = frozenset(("reservations", "scans", "trips", "letters", "products", "departures"))


class TripsScreen(Screen):
    """`opened(departure_id=…)` chooses a trip."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._told: Trips | None = None
        self._wanted: TripKey | None = None
        self.deeds = TripDeeds(at, self)
        self._look, self._who = Question(at.background, self), Question(at.background, self)
        self.board, self.made, self.panel = TripsBoard(at.now), ClosingsBoard(at.now), TripPanel(at.now)
        self._calm, self._nothing = EmptyState("", shape="trip"), Label("", 13, 400, "ink3", wrap=True)
        self._to_close, self._lately = Part(self.board), Part(self.made, quiet(self._nothing))
        self._right = QStackedWidget()
        self._notice = Notice("stop", "")
        self._build()
        self._connect()
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return actions.text("go-trips")

    def subtitle(self) -> str:
        if self._told is None:
            return ""
        count = len(self._told.to_close) + self._told.more
        return counted(
            count,
            self.tr("1 has ended"),
            self.tr("{count} have ended") if count else self.tr("all are closed"),
        )

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("↑", "↓"), self.tr("choose a trip")),
            KeyHint(("→",), self.tr("who is on it")),
            hint("select", self.tr("leave one out")),
            hint("close-trip"),
            hint("undo", self.tr("take back")),
            hint("back"),
            hint("open-reservation", rare=True),
            hint("refresh", rare=True),
        )

    def opened(self, *, departure_id: int | None = None, **_what: Any) -> None:
        if departure_id is not None:
            self._wanted = TripKey(departure_id)
        self._ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.board.setAccessibleName(self.tr("Trips that have ended"))
        self.made.setAccessibleName(self.tr("Closed lately"))
        self._nothing.setText(self.tr("Nothing was closed in the last seven days."))
        self._calm.say(
            self.tr("Every trip is closed"),
            self.tr(
                "A trip is proposed here when it has ended: who arrived is redeemed, who did not is a no-show."
            ),
        )
        self._lately.set_heading(self.tr("Closed lately"), self.tr("the last seven days"))
        self.panel.retranslate()
        self._show_head()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right goes to who is on the trip, left back to the trips."""
        if event.key() == Qt.Key.Key_Right and self.board.hasFocus():
            self.panel.orders.setFocus()
        elif event.key() == Qt.Key.Key_Left and self.panel.orders.hasFocus():
            self.board.setFocus()
        else:
            super().keyPressEvent(event)

    # what is shown

    def _ask(self) -> None:
        self._look.ask(partial(asking.trips, self._at.desk))

    def _show(self, told: Trips) -> None:
        self._told = told
        self.made.zone = told.zone
        self.board.model_.show_rows(told.to_close)
        self.made.model_.show_rows(told.closings)
        self._lately.show_page(0 if told.closings else 1)
        self._choose()
        self._show_head()
        self._to_close.setVisible(bool(told.to_close))
        self._right.setCurrentIndex(0 if told.to_close else 1)
        self.setFocusProxy(self.board if told.to_close else self.made)
        if self.isAncestorOf(self.focusWidget() or self) and not told.to_close:
            self.made.setFocus()
        self.retitled.emit()

    def _choose(self) -> None:
        """The trip that was asked for, or the one under the cursor, else the first."""
        model = self.board.model_
        at = model.place_of(self._wanted) if self._wanted is not None else -1
        if at >= 0:
            self._wanted = None
            self.board.go_to(at)
        elif self.board.row is None and model.rowCount():
            self.board.go_to(0)
        if self._wanted is not None:
            self._wanted = None
            self._at.deeds.tell(self.tr("Nothing is to be closed there: it has not ended, or it is closed."))
        self._show_trip(self.board.row)

    def _show_trip(self, trip: TripToClose | None) -> None:
        if trip is not None:
            self.panel.show_trip(trip)
            self._who.ask(partial(asking.trip, self._at.desk, trip.key))

    def _show_orders(self, told: tuple[TripKey, tuple[TripOrder, ...]]) -> None:
        self.panel.show_orders(*told)

    def _show_head(self) -> None:
        more = self._told.more if self._told is not None else 0
        note = self.tr("and {count} more").format(count=more) if more else self.tr("the latest first")
        self._to_close.set_heading(self.tr("To close"), note)

    # what is done

    def _close_chosen(self) -> None:
        trip = self.panel.trip
        if trip is not None and self.panel.is_ready and self._right.currentIndex() == 0:
            self.panel.set_busy()
            self.deeds.close_trip(trip.key, self.panel.seen, self.panel.left)

    def _was_closed(self, _done: TripClosed) -> None:
        self.board.setFocus()
        self._ask()

    def _not_closed(self, no: CannotDo) -> None:
        self.panel.refuse(no)
        self._ask()

    def _take_back(self, closing: ClosingMade) -> None:
        if closing.undone_at is None:
            self.deeds.ask_to_undo(closing)

    def _open_order(self, order: TripOrder) -> None:
        among = [one.id for one in self.panel.orders.model_.rows]
        self.navigate.emit("details", {"reservation": order.id, "among": among, "at": among.index(order.id)})

    def _open_chosen(self) -> None:
        if self.panel.orders.hasFocus() and self.panel.orders.row is not None:
            self._open_order(self.panel.orders.row)

    def _order_chosen(self) -> int | None:
        orders = self.panel.orders
        return orders.row.id if orders.hasFocus() and orders.row is not None else None

    # building

    def _build(self) -> None:
        held = QWidget()
        left = QVBoxLayout(held)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(fonts.px(12))
        left.addWidget(self._to_close, 3)
        left.addWidget(self._lately, 2)
        for page in (self.panel, self._calm):
            self._right.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(fonts.px(20), fonts.px(14), fonts.px(20), fonts.px(14))
        column.addWidget(self._notice)
        column.addWidget(Halves(held, self._right, (45, 55), beside_from=740), 1)
        self._notice.hide()
        self.setFocusProxy(self.board)

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._who.answered.connect(self._show_orders)
        self._notice.follow(self._look, self._who)
        self.board.moved.connect(self._show_trip)
        self.board.opened.connect(lambda _trip: self.panel.orders.setFocus())
        self.made.opened.connect(self._take_back)
        self.panel.orders.opened.connect(self._open_order)
        self.panel.close_wanted.connect(self._close_chosen)
        self.deeds.closed.connect(self._was_closed)
        self.deeds.refused.connect(self._not_closed)
        self._actions = [
            actions.make("close-trip", self, self._close_chosen),
            actions.make("open-reservation", self, self._open_chosen),
            make_talk(self, self._order_chosen),
            actions.make("refresh", self, self._ask),
            actions.make("back", self, self.back_wanted.emit),
        ]
