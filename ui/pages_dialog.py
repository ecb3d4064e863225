"""Shows pages as they will be printed, prints them, and saves them as a PDF: vouchers, receipts, day sheets.

P prints on the counter's own printer for the paper, without a question; O asks for another one, and so does P where
none was chosen yet. What is shown is the file that is printed: where printing it makes it a reprint, the pages that
came out are shown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.printing import printing
from ui.question import Question
from ui.voucher_pages import VoucherPages
from ui.widgets.dialog import Dialog
from ui.widgets.notice import Notice
from ui.widgets.overlay import stands
from ui.wording.dates import day_and_time
from ui.wording.papers import copy_words
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from controllers.printing import Draft, Printout
    from models.prints import Printing
    from ui.asking.paper import MakeDraft, Shown

ChoosePrinter = Callable[[QWidget, "Callable[[QPrinter], None]"], None]
ChooseFile = Callable[[QWidget, str, Callable[[str], None]], None]
PDF = "PDF (*.pdf)"


def choose_printer(parent: QWidget, chosen: Callable[[QPrinter], None]) -> None:
    """The system's own window for choosing a printer; nothing happens when it is left."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: chosen(printer))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # QPrintDialog has another open(), for slots by name


def choose_file(parent: QWidget, name: str, chosen: Callable[[str], None], kinds: str = PDF) -> None:
    """The system's own window for choosing where a file is saved."""
    dialog = QFileDialog(parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def as_file_name(words: str) -> str:
    """A name as a file can have it: a view may be called 'Boats / June'."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", words).strip(" .") or "list"


class PagesDialog(Dialog):
    """Pages over `host`: P prints, O on another printer, S saves, Esc closes. Say what to show with `ask_pages`."""

    def __init__(
        self,
        at: AtDesk,
        host: QWidget,
        *,
        ask_printer: ChoosePrinter = choose_printer,
        ask_file: ChooseFile = choose_file,
        width: int = 680,
    ) -> None:
        super().__init__(" ", host, width=width, stays=True)
        self._at = at
        self._ask_printer, self._ask_file = ask_printer, ask_file
        self._pdf = b""
        self._draft: Draft | None = None
        self._above: QWidget | None = None
        self._made: Question | None = None
        self._pages = VoucherPages()
        self._said = Notice("act", "")
        self._column = QVBoxLayout()
        self._column.setSpacing(fonts.px(10))
        self._column.addWidget(self._said)
        self._column.addWidget(self._pages)
        self._said.hide()
        self._pages.setFixedHeight(self._high())
        self.add(self._column)
        self.add_button(self.tr("Close"), key="Esc")
        self._save = self.add_button(self.tr("Save as PDF…"), key="S", icon="file")
        self._other = self.add_button(self.tr("Other printer…"), key="O")
        self._print = self.add_button(actions.text("print"), "primary", key="P", icon="print")
        self._other.clicked.connect(self._ask_other)
        self._save.clicked.connect(self._save_as)
        self.accepted.connect(self._print_out)
        self._settle()

    @property
    def pages(self) -> VoucherPages:
        """The pages that are looked at."""
        return self._pages

    def file_name(self) -> str:
        """What the file is called when nobody calls it otherwise."""
        return ""

    def missing_words(self) -> str:
        """What is still true where a sign cannot be printed."""
        return ""

    def ask_pages(self, make: MakeDraft, lane: Lane = Lane.DESK) -> None:
        """Have the pages made on a lane, and show them."""
        self._pdf, self._draft = b"", None
        self._settle()
        if self._made is None:
            self._made = Question(self._at.background, self, lane=lane)
            self._made.answered.connect(self._show)
            self._made.refused.connect(self._refused)
        self._made.ask(partial(asking.look_at, self._at.desk, make))

    def name_it(self, title: str, pages: str) -> None:
        """What the dialog and its pages are called."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._pages.setAccessibleName(pages)

    def open(self, focus: QWidget | None = None) -> None:
        """Over the window; the pages have the keyboard, so that arrows scroll them."""
        super().open(focus or self._pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pages.setFixedHeight(self._high())
        super().resizeEvent(event)

    def add_above(self, options: QWidget) -> None:
        """Choices between the title and the pages."""
        self._above = options
        self._column.insertWidget(0, options)

    def _high(self) -> int:
        """What is left for the pages in the height of the window."""
        above = [one for one in (self._above, self._said) if one is not None and not one.isHidden()]
        taken = sum(one.sizeHint().height() + fonts.px(10) for one in above)
        return max(160, self._host.height() - fonts.px(244) - taken)

    # the pages

    def _show(self, shown: Shown) -> None:
        self._draft = shown.draft
        self._notice.hide()
        self._said.hide()
        self._pages.setFixedHeight(self._high())
        self._show_parts(True)
        self._show_pdf(shown.printed.pdf)
        if shown.before is not None:
            self._say_before(shown.before)
        if shown.printed.missing:
            signs = " ".join(shown.printed.missing[:12])
            words = self.tr("These signs cannot be printed here: {signs}").format(signs=signs)
            self._say("act", words, self.missing_words())

    def _say_before(self, last: Printing) -> None:
        """Whoever prints again should know that there is one already, and where it came from."""
        words = self.tr("Printed before: {at} at {counter}, on {printer}")
        at = day_and_time(last.at, self._at.now().astimezone(last.at.tzinfo).date())
        more = self.tr("Printed again, it says that it is a reprint.")
        self._say("done", words.format(at=at, counter=last.counter, printer=last.printer), more)

    def _show_pdf(self, pdf: bytes) -> None:
        if pdf != self._pdf:
            self._pdf = pdf
            self._pages.show_pdf(pdf)
        self._settle()

    def _refused(self, no: CannotDo) -> None:
        self._show_parts(False)
        self.refuse(no)

    def _show_parts(self, there: bool) -> None:
        for widget in (self._pages, self._save, self._other, self._print):
            widget.setVisible(there)

    def _settle(self) -> None:
        for button in (self._save, self._other, self._print):
            button.setEnabled(bool(self._pdf))
        self._place()

    # printing and saving

    def _print_out(self) -> None:
        self._start(None)

    def _ask_other(self) -> None:
        self._ask_printer(self, self._start)

    def _start(self, device: QPrinter | None) -> None:
        """On the counter's printer, or on the one somebody chose."""
        self._settle()
        draft = self._draft
        if draft is None:
            return
        self._say("done", self.tr("Printing…"))
        chosen = None
        if device is not None:
            from ui.spoolers import ChosenPrinter

            chosen = ChosenPrinter(device, self._at.background.in_steps)
        printing(self._at).print(
            lambda _desk: draft,
            self._was_printed,
            self._not_printed,
            spooler=chosen,
            printer=chosen.name if chosen is not None else "",
        )

    def _was_printed(self, out: Printout) -> None:
        if not stands(self):
            return
        self._show_pdf(out.pdf)
        if out.waits:
            words = self.tr("It waits at {printer}: is it on, has it paper?").format(printer=out.job.printer)
            more = self.tr("It comes out by itself. Printed again, it is withdrawn there first.")
            self._say("act", words, more)
            return
        words = self.tr("Sent to the printer: 1 page")
        if out.pages != 1:
            words = self.tr("Sent to the printer: {count} pages")
        self._say(
            "good", words.format(count=out.pages), copy_words(out.job.copies[0], out.job.draft.document)
        )

    def _not_printed(self, no: CannotDo) -> None:
        if not stands(self):
            self._at.deeds.tell(refusal(no))
        elif no.code == "printer-not-chosen":
            self._said.hide()
            self._ask_other()
        else:
            self._said.hide()
            self.refuse(no)

    def _save_as(self) -> None:
        self._ask_file(self, as_file_name(self.file_name()), self._save_to)

    def _save_to(self, name: str) -> None:
        work = partial(_write, Path(name), self._pdf)
        self._at.background.run(Lane.NETWORK, work, self._was_saved, self._failed)

    def _was_saved(self, path: Path) -> None:
        self._say("good", self.tr("Saved as {file}").format(file=path.name), str(path.parent))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, CannotDo):
            self.refuse(error)
        else:
            self._at.background.trouble.emit(error)

    def _say(self, family: str, head: str, text: str = "") -> None:
        """One notice above the pages: what is to know, or what was done."""
        self._notice.hide()
        old, self._said = self._said, Notice(family, head, text)
        self._column.replaceWidget(old, self._said)
        old.hide()
        old.deleteLater()
        self._said.show()
        self._pages.setFixedHeight(self._high())
        self._place()


def _write(path: Path, pdf: bytes) -> Path:
    """Whole or not at all: first beside it, then in its place."""
    half = path.with_name(path.name + ".part")
    try:
        half.write_bytes(pdf)
        os.replace(half, path)
    except OSError as error:
        raise CannotDo("file-not-writable", file=path.name, why=error.strerror or str(error)) from error
    return path
