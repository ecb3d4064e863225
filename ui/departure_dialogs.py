"""Asks before a departure is closed, gets other seats, or another guide: each says what it means."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.calendar_facts import CalendarLine
from models.meanwhile import subjects
from models.refusals import CannotDo
from ui import asking
from ui.paint.seats import Seats
from ui.widgets.dialog import Dialog
from ui.widgets.drafts import Drafts
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.seats import SeatBar
from ui.wording.dates import long_day

if TYPE_CHECKING:
    from controllers.departures import Changed


def what_leaves(line: CalendarLine) -> str:
    """'Thursday 15 October, 10:30, English'."""
    return ", ".join(part for part in (long_day(line.day), line.starts, line.option) if part)


class DepartureDialog(Dialog):
    """A question about one departure; `deed` is what its button asks for."""

    def __init__(self, title: str, line: CalendarLine, host: QWidget) -> None:
        subtitle = f"{line.product}. {what_leaves(line)}"
        super().__init__(title, host, subtitle=subtitle, width=480, stays=True)
        self.line = line
        self.seen: object = None  # what stood there, in what can be overwritten
        self.about = subjects("departure", line.departure_id)

    def deed(self, desk: asking.DeskDoor) -> Callable[[], Changed]:
        """What is to be done, on a lane."""
        raise NotImplementedError

    def ask(self) -> None:
        """Open it."""
        self.open()

    def refuse(self, no: CannotDo) -> None:
        """What stands there now was read: whoever presses again has seen it."""
        if no.code in ("seats-changed-meanwhile", "guide-changed-meanwhile"):
            self.seen = no.facts["now"]
        super().refuse(no)

    def _do(self, desk: asking.DeskDoor, word: str, value: str | int = "") -> Callable[[], Changed]:
        key = self.line.key
        assert key is not None, "orders without a departure have nothing to change"
        return partial(asking.do_with_departure, desk, word, key, value, self.seen)


class CloseDialog(DepartureDialog):
    """Closes a departure for sale, or opens it again."""

    def __init__(self, line: CalendarLine, host: QWidget) -> None:
        super().__init__(" ", line, host)
        opens = line.closed
        title = self.tr("Open this departure again?") if opens else self.tr("Close this departure for sale?")
        self._title.setText(title)
        self.setAccessibleName(title)
        column = QVBoxLayout()
        column.setSpacing(8)
        for words in self._meaning(line):
            column.addWidget(Label(words, 13, 400, "ink", wrap=True))
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self.add_button(
            self.tr("Open for sale") if opens else self.tr("Close for sale"), "primary", key="Enter"
        )

    def deed(self, desk: asking.DeskDoor) -> Callable[[], Changed]:
        return self._do(desk, "open" if self.line.closed else "close")

    def _meaning(self, line: CalendarLine) -> list[str]:
        if line.closed:
            return [self._free_words(max(0, line.capacity - line.taken))]
        told = [
            self.tr("Nothing more is sold or confirmed on it, unless a manager confirms with a reason."),
            self._sold_words(line.taken),
        ]
        if line.unconfirmed == 1:
            told.append(self.tr("1 traveler still waits for an answer: confirm or cancel first."))
        elif line.unconfirmed:
            waits = self.tr("{count} travelers still wait for an answer: confirm or cancel first.")
            told.append(waits.format(count=line.unconfirmed))
        return told

    def _sold_words(self, taken: int) -> str:
        if taken == 0:
            return self.tr("Nobody has a seat on it.")
        if taken == 1:
            return self.tr("1 seat stays sold; its traveler is let in as before.")
        return self.tr("{count} seats stay sold; everybody on it is let in as before.").format(count=taken)

    def _free_words(self, left: int) -> str:
        if left == 0:
            return self.tr("No seat is free. Those that become free can be sold again.")
        if left == 1:
            return self.tr("1 seat is free and can be sold again.")
        return self.tr("{count} seats are free and can be sold again.").format(count=left)


class CapacityDialog(DepartureDialog):
    """Gives a departure another number of seats: before and after, and never fewer than are sold."""

    def __init__(self, line: CalendarLine, host: QWidget, *, may_change: bool) -> None:
        super().__init__(" ", line, host)
        self._may, self.seen = may_change, line.capacity
        self._title.setText(self.tr("How many seats?"))
        self.setAccessibleName(self._title.text())
        self._field = Field(height=40, size=18)
        self._field.set_numbers()
        self._field.set_text(str(line.capacity))
        self._figures, self._rest = Label("", 18, 600), Label("", 13, 400, "ink2", wrap=True)
        self._bar = SeatBar()
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(Labelled(self.tr("Seats"), self._field))
        for widget in (self._figures, self._bar, self._rest):
            column.addWidget(widget)
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Change seats"), "primary", key="Enter")
        self._field.changed.connect(self._settle)
        self._settle(self._field.text())

    @property
    def capacity(self) -> int | None:
        """What was typed, where it is a number."""
        typed = self._field.text().strip()
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else None

    def deed(self, desk: asking.DeskDoor) -> Callable[[], Changed]:
        return self._do(desk, "seats", self.capacity or 0)

    def ask(self) -> None:
        """Open it with the number marked: a digit replaces it."""
        self.open(self._field)
        self._field.select_all()

    def refuse(self, no: CannotDo) -> None:
        super().refuse(no)
        self._field.setFocus()

    def set_busy(self, busy: bool) -> None:
        if busy:
            self._go.setEnabled(False)
        else:
            self._settle(self._field.text())

    def _settle(self, _text: str) -> None:
        line, wanted = self.line, self.capacity
        after = line.capacity if wanted is None else wanted
        self._figures.setText(self.tr("{before} → {after} seats").format(before=line.capacity, after=after))
        self._bar.show_seats(Seats(line.taken, line.taken, after))
        self._bar.setAccessibleName(self._figures.text())
        why_not = self._why_not(wanted)
        self._field.set_wrong(bool(why_not) and self._may)
        self._rest.setText(why_not or self._left_words(after))
        self._rest.set_ink("stop" if why_not else "ink2")
        if why_not:
            self._go.forbid(why_not)
        else:
            self._go.allow()

    def _why_not(self, wanted: int | None) -> str:
        line = self.line
        if not self._may:
            return self.tr("Only a manager changes how many seats there are.")
        if wanted is None:
            return self.tr("Write a whole number of seats.")
        if wanted < min(line.taken, line.capacity):
            return self.tr("{count} seats are sold: keep at least {count}.").format(count=line.taken)
        return ""

    def _left_words(self, after: int) -> str:
        if self.line.taken > after:
            over = self.tr("{sold} sold, still {count} over.")
            return over.format(sold=self.line.taken, count=self.line.taken - after)
        words = self.tr("{sold} sold, {count} left.")
        return words.format(sold=self.line.taken, count=after - self.line.taken)


class GuideDialog(DepartureDialog):
    """Writes down who guides; those known are a click away."""

    def __init__(self, line: CalendarLine, host: QWidget, known: tuple[str, ...]) -> None:
        super().__init__(" ", line, host)
        self.seen = line.guide
        self._title.setText(self.tr("Who guides it?"))
        self.setAccessibleName(self._title.text())
        self._field = Field(self.tr("Nobody yet"), height=40)
        self._field.set_text(line.guide)
        drafts = Drafts(known[:12], name=self.tr("Guides"))
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(Labelled(self.tr("Guide"), self._field))
        column.addWidget(drafts)
        self.add(column)
        self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Write down"), "primary", key="Enter")
        drafts.chosen.connect(self._field.set_text)

    def deed(self, desk: asking.DeskDoor) -> Callable[[], Changed]:
        return self._do(desk, "guide", self._field.text())

    def ask(self) -> None:
        """Open it, ready to type."""
        self.open(self._field)
        self._field.select_all()
