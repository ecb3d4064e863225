"""The settings' page of the printers: one for each paper of this counter, a test page, and what prints by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.counter_settings import CounterSettings
from models.papers import SUITED, Document, Paper
from models.refusals import CannotDo
from models.trial_words import TrialWords
from ui import asking, fonts, language
from ui.printing import NOT_KNOWN, printing
from ui.settings_kept import Kept
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow
from ui.wording.papers import document_word, paper_word

if TYPE_CHECKING:
    from controllers.printing import Printout

CHOSEN_PAPER = (Document.VOUCHER, Document.RECEIPT)
"""What is laid out for more papers than one."""


class PrintersPage(QWidget):
    """Changes are kept at once."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._printing = printing(kept.at)
        self._names: tuple[str, ...] = ()
        self._printers, self._papers, self._alone = Card(padding=20), Card(padding=20), Card(padding=20)
        self.choices = {paper: FilterButton("", "") for paper in Paper}
        self.tests = {paper: Button("", icon="print") for paper in Paper}
        self._printer_rows = {paper: SettingRow(self._beside(paper)) for paper in Paper}
        self.papers = {one: Segmented(*map(paper_word, SUITED[one]), name="") for one in CHOSEN_PAPER}
        self._paper_rows = {one: SettingRow(self.papers[one]) for one in CHOSEN_PAPER}
        self.voucher_alone, self.receipt_alone, self.each = (Segmented("", "", name="") for _ in range(3))
        self._alone_rows = [SettingRow(one) for one in (self.voucher_alone, self.receipt_alone, self.each)]
        self._found = Label("", 12, 400, "ink2", wrap=True)
        self._said: Notice | None = None
        self._saying = QVBoxLayout()
        self._build()
        self._connect()
        self.retranslate()
        self._show(kept.settings)
        self.look_for_printers()

    def look_for_printers(self) -> None:
        """Ask the system which printers there are."""
        run = self._kept.at.background.run
        run(Lane.PAPER, self._printing.names, self._have_found, self._not_found)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._printers.set_heading(self.tr("Printers of this counter"))
        self._papers.set_heading(self.tr("What goes on which paper"))
        self._alone.set_heading(self.tr("After a sale, and for groups"))
        for paper in Paper:
            word = paper_word(paper)
            self._printer_rows[paper].say(word, self._about(paper))
            self.tests[paper].set_text(self.tr("Test page"))
            self.tests[paper].setAccessibleName(self.tr("Print a test page on {paper}").format(paper=word))
        for one in CHOSEN_PAPER:
            self.papers[one].set_words(*map(paper_word, SUITED[one]))
            self.papers[one].set_name(self.tr("Paper of: {document}").format(document=document_word(one)))
            self._paper_rows[one].say(document_word(one))
        for switch in (self.voucher_alone, self.receipt_alone):
            switch.set_words(self.tr("By itself"), self.tr("When asked"))
        self.voucher_alone.set_name(self.tr("The voucher after a sale"))
        self.receipt_alone.set_name(self.tr("The receipt after a sale"))
        self.each.set_words(self.tr("One each"), self.tr("Together"))
        self.each.set_name(self.tr("Vouchers where each person has a ticket"))
        voucher, receipt, each = self._alone_rows
        voucher.say(self.tr("Voucher"), self.tr("When the order is paid or its deposit taken."))
        receipt.say(self.tr("Receipt"), self.tr("The slip of an order that is held always comes out."))
        each.say(
            self.tr("A ticket for each person"), self.tr("A voucher for each, or one with all the codes.")
        )
        self._show(self._kept.settings)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # what is chosen

    def _show(self, settings: CounterSettings) -> None:
        nobody = self.tr("no printer")
        for paper, choice in self.choices.items():
            name = settings.printer_of(paper)
            shown = name or nobody
            if name and self._names and name not in self._names:
                shown = self.tr("{printer} (not found)").format(printer=name)
            choice.show_value(shown, on=bool(name), name=self.tr("Printer"))
            choice.setAccessibleName(f"{paper_word(paper)}: {shown}")
            known = tuple(dict.fromkeys((*self._names, *filter(None, (name,)))))
            choices: list[tuple[str, object]] = [(one, one) for one in known]
            choice.set_choices([*choices, (nobody, "")])
            self.tests[paper].setEnabled(bool(name))
        for one, segmented in self.papers.items():
            with QSignalBlocker(segmented):  # shown, not chosen
                segmented.choose(SUITED[one].index(settings.paper_for(one)))
        switches = (
            (self.voucher_alone, settings.prints_voucher),
            (self.receipt_alone, settings.prints_receipt),
            (self.each, settings.one_each),
        )
        for switch, on in switches:
            with QSignalBlocker(switch):
                switch.choose(0 if on else 1)

    def _choose_printer(self, paper: Paper, name: object) -> None:
        chosen = {**self._kept.settings.printers, paper.value: str(name)}
        self._kept.change(printers={paper: one for paper, one in chosen.items() if one})

    def _choose_paper(self, document: Document, at: int) -> None:
        chosen = {**self._kept.settings.papers, document.value: SUITED[document][at].value}
        self._kept.change(papers=chosen)

    def _about(self, paper: Paper) -> str:
        return {
            Paper.A4: self.tr("Vouchers, day sheets, lists."),
            Paper.A5: self.tr("Vouchers and receipts on half a sheet."),
            Paper.ROLL: self.tr("Receipt printers with paper 80 mm wide."),
        }[paper]

    # the printers there are

    def _have_found(self, names: tuple[str, ...]) -> None:
        self._names = names
        words = self.tr("This computer knows: {printers}").format(printers=", ".join(names))
        if not names:
            words = self.tr("This computer knows no printer. Set one up in the system, then come back.")
        self._found.setText(words)
        self._show(self._kept.settings)

    def _not_found(self, error: Exception) -> None:
        self._kept.at.background.trouble.emit(error)

    # the test page

    def _print_test(self, paper: Paper) -> None:
        self._say("done", self.tr("Printing…"))
        make = asking.trial_draft(paper, paper_word(paper), self._trial_words())
        self._printing.print(make, self._was_printed, self._not_printed)

    def _trial_words(self) -> TrialWords:
        return TrialWords(
            title=self.tr("Test page"),
            where=self.tr("{printer}, {paper}, at {counter}"),
            scripts=self.tr("Every line must be readable, without empty boxes:"),
            ruler=self.tr("This bar is 50 mm long. If it is not, switch off scaling in the printer."),
            edges=self.tr(
                "Four corners must be seen. If one is missing, the paper lies wrong or is too small."
            ),
            codes=self.tr("Scan both codes: they are known as test codes, and let nobody in."),
            language=language.spoken(),
        )

    def _was_printed(self, out: Printout) -> None:
        if out.waits:
            words = self.tr("It waits at {printer}: is it on, has it paper?")
            self._say("act", words.format(printer=out.job.printer))
            return
        words = self.tr("The test page is out. Look whether every line is readable, and scan its codes.")
        missing = self.tr("No font here has: {signs}").format(signs=" ".join(out.missing[:12]))
        self._say("act" if out.missing else "good", words, missing if out.missing else "")

    def _not_printed(self, no: CannotDo) -> None:
        self._say("act" if no.code == NOT_KNOWN else "stop", "")
        assert self._said is not None
        self._said.refuse(no)

    def _say(self, family: str, head: str, text: str = "") -> None:
        if self._said is not None:
            self._said.hide()
            self._said.deleteLater()
        self._said = Notice(family, head, text)
        self._saying.addWidget(self._said)

    # building

    def _beside(self, paper: Paper) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(fonts.px(8))
        row.addWidget(self.choices[paper])
        row.addWidget(self.tests[paper])
        return both

    def _build(self) -> None:
        for printer_row in self._printer_rows.values():
            self._printers.add(printer_row)
        self._printers.add(self._found)
        self._printers.add(self._saying)
        for paper_row in self._paper_rows.values():
            self._papers.add(paper_row)
        for alone_row in self._alone_rows:
            self._alone.add(alone_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(16))
        for card in (self._printers, self._papers, self._alone):
            column.addWidget(card)
        column.addStretch(1)

    def _connect(self) -> None:
        kept = self._kept
        kept.told.connect(self._show)
        for paper in Paper:
            self.choices[paper].chosen.connect(partial(self._choose_printer, paper))
            self.choices[paper].cleared.connect(partial(self._choose_printer, paper, ""))
            self.tests[paper].clicked.connect(partial(self._print_test, paper))
        for one in CHOSEN_PAPER:
            self.papers[one].chosen.connect(partial(self._choose_paper, one))
        self.voucher_alone.chosen.connect(lambda at: kept.change(prints_voucher=at == 0))
        self.receipt_alone.chosen.connect(lambda at: kept.change(prints_receipt=at == 0))
        self.each.chosen.connect(lambda at: kept.change(one_each=at == 0))
