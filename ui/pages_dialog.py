"""Shows pages as they will be printed, prints them, and saves them as a PDF: vouchers, day sheets.

The pages are drawn at the window's resolution while they are looked at, and again at the printer's when
they are printed, away from the window so that it keeps answering.
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
from ui import actions, fonts
from ui.at_desk import AtDesk
from ui.question import Question
from ui.voucher_pages import VoucherPages, print_pdf
from ui.widgets.dialog import Dialog
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from controllers.voucher_pdf import Printed

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
    """Pages over `host`: P prints, S saves, Esc closes. Say what to show with `ask_pages`."""

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
        self._print = self.add_button(actions.text("print"), "primary", key="P", icon="print")
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

    def ask_pages(self, work: Callable[[], Printed], lane: Lane = Lane.DESK) -> None:
        """Have the pages made on a lane, and show them."""
        self._pdf = b""
        self._settle()
        if self._made is None:
            self._made = Question(self._at.background, self, lane=lane)
            self._made.answered.connect(self._show)
            self._made.refused.connect(self._refused)
        self._made.ask(work)

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

    def _high(self) -> int:
        return max(160, self._host.height() - fonts.px(244))

    # the pages

    def _show(self, printed: Printed) -> None:
        self._pdf = printed.pdf
        self._notice.hide()
        self._show_parts(True)
        self._pages.show_pdf(printed.pdf)
        self._settle()
        if printed.missing:
            words = self.tr("These signs cannot be printed here: {signs}").format(
                signs=" ".join(printed.missing[:12])
            )
            self._say("act", words, self.missing_words())

    def _refused(self, no: CannotDo) -> None:
        self._show_parts(False)
        self.refuse(no)

    def _show_parts(self, there: bool) -> None:
        for widget in (self._pages, self._save, self._print):
            widget.setVisible(there)

    def _settle(self) -> None:
        for button in (self._save, self._print):
            button.setEnabled(bool(self._pdf))
        self._place()

    # printing and saving

    def _print_out(self) -> None:
        self._settle()
        self._ask_printer(self, self._send)

    def _send(self, printer: QPrinter) -> None:
        self._say("done", self.tr("Printing…"))
        work = partial(print_pdf, self._pdf, printer)
        self._at.background.run(Lane.NETWORK, work, self._was_printed, self._failed)

    def _was_printed(self, pages: int) -> None:
        words = (
            self.tr("Sent to the printer: 1 page")
            if pages == 1
            else self.tr("Sent to the printer: {count} pages")
        )
        self._say("good", words.format(count=pages))

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
