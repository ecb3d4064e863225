"""The last seven days against the seven before, as three small charts: orders, amounts, time to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.frozen import frozen
from models.money import Money
from ui import fonts, theme
from ui.icons import paint_icon
from ui.paint.bars import paint_bar_legend, paint_paired_bars
from ui.paint.text import paint_text, text_width
from ui.widgets.tip import show_tip
from ui.wording.dates import day_range, day_word, duration, weekday
from ui.wording.numbers import money_words, number_words, percent

if TYPE_CHECKING:
    from models.figures import Course, Fortnight

translate = QCoreApplication.translate

_CURRENCIES = 3
"""So many are told on the chart; all of them in its tooltip."""


@frozen
class Change:
    """How much more or less than before: an arrow and words, never a colour."""

    arrow: str  # "up", "falling", or "" where it is the same or there is nothing to compare with
    short: str
    was: str = ""  # what it was before

    @property
    def words(self) -> str:
        """All of it."""
        return f"{self.short}, {self.was}" if self.was else self.short

    @property
    def width(self) -> float:
        """How wide it is at the least."""
        return text_width(self.short, 12) + (fonts.px(15) if self.arrow else 0)


@frozen
class Panel:
    """One chart: its name, a number a line (the first is the large one), the bars, and all of it in words."""

    name: str
    lines: tuple[tuple[str, Change], ...]
    now: tuple[int | None, ...]
    before: tuple[int | None, ...]
    days: tuple[str, ...]
    words: str


class Figures(QWidget):
    """Three charts beside each other; Tab goes from one to the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.charts = tuple(Chart() for _ in range(3))
        self._legend = _Legend()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(20))
        for chart in self.charts:
            row.addWidget(chart, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 6)
        column.setSpacing(4)
        column.addWidget(self._legend)
        column.addLayout(row, 1)

    def show_fortnight(self, told: Fortnight) -> None:
        """Other numbers."""
        self._legend.show_words(
            day_range(told.days[0], told.days[-1]), day_range(told.before[0], told.before[-1])
        )
        for chart, panel in zip(self.charts, panels(told), strict=True):
            chart.show_panel(panel)


class Chart(QWidget):
    """One small chart; its accessible name and its tooltip tell every number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel: Panel | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(translate("today", "Chart"))

    def show_panel(self, panel: Panel) -> None:
        """Another panel."""
        self._panel = panel
        self.setAccessibleName(panel.words)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(fonts.px(120), fonts.px(120))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._panel is not None:
            show_tip(event.globalPos(), self._panel.words, self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        whole = QRectF(self.rect())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 6, 6)
        if self._panel is not None:
            paint_panel(painter, whole.adjusted(6, 2, -6, -2), self._panel, colours)


class _Legend(QWidget):
    """Which bars are these days, and which the days before."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ("", "")
        self.setFixedHeight(fonts.px(18))

    def show_words(self, now: str, before: str) -> None:
        self._words = (now, before)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.of(self.palette())
        side, x = fonts.px(9), float(fonts.px(6))
        against = translate("today", "against {days}").format(days=self._words[1])
        for full, words in ((True, self._words[0]), (False, against)):
            paint_bar_legend(painter, QRectF(x, round((self.height() - side) / 2), side, side), full, colours)
            place = QRectF(x + side + fonts.px(6), 0, self.width(), self.height())
            x = place.x() + paint_text(painter, place, words, colours.ink3, 12) + fonts.px(14)


def paint_panel(painter: QPainter, rect: QRectF, panel: Panel, colours: theme.Colours) -> None:
    """Name, numbers with what they were before, and the bars of the days below."""
    row = QRectF(rect.x(), rect.y(), rect.width(), fonts.px(18))
    paint_text(painter, row, panel.name, colours.ink2, 12, 500)
    for at, (number, change) in enumerate(panel.lines):
        size, height = (18, fonts.px(25)) if at == 0 else (12, fonts.px(17))
        row = QRectF(rect.x(), row.bottom(), rect.width(), height)
        width = paint_text(painter, row, number, colours.ink, size, 600)
        beside = row.adjusted(width + fonts.px(8), 0, 0, 0)
        if at == 0 and change.width > beside.width():  # below, where it is told whole
            row = beside = QRectF(rect.x(), row.bottom() - fonts.px(2), rect.width(), fonts.px(16))
        _paint_change(painter, beside, change, colours)
    bars = QRectF(
        rect.x(), row.bottom() + fonts.px(6), rect.width(), rect.bottom() - row.bottom() - fonts.px(6)
    )
    if bars.height() >= fonts.px(36):
        paint_paired_bars(painter, bars, panel.now, panel.before, panel.days, colours)


