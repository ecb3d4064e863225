"""The settings' page of the opening-day rehearsal: one button tries everything, and leaves a dated sheet."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.refusals import CannotDo
from models.rehearsal import Check, Checked, Outcome, Rehearsed
from ui import asking, fonts, language
from ui.at_desk import AtDesk
from ui.pages_dialog import ChooseFile, ChoosePrinter, PagesDialog, choose_file, choose_printer
from ui.question import Question
from ui.rehearsal import Rehearsal
from ui.rehearsal_words import SHAPES, found_words, name_of, outcome_word, sheet_of
from ui.settings_kept import Kept
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.chip import Shape
from ui.widgets.label import Hairline, Label
from ui.widgets.notice import Notice
from ui.wording.bulk import counted
from ui.wording.dates import day_and_time
from ui.wording.orders import local


class RehearsalPage(QWidget):
    """While it is under way, what a scanner sends comes here and nobody is let in."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._last: Rehearsed | None = None
        self.rehearsal = Rehearsal(kept, self)
        self._look = Question(kept.at.background, self)
        self._card = Card(padding=20)
        self.start, self.sheet = Button("", "primary", height=44), Button("", icon="print")
        self._told = Label("", 13, 500, "ink2", wrap=True)
        self._no = Notice("stop", "")
        self.lines = {check: RehearsalLine(check) for check in Check}
        self.yes, self.silent, self.again = Button(""), Button(""), Button("", icon="sound")
        self.codes, self.none = Button("", icon="print"), Button("")
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._card.set_heading(self.tr("Opening-day rehearsal"), self.tr("tries what makes a queue"))
        self.start.set_text(self.tr("Rehearse now"))
        self.sheet.set_text(self.tr("Sheet of the last one…"))
        self.yes.set_text(self.tr("I heard it"))
        self.silent.set_text(self.tr("I heard nothing"))
        self.again.set_text(self.tr("Play again"))
        self.codes.set_text(self.tr("Sheet with test codes…"))
        self.none.set_text(self.tr("There is no scanner here"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.ask(partial(asking.last_rehearsal, self._kept.at.desk))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.rehearsal.is_under_way:
            self.rehearsal.stop()

    # what is shown

    def _take_last(self, last: Rehearsed | None) -> None:
        self._last = last
        self._show()

    def _show(self) -> None:
        under_way = self.rehearsal.is_under_way
        shown = self.rehearsal.results
        if not under_way and not shown and self._last is not None:
            shown = {one.check: one for one in self._last.checked}
        for check, line in self.lines.items():
            line.show_checked(shown.get(check), waits=under_way, asks=self._asks(check))
        for widget, check in ((self._of_sound, Check.SOUND), (self._of_scanner, Check.SCANNER)):
            seeks = check is Check.SOUND and self.rehearsal.seeks_loudspeaker
            widget.setVisible(under_way and check not in self.rehearsal.results and not seeks)
        self.start.setEnabled(not under_way)
        self.sheet.setVisible(self._last is not None)
        self._told.setText(self._standing())

    def _asks(self, check: Check) -> str:
        """What a person has to do for a line that waits."""
        if check is Check.SOUND and self.rehearsal.seeks_loudspeaker:
            return self.tr("A loudspeaker is looked for…")
        return {
            Check.SOUND: self.tr("Listen: a rising pair of tones is played."),
            Check.SCANNER: self.tr("Scan the test code from its sheet."),
        }.get(check, self.tr("Being tried…"))

    def _standing(self) -> str:
        if self.rehearsal.is_under_way:
            left = len(Check) - len(self.rehearsal.results)
            return counted(
                left, self.tr("1 answer is still to come."), self.tr("{count} answers are still to come.")
            )
        if self._last is None:
            return self.tr("It was never done at this counter. It takes a minute.")
        at = local(self._last.at, self._last.zone)
        words = self.tr("Last done {when} by {staff}.")
        return words.format(when=day_and_time(at), staff=self._last.staff)

    # what is done

    def _was_kept(self, done: Rehearsed) -> None:
        self._last = done
        self._show()
        self._open_sheet()

    def _refuse(self, no: CannotDo) -> None:
        self._no.refuse(no)

    def _begin(self) -> None:
        self._no.hide()
        self.rehearsal.start()

    def _open_sheet(self) -> None:
        host = self._kept.at.deeds.host
        if self._last is not None and host is not None:
            RehearsalDialog(self._kept.at, self._last, host).open()

    def _print_codes(self) -> None:
        from ui.setup_sheet import SetupSheetDialog

        SetupSheetDialog(self._kept.at, self._kept.at.deeds.host or self.window()).open()

    # building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._told, 1)
        head.addLayout(button_row(self.sheet, self.start))
        self._card.add(head)
        self._card.add(self._no)
        self._no.hide()
        self._of_sound, self._of_scanner = (
            _holder(self.yes, self.silent, self.again),
            _holder(self.codes, self.none),
        )
        for check, line in self.lines.items():
            self._card.add(Hairline())
            self._card.add(line)
            if check is Check.SOUND:
                self._card.add(self._of_sound)
            elif check is Check.SCANNER:
                self._card.add(self._of_scanner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)

    def _connect(self) -> None:
        self._look.answered.connect(self._take_last)
        self._look.refused.connect(self._refuse)
        self.rehearsal.changed.connect(self._show)
        self.rehearsal.kept.connect(self._was_kept)
        self.rehearsal.refused.connect(self._refuse)
        self.start.clicked.connect(self._begin)
        self.sheet.clicked.connect(self._open_sheet)
        self.yes.clicked.connect(lambda: self.rehearsal.say_heard(True))
        self.silent.clicked.connect(lambda: self.rehearsal.say_heard(False))
        self.again.clicked.connect(self.rehearsal.play)
        self.codes.clicked.connect(self._print_codes)
        self.none.clicked.connect(self.rehearsal.say_no_scanner)


class RehearsalLine(QWidget):
    """One thing that is tried: its shape and word, what was found, and what to do."""

    def __init__(self, check: Check, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self._shape, self._word = Shape("", 16), Label("", 13, 600)
        self._name, self._found = Label("", 14, 600), Label("", 13, 400, "ink2", wrap=True)
        self._todo = Label("", 13, 600, "stop", wrap=True)
        self._word.setFixedWidth(fonts.px(104))
        said, row = QVBoxLayout(), QHBoxLayout(self)
        said.setSpacing(2)
        for label in (self._name, self._found, self._todo):
            said.addWidget(label)
        row.setContentsMargins(0, fonts.px(4), 0, fonts.px(4))
        row.setSpacing(fonts.px(10))
        row.addWidget(self._shape)
        row.addWidget(self._word)
        row.addLayout(said, 1)

    def show_checked(self, one: Checked | None, *, waits: bool, asks: str) -> None:
        """How it went; without an answer what is being waited for."""
        self._name.setText(name_of(self._check))
        found, todo = found_words(one) if one is not None else (asks if waits else "", "")
        shape, family = SHAPES[one.outcome] if one is not None else ("later" if waits else "", "")
        word = self.tr("Waits") if waits else self.tr("Not tried")
        word = outcome_word(one.outcome) if one is not None else word
        self._shape.show_shape(shape, family)
        self._word.setText(word)
        self._word.set_ink(family or ("ink2" if waits else "ink3"))
        self._found.setText(found)
        self._todo.setText(todo)
        self._todo.set_ink("stop" if one is not None and one.outcome is Outcome.WRONG else "ink2")
        self._found.setVisible(bool(found))
        self._todo.setVisible(bool(todo))
        self.setAccessibleName(" ".join(part for part in (name_of(self._check), word, found, todo) if part))


class RehearsalDialog(PagesDialog):
    """The sheet of a rehearsal: to be printed, or kept as a file with its date."""

    alone = "The sheet tells of a rehearsal that was held; nobody changes what came of it."

    def __init__(
        self,
        at: AtDesk,
        done: Rehearsed,
        host: QWidget,
        *,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
    ) -> None:
        super().__init__(at, host, ask_printer=ask_printer, ask_file=ask_file)
        self._done = done
        sheet = sheet_of(done)
        self.name_it(f"{sheet.title}, {sheet.about}", sheet.words)
        self.ask_pages(asking.report_draft(sheet, language.spoken()))

    def file_name(self) -> str:
        """'2027-02-01-0810-rehearsal.pdf'."""
        at = local(self._done.at, self._done.zone)
        return f"{at:%Y-%m-%d-%H%M}-rehearsal.pdf"


def _holder(*buttons: Button) -> QWidget:
    made = QWidget()
    made.setLayout(button_row(*buttons, None))
    return made
