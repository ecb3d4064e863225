"""The end of a day on one sheet: as it will be printed, with what does not add up in words beside it.

Left and right leaf from day to day, P prints or saves. While the day is not over the sheet says how it stands now.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.day_end import DayEnd
from models.sheet import Sheet
from ui import actions, asking, fonts, language
from ui.at_desk import AtDesk
from ui.calendar_jump import JumpDialog
from ui.day_end_findings import finding_words, verdict_words
from ui.day_end_words import sheet_of
from ui.details_rows import clear
from ui.pages_dialog import ChooseFile, ChoosePrinter, PagesDialog, choose_file, choose_printer
from ui.question import Question
from ui.screen import KeyHint, Screen, hint
from ui.voucher_pages import VoucherPages
from ui.widgets.button import APART, Button
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.scrolled import scrolled
from ui.wording.dates import long_day
from ui.wording.orders import local

if TYPE_CHECKING:
    from controllers.voucher_pdf import Printed

CONCERNS = frozenset(("reservations", "scans", "payments", "drawer", "refunds", "trips", "departures"))
_BESIDE_FROM = 720
_LEFT = 340


class DayEndScreen(Screen):
    """`opened(day=…)` shows a day, else the one that was shown last, else today."""

    def __init__(self, at: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = at
        self._day: dt.date | None = None  # None is today
        self._end: DayEnd | None = None
        self._sheet: Sheet | None = None
        self._look, self._paper = Question(at.background, self), Question(at.background, self)
        self._name = Label("", 18, 600)
        self._before, self._after = Button("", icon="left"), Button("", icon="right")
        self._to_today = Button("")
        self._jump, self._print = Button("", icon="move"), Button("", "primary", icon="print")
        self._verdict = Card()
        self._said = QVBoxLayout()
        self.pages = VoucherPages()
        self._no = Notice("stop", "")
        self._build()
        self._connect()
        self.retranslate()

    # what the window asks

    def title(self) -> str:
        return self.tr("End of the day")

    def subtitle(self) -> str:
        return verdict_words(self._end) if self._end is not None else ""

    def keys(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint(("←", "→"), self.tr("day")),
            hint("to-today"),
            hint("jump-to-day", rare=True),
            hint("print"),
            KeyHint(("↑", "↓"), self.tr("scroll")),
            hint("back"),
            hint("refresh", rare=True),
        )

    def opened(self, *, day: dt.date | None = None, **_what: Any) -> None:
        if day is not None:
            self._day = day
        self._ask()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & CONCERNS:
            self._ask()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._before.setAccessibleName(self.tr("The day before"))
        self._after.setAccessibleName(self.tr("The day after"))
        self._to_today.set_text(self.tr("Today"))
        self._jump.set_text(self.tr("Jump to a day"))
        self._print.set_text(self.tr("Print or save"))
        self._print.set_key(actions.cap("print"))
        self._verdict.set_heading(self.tr("Does it add up?"))
        if self._end is not None:
            self._show(self._end)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        beside = self.width() >= fonts.px(_BESIDE_FROM)
        self._halves.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._left.setFixedWidth(fonts.px(_LEFT)) if beside else self._left.setMaximumWidth(16777215)
        self._left.setMinimumWidth(fonts.px(_LEFT) if beside else 0)
        self._left.setMaximumHeight(16777215 if beside else fonts.px(200))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self._turn(step)

    # what is shown

    @property
    def shown(self) -> DayEnd | None:
        """The end of the day that is shown."""
        return self._end

    def _ask(self) -> None:
        self._look.ask(partial(asking.day_end, self._at.desk, self._day))

    def _show(self, end: DayEnd) -> None:
        self._end, sheet = end, sheet_of(end)
        self._no.hide()
        self._name.setText(long_day(end.facts.day))
        self._say(end)
        if sheet != self._sheet:
            self._sheet = sheet
            self._paper.ask(partial(asking.sheet_pdf, sheet, language.spoken()))
        self.pages.setAccessibleName(sheet.words)
        self.retitled.emit()

    def _say(self, end: DayEnd) -> None:
        """The verdict, then every disagreement, then what is only unfinished."""
        clear(self._said)
        self._said.addWidget(Notice("good" if end.adds_up else "stop", verdict_words(end)))
        for one in end.findings:
            family = "stop" if one.wrong else "act"
            self._said.addWidget(Notice(family, finding_words(one, end.facts)))
        expected, came, stands = end.total
        words = self.tr("In and not taken back: {came}. In by their orders: {stands}. Expected: {expected}.")
        told = Label(words.format(came=came, stands=stands, expected=expected), 13, 400, "ink2", wrap=True)
        self._said.addWidget(told)
        self._said.addStretch(1)

    def _show_paper(self, printed: Printed) -> None:
        at = self.pages.verticalScrollBar().value()
        self.pages.show_pdf(printed.pdf)
        self.pages.verticalScrollBar().setValue(at)

    # going about

    def _turn(self, step: int) -> None:
        if self._end is not None:
            self._go(self._end.facts.day + dt.timedelta(days=step))

    def _go(self, day: dt.date | None) -> None:
        self._day = day
        self._ask()

    def _jump_to(self) -> None:
        host = self._at.deeds.host
        if host is not None and self._end is not None:
            dialog = JumpDialog(host, local(self._end.facts.now, self._end.facts.zone).date())
            dialog.picked.connect(self._go)
            dialog.ask()

    def _print_it(self) -> None:
        host = self._at.deeds.host
        if host is not None and self._end is not None and self._sheet is not None:
            DayEndDialog(self._at, self._end.facts.day, self._sheet, host).open()

    # building

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(APART)
        self._name.setMinimumWidth(fonts.px(210))
        for widget in (self._name, self._before, self._to_today, self._after, self._jump):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self._print)
        self._said.setSpacing(fonts.px(8))
        self._verdict.add(self._said, 1)
        self._left = scrolled(self._verdict)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(fonts.px(12))
        self._halves.addWidget(self._left)
        self._halves.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(fonts.px(20), fonts.px(10), fonts.px(20), fonts.px(14))
        column.setSpacing(fonts.px(8))
        column.addLayout(bar)
        column.addWidget(self._no)
        column.addLayout(self._halves, 1)
        self._no.hide()
        self.setFocusProxy(self.pages)

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._paper.answered.connect(self._show_paper)
        for question in (self._look, self._paper):
            question.refused.connect(self._no.refuse)
        self._before.clicked.connect(partial(self._turn, -1))
        self._after.clicked.connect(partial(self._turn, 1))
        self._to_today.clicked.connect(partial(self._go, None))
        self._jump.clicked.connect(self._jump_to)
        self._print.clicked.connect(self._print_it)
        self._actions = [
            actions.make("to-today", self, partial(self._go, None)),
            actions.make("jump-to-day", self, self._jump_to),
            actions.make("print", self, self._print_it),
            actions.make("refresh", self, self._ask),
            actions.make("back", self, self.back_wanted.emit),
        ]


class DayEndDialog(PagesDialog):
    """The sheet, to be printed or saved; the journal keeps that somebody did."""

    alone = "The sheet tells how the day stood when it was counted, and the time of that stands on it."

    def __init__(
        self,
        at: AtDesk,
        day: dt.date,
        sheet: Sheet,
        host: QWidget,
        *,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
    ) -> None:
        super().__init__(at, host, ask_printer=ask_printer, ask_file=ask_file)
        self._day = day
        self.name_it(f"{sheet.title}, {long_day(day)}", sheet.words)
        self.ask_pages(asking.day_end_draft(day, sheet, language.spoken()))

    def file_name(self) -> str:
        """'2027-02-01-end.pdf'."""
        return f"{self._day.isoformat()}-end.pdf"
