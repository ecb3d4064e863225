"""How long a month of the calendar takes on a million reservations, and whether paging through months is ever felt.

`calendar_month` sets our month (asked, merged with the rules, names found, shown by its model) beside the
grouped statement alone, run by the driver in turn. `calendar_gap` pages through 24 months of the real window
with a timer of one millisecond running: the longest gap between two of its beats is how long the window did
not answer.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from models.calendar_counting import counting
from models.calendar_facts import CalendarFilter
from tests.bench.million import desk_at, million
from tests.bench.resting import rest

MONTHS = 24
FIRST = dt.date(2025, 6, 1)
ROUNDS = 4
SIZE = (1920, 1080)

Pair = tuple[list[float], list[float]]


def calendar_month() -> Pair:
    """Milliseconds of a month: asked, read, merged and shown by the model; beside the plain statement."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.calendar_look import look_at_month
    from ui.calendar_month import MonthModel
    from ui.months import span

    file = million()
    desk, model, everything = desk_at(file), MonthModel(), CalendarFilter()
    plain = sqlite3.connect(file)
    plain.execute("pragma cache_size=-32000")
    with desk.reading() as look:
        sql = counting(look.dialect, everything)
    ours, floor = [], []
    gc.disable()  # as the lanes of the desk do
    for number in range(MONTHS * ROUNDS):
        month = _month(number % MONTHS)
        days = tuple(day.isoformat() for day in span(month))
        began = time.perf_counter()
        plain.execute(sql, days).fetchall()
        floor.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        model.show_month(month, FIRST, look_at_month(lambda: desk, month, everything, "Asia/Seoul"))
        ours.append((time.perf_counter() - began) * 1000)
    gc.enable()
    plain.close()
    desk.database.close()
    return ours[MONTHS:], floor[MONTHS:]


def calendar_gap() -> Pair:
    """Gaps of the timer while months are turned, painting left out; beside those of an idle window."""
    ours, idle, whole, paints = _paged()
    _say("with painting", whole)
    _say("painted month", paints)
    return ours, idle


def _paged() -> tuple[list[float], list[float], list[float], list[float]]:
    """Gaps without the painting in them, gaps of the idle window, whole gaps, and each painting."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    with _the_window() as (window, background):
        calendar = window.screen_in_front
        beats = _Beats(window)
        rest(500)  # what the first day asks for, the calendar of holidays among it, is on its way then
        _wait(lambda: background.idle(), 10_000)
        idle = beats.during(lambda: rest(1500))[0]
        gaps, whole, paints = [], [], []
        for _ in range(MONTHS):
            widget = QApplication.focusWidget() or calendar
            without, with_, painted = beats.during(lambda w=widget: _turn(w, Qt.Key.Key_PageDown, QTest))  # type: ignore[misc]
            gaps.append(max(without))
            whole.append(max(with_))
            paints.append(max(painted, default=0.0))
        return gaps, [max(idle)] * len(gaps), whole, paints


def _turn(widget: Any, key: Any, test: Any) -> None:
    """One month on, the way somebody leafs: three a second."""
    test.keyClick(widget, key)
    rest(330)


@contextmanager
def _the_window() -> Iterator[tuple[Any, Any]]:
    from PySide6.QtWidgets import QApplication

    from controllers.background import Background
    from ui import fonts, language, theme
    from ui.at_desk import AtDesk
    from ui.calendar import Calendar
    from ui.deeds import Deeds
    from ui.main_window import MainWindow
    from ui.screens import plan

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    theme.apply(app, theme.Theme.LIGHT)
    fonts.load()
    language.apply(app, "en")
    desk, background = desk_at(million()), Background()
    at = AtDesk(background, lambda: desk, Deeds(background, lambda: desk, desk.now), desk.now)
    window = MainWindow(plan({"calendar": lambda: Calendar(at)}), now=desk.now)
    at.deeds.host = window.overlay_host
    window.resize(*SIZE)
    window.go("calendar", day=FIRST)
    window.show()
    window.activateWindow()
    yield window, background
    window.close()
    background.close()
    desk.database.close()


class _Beats:
    """A timer of one millisecond, and how long each painting of the window takes."""

    def __init__(self, window: Any) -> None:
        from PySide6.QtCore import QEvent, QObject, Qt, QTimer
        from PySide6.QtWidgets import QApplication

        beats = self

        class Timed(QObject):
            """Stands before the window's repaint: Qt paints everything that is due in one UpdateRequest."""

            def eventFilter(self, watched: Any, event: Any) -> bool:
                if event.type() == QEvent.Type.UpdateRequest and watched is window and not beats.inside:
                    beats.inside = True
                    began = time.perf_counter()
                    QApplication.sendEvent(watched, event)
                    beats.inside = False
                    took = (time.perf_counter() - began) * 1000
                    beats.painted.append(took)
                    beats.since += took
                    return True
                return False

        self.inside = False
        self.painted: list[float] = []
        self.since = 0.0
        self._with: list[float] = []
        self._without: list[float] = []
        self._last = time.perf_counter()
        self._filter = Timed()
        window.installEventFilter(self._filter)
        self._timer = QTimer(window)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def during(self, work: Callable[[], object]) -> tuple[list[float], list[float], list[float]]:
        """Gaps without painting, gaps with it, and the paintings, while `work` goes on."""
        self._with, self._without, self.painted = [], [], []
        self._last, self.since = time.perf_counter(), 0.0
        work()
        return self._without, self._with, self.painted

    def _beat(self) -> None:
        now = time.perf_counter()
        gap = (now - self._last) * 1000
        self._with.append(gap)
        self._without.append(max(0.0, gap - self.since))
        self._last, self.since = now, 0.0


def _wait(until: Callable[[], bool], most_ms: int) -> None:
    for _ in range(most_ms // 20):
        rest(20)
        if until():
            return


def _month(number: int) -> dt.date:
    from ui.months import month_step

    return month_step(FIRST, number)


def _say(name: str, found: list[float]) -> None:
    ordered = sorted(found)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    middle = ordered[len(ordered) // 2]
    print(f"  {name}: median {middle:.1f} ms, p99 {late:.1f} ms, max {ordered[-1]:.1f} ms", file=sys.stderr)
