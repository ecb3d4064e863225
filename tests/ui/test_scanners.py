"""A handheld scanner on any screen, under any dialog, whatever has the focus: no key of it is pressed or typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from controllers import counter
from controllers.scanning import Scan, serial, serial_line
from controllers.scanning.burst import Burst
from models import keyboards
from models.checkin import Kind
from models.counter_settings import CounterSettings
from tests.plug import Plug
from tests.ui.gate_window import GateWindow
from tests.ui.handheld import Handheld
from ui import actions
from ui.hold import HoldDialog
from ui.scanners import Scanners

CODE = "10000004821739046118277501"


class Room(QWidget):
    """A field, a button, a table and a key of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.button, self.table = QLineEdit(), QPushButton("Press"), QTableWidget(3, 2)
        self.done: list[str] = []
        self.button.clicked.connect(lambda: self.done.append("pressed"))
        column = QVBoxLayout(self)
        for widget in (self.field, self.button, self.table):
            column.addWidget(widget)
        self.action: QAction = actions.make("confirm", self, lambda: self.done.append("confirmed"))


@pytest.fixture
def scanners() -> Iterator[Scanners]:
    made = Scanners()
    yield made
    made.close()


@pytest.fixture
def room(qtbot: QtBot, scanners: Scanners) -> Room:
    made = Room()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


@pytest.fixture
def read(scanners: Scanners) -> list[Scan]:
    found: list[Scan] = []
    scanners.scanned.connect(found.append)
    return found


@pytest.mark.parametrize("place", ["field", "button", "table"])
@pytest.mark.parametrize("end", ["Enter", "Tab", ""])
def test_a_scan_is_read_wherever_the_keyboard_is(
    qtbot: QtBot, room: Room, read: list[Scan], place: str, end: str
) -> None:
    focus = getattr(room, place)
    focus.setFocus()
    Handheld(room).read(CODE, end=end)
    qtbot.waitUntil(lambda: [scan.text for scan in read] == [CODE])
    assert read[0].source == "wedge"
    assert QApplication.focusWidget() is focus
    assert (room.field.text(), room.done) == ("", [])


def test_letters_that_are_keys_of_the_screen_press_none(qtbot: QtBot, room: Room, read: list[Scan]) -> None:
    room.button.setFocus()
    Handheld(room).read("CCCC-20270115")
    qtbot.waitUntil(lambda: len(read) == 1)
    assert room.done == []


def test_what_a_person_types_arrives_whole_also_a_password(
    qtbot: QtBot, room: Room, read: list[Scan]
) -> None:
    hand = Handheld(room)
    hand.types("Example, 2 adults")
    qtbot.waitUntil(lambda: room.field.text() == "Example, 2 adults")
    room.field.clear()
    room.field.setEchoMode(QLineEdit.EchoMode.Password)
    hand.read("Tr0ub4dor-3", end="")  # filled in by a program, as fast as a scanner
    qtbot.waitUntil(lambda: room.field.text() == "Tr0ub4dor-3")
    assert read == []


def test_a_code_is_read_in_a_password_field_too(qtbot: QtBot, room: Room, read: list[Scan]) -> None:
    room.field.setEchoMode(QLineEdit.EchoMode.Password)
    Handheld(room).read(CODE)
    qtbot.waitUntil(lambda: len(read) == 1)
    assert room.field.text() == ""


def test_a_single_letter_is_still_the_key_of_its_action(qtbot: QtBot, room: Room) -> None:
    room.button.setFocus()
    Handheld(room).types("c")
    qtbot.waitUntil(lambda: room.done == ["confirmed"])
    room.field.setFocus()
    Handheld(room).types("c")
    qtbot.waitUntil(lambda: room.field.text() == "c")
    assert room.done == ["confirmed"]


def test_no_shortcut_is_looked_up_before_it_is_known_whose_key_it_is(room: Room) -> None:
    room.button.setFocus()
    for key, code in ((Qt.Key.Key_C, 46), (Qt.Key.Key_Return, keyboards.ENTER)):
        asked = QKeyEvent(
            QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, code + 8, 0, 0, "c"
        )
        asked.ignore()
        QCoreApplication.sendEvent(room.button, asked)
        assert asked.isAccepted()
    ctrl = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, 54, 0, 0, ""
    )
    ctrl.ignore()
    QCoreApplication.sendEvent(room.button, ctrl)
    assert not ctrl.isAccepted()


def test_enter_of_a_person_presses_at_once(room: Room) -> None:
    room.button.setFocus()
    hand = Handheld(room)
    hand.press(Qt.Key.Key_Space, 57, Qt.KeyboardModifier.NoModifier, " ")
    hand.press(Qt.Key.Key_Left, 105, Qt.KeyboardModifier.NoModifier)
    assert room.done == ["pressed"]


def test_ctrl_keys_are_never_held(room: Room) -> None:
    room.field.setText("Example")
    Handheld(room).press(Qt.Key.Key_A, 30, Qt.KeyboardModifier.ControlModifier)
    assert room.field.selectedText() == "Example"


def test_a_foreign_text_of_several_lines_goes_into_the_field_and_its_enter_presses_nothing(
    qtbot: QtBot, room: Room, read: list[Scan]
) -> None:
    room.field.returnPressed.connect(lambda: room.done.append("entered"))
    hand = Handheld(room)
    for text in ("BEGIN:VCARD", "N:Example", "a", "END:VCARD"):
        hand.read(text, gap_ms=4, after_ms=0)
    qtbot.waitUntil(lambda: room.field.text() == "BEGIN:VCARD N:Example a END:VCARD ")
    assert (room.done, read) == ([], [])


