"""Takes the journal out of the house for an auditor: which days, which counter, to be verified or to be read."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import asking, fonts
from ui.at_desk import AtDesk
from ui.history_words import history_words
from ui.pages_dialog import ChooseFile, as_file_name, choose_file, with_ending
from ui.question import Question
from ui.reservation_export import ExportJob
from ui.widgets.day_field import DayField
from ui.widgets.dialog import Dialog
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.list_export import Exported
    from models.details import HistoryLine
    from models.refusals import CannotDo

KINDS = (("jsonl", "JSON lines (.jsonl)"), ("csv", "CSV"), ("xlsx", "Excel"))
_FILTERS = {
    ".jsonl": "JSON lines (*.jsonl)",
    ".csv": "CSV (*.csv)",
    ".xlsx": "Excel (*.xlsx)",
}


def choose_place(parent: QWidget, name: str, chosen: object) -> None:
    """The system's own window for choosing where the file is saved."""
    choose_file(parent, name, chosen, _FILTERS[Path(name).suffix])  # type: ignore[arg-type]


class JournalExportDialog(Dialog):
    """The file lies there, and the dialog says so, before it is closed."""

    alone = "The journal only grows: the file holds what stands in it when it is written."

    def __init__(self, at: AtDesk, host: QWidget, *, ask_file: ChooseFile = choose_place) -> None:
        super().__init__(" ", host, width=620, stays=True)
        self._at, self._ask_file = at, ask_file
        self._counter: int | None = None
        self.job: ExportJob | None = None
        self._title.setText(self.tr("Journal for an auditor"))
        self.setAccessibleName(self._title.text())
        self.first, self.last = DayField(at.now().date()), DayField(at.now().date())
        self._show_days(at.now().date())
        self.counter = FilterButton("", "", height=34)
        self.kind = Segmented(*(words for _ending, words in KINDS), name=self.tr("Kind of file"))
        self._about = Label("", 12, 400, "ink2", wrap=True)
        self._said = QVBoxLayout()
        self._went = Label("", 13, 500)
        self._names: dict[int, str] = {}
        self._counters = Question(at.background, self)
        self._counters.answered.connect(self._take_counters)
        self._here = Question(at.background, self)
        self._here.answered.connect(self._take_here)
        self._set_out()
        self.kind.chosen.connect(self._tell_kind)
        self.counter.chosen.connect(self._choose_counter)
        self.counter.cleared.connect(lambda: self._choose_counter(None))
        self.accepted.connect(self._choose_place)
        self.rejected.connect(self._give_up)
        self._tell_kind()
        self._show_counter()

    def ask(self) -> None:
        """Open it."""
        self.open()
        self._counters.ask(partial(asking.journal_counters, self._at.desk))
        self._here.ask(partial(asking.here, self._at.desk))

    def _set_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(fonts.px(12))
        for words, field in ((self.tr("From"), self.first), (self.tr("To"), self.last)):
            field.setAccessibleName(words)
            row.addWidget(Labelled(words, field))
        row.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.add(row)
        self._said.setSpacing(fonts.px(10))
        self._said.addWidget(Labelled(self.tr("Kind of file"), self.kind))
        self._said.addWidget(self._about)
        self._said.addWidget(self._went)
        self._went.hide()
        self.add(self._said)
        self._close = self.add_button(self.tr("Not now"), key="Esc")
        self._go = self.add_button(self.tr("Choose a place…"), "primary", key="Enter")

    def _take_here(self, here: tuple[date, str]) -> None:
        """The operator's day may be another than the machine's; what somebody has typed meanwhile stays."""
        if (self.first.day(), self.last.day()) == self._offered:
            self._show_days(here[0])

    def _show_days(self, today: date) -> None:
        self._offered = today.replace(day=1) - timedelta(days=31), today
        self.first.show_day(self._offered[0])
        self.last.show_day(today)

    def _take_counters(self, found: tuple[tuple[int, str], ...]) -> None:
        self._names = dict(found)
        self.counter.set_choices([(name, one) for one, name in found])
        self._show_counter()

    def _choose_counter(self, counter_id: int | None) -> None:
        self._counter = counter_id
        self._show_counter()

    def _show_counter(self) -> None:
        words = self._names.get(self._counter or 0, self.tr("all"))
        self.counter.show_value(words, on=self._counter is not None, name=self.tr("Counter"))

    def _tell_kind(self, _at: int = 0) -> None:
        told = self.tr("In words, for reading: a table with who, when, where and what changed.")
        if self.kind.at == 0:
            told = self.tr(
                "As it is kept, with every hash: verified outside by the recipe in docs/journal.md."
            )
        self._about.setText(f"{told} {self.tr('The journal notes that you took it out.')}")
        if self.isVisible():
            self._place()

    def _choose_place(self) -> None:
        self.set_busy(False)
        name = f"journal-{self.first.day():%Y-%m-%d}-{self.last.day():%Y-%m-%d}.{KINDS[self.kind.at][0]}"
        self._ask_file(self, as_file_name(name), self._begin)

    def _begin(self, name: str) -> None:
        from controllers.journal_export import Period

        self.set_busy(True)
        self._notice.hide()
        self._show_went(0)
        self._went.show()
        self._place()
        wanted = Period(self.first.day(), self.last.day(), self._counter)
        place = with_ending(Path(name), KINDS[self.kind.at][0])
        self.job = ExportJob(self._at.background)
        self.job.went.connect(self._show_went)
        self.job.done.connect(self._show_done)
        self.job.refused.connect(self._cannot)
        self.job.start(partial(asking.export_journal, self._at.desk, wanted, place, _words))

    def _give_up(self) -> None:
        if self.job is not None:
            self.job.give_up()

    def _show_went(self, rows: int) -> None:
        self._went.setText(self.tr("{count} entries are written").format(count=number_words(rows)))

    def _cannot(self, no: CannotDo) -> None:
        """Nothing was written; the button has the keyboard again, for another place."""
        self._went.hide()
        self.refuse(no)
        self._go.setFocus()

    def _show_done(self, made: Exported) -> None:
        self.job = None
        self._went.hide()
        words = self.tr("{count} entries are in {file}")
        words = words.format(count=number_words(made.rows), file=made.path.name)
        self._said.addWidget(Notice("good", words, str(made.path.parent)))
        self._go.hide()
        self._close.set_text(self.tr("Close"))
        self._close.setFocus()
        self._place()


def _words(line: HistoryLine) -> str:
    said = history_words(line)
    return f"{said.head} ({said.text})" if said.text else said.head
