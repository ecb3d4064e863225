"""The cash drawer of this counter: count it to open a shift, see what should lie in it, count it to close."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.money import Money
from models.refusals import CannotDo
from models.rewards import METHOD
from models.tender import Method, Rates, amount_typed
from ui import asking, fonts
from ui.at_desk import AtDesk
from ui.details_rows import clear
from ui.question import Question
from ui.widgets.button import Button, button_row
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Hairline, Label, Labelled
from ui.widgets.segmented import Segmented
from ui.wording.dates import clock, day_and_time
from ui.wording.numbers import money_words

if TYPE_CHECKING:
    from models.drawer import Amounts, Drawer, ShiftClosed


IN_A_ROW = 3


class DrawerDialog(Dialog):
    """Asks for the drawer when it is opened; Enter opens or closes the shift with what was counted."""

    def __init__(self, at: AtDesk, host: QWidget, rates: Rates) -> None:
        super().__init__(" ", host, width=520, stays=True)
        self._at, self._rates = at, rates
        self._drawer: Drawer | None = None
        self._ended = False
        self._look = Question(at.background, self)
        self._deed = Question(at.background, self, lane=Lane.DESK)
        self._move = Question(at.background, self, lane=Lane.DESK)
        self._facts, self._off = QGridLayout(), Label("", 14, 600, wrap=True)
        self.counts: dict[str, Field] = {}
        self._counts = QGridLayout()
        self.note, self.amount, self.reason = Field(), Field(), Field()
        self.currency = Segmented(name=self.tr("Currency put in or taken out"), parent=self)
        self._title.setText(self.tr("Drawer"))
        self.setAccessibleName(self._title.text())
        self._fill()
        self._connect()

    def ask(self) -> None:
        """Open it; what lies in the drawer is read meanwhile."""
        self.open(next(iter(self.counts.values())))
        self._look.ask(partial(asking.drawer, self._at.desk))

    # what is shown

    def _show_drawer(self, drawer: Drawer | None) -> None:
        self._drawer = drawer
        self.about = subjects("counter", self._at.desk().actor.counter_id)
        for widget in (self._moves, self._note):
            widget.setVisible(drawer is not None)
        self._ask_for(drawer.expected if drawer is not None else {})
        self._subtitle.setVisible(True)
        if drawer is None:
            self._subtitle.setText(self.tr("Nobody has counted it yet. Count what lies in it, then sell."))
            self._go.set_text(self.tr("Open the shift"))
            self._show_facts([])
        else:
            words = self.tr("Open since {time}, counted by {person}")
            at, today = drawer.opened_at, self._at.now().astimezone(drawer.opened_at.tzinfo).date()
            when = clock(at) if at.date() == today else day_and_time(at)
            self._subtitle.setText(words.format(time=when, person=drawer.opened_by))
            self._go.set_text(self.tr("Close the shift"))
            self._show_facts(self._lines(drawer))
        self._go.setEnabled(True)
        self._place()

    def _lines(self, drawer: Drawer) -> list[tuple[str, str, bool]]:
        """What lies in it adds up to the heavy line; what was paid otherwise stands below."""
        words: dict[str, str] = {
            Method.CARD: self.tr("By card, not in the drawer"),
            Method.TRANSFER: self.tr("By transfer, not in the drawer"),
            Method.MOBILE: self.tr("By mobile, not in the drawer"),
            METHOD: self.tr("Taken off by reward codes, no money"),
        }
        paid = {method: _amounts(sums) for method, sums in drawer.by_method.items()}
        cash = paid.pop(Method.CASH, "")
        lines = [(self.tr("Opened with"), _amounts(drawer.opened_with), False)]
        lines += [(self.tr("Taken in cash"), cash, False)] if cash else []
        if any(drawer.moved.values()):
            lines.append((self.tr("Put in and taken out"), _amounts(drawer.moved), False))
        lines.append((self.tr("Should lie in it"), _amounts(drawer.expected), True))
        return lines + [(words.get(method, method), sums, False) for method, sums in paid.items()]

    def _show_facts(self, lines: list[tuple[str, str, bool]]) -> None:
        clear(self._facts)
        for row, (what, amount, heavy) in enumerate(lines):
            self._facts.addWidget(Label(what, 13, 600 if heavy else 400, "ink" if heavy else "ink2"), row, 0)
            self._facts.addWidget(
                Label(amount, 14, 700 if heavy else 500), row, 1, Qt.AlignmentFlag.AlignRight
            )

    def _say_no(self, no: CannotDo) -> None:
        self._go.setEnabled(True)
        self.refuse(no)

    # what is done

    def _accept_count(self) -> None:
        if self._ended:
            self.leave()
            return
        if self._deed.is_open:
            return
        try:
            counted = {currency: self._count(currency, field) for currency, field in self.counts.items()}
        except CannotDo as no:
            self._say_no(no)
            return
        work: Callable[[], Drawer | ShiftClosed] = partial(asking.open_shift, self._at.desk, counted)
        if self._drawer is not None:
            work = partial(asking.close_shift, self._at.desk, counted, self.note.text())
        self.set_busy(True)
        self._deed.ask(work)

    def _count(self, currency: str, field: Field) -> int:
        """What was counted. Nothing written is nothing there, but not where something should be: an Enter
        that was meant for something else never ends a shift."""
        tidy = field.text().strip()
        should = currency == self._rates.own or bool(self._drawer and self._drawer.expected.get(currency))
        if not tidy and should:
            field.setFocus()
            raise CannotDo("count-missing", currency=currency)
        return 0 if not tidy.strip("0０.,") else amount_typed(tidy, currency).minor

    def _was_done(self, told: Drawer | ShiftClosed) -> None:
        from models.drawer import ShiftClosed

        if not isinstance(told, ShiftClosed):
            self.leave()
            return
        self._ended = True
        self._show_facts([(self.tr("Should lie in it"), _amounts(told.expected), True)])
        for widget in (self._moves, self._note, self._counting):
            widget.hide()
        self._off.setText(self._off_words(told.off))
        self._off.set_ink("stop" if told.off else "good")
        self._off.show()
        self._subtitle.setText(self.tr("The shift is closed, and its count is kept."))
        self._go.set_text(self.tr("Done"))
        self.set_busy(False)
        self._go.setFocus()
        self._not_now.hide()
        self._place()

    def _off_words(self, off: Amounts) -> str:
        if not off:
            return self.tr("It agrees.")
        parts = []
        for currency, minor in off.items():
            words = self.tr("{amount} are missing") if minor < 0 else self.tr("{amount} too much")
            parts.append(words.format(amount=money_words(Money(abs(minor), currency))))
        return ", ".join(parts) + "."

    def _move_cash(self, sign: int) -> None:
        if self._move.is_open:
            return
        try:
            money = amount_typed(self.amount.text(), self._moved_in)
        except CannotDo as no:
            self._say_no(no)
            return
        moved = Money(sign * money.minor, money.currency)
        self._move.ask(partial(asking.move_cash, self._at.desk, moved, self.reason.text()))

    def _was_moved(self, drawer: Drawer) -> None:
        self.amount.set_text("")
        self.reason.set_text("")
        self._notice.hide()
        self._show_drawer(drawer)

    @property
    def _moved_in(self) -> str:
        return list(self.counts)[self.currency.at]

    def _say_currency(self) -> None:
        self._amount.set_text(self.tr("Amount, {currency}").format(currency=self._moved_in))

    # building

    def _ask_for(self, lies_in_it: Amounts) -> None:
        """A field for each currency that the till takes or that lies in the drawer all the same."""
        for currency in (*self._rates.currencies, *lies_in_it):
            if currency not in self.counts:
                field = self.counts[currency] = Field()
                field.set_numbers()
                of = Labelled(self.tr("Counted, {currency}").format(currency=currency), field)
                self._counts.addWidget(of, *divmod(len(self.counts) - 1, IN_A_ROW))
                of.show()
        self.currency.set_words(*self.counts)
        self.currency.setVisible(len(self.counts) > 1)

    def _fill(self) -> None:
        self._facts.setHorizontalSpacing(fonts.px(24))
        self._facts.setVerticalSpacing(fonts.px(6))
        self._facts.setColumnStretch(0, 1)
        self._counting = QWidget()
        self._counting.setLayout(self._counts)
        self._counts.setContentsMargins(0, 0, 0, 0)
        self._counts.setSpacing(fonts.px(8))
        self._note = Labelled(self.tr("Note, for what does not agree"), self.note)
        self._off.hide()
        self._moves = QWidget()
        column, row = QVBoxLayout(self._moves), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(12))
        self.amount.set_numbers()
        self._amount = Labelled("", self.amount)
        self._ask_for({})
        self._say_currency()
        row.addWidget(self._amount)
        row.addWidget(Labelled(self.tr("What for"), self.reason))
        self._put_in, self._take_out = Button(self.tr("Put in")), Button(self.tr("Take out"))
        column.addWidget(Hairline())
        column.addLayout(row)
        column.addLayout(button_row(self.currency, None, self._put_in, self._take_out))
        self._moves.hide()
        self._note.hide()
        whole = QVBoxLayout()
        whole.setSpacing(fonts.px(12))
        whole.addLayout(self._facts)
        whole.addWidget(self._counting)
        whole.addWidget(self._note)
        whole.addWidget(self._off)
        whole.addWidget(self._moves)
        self.add(whole)
        self._not_now = self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Open the shift"), "primary", key="Enter")
        self._go.setEnabled(False)

    def _connect(self) -> None:
        self.accepted.connect(self._accept_count)
        self._look.answered.connect(self._show_drawer)
        self._deed.answered.connect(self._was_done)
        self._move.answered.connect(self._was_moved)
        for question in (self._look, self._deed, self._move):
            question.refused.connect(self._say_no)
        self.currency.chosen.connect(lambda _at: self._say_currency())
        self._put_in.clicked.connect(lambda: self._move_cash(1))
        self._take_out.clicked.connect(lambda: self._move_cash(-1))


def _amounts(sums: Amounts) -> str:
    """'₩128,000, USD 80'; a dash for nothing."""
    return ", ".join(money_words(Money(minor, currency)) for currency, minor in sums.items() if minor) or "–"
