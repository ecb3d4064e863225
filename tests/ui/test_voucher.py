"""The voucher on screen, on paper and in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.background import Background
from controllers.desk import Desk
from models.reservations import Status
from tests.builders import a_product, a_reservation
from ui.at_desk import AtDesk
from ui.deeds import Deeds
from ui.voucher import VoucherDialog
from ui.voucher_pages import open_pdf
from ui.widgets.button import Button
from ui.widgets.notice import Notice


class Opened:
    """The dialog over a window; it remembers what it was asked, and answers for the system's windows."""

    def __init__(self, qtbot: QtBot, desk: Desk, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.background = Background()
        deeds = Deeds(self.background, lambda: desk, desk.now)
        self.at = AtDesk(self.background, lambda: desk, deeds, desk.now)
        self.host = QWidget()
        self.host.resize(1366, 700)
        qtbot.addWidget(self.host)
        self.host.show()
        self.host.activateWindow()

    def open(self, reservation_id: int) -> VoucherDialog:
        """Open it and wait for the pages."""
        dialog = VoucherDialog(
            self.at, reservation_id, self.host, ask_printer=self._printer, ask_file=self._file
        )
        dialog.open()
        self.quiet()
        return dialog

    def press(self, key: Qt.Key) -> None:
        """One key, wherever the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        self.qtbot.keyClick(widget, key)
        self.quiet()

    def quiet(self) -> None:
        """Until what is under way is shown."""
        for _ in range(2):
            self.qtbot.waitUntil(self.background.idle)
            QApplication.processEvents()

    def _printer(self, _parent: QWidget, chosen: Callable[[QPrinter], None]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / "printed.pdf"))
        chosen(printer)

    def _file(self, _parent: QWidget, name: str, chosen: Callable[[str], None]) -> None:
        chosen(str(self.folder / name))


@pytest.fixture
def opened(qtbot: QtBot, a_desk: Desk, tmp_path: Path) -> Iterator[Opened]:
    a_product(a_desk)
    made = Opened(qtbot, a_desk, tmp_path)
    yield made
    made.background.close()


def said(dialog: VoucherDialog) -> list[str]:
    return [notice.accessibleName() for notice in dialog.findChildren(Notice) if notice.isVisible()]


def test_the_pages_are_shown_and_have_the_keyboard(opened: Opened, a_desk: Desk) -> None:
    dialog = opened.open(a_reservation(a_desk, Status.CONFIRMED))
    assert dialog.accessibleName() == "Voucher of CF-10001"
    assert dialog.pages.count == 1
    assert dialog.pages.hasFocus()
    before = dialog.pages.verticalScrollBar().value()
    opened.press(Qt.Key.Key_Down)
    assert dialog.pages.verticalScrollBar().value() > before
    assert said(dialog) == []


def test_s_saves_the_same_pages(opened: Opened, a_desk: Desk) -> None:
    dialog = opened.open(a_reservation(a_desk, Status.CONFIRMED))
    opened.press(Qt.Key.Key_S)
    saved = opened.folder / "CF-10001.pdf"
    assert open_pdf(saved.read_bytes())[0].pageCount() == 1
    assert said(dialog)[0].startswith("Saved as CF-10001.pdf")


def test_a_folder_that_cannot_be_written_is_said_beside_the_buttons(opened: Opened, a_desk: Desk) -> None:
    dialog = opened.open(a_reservation(a_desk, Status.CONFIRMED))
    opened.folder = opened.folder / "missing"
    opened.press(Qt.Key.Key_S)
    assert "CF-10001.pdf cannot be written" in said(dialog)[0]


def test_p_prints_every_page(opened: Opened, a_desk: Desk) -> None:
    dialog = opened.open(a_reservation(a_desk, Status.CONFIRMED))
    opened.press(Qt.Key.Key_P)
    printed = (opened.folder / "printed.pdf").read_bytes()
    assert open_pdf(printed)[0].pageCount() == 1
    assert said(dialog) == ["Sent to the printer: 1 page"]


def test_an_order_that_is_not_confirmed_has_no_voucher_yet(opened: Opened, a_desk: Desk) -> None:
    dialog = opened.open(a_reservation(a_desk))
    assert said(dialog) == ["CF-10001 is Unconfirmed: a voucher is made when it is confirmed."]
    assert [button.key for button in dialog.findChildren(Button) if button.isVisible()] == ["Esc"]
    opened.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_cancelled_order_has_none_any_more(opened: Opened, a_desk: Desk) -> None:
    made = a_reservation(a_desk, Status.CONFIRMED)
    reservations.cancel(made, desk=a_desk, reason="the guide is ill")
    assert "has no valid voucher" in said(opened.open(made))[0]


def test_signs_without_a_font_are_told(opened: Opened, a_desk: Desk) -> None:
    dialog = opened.open(a_reservation(a_desk, Status.CONFIRMED, name="Anna Sample 𓀀𓀁"))
    assert said(dialog)[0].startswith("These signs cannot be printed here: 𓀀 𓀁")
