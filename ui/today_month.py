"""What a channel judges by, of one month: confirmed in time, cancelled by us, answered within 12 hours.

Each line says its share, of how many, and who or what is behind it; below stands what is counted and what
is not, in words, for the line under the cursor.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.frozen import frozen
from models.metrics import month_after, month_before
from ui import actions, fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_two_lines
from ui.paint.text import paint_text
from ui.widgets.board import Board
from ui.widgets.button import APART, Button
from ui.widgets.label import Label
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.widgets.tip import set_tip
from ui.wording.dates import duration, month_name
from ui.wording.numbers import number_words, percent

if TYPE_CHECKING:
    from models.figures import Month as Told
    from models.metrics import Share

translate = QCoreApplication.translate

COLUMNS = (
    Column("share", QT_TRANSLATE_NOOP("columns", "Share"), 104, inset=12),
    Column("words", QT_TRANSLATE_NOOP("columns", "What"), stretch=True),
)


@frozen
class Metric:
    """One figure: its share in words ('–' where nothing is counted yet), name, detail and definition."""

    key: str
    share: str
    name: str
    detail: str
    definition: str
    reservation: int | None = None  # the worst one, to look at


class MonthFigures(QWidget):
    """`month_wanted` brings the first day of another month, `opened` the reservation behind a line."""

    month_wanted = Signal(object)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first: date | None = None
        self._latest: date | None = None
        self.rows = MetricRows()
        self.turner = QWidget()  # stands beside the tabs of the card
        self.title = Label("", 13, 600)
        self.back = Button("", "ghost", icon="left", height=28)
        self.forward = Button("", "ghost", icon="right", height=28)
        self.definition = Label("", 12, 400, "ink3", wrap=True)
        self._lay_out()
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.rows.moved.connect(self._define)
        self.rows.opened.connect(self._open)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self.turning = (
            actions.make("previous-page", self, self.go_back, context=within),
            actions.make("next-page", self, self.go_forward, context=within),
        )
        self.setFocusProxy(self.rows)
        self.retranslate()

    @property
    def month(self) -> date | None:
        """The first day of the month that is shown."""
        return self._first

    def show_month(self, told: Told, latest: date) -> None:
        """Show a month; `latest` is this one, after which there is none."""
        self._first, self._latest = told.first, latest
        self.rows.model_.show_rows(metrics(told))
        self.title.setText(month_name(told.first))
        self.rows.setAccessibleName(
            translate("today", "Figures of {month}").format(month=month_name(told.first))
        )
        self.forward.setVisible(told.first < latest)
        self._define(self.rows.row)

    def go_back(self) -> None:
        """The month before."""
        if self._first is not None:
            self.month_wanted.emit(month_before(self._first))

    def go_forward(self) -> None:
        """The month after, unless this is the latest."""
        if self._first is not None and self._latest is not None and self._first < self._latest:
            self.month_wanted.emit(month_after(self._first))

    def retranslate(self) -> None:
        """Say the two buttons in the language of the screen."""
        self.back.setAccessibleName(actions.text("previous-page"))
        self.forward.setAccessibleName(actions.text("next-page"))
        for button, word in ((self.back, "previous-page"), (self.forward, "next-page")):
            set_tip(button, f"{actions.text(word)} ({actions.cap(word)})")

    def _lay_out(self) -> None:
        head = QHBoxLayout(self.turner)
        head.setContentsMargins(0, 0, 8, 0)
        head.setSpacing(APART)
        for widget in (self.back, self.title, self.forward):
            head.addWidget(widget)
        stays = self.forward.sizePolicy()
        stays.setRetainSizeWhenHidden(True)
        self.forward.setSizePolicy(stays)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 4, 16, 2)
        foot.addWidget(self.definition)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rows, 1)
        column.addLayout(foot)
        self.definition.setMinimumHeight(fonts.px(32))

    def _define(self, metric: Metric | None) -> None:
        shown = metric or self.rows.model_.row(0)
        self.definition.setText(shown.definition if shown else "")

    def _open(self, metric: Metric) -> None:
        if metric.reservation is not None:
            self.opened.emit(metric.reservation)


class MetricRows(Board):
    """The three lines."""

    def __init__(self) -> None:
        self.model_ = RowModel(COLUMNS, lambda metric: metric.key, _say)
        super().__init__(self.model_, _Rows(), name="", row_height=44)
        self.model_.setParent(self)


class _Rows(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        metric: Metric = row
        if key == "share":
            paint_text(painter, rect, metric.share, colours.ink, 18, 600)
        else:
            paint_two_lines(painter, rect, metric.name, metric.detail, colours)


def metrics(told: Told) -> tuple[Metric, Metric, Metric]:
    """The three lines of a month."""
    return _in_time(told), _cancelled(told), _answered(told)


def _in_time(told: Told) -> Metric:
    return Metric(
        "in-time",
        _share(told.in_time),
        translate("today", "Confirmed in time"),
        _late_words(told),
        translate(
            "today",
            "Of the orders whose promise fell due in the month. Confirmed at once counts as in time; cancelled "
            "before the promise, or never paid, does not count.",
        ),
        told.worst.reservation_id if told.worst else None,
    )


def _late_words(told: Told) -> str:
    """'2 of 127 late: Mina 1, Jun 1; worst CF-10023 by 2 h 10'."""
    if not told.in_time.of:
        return translate("today", "no promise fell due yet")
    late = told.in_time.of - told.in_time.part
    words = translate("today", "{late} of {all} late").format(
        late=number_words(late), all=number_words(told.in_time.of)
    )
    who = [f"{name} {number_words(count)}" for name, count in told.late_by]
    if told.unanswered:
        who.append(translate("today", "not answered {count}").format(count=number_words(told.unanswered)))
    words = f"{words}: {', '.join(who)}" if who else words
    if told.worst is None:
        return words
    worst = translate("today", "worst {number} by {duration}").format(
        number=told.worst.number, duration=duration(told.worst.late_s)
    )
    return f"{words}; {worst}"


def _cancelled(told: Told) -> Metric:
    share = told.cancelled_by_us
    words = translate("today", "no order came in yet")
    if share.of:
        words = translate("today", "{count} of {all} orders").format(
            count=number_words(share.part), all=number_words(share.of)
        )
    if told.force_majeure:
        apart = translate("today", "{count} more by force majeure")
        words = f"{words}, {apart.format(count=number_words(told.force_majeure))}"
    return Metric(
        "cancelled",
        _share(share),
        translate("today", "Cancelled by us"),
        words,
        translate(
            "today",
            "What was cancelled in the month by our own cause, of the orders that came in during it. Force majeure "
            "is counted apart, what travelers cancel not at all.",
        ),
    )


def _answered(told: Told) -> Metric:
    answers = told.answers
    share = answers.share
    if not share.of and not answers.open:
        words = translate("today", "no traveler has asked anything")
    else:
        words = translate("today", "{late} of {all} later or not at all").format(
            late=number_words(answers.late), all=number_words(share.of)
        )
    if answers.open:
        waits = translate("today", "{count} may still be answered").format(count=number_words(answers.open))
        words = f"{words}, {waits}" if share.of else waits
    return Metric(
        "answered",
        _share(share),
        translate("today", "Answered within 12 hours"),
        words,
        translate(
            "today",
            "Of the messages a traveler started in the month. Several in a row are one question; one that is open "
            "for less than 12 hours does not count yet.",
        ),
    )


def _share(share: Share) -> str:
    return "–" if share.share is None else percent(share.share)


def _say(metric: Metric, key: str) -> str:
    if key == "share":
        return metric.share
    return f"{metric.name}: {metric.detail}. {metric.definition}"
