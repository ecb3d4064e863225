"""The calendar: a month by departure, and beside it the chosen day with everybody on it.

What has been seen is kept, and the months before and after are read ahead, so that turning a page is
immediate. When something changes the shown month is read again behind what is shown.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from ui import actions, asking, fonts, theme
from ui.at_desk import AtDesk
from ui.calendar_day import DayPanel
from ui.calendar_look import DayLook, MonthKey, MonthLook, look_at_day, look_at_month
from ui.calendar_month import MonthModel, MonthView
from ui.months import first_of, month_step
from ui.screen import KeyHint, Screen, hint
from ui.widgets.button import Button
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice
from ui.wording.dates import month_name

if TYPE_CHECKING:
    from models.calendar import CalendarDay

CONCERNS = frozenset({"reservations", "departures", "products", "scans", "payments", "imports"})
PANEL, NARROW_PANEL, WIDE_FROM = 440, 348, 1480
SETTLE_MS = 90


class Calendar(Screen):
    """`opened(day=...)` goes to a day; without one the day stays that was chosen before."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._zone = ""
        self._product: int | None = None
        self._products: dict[int, str] = {}
        self._kept: dict[MonthKey, dict[dt.date, CalendarDay]] = {}
        self._months_asked = self._day_asked = 0
        self._chosen = self._today()
        self._never_shown = True
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask_day)
        self._model = MonthModel(self)
        self._view = MonthView(self._model)
        self._panel = DayPanel(at.now)
        self._build()
        self._connect()
        self.setFocusProxy(self._view)
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("Calendar")

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("←", "→"), self.tr("day")),
            KeyHint(("PgUp", "PgDn"), self.tr("month")),
            hint("to-today", self.tr("today")),
            hint("open", self.tr("into the day")),
            hint("confirm"),
            hint("back"),
            hint("open-checkin", rare=True),
            hint("refresh", rare=True),
        )

    def opened(self, **what: Any) -> None:
        day = what.get("day")
        if isinstance(day, dt.date):
            self._go(day)
        elif self._never_shown:
            self._go(self._today())
        if self._never_shown:
            self._ask_products()
        self._never_shown = False

    def refresh(self, changed: frozenset[str]) -> None:
        if not changed & CONCERNS:
            return
        self._kept.clear()
        self._ask_month(first_of(self._chosen))
        self._ask_day()
        if "products" in changed:
            self._ask_products()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._to_today.set_text(self.tr("Today"))
        for button, word in ((self._before, "previous-page"), (self._after, "next-page")):
            button.setToolTip(f"{actions.text(word)} ({actions.cap(word)})")
            button.setAccessibleName(actions.text(word))
        self._view.setAccessibleName(self.tr("Days of the month"))
        self._show_filter()
        self._panel.retranslate()
        self._show_title()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._panel.setFixedWidth(fonts.px(PANEL if self.width() >= WIDE_FROM else NARROW_PANEL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.of(self.palette()).surface)

    # building

    def _build(self) -> None:
        row, left, head = QHBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        self._name = Label("", 20, 600)
        self._before, self._after = Button("", icon="left"), Button("", icon="right")
        self._to_today = Button("")
        self._filter = FilterButton("", "")
        self._notice = Notice("stop", "")
        self._notice.hide()
        head.setContentsMargins(fonts.px(20), fonts.px(8), fonts.px(17), fonts.px(8))
        head.setSpacing(2)
        self._name.setMinimumWidth(fonts.px(190))
        for widget in (self._name, self._before, self._to_today, self._after):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._filter)
        for layout in (row, left):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        left.addLayout(head)
        left.addWidget(self._notice)
        left.addWidget(Hairline())
        left.addWidget(self._view, 1)
        row.addLayout(left, 1)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._panel)

    def _connect(self) -> None:
        self._view.moved.connect(self._go)
        self._view.entered.connect(self._enter)
        self._before.clicked.connect(partial(self._turn, -1))
        self._after.clicked.connect(partial(self._turn, 1))
        self._to_today.clicked.connect(self._go_to_today)
        self._filter.chosen.connect(self._filter_by)
        self._filter.cleared.connect(partial(self._filter_by, None))
        self._panel.left.connect(self._view.setFocus)
        self._panel.confirm_wanted.connect(self._at.deeds.confirm)
        self._panel.opened.connect(self._open_reservation)
        self._panel.checkin_wanted.connect(self._open_checkin)
        self._actions = [
            actions.make("to-today", self, self._go_to_today),
            actions.make("next-page", self, partial(self._turn, 1)),
            actions.make("previous-page", self, partial(self._turn, -1)),
            actions.make("confirm", self, self._confirm),
            actions.make("open-checkin", self, self._open_checkin),
            actions.make("refresh", self, partial(self.refresh, CONCERNS)),
            actions.make("back", self, self.back_wanted.emit),
        ]

    # going about

    def _go(self, day: dt.date) -> None:
        """Choose a day, on whichever month it is."""
        other = first_of(day) != self._model.month
        self._chosen = day
        if other:
            month = first_of(day)
            self._model.show_month(month, self._today(), self._kept.get((month, self._product)))
            self._show_title()
            self._ask_month(month)
        self._view.choose(day)
        self._show_panel()
        self._settle.start()

    def _turn(self, months: int) -> None:
        self._go(month_step(self._chosen, months))

    def _go_to_today(self) -> None:
        self._go(self._today())
        self._view.setFocus()

    def _enter(self, day: dt.date) -> None:
        self._go(day)
        self._panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        waiting = self._panel.waiting_id
        if waiting is not None:
            self._at.deeds.confirm(waiting)

    def _open_reservation(self, reservation_id: int) -> None:
        self.navigate.emit("details", {"reservation": reservation_id})

    def _open_checkin(self) -> None:
        if self._chosen == self._today():
            self.navigate.emit("checkin", {})

    def _filter_by(self, product_id: int | None) -> None:
        self._product = product_id
        self._show_filter()
        self._kept = {key: days for key, days in self._kept.items() if key[1] == product_id}
        self._panel.forget()
        self._ask_month(first_of(self._chosen))
        self._ask_day()

    # asking and showing

    def _ask_month(self, month: dt.date) -> None:
        self._months_asked += 1
        work = partial(look_at_month, self._at.desk, month, self._product, self._months_asked)
        self._at.background.run(Lane.READING, work, self._show_month, self._say_no)

    def _show_month(self, found: MonthLook) -> None:
        if found.asked != self._months_asked:
            return  # the answer to an older question
        self._notice.hide()
        self._zone = found.zone
        self._kept[found.key] = found.days
        self._model.show_month(found.key[0], self._today(), found.days)
        self._view.choose(self._chosen)
        self._show_panel()
        for step in (1, -1):
            key = (month_step(found.key[0], step), self._product)
            if key not in self._kept:
                work = partial(look_at_month, self._at.desk, *key)
                self._at.background.run(Lane.READING, work, self._keep_month, self._say_no)

    def _keep_month(self, found: MonthLook) -> None:
        if found.key[1] == self._product:
            self._kept[found.key] = found.days

    def _ask_day(self) -> None:
        self._day_asked += 1
        work = partial(look_at_day, self._at.desk, self._chosen, self._product, self._day_asked)
        self._at.background.run(Lane.READING, work, self._show_day, self._say_no)

    def _show_day(self, found: DayLook) -> None:
        if found.asked == self._day_asked:
            self._panel.show_look(found)

    def _show_panel(self) -> None:
        days = self._kept.get((first_of(self._chosen), self._product), {})
        self._panel.show_day(days.get(self._chosen), self._chosen, today=self._chosen == self._today())

    def _show_title(self) -> None:
        self._name.setText(month_name(self._model.month))

    def _ask_products(self) -> None:
        work = partial(asking.products, self._at.desk)
        self._at.background.run(Lane.READING, work, self._show_products, self._say_no)

    def _show_products(self, products: dict[int, str]) -> None:
        self._products = products
        everything: list[tuple[str, object]] = [(self.tr("all"), None)]
        self._filter.set_choices(everything + [(name, key) for key, name in products.items()])
        self._show_filter()

    def _show_filter(self) -> None:
        name = self._products.get(self._product, "") if self._product is not None else ""
        self._filter.show_value(name or self.tr("all"), on=bool(name), name=self.tr("Product"))

    def _say_no(self, error: Exception) -> None:
        if isinstance(error, CannotDo):
            self._notice.refuse(error)
        else:
            self._at.background.trouble.emit(error)

    def _today(self) -> dt.date:
        """The office's day."""
        now = self._at.now()
        return (now.astimezone(ZoneInfo(self._zone)) if self._zone else now).date()