def test_an_enter_of_a_person_after_a_fast_word_still_enters(qtbot: QtBot, room: Room) -> None:
    room.field.returnPressed.connect(lambda: room.done.append("entered"))
    hand = Handheld(room)
    hand.types("Example", gap_ms=70)
    hand.end("Enter")
    qtbot.waitUntil(lambda: room.done == ["entered"])
    assert room.field.text() == "Example"


# --- at the gate --------------------------------------------------------------------------------


def test_a_scan_on_another_screen_is_judged_there(gate: GateWindow) -> None:
    gate.window.go("reservations")
    gate.handheld.read(gate.codes[Kind.ADMIT])
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)
    assert gate.window.word == "reservations"
    assert gate.face.word == "ADMIT"


def test_a_scan_into_an_open_dialog_presses_none_of_its_buttons(gate: GateWindow) -> None:
    gate.window.go("reservations")
    gate.deeds.hold(int(gate.codes[Kind.NOT_CONFIRMED].removeprefix("CF-")))
    gate.quiet()
    dialog = gate.window.findChild(HoldDialog)
    assert dialog is not None
    gate.type("Waits for")
    gate.handheld.read(gate.codes[Kind.USED])
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.USED)
    assert dialog.isVisible()
    assert dialog.reason == "Waits for"


def test_a_scan_at_check_in_does_not_touch_the_field(gate: GateWindow) -> None:
    gate.type("CF-1")
    gate.handheld.read(gate.codes[Kind.ADMIT])
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)
    assert gate.screen._field.text() == "CF-1"
    assert gate.lines[0].judged.answer.source == "wedge"


def test_a_foreign_code_at_check_in_is_answered_once_and_not_written_into_the_field(gate: GateWindow) -> None:
    shown: list[str] = []
    gate.at_gate.shown.connect(lambda judged: shown.append(judged.answer.kind))
    for text in ("BEGIN:VCARD", "N:Example Anna", "a", "END:VCARD"):
        gate.handheld.read(text, gap_ms=4, after_ms=0)
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.UNKNOWN)
    gate.quiet()
    assert shown == [Kind.UNKNOWN]
    assert gate.screen._field.text() == ""


def test_a_scanner_of_another_country_is_understood_and_the_verdict_says_so(gate: GateWindow) -> None:
    gate.handheld.read(gate.codes[Kind.ADMIT], layout="fr")
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)
    assert gate.face.facts[-1] == "Scanner set to another keyboard"


# --- set up, and how it stands ------------------------------------------------------------------


def test_a_scanner_is_read_by_the_country_it_is_set_to(
    qtbot: QtBot, scanners: Scanners, room: Room, read: list[Scan]
) -> None:
    scanners.set_up(CounterSettings(scanner_layout="de"))
    Handheld(room).read("TNA-20270115-00012345", layout="de")
    qtbot.waitUntil(lambda: [scan.text for scan in read] == ["TNA-20270115-00012345"])


def test_a_counter_that_is_set_up_anew_hears_so_at_once(gate: GateWindow) -> None:
    gate.scanners.follow(gate.background, lambda: gate.desk)
    gate.quiet()
    counter.set_up_counter(desk=gate.desk, scanner_layout="fr", scanner_gap_ms=45)
    gate.quiet()
    assert (gate.scanners.watch.wedge.layout, gate.scanners.watch.wedge.slowest_ms) == ("fr", 45)


def test_the_key_bar_says_whether_a_scanner_is_ready_or_unplugged(
    qtbot: QtBot, scanners: Scanners, read: list[Scan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serial_line, "AGAIN_MS", 20)
    plug, said = Plug(tmp_path / "scanner"), []
    scanners.serial = serial.SerialScanner(scanners)
    scanners.serial.stands.connect(scanners.stands)
    scanners.serial.scanned.connect(scanners._take_line)
    scanners.stands.connect(lambda: said.append(scanners.standing.text))
    assert scanners.standing is None
    scanners.set_up(CounterSettings(scanner_port=str(plug.name)))
    qtbot.waitUntil(lambda: said == ["Scanner unplugged"])
    plug.put_in()
    qtbot.waitUntil(lambda: said == ["Scanner unplugged", "Scanner ready"])
    plug.send(b"CF-48217\r")
    qtbot.waitUntil(lambda: [(scan.text, scan.source) for scan in read] == [("CF-48217", "serial")])
    plug.pull_out()
    qtbot.waitUntil(lambda: said[-1] == "Scanner unplugged")
    assert scanners.standing.family == "stop"


def test_a_handheld_scanner_is_ready_once_it_was_heard(
    qtbot: QtBot, scanners: Scanners, room: Room, read: list[Scan]
) -> None:
    Handheld(room).read(CODE)
    qtbot.waitUntil(lambda: len(read) == 1)
    assert scanners.standing.text == "Scanner ready"


def test_while_a_scanner_is_tested_nobody_is_let_in(
    qtbot: QtBot, scanners: Scanners, room: Room, read: list[Scan]
) -> None:
    seen: list[Burst] = []
    scanners.seen.connect(seen.append)
    scanners.test(room, testing=True)
    Handheld(room).read(CODE)
    qtbot.waitUntil(lambda: [burst.text for burst in seen] == [CODE])
    scanners.test(room, testing=False)
    Handheld(room).read("CF-48217")
    qtbot.waitUntil(lambda: [scan.text for scan in read] == ["CF-48217"])
