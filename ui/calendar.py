"""The calendar: a month, a week or a day by departure, and beside it the chosen day with everybody on it.

Weeks and days are cut out of the month's sheet, whose weeks are whole. When something changes the shown
sheet is read again behind what is shown.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.calendar_facts import CalendarFilter, DepartureKey
from ui import actions, asking, fonts, language, theme
from ui.at_desk import AtDesk
from ui.calendar_bar import CalendarBar
from ui.calendar_day import DayPanel
from ui.calendar_look import Choices, DayLook, MonthLook, look_at_choices, look_at_day
from ui.calendar_month import MonthModel, MonthView
from ui.calendar_months import Months
from ui.calendar_week import WeekModel, WeekView
from ui.departure_deeds import DepartureDeeds
from ui.months import first_of, month_step, span
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.talking import make_talk
from ui.widgets.label import Hairline
from ui.widgets.notice import Notice

CONCERNS = frozenset({"reservations", "departures", "products", "scans", "payments", "imports", "holidays"})
PANEL, NARROW_PANEL, WIDE_FROM = 440, 348, 1480
BESIDE_FROM = 1080
"""At the usual size of text, from this width on the day has room beside the sheet; below, Enter opens its own page."""

SETTLE_MS, LEAFING_MS, AHEAD_MS = 90, 450, 60
"""A day is asked for when somebody stays on it; who leafs through months looks at none, and a lane at work
makes painting slow. The months beside are asked for as soon as the shown one has been painted.
"""
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Calendar(Screen):
    """`opened(day=...)` goes to a day; without one the day stays that was chosen before."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._months = Months(at, self)
        self._wanted = CalendarFilter()
        self._chosen = self._today()
        self._never_shown, self._last_grid = True, "month"
        self._is_filled = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._look_closer)
        self._ahead = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._ahead.timeout.connect(self._read_ahead)
        self._bar = CalendarBar()
        self._notice = Notice("stop", "")
        self._month, self._week = MonthModel(self), WeekModel(self)
        self._month_view, self._week_view = MonthView(self._month), WeekView(self._week)
        self._grids, self._between = QStackedWidget(), Hairline(upright=True)
        self._panel = DayPanel(at.now)
        self._quietly = False
        self._deeds = DepartureDeeds(at, self)
        self._asked_day, self._asked_choices, self._asked_notes = (
            Question(at.background, self) for _ in range(3)
        )
        self._build()
        self._connect()
        self._make_actions()
        self.setFocusProxy(self._month_view)
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("Calendar")

    def keys(self) -> tuple[KeyHint, ...]:
        span = {"month": self.tr("month"), "week": self.tr("week"), "day": self.tr("day")}[self._bar.view]
        return (
            KeyHint(("←", "→"), self.tr("day")),
            KeyHint(("PgUp", "PgDn"), span),
            hint("to-today", self.tr("today")),
            hint("open", self.tr("into the day")),
            hint("confirm"),
            hint("day-sheet"),
            hint("day-vouchers", rare=True),
            hint("back"),
            *(
                hint(word, rare=True)
                for word in (
                    "view-month", "view-week", "view-day", "jump-to-day", "message-of-day", "cancel",
                    "close-departure", "seats",
                    "guide", "close-trip", "open-checkin", "refresh",
                )
            ),
        )  # fmt: skip

    def opened(self, **what: Any) -> None:
        day = what.get("day")
        if isinstance(day, dt.date):
            self._go(day)
        elif self._never_shown:
            self._go(self._today())
        if self._never_shown:
            self._ask_choices()
        if "left" in what:
            self._panel.go_to(what["left"])
        self._never_shown = False

    def refresh(self, changed: frozenset[str]) -> None:
        self._read_again(changed, quietly=False)

    def refresh_quietly(self, changed: frozenset[str]) -> None:
        self._read_again(changed, quietly=True)

    def _read_again(self, changed: frozenset[str], *, quietly: bool) -> None:
        """Everything that is shown; `quietly`, for what others did, the row under the cursor does not move."""
        if not changed & CONCERNS:
            return
        self._quietly = quietly and (self._quietly or not self._asked_day.is_open)
        self._months.outdate()
        self._ask_month(first_of(self._chosen))
        self._ask_day()
        if changed & {"products", "departures"}:
            self._ask_choices()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._month_view.setAccessibleName(self.tr("Days of the month"))
        self._week_view.setAccessibleName(self.tr("Departures of the week"))
        self._bar.retranslate()
        self._panel.retranslate()
        self._bar.show_span(self._chosen, self._bar.view)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.of(self.palette()).surface)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right inside a day: to the day before and after on its own page, else back to the grid."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif self._bar.view == "day":
            self._go(self._chosen + dt.timedelta(days=step))
        elif step < 0:
            self._leave_day()

    # building

    def _build(self) -> None:
        self._halves, head = QBoxLayout(_BESIDE, self), QVBoxLayout()
        for layout in (self._halves, head):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._notice.hide()
        for widget in (self._bar, self._notice, Hairline()):
            head.addWidget(widget)
        for view in (self._month_view, self._week_view):
            self._grids.addWidget(view)
        head.addWidget(self._grids, 1)
        self._halves.addLayout(head, 1)
        self._halves.addWidget(self._between)
        self._halves.addWidget(self._panel)

    def _connect(self) -> None:
        self._bar.turned.connect(self._turn)
        self._bar.today_wanted.connect(self._go_to_today)
        self._bar.jump_wanted.connect(self._jump)
        self._bar.viewed.connect(self._show_view)
        self._bar.narrowed.connect(self._narrow)
        for view in (self._month_view, self._week_view):
            view.moved.connect(self._go)
        self._month_view.entered.connect(self._enter)
        self._week_view.entered.connect(self._enter_departure)
        self._panel.left.connect(self._leave_day)
        self._panel.confirm_wanted.connect(self._at.deeds.confirm)
        self._panel.opened.connect(self._open_reservation)
        self._panel.checkin_wanted.connect(self._open_checkin)
        self._panel.print_wanted.connect(self._print)
        self._panel.close_wanted.connect(self._close_trip)
        self._panel.deed_wanted.connect(self._do_with_departure)
        self._months.answered.connect(self._show_month)
        self._asked_day.answered.connect(self._show_day)
        self._asked_choices.answered.connect(self._show_choices)
        self._asked_notes.answered.connect(self._month.show_notes)
        self._asked_notes.answered.connect(self._week.show_notes)
        questions = (self._months, self._asked_day, self._asked_choices, self._asked_notes)
        self._notice.follow(*questions, something=lambda: self._is_filled)

    def _make_actions(self) -> None:
        self._actions = [
            actions.make("to-today", self, self._go_to_today),
            actions.make("jump-to-day", self, self._jump),
            actions.make("next-page", self, partial(self._turn, 1)),
            actions.make("previous-page", self, partial(self._turn, -1)),
            *(
                actions.make(f"view-{view}", self, partial(self._bar.choose_view, view))
                for view in ("month", "week", "day")
            ),
            actions.make("confirm", self, self._confirm),
            actions.make("cancel", self, self._cancel),
            make_talk(self, lambda: self._panel.reservation_id, "message-of-day"),
            *(
                actions.make(word, self, partial(self._do_with_departure, word))
                for word in ("close-departure", "seats", "guide")
            ),
            actions.make("day-sheet", self, partial(self._print, "day-sheet")),
            actions.make("day-vouchers", self, partial(self._print, "day-vouchers")),
            actions.make("close-trip", self, self._close_trip),
            actions.make("open-checkin", self, self._open_checkin),
            actions.make("refresh", self, partial(self.refresh, CONCERNS)),
            actions.make("back", self, self.back_wanted.emit),
        ]

    # going about

    @property
    def _grid_view(self) -> MonthView | WeekView:
        return self._week_view if self._last_grid == "week" else self._month_view

    def _go(self, day: dt.date) -> None:
        """Choose a day, on whichever sheet it is."""
        try:
            month = first_of(day)
        except (ValueError, OverflowError):
            return  # before the first year or after the last one
        self._chosen = day
        found = self._months.of(month, self._wanted)
        if month != self._month.month:
            self._month.show_month(month, self._today(), found)
            if found is None:
                self._ask_month(month)
            else:
                self._months.forget_asked()
        self._show_week(found)
        self._bar.show_span(day, self._bar.view)
        self._month_view.choose(day)
        self._week_view.choose(day)
        self._show_panel()
        self._settle.start(SETTLE_MS)

    def _turn(self, step: int) -> None:
        """A month, a week or a day on or back."""
        if self._bar.view == "month":
            self._go(month_step(self._chosen, step))
        else:
            self._go(self._chosen + dt.timedelta(days=step * (7 if self._bar.view == "week" else 1)))
        if self._bar.view != "day":
            self._settle.start(LEAFING_MS)
            self._ahead.start()

    def _go_to_today(self) -> None:
        self._go(self._today())
        if self._bar.view != "day":
            self._grid_view.setFocus()

    def _jump(self) -> None:
        from ui.calendar_jump import JumpDialog

        if self._at.deeds.host is not None:
            dialog = JumpDialog(self._at.deeds.host, self._today())
            dialog.picked.connect(self._go)
            dialog.ask()

    def _show_view(self, view: str) -> None:
        """Month, week or day; the chosen day stays."""
        alone = view == "day"
        had_keyboard = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        if not alone:
            self._last_grid = view
            self._grids.setCurrentWidget(self._grid_view)
        self._grids.setVisible(not alone)
        self._panel.stand_alone(alone)
        self._place_panel()
        self.setFocusProxy(self._panel if alone else self._grid_view)
        if had_keyboard:
            self.setFocus()
        self._go(self._chosen)
        self.retitled.emit()

    @property
    def _has_panel(self) -> bool:
        """Whether the chosen day is in sight: on its own page, or beside a sheet that leaves room for it."""
        return self._bar.view == "day" or self.width() >= fonts.px(BESIDE_FROM)

    def _place_panel(self) -> None:
        alone = self._bar.view == "day"
        self._panel.setVisible(self._has_panel)
        self._between.setVisible(self._has_panel and not alone)
        if alone != (self._halves.direction() == _BELOW):
            self._halves.setDirection(_BELOW if alone else _BESIDE)
            self._halves.setStretch(0, 0 if alone else 1)
            self._halves.setStretch(2, 1 if alone else 0)
        if alone:
            self._panel.setMinimumWidth(0)
            self._panel.setMaximumWidth(16777215)
        else:
            self._panel.setFixedWidth(fonts.px(PANEL if self.width() >= WIDE_FROM else NARROW_PANEL))

    def _enter(self, day: dt.date) -> None:
        self._go(day)
        self._enter_panel()

    def _enter_departure(self, key: DepartureKey | None) -> None:
        self._panel.go_to_departure(key)
        self._enter_panel()

    def _enter_panel(self) -> None:
        if not self._has_panel:
            self._bar.choose_view("day")
        self._panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_day(self) -> None:
        """Out of the day, back to the sheet it was entered from."""
        if self._bar.view == "day":
            self._bar.choose_view(self._last_grid)
        self._grid_view.setFocus()

    # doing

    def _confirm(self) -> None:
        waiting = self._panel.waiting_id
        if waiting is not None and not self._has_panel:
            self._enter_panel()  # first it is seen who waits
        elif waiting is not None:
            self._at.deeds.confirm(waiting)

    def _cancel(self) -> None:
        chosen = self._panel.reservation_id
        if chosen is not None:
            self._at.deeds.cancel(chosen)

    def _do_with_departure(self, word: str) -> None:
        """Close or open it, change its seats or its guide: that of the panel, or the one chosen in the week."""
        in_week = self._week_view.hasFocus()
        line = self._week_view.line if in_week else self._panel.line
        if not in_week and not self._has_panel:
            self._enter_panel()  # first it is seen which departure that is
        elif line is not None and line.key is not None:
            self._deeds.do(word, line)

    def _print(self, word: str) -> None:
        """The day's sheet or vouchers, or those of the departure under the cursor."""
        line = self._week_view.line if self._week_view.hasFocus() else self._panel.on_departure
        self._deeds.print(word, self._chosen, line)

    def _close_trip(self) -> None:
        """To where the departure under the cursor is closed."""
        line = self._week_view.line if self._week_view.hasFocus() else self._panel.line
        if line is not None and line.departure_id is not None:
            self.navigate.emit("trips", {"departure_id": line.departure_id})

    def _open_reservation(self, reservation_id: int) -> None:
        among = self._panel.reservations
        at = among.index(reservation_id) if reservation_id in among else 0
        self.navigate.emit("details", {"reservation": reservation_id, "among": among, "at": at})

    def _open_checkin(self) -> None:
        if self._chosen == self._today():
            self.navigate.emit("checkin", {})

    # asking and showing

    def _narrow(self, wanted: CalendarFilter) -> None:
        self._wanted = wanted
        self._bar.show_wanted(wanted)
        self._panel.forget()
        self._show_panel()  # now, or the month would wipe the day that was answered before it
        self._ask_month(first_of(self._chosen))
        self._ask_day()

    def _ask_month(self, month: dt.date) -> None:
        self._months.ask(month, self._wanted)

    def _show_month(self, found: MonthLook) -> None:
        self._is_filled = True
        self._month.show_month(found.key[0], self._today(), found)
        self._show_week(found)
        self._month_view.choose(self._chosen)
        self._week_view.choose(self._chosen)
        self._show_panel()
        if not self._settle.isActive():
            self._read_ahead()

    def _read_ahead(self) -> None:
        self._months.read_ahead(first_of(self._chosen), self._wanted)

    def _show_week(self, found: MonthLook | None) -> None:
        monday = self._chosen - dt.timedelta(days=self._chosen.weekday())
        self._week.show_week(monday, self._today(), found)

    def _look_closer(self) -> None:
        """Somebody stays: everybody on the day, why the office is closed, and the months beside."""
        self._ask_day()
        days = span(first_of(self._chosen))
        self._asked_notes.ask(partial(asking.closed_days, self._at.desk, *days, language.spoken()))
        self._read_ahead()

    def _ask_day(self) -> None:
        self._asked_day.ask(partial(look_at_day, self._at.desk, self._chosen, self._wanted))

    def _show_day(self, found: DayLook) -> None:
        self._deeds.may_change_seats = found.may_change_seats
        self._panel.show_look(found, quietly=self._quietly)
        self._quietly = False

    def _show_panel(self) -> None:
        found = self._months.of(first_of(self._chosen), self._wanted)
        day = found.days.get(self._chosen) if found is not None else None
        self._panel.show_day(day, self._chosen, today=self._chosen == self._today())

    def _ask_choices(self) -> None:
        self._asked_choices.ask(partial(look_at_choices, self._at.desk))

    def _show_choices(self, found: Choices) -> None:
        self._deeds.guides = found.guides
        self._bar.show_choices(found)

    def _today(self) -> dt.date:
        """The office's day."""
        now = self._at.now()
        zone = self._months.zone
        return (now.astimezone(ZoneInfo(zone)) if zone else now).date()
