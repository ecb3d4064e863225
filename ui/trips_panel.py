"""One trip that has ended: who is on it, what its close makes of each of them, and the one key that does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.refusals import CannotDo
from models.reservations import Status
from models.trips import TripKey, TripOrder, TripToClose
from ui import actions, fonts
from ui.trips_lists import OrdersTable
from ui.trips_words import by_itself_words, figures_words, heads_in_words, two_lines, warnings_of
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice


class TripPanel(Card):
    """`close_wanted` comes from the button; `seen` and `left` say what was looked at and who stays."""

    close_wanted = Signal()

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._now = now
        self._trip: TripToClose | None = None
        self._shown: TripKey | None = None
        self._left_out: dict[TripKey, frozenset[int]] = {}  # also of trips one has looked away from
        self._when, self._tour = Label("", 18, 600, wrap=True), Label("", 13, 400, "ink2", wrap=True)
        self._warned, self._told, self._no = Notice("act", ""), Notice("done", ""), Notice("stop", "")
        self.orders = OrdersTable()
        self._sum = Label("", 14, 600, wrap=True)
        self._button = Button("", "primary", key=actions.cap("close-trip"), icon="trip", height=44)
        self._build()
        self.orders.model_.ticks_changed.connect(self._settle)
        self._button.clicked.connect(self.close_wanted)
        self.retranslate()

    @property
    def trip(self) -> TripToClose | None:
        """The trip that is looked at."""
        return self._trip

    @property
    def seen(self) -> dict[int, int]:
        """The orders that are shown, with their versions."""
        return {order.id: order.version for order in self.orders.model_.rows}

    @property
    def left(self) -> frozenset[int]:
        """Those that stay as they are."""
        model = self.orders.model_
        return frozenset(order.id for order in model.rows if not model.is_ticked(order))

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to close."""
        return self._trip is not None and self._shown == self._trip.key and bool(self.orders.model_.ticked)

    def show_trip(self, trip: TripToClose) -> None:
        """Another trip; who is on it comes later."""
        if self._trip is None or trip.key != self._trip.key:
            self._no.hide()
        self._trip = trip
        if self._shown != trip.key:
            self.orders.model_.show_rows([])
        first, tour = two_lines(trip, self._now())
        self._when.setText(first)
        self._tour.setText(", ".join(filter(None, (tour, heads_in_words(trip)))))
        warnings, by_itself = warnings_of(trip), by_itself_words(trip, self._now())
        self._warned.say(" ".join(warnings[:1]), " ".join(warnings[1:]))
        self._told.say(by_itself)
        self._warned.setVisible(bool(warnings))
        self._told.setVisible(bool(by_itself))
        self._settle()

    def show_orders(self, key: TripKey, orders: Sequence[TripOrder]) -> None:
        """Who is on it: all ticked; of the same trip read again, whoever was left stays left."""
        if self._trip is None or key != self._trip.key:
            return
        model = self.orders.model_
        left = self._left_out.get(key, frozenset())
        self._shown = key
        model.show_rows(orders)
        model.tick_all(True)
        for order in orders:
            if order.id in left:
                model.tick(order, False)
        if self.orders.row is None and orders:
            self.orders.go_to(0)
        self._settle()

    def refuse(self, no: CannotDo) -> None:
        """The world said no."""
        self._no.refuse(no)
        self._button.setEnabled(self.is_ready)

    def set_busy(self) -> None:
        """While it is being closed."""
        self._no.hide()
        self._button.setEnabled(False)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.orders.setAccessibleName(self.tr("Who is on this trip"))
        self._button.set_text(actions.text("close-trip"))
        if self._trip is not None:
            self.show_trip(self._trip)

    def _settle(self) -> None:
        """What the key would do now."""
        if self._shown is not None and self.orders.model_.rows:
            self._left_out[self._shown] = self.left
        becomes = [self.orders.becomes(order) for order in self.orders.model_.rows]
        came, missing, stays = (
            becomes.count(one) for one in (Status.REDEEMED, Status.NO_SHOW, Status.CONFIRMED)
        )
        self._sum.setText(figures_words(came, missing, stays) if becomes else "")
        if self.is_ready:
            self._button.allow()
        else:
            self._button.forbid(self.tr("Nobody is ticked"))

    def _build(self) -> None:
        head, foot = QVBoxLayout(), QHBoxLayout()
        head.setContentsMargins(fonts.px(16), fonts.px(14), fonts.px(16), fonts.px(12))
        head.setSpacing(fonts.px(4))
        head.addWidget(self._when)
        head.addWidget(self._tour)
        for notice in (self._warned, self._told):
            head.addSpacing(fonts.px(4))
            head.addWidget(notice)
            notice.hide()
        foot.setContentsMargins(fonts.px(16), fonts.px(8), fonts.px(16), fonts.px(8))
        foot.addWidget(self._sum, 1)
        foot.addWidget(self._button)
        said = QVBoxLayout()
        said.setContentsMargins(fonts.px(16), 0, fonts.px(16), 0)
        said.addWidget(self._no)
        self._no.hide()
        self.add(head)
        self.add(Hairline())
        self.add(self.orders, 1)
        self.add(said)
        self.add(Hairline())
        self.add(foot)
        self._body.setSpacing(0)
