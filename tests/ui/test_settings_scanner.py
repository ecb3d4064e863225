"""The settings' page of the scanner: what it sends, what is wrong with it, and what is changed with one key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from controllers import counter
from controllers.desk import Desk
from controllers.scanning import Scan
from controllers.scanning.diagnosis import TEST_CODE, TEST_NUMBER
from controllers.scanning.serial import SerialScanner
from controllers.scanning.serial_line import Line
from models import keyboards
from models.counter_settings import CounterSettings
from tests.plug import Plug
from tests.ui.at_a_desk import at_a_desk, shown
from tests.ui.handheld import Handheld
from ui.at_desk import AtDesk
from ui.scanners import Scanners
from ui.settings import Settings
from ui.settings_scanner import ScannerPage
from ui.setup_sheet import SetupSheetDialog
from ui.widgets.notice import Notice


class Bench:
    """The page, a scanner in the hand, and what was read at the gate meanwhile."""

    def __init__(self, qtbot: QtBot, at: AtDesk, scanners: Scanners) -> None:
        self.qtbot, self.at = qtbot, at
        self.read: list[Scan] = []
        scanners.scanned.connect(self.read.append)
        scanners.follow(at.background, at.desk)
        screen = Settings(at)
        with qtbot.waitSignal(screen.kept.told):
            screen.opened(section="scanner")
        self.screen = shown(qtbot, screen, until=lambda: True)
        page = screen.page
        assert isinstance(page, ScannerPage)
        self.page = page
        page.area.setFocus()
        self.hand = Handheld(screen)
        self.quiet()

    def quiet(self) -> None:
        for _ in range(3):
            self.qtbot.waitUntil(self.at.background.idle)
            self.qtbot.wait(1)

    def scan(self, text: str = TEST_CODE, **how: object) -> None:
        """And wait until it is told."""
        seen = self.page._diagnosis
        self.hand.read(text, **how)  # type: ignore[arg-type]
        self.qtbot.waitUntil(lambda: self.page._diagnosis is not seen)
        self.quiet()

    @property
    def said(self) -> list[str]:
        """The heads of the notices."""
        notices = [one for one in self.page.findChildren(Notice) if one.isVisible()]
        return [one.accessibleName() for one in notices]

    @property
    def sent(self) -> list[str]:
        """Text, keys, country, ending, speed."""
        return [value.text() for _name, value in self.page.sent]


@pytest.fixture
def bench(qtbot: QtBot, a_desk: Desk) -> Iterator[Bench]:
    scanners = Scanners()
    with at_a_desk(a_desk) as made:
        yield Bench(qtbot, replace(made, scanners=lambda: scanners), scanners)
        scanners.close()


def test_a_scanner_that_is_set_up_right_is_told_so_and_nobody_is_let_in(bench: Bench) -> None:
    bench.scan()
    assert bench.said == ["This scanner is set up right"]
    text, keys, set_to, ends, speed = bench.sent
    assert (text, set_to, ends) == (TEST_CODE, "English (US)", "Enter")
    assert keys.startswith("46⇧ 33⇧ 12 20⇧")
    assert speed.startswith("2 ms from key to key, 25 keys in ")
    assert bench.read == []


def test_a_scanner_of_another_country_is_named_and_read_so_from_then_on(bench: Bench) -> None:
    bench.scan(layout="fr")
    assert bench.said[0].startswith("The scanner is set to another keyboard: French")
    assert bench.page.adopt.text() == "Read it as French"
    bench.page.adopt.click()
    bench.quiet()
    assert counter.counter_settings(desk=bench.at.desk()).scanner_layout == "fr"
    assert bench.said == ["This scanner is set up right"]
    bench.scan(layout="fr")
    assert bench.sent[0] == TEST_CODE


def test_a_missing_enter_is_said(bench: Bench) -> None:
    bench.scan(end="")
    assert bench.said[0].startswith("No Enter comes after the code")
    assert bench.sent[3] == "nothing"


def test_a_slow_scanner_is_noticed_and_waited_for_from_then_on(bench: Bench) -> None:
    bench.scan(gap_ms=44)
    assert bench.said[0].startswith("Slow: 44 ms from key to key")
    bench.page.patience.click()
    bench.quiet()
    assert counter.counter_settings(desk=bench.at.desk()).scanner_gap_ms == 55
    bench.scan(gap_ms=44)
    assert bench.said == ["This scanner is set up right"]


def test_a_scanner_as_slow_and_as_uneven_as_a_person_cannot_be_used(bench: Bench) -> None:
    bench.hand.at_ms += 1_000
    for n, (code, shift) in enumerate(keyboards.typed(TEST_CODE)):
        bench.hand.stroke(code, shift, 70 + n % 3 * 30)
    bench.hand.end("Enter")
    bench.qtbot.waitUntil(lambda: bool(bench.said))
    assert bench.said[0].startswith("Too slow: 100 ms from key to key")
    assert not bench.page.patience.isVisible()
    bench.scan(gap_ms=240)
    assert bench.said[0].startswith("Too slow: 240 ms from key to key")


def test_the_rhythm_of_a_slow_scanner_is_learned_and_it_is_read_from_then_on(bench: Bench) -> None:
    bench.scan(gap_ms=90)
    assert bench.said[0].startswith("Slow, but steady: 90 ms from key to key")
    assert bench.page.patience.text() == "Learn its rhythm"
    bench.page.patience.click()
    bench.quiet()
    assert bench.said == ["This scanner is set up right"]
    assert bench.page._rhythm_row.isVisible()
    bench.scan(TEST_NUMBER, gap_ms=92)
    assert bench.sent[0] == TEST_NUMBER
    assert bench.said == ["This scanner is set up right"]
    bench.page.forget.click()
    bench.quiet()
    assert not bench.page._rhythm_row.isVisible()
    assert bench.page._scanners.watch.wedge.rhythm is None


def test_a_scanner_that_types_by_numbers_is_told_so(bench: Bench) -> None:
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
    pad = {"0": 82, "4": 75, "5": 76, "6": 77, "7": 71, "8": 72}
    for sign in "067070045084":
        bench.hand.press(Qt.Key(ord(sign)), pad[sign], held)
    bench.qtbot.waitUntil(lambda: bool(bench.said))
    assert bench.said[0].startswith("The scanner types by numbers (ALT mode)")


def test_lost_signs_are_counted(bench: Bench) -> None:
    bench.scan(TEST_CODE.replace("4", "").replace("W", ""))
    assert bench.said[0].startswith("Some signs are missing: 23 came")


def test_capitals_that_are_mixed_up_are_said(bench: Bench) -> None:
    bench.scan(TEST_CODE.lower())
    assert bench.said[0].startswith("Capitals and small letters are mixed up")


def test_another_code_is_told_apart_and_a_vouchers_digits_are_good(bench: Bench) -> None:
    bench.scan("TNA-20270115-00012345")
    assert bench.said[0].startswith("This is not the test code")
    bench.scan(TEST_NUMBER)
    assert bench.said == ["This scanner is set up right"]


def test_scans_go_to_the_gate_again_when_the_page_is_left(bench: Bench) -> None:
    bench.screen.hide()
    other = QWidget()
    bench.qtbot.addWidget(other)
    other.show()
    bench.qtbot.waitExposed(other)
    other.activateWindow()
    bench.qtbot.waitUntil(other.isActiveWindow)
    Handheld(other).read("CF-48217")
    bench.qtbot.waitUntil(lambda: [scan.text for scan in bench.read] == ["CF-48217"])
    assert bench.page._diagnosis is None  # nor does a traveler's code wait here to be looked at


def test_country_and_port_are_chosen_by_hand(bench: Bench) -> None:
    bench.page.layout_button.chosen.emit("de")
    bench.page.port.setFocus()
    bench.qtbot.keyClicks(bench.page.port.focusProxy(), "/dev/no-scanner")
    bench.qtbot.keyClick(bench.page.port.focusProxy(), Qt.Key.Key_Return)
    bench.quiet()
    kept = counter.counter_settings(desk=bench.at.desk())
    assert kept == CounterSettings(scanner_layout="de", scanner_port="/dev/no-scanner")
    assert bench.page._port_stands.text().startswith("Scanner unplugged")


def test_the_sheet_prints_codes_that_are_read_back(bench: Bench, qtbot: QtBot) -> None:
    import zxingcpp

    dialog = SetupSheetDialog(bench.at, bench.screen)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog._pdf))
    bench.quiet()
    document = QPdfDocument()
    paper = document_of(dialog._pdf, document)
    found = {(str(code.format), code.text) for code in zxingcpp.read_barcodes(paper)}
    texts = {text for _form, text in found}
    assert texts == {TEST_CODE, TEST_NUMBER}
    assert {form for form, _text in found} == {"QR Code", "Code 128"}
    dialog.leave()


def document_of(pdf: bytes, document: QPdfDocument) -> object:
    """The first page as grey pixels at 300 dpi."""
    import numpy
    from PySide6.QtCore import QBuffer, QSize

    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    assert document.pageCount() == 1
    image = document.render(0, QSize(2480, 3508))
    document.close()  # it must not outlive the bytes it reads from
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    from PySide6.QtGui import QPainter

    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    grey = paper.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = numpy.frombuffer(grey.constBits(), numpy.uint8)
    return rows.reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()].copy()


def test_a_serial_line_that_may_not_be_used_is_said_in_words_that_help(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    plug = Plug(tmp_path / "scanner")
    plug.put_in()
    other = SerialScanner()
    other.listen(str(plug.name))
    qtbot.waitUntil(lambda: other.line is Line.READY)
    bench.page._scanners.serial.listen(str(plug.name))
    qtbot.waitUntil(lambda: "another program has it" in bench.page._port_stands.text())
    assert bench.page._scanners.standing.text == "Scanner not allowed"
    other.close()
    plug.pull_out()


def test_a_foreign_code_of_thousands_of_signs_leaves_the_page_as_it_is(bench: Bench) -> None:
    bench.scan("A1" * 900)
    bench.page.take_line("x" * 4000)
    assert all(len(value) < 300 for value in bench.sent)
    assert all(len(head) < 100 for head in bench.said)