def _paint_change(painter: QPainter, place: QRectF, change: Change, colours: theme.Colours) -> None:
    if change.arrow:
        side = fonts.px(12)
        icon = QRectF(place.x(), place.center().y() - side / 2, side, side)
        paint_icon(painter, icon, change.arrow, colours.ink2)
        place = place.adjusted(side + fonts.px(3), 0, 0, 0)
    fits = text_width(change.words, 12) <= place.width() + 0.5
    paint_text(painter, place, change.words if fits else change.short, colours.ink2, 12)


# --- what the charts say --------------------------------------------------------------------


def panels(told: Fortnight) -> tuple[Panel, Panel, Panel]:
    """Orders, amounts and the time to confirm."""
    return _orders(told), _amounts(told), _confirm_time(told)


def change_words(now: int, before: int) -> Change:
    """'12 % more, 37 before'."""
    if not before:
        return Change("", translate("today", "nothing before") if now else "")
    was = translate("today", "{number} before").format(number=number_words(before))
    return _change(now, before, was)


def _change(now: int, before: int, was: str) -> Change:
    if now == before:
        return Change("", translate("today", "the same"))
    share = percent(abs(now - before) / before)
    word = translate("today", "{share} more") if now > before else translate("today", "{share} less")
    return Change("up" if now > before else "falling", word.format(share=share), was)


def _orders(told: Fortnight) -> Panel:
    now, before = sum(told.orders.days), sum(told.orders.before)
    name = translate("today", "Orders received")
    line = (number_words(now), change_words(now, before))
    by_day = _by_day(told, [number_words(n) for n in told.orders.days])
    return _panel(told, name, (line,), told.orders.days, told.orders.before, by_day)


def _amounts(told: Fortnight) -> Panel:
    name = translate("today", "Amount, by currency")
    if not told.amounts:
        nothing = (("–", Change("", translate("today", "no amount was told"))),)
        return _panel(told, name, nothing, (None,) * 7, (None,) * 7, "")
    lines = tuple(_amount_line(currency, course) for currency, course in told.amounts)
    currency, main = told.amounts[0]
    by_day = _by_day(told, [money_words(Money(minor, currency)) for minor in main.days])
    words = _words(name, lines, by_day)
    rest = len(lines) - _CURRENCIES
    shown = lines[:_CURRENCIES]
    if rest > 0:
        more = translate("today", "and {count} more").format(count=rest)
        shown = (*shown[:-1], (more, Change("", "")))
    return Panel(name, shown, main.days, main.before, _days(told), words)


def _amount_line(currency: str, course: Course) -> tuple[str, Change]:
    now, before = sum(course.days), sum(course.before)
    was = translate("today", "{number} before").format(number=money_words(Money(before, currency)))
    change = _change(now, before, was) if before > 0 else change_words(now, 0)
    return money_words(Money(now, currency)), change


def _confirm_time(told: Fortnight) -> Panel:
    name = translate("today", "Time to confirm, median")
    now, before = told.confirm_s, told.confirm_s_before
    if now is None:
        change = Change("", translate("today", "nothing was confirmed here"))
        lines: tuple[tuple[str, Change], ...] = (("–", change),)
    else:
        lines = ((duration(now), faster_words(now, before)),)
    told_days = [duration(s) if s is not None else "–" for s in told.confirm_days]
    by_day = _by_day(told, told_days)
    return _panel(told, name, lines, told.confirm_days, told.confirm_days_before, by_day)


def faster_words(now: int, before: int | None) -> Change:
    """'35 min faster, 2 h 45 before'."""
    if before is None:
        return Change("", translate("today", "nothing before"))
    if abs(now - before) < 60:
        return Change("", translate("today", "the same"))
    word = translate("today", "{time} faster") if now < before else translate("today", "{time} slower")
    was = translate("today", "{number} before").format(number=duration(before))
    how = word.format(time=duration(abs(now - before)))
    return Change("falling" if now < before else "up", how, was)


def _panel(
    told: Fortnight,
    name: str,
    lines: tuple[tuple[str, Change], ...],
    now: tuple[int | None, ...],
    before: tuple[int | None, ...],
    by_day: str,
) -> Panel:
    return Panel(name, lines, now, before, _days(told), _words(name, lines, by_day))


def _words(name: str, lines: tuple[tuple[str, Change], ...], by_day: str) -> str:
    numbers = "; ".join(
        ", ".join(part for part in (number, change.words) if part) for number, change in lines
    )
    return ". ".join(part for part in (f"{name}: {numbers}", by_day) if part)


def _by_day(told: Fortnight, numbers: Sequence[str]) -> str:
    """'Wed 14 Oct 5, Thu 15 Oct 8'."""
    return ", ".join(f"{day_word(day)}: {number}" for day, number in zip(told.days, numbers, strict=True))


def _days(told: Fortnight) -> tuple[str, ...]:
    return tuple(weekday(day) for day in told.days)
