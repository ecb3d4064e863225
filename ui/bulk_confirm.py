"""Asks before the seats of several orders are taken: each departure before and after, what leaves, who is left out.

What cannot be confirmed stays as it is and says why; nobody is overbooked here. One undo takes all of it back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.outbox import CONFIRMATION_WAITS
from ui import asking, fonts, theme
from ui.paint.cells import paint_two_lines
from ui.paint.seats import Seats, paint_seat_bar
from ui.paint.text import RIGHT, paint_text
from ui.widgets.chip import Shape
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.tip import set_tip
from ui.wording.bulk import counted, departure_words, left_out_words, travelers_words
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.bulk import BulkDone, BulkPreview, DepartureSeats
    from models.rows import ReservationRow

_MOST_LINES = 40
"""More departures or refusals than this are told by their number."""
_AT_A_GLANCE = 5
"""With more departures than this the letters stand above them, so that they are in sight."""


class BulkConfirmDialog(Dialog):
    """`accepted` asks to confirm those that can be."""

    def __init__(self, preview: BulkPreview, host: QWidget) -> None:
        super().__init__(" ", host, subtitle=" ", width=640, stays=True)
        self._preview = preview
        self._holder = QVBoxLayout()
        self._holder.setSpacing(fonts.px(14))
        self.add(self._holder)
        self._not_now = self.add_button(self.tr("Not now"), key="Esc")
        self._confirm = self.add_button("", "primary", key="Enter")
        self.show_question(preview)

    @property
    def rows(self) -> tuple[ReservationRow, ...]:
        """The orders that would be confirmed."""
        return self._preview.rows

    @property
    def confirms(self) -> int:
        """How many would be confirmed."""
        return len(self._preview.rows)

    def ask(self) -> None:
        """Open it, with the focus on what is likely."""
        self.open(self._confirm if self.confirms else self._not_now)

    def deed(self, desk: asking.DeskDoor) -> Callable[[], BulkDone]:
        """What the button asks for, to be done on a lane."""
        ids = tuple(row.id for row in self._preview.rows)
        return partial(asking.confirm_all, desk, ids, self._preview.seen)

    def show_question(self, preview: BulkPreview) -> None:
        """What it would do, as it is now."""
        self._preview = preview
        title = counted(
            self.confirms, self.tr("Confirm 1 order?"), self.tr("Confirm {count} orders together?")
        )
        self._title.setText(title if self.confirms else self.tr("None of these can be confirmed"))
        self._subtitle.setText(travelers_words(preview))
        self._subtitle.setVisible(bool(preview.rows))
        self.setAccessibleName(f"{self._title.text()} {self._subtitle.text()}".strip())
        self._clear()
        self._show_left_out()
        many = len(preview.departures) > _AT_A_GLANCE
        for show in (self._show_letters, self._show_departures)[:: 1 if many else -1]:
            show()
        words = self.tr("Confirm {count}").format(count=number_words(self.confirms))
        self._confirm.set_text(words)
        self._confirm.setEnabled(self.confirms > 0)

    def _show_departures(self) -> None:
        bills = sorted(self._preview.departures, key=lambda bill: not bill.short)  # what is wrong comes first
        for bill in bills[:_MOST_LINES]:
            self._holder.addWidget(DepartureLine(bill, *departure_words(bill, self._preview.now)))
        more = len(self._preview.departures) - _MOST_LINES
        if more > 0:
            self._holder.addWidget(Label(self.tr("and {count} departures more").format(count=more), 13))
        if self._preview.uncounted:
            words = counted(
                self._preview.uncounted,
                self.tr("1 has no departure of ours: no seats are counted."),
                self.tr("{count} have no departure of ours: no seats are counted."),
            )
            self._holder.addWidget(Notice("act", words))

    def _show_left_out(self) -> None:
        left = self._preview.left_out
        if not left:
            return
        head = counted(len(left), self.tr("1 stays as it is"), self.tr("{count} stay as they are"))
        told = [left_out_words(one) for one in left[:_MOST_LINES]]
        if len(left) > _MOST_LINES:
            told.append(self.tr("and {count} more").format(count=len(left) - _MOST_LINES))
        self._holder.addWidget(Notice("stop", head, "\n".join(told)))

    def _show_letters(self) -> None:
        if not self._preview.rows:
            return
        preview, seconds = self._preview, round(CONFIRMATION_WAITS.total_seconds())
        leaves = counted(
            preview.letters,
            self.tr("1 voucher letter leaves {seconds} seconds later."),
            self.tr("{count} voucher letters leave {seconds} seconds later."),
            seconds=seconds,
        )
        if not preview.letters:
            leaves = self.tr("No letter leaves.")
        if preview.no_address:
            leaves += " " + counted(
                preview.no_address,
                self.tr("1 has no address."),
                self.tr("{count} have no address."),
            )
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Shape("letters", 18))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(leaves, 13, 500, wrap=True))
        undo = self.tr("Until then one Ctrl+Z takes all of them back.")
        words.addWidget(Label(undo, 13, 400, "ink2", wrap=True))
        row.addLayout(words, 1)
        holder = QWidget()
        holder.setLayout(row)
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        row.setContentsMargins(0, fonts.px(4), 0, 0)
        self._holder.addWidget(holder)

    def _clear(self) -> None:
        while (item := self._holder.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class DepartureLine(QWidget):
    """One departure: when and what, its seats before and after as figures, and as a bar."""

    def __init__(self, bill: DepartureSeats, when: str, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._when, self._what, self._bill = when, what, bill
        self._seats = Seats(bill.taken, bill.after, bill.capacity)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{when}, {what}, {self._figures()}. {self._rest()}")
        set_tip(self, what)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(560), fonts.px(58))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, right = float(self.width()), fonts.px(170)
        upper = QRectF(0, 0, width, fonts.px(40))
        paint_two_lines(painter, upper.adjusted(0, 0, -right, 0), self._when, self._what, colours)
        ends = QRectF(width - right, 0, right, fonts.px(22))
        paint_text(painter, ends, self._figures(), colours.ink, 15, 700, RIGHT)
        stop = colours.families["stop"].text
        ends.translate(0, fonts.px(20))
        short = self._bill.short
        paint_text(
            painter, ends, self._rest(), stop if short else colours.ink2, 12, 600 if short else 400, RIGHT
        )
        bar = QRectF(0, fonts.px(47), width, fonts.px(8))
        paint_seat_bar(painter, bar, self._seats, colours)

    def _figures(self) -> str:
        words = self.tr("{before} → {after} of {capacity}")
        return words.format(before=self._bill.taken, after=self._bill.after, capacity=self._bill.capacity)

    def _rest(self) -> str:
        if self._bill.short:
            return counted(
                self._bill.short,
                self.tr("1 seat short for all"),
                self.tr("{count} seats short for all"),
            )
        return counted(self._seats.left, self.tr("1 seat left"), self.tr("{count} seats left"))
