"""Shows pages as they will be printed, prints them, and saves them as a PDF: vouchers, receipts, day sheets.

P prints on the counter's own printer for the paper, without a question; O asks for another one, and so does P where
none was chosen yet. What is shown is the file that is printed: where printing it makes it a reprint, the pages that
came out are shown. A file that is saved is a copy, too. While one is under way there is no second one, and what was
changed meanwhile is drawn anew instead of printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from controllers.background import Lane
from models.meanwhile import subjects
from models.prints import PrintState
from models.refusals import CannotDo
from ui import actions, asking, fonts
from ui.at_desk import AtDesk
from ui.printing import NOT_KNOWN, printing
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
    from controllers.spooling import Spooler
    from models.prints import Printing
    from ui.asking.paper import Looked, MakeDraft, Shown

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


def with_ending(place: Path, ending: str) -> Path:
    """A place whose name was typed without an ending, with it; nobody was asked about a file that lies there so."""
    if place.suffix:
        return place
    names = (f"{place.name}{more}.{ending}" for more in ("", *(f"-{number}" for number in range(2, 10_000))))
    return next(free for free in map(place.with_name, names) if not free.exists())


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
        self._make: MakeDraft | None = None
        self._lane = Lane.DESK
        self._is_anew = self._is_under_way = False
        self._note, self._draw = (Question(at.background, self, lane=one) for one in (Lane.DESK, Lane.PAPER))
        self._read: Question | None = None
        self._pages = VoucherPages()
        self._said = Notice("act", "")
        self._column = QVBoxLayout()
        self._column.setSpacing(fonts.px(10))
        self._column.addWidget(self._said)
        self._column.addWidget(self._pages)
        self._said.hide()
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
        """Have the pages read on a lane and drawn on the papers', and show them."""
        self._pdf, self._draft, self._make, self._lane = b"", None, make, lane
        self._settle()
        if self._read is None:
            self._read = Question(self._at.background, self, lane=lane)
            self._read.answered.connect(self._note_it)
            self._note.answered.connect(self._draw_it)
            self._draw.answered.connect(self._show)
            for question in (self._read, self._note, self._draw):
                question.refused.connect(self._refused)
        self._note.forget()
        self._draw.forget()
        self._read.ask(partial(asking.read_draft, self._at.desk, make))

    def name_it(self, title: str, pages: str) -> None:
        """What the dialog and its pages are called."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._pages.setAccessibleName(pages)

    def open(self, focus: QWidget | None = None) -> None:
        """Over the window; the pages have the keyboard, so that arrows scroll them."""
        super().open(focus or self._pages)

    def refuse(self, no: CannotDo) -> None:
        """Beside the buttons; the pages give it room."""
        self._notice.refuse(no)
        self._place_pages()
        super().refuse(no)

    def tell_meanwhile(self, words: str) -> None:
        self._news.say(words, self.tr("The pages show how it was when they were drawn."))
        self._news.show()
        self._place_pages()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_pages()
        super().resizeEvent(event)

    def add_above(self, options: QWidget) -> None:
        """Choices between the title and the pages."""
        options.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._above = options
        self._column.insertWidget(0, options)

    def _place_pages(self) -> None:
        """What is said is as high as its words, and the pages have the rest of the window's height."""
        taken = 0
        for one in (self._above, self._said, self._notice, self._news):
            if one is None or one.isHidden():
                continue
            if isinstance(one, Notice):
                one.setFixedHeight(one.height_at(self.section_width()))
            taken += max(one.minimumHeight(), one.minimumSizeHint().height()) + fonts.px(10)
        self._pages.setFixedHeight(max(fonts.px(140), self._host.height() - fonts.px(236) - taken))

    # the pages

    def _note_it(self, looked: Looked) -> None:
        """Who sees names is journaled before they do; that is a write, whatever lane has read them."""
        if looked.draft.note is None:
            self._draw_it(looked)
        else:
            self._note.ask(partial(asking.note_looking, self._at.desk, looked))

    def _draw_it(self, looked: Looked) -> None:
        self._draw.ask(partial(asking.draw, looked))

    def _show(self, shown: Shown) -> None:
        self._draft = shown.draft
        self.about = self.about | subjects("reservation", *shown.draft.reservations)
        self._notice.hide()
        self._said.hide()
        self._show_parts(True)
        self._show_pdf(shown.printed.pdf)
        if shown.before is not None:
            self._say_before(shown.before)
        if self._is_anew:
            self._is_anew = False
            words = self.tr("It was changed meanwhile, and nothing was printed.")
            self._say("act", words, self.tr("This is how it is now. Look at it, then print it."))
        if shown.printed.missing:
            signs = " ".join(shown.printed.missing[:12])
            words = self.tr("These signs cannot be printed here: {signs}").format(signs=signs)
            self._say("act", words, self.missing_words())

    def _say_before(self, last: Printing) -> None:
        """Whoever prints again should know that there is one already, and where it came from."""
        family, words = "done", self.tr("Printed before: {at} at {counter}, on {printer}")
        more = self.tr("Printed again, it says that it is a reprint.")
        if not last.printer:
            words = self.tr("Saved as a file before: {at} at {counter}")
        elif last.state is PrintState.UNKNOWN:
            family, words = "act", self.tr("Not known whether it came out: {at} at {counter}, on {printer}")
            more = self.tr("Look there first. Printed again, it says that it is a reprint.")
        at = day_and_time(last.at, self._at.now().astimezone(last.at.tzinfo).date())
        self._say(family, words.format(at=at, counter=last.counter, printer=last.printer), more)

    def _show_pdf(self, pdf: bytes) -> None:
        if pdf != self._pdf:
            self._pdf = pdf
            self._pages.show_pdf(pdf)
        self._settle()

    def _refused(self, no: CannotDo) -> None:
        self._is_anew = False
        self._show_parts(False)
        self.refuse(no)

    def _show_parts(self, there: bool) -> None:
        for widget in (self._pages, self._save, self._other, self._print):
            widget.setVisible(there)

    def _settle(self) -> None:
        for button in (self._save, self._other, self._print):
            button.setEnabled(bool(self._pdf) and not self._is_under_way)
        self._place_pages()
        self._place()

    # printing and saving

    def _print_out(self) -> None:
        self._start(None)

    def _ask_other(self) -> None:
        self._ask_printer(self, self._start)

    def _start(self, device: QPrinter | None) -> None:
        """On the counter's printer, or on the one somebody chose: once, whatever was set there."""
        if device is None:
            self._send(self._was_printed, self.tr("Printing…"))
            return
        from ui.spoolers import ChosenPrinter

        device.setCopyCount(1)
        where = "" if device.outputFileName() else device.printerName()
        self._send(
            self._was_printed,
            self.tr("Printing…"),
            ChosenPrinter(device, self._at.background.in_steps),
            where,
        )

    def _send(
        self,
        done: Callable[[Printout], None],
        words: str,
        spooler: Spooler | None = None,
        printer: str | None = None,
    ) -> None:
        draft = self._draft
        if draft is None or self._is_under_way:
            self._settle()
            return
        self._is_under_way = True
        self._say("done", words)
        self._settle()
        print_it = printing(self._at).print
        print_it(lambda _desk: draft, done, self._not_printed, spooler=spooler, printer=printer)

    def _was_printed(self, out: Printout) -> None:
        if not self._show_copy(out):
            return
        if out.waits:
            words = self.tr("It waits at {printer}: is it on, has it paper?").format(printer=out.job.printer)
            more = self.tr("It comes out by itself. Printed again, it is withdrawn there first.")
            self._say("act", words, more)
            return
        words = self.tr("Sent to the printer: 1 page")
        if out.pages != 1:
            words = self.tr("Sent to the printer: {count} pages")
        self._say("good", words.format(count=out.pages), _copy_words(out))

    def _show_copy(self, out: Printout) -> bool:
        """The pages as they came out, unless others are shown by now; whether anybody still looks."""
        self._is_under_way = False
        if not stands(self):
            return False
        if out.job.draft is self._draft:
            self._show_pdf(out.pdf)
        self._settle()
        return True

    def _not_printed(self, no: CannotDo) -> None:
        self._is_under_way = False
        if not stands(self):
            self._at.deeds.tell(refusal(no))
            return
        self._said.hide()
        self._settle()
        if no.code == "printer-not-chosen":
            self._ask_other()
        elif no.code == "paper-outdated" and self._make is not None:
            self._is_anew = True
            self.ask_pages(self._make, self._lane)
        elif no.code == NOT_KNOWN:
            self._say("act", "")
            self._said.refuse(no)
            self._settle()
        else:
            self.refuse(no)

    def _save_as(self) -> None:
        self._ask_file(self, as_file_name(self.file_name()), self._save_to)

    def _save_to(self, name: str) -> None:
        from controllers.paper_file import IntoFile

        path = Path(name)
        self._send(partial(self._was_saved, path), self.tr("Saving…"), IntoFile(path), "")

    def _was_saved(self, path: Path, out: Printout) -> None:
        if self._show_copy(out):
            words = self.tr("Saved as {file}").format(file=path.name)
            copy = _copy_words(out)
            self._say("good", f"{words} ({copy})" if copy else words, str(path.parent))

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
        self._settle()


def _copy_words(out: Printout) -> str:
    return copy_words(out.job.copies[0], out.job.draft.document)
