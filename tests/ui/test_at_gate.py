"""A scan from anywhere in the window: the verdict lies over whatever is shown, and leaves it as it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu

from controllers import checkin
from controllers.scanning import Scan
from models.checkin import Kind
from models.refusals import CannotDo
from tests.ui.gate_window import GateWindow
from ui.checkin_force import ForceDialog
from ui.confirm import ConfirmDialog
from ui.hold import HoldDialog
from ui.widgets.toast import Toast

CTRL = Qt.KeyboardModifier.ControlModifier


def take(gate: GateWindow, kind: Kind) -> None:
    """What a scanner hands over, whatever is in front."""
    gate.at_gate.take(Scan(gate.codes[kind], "wedge"))
    gate.quiet()


def typing_elsewhere(gate: GateWindow) -> QLineEdit:
    """A person types in the search box of another screen, and has marked two letters."""
    gate.window.go("reservations")
    gate.window.focus_search()
    edit = gate.keyboard
    assert isinstance(edit, QLineEdit)
    gate.type("Exam")
    gate.qtbot.waitUntil(lambda: edit.text() == "Exam")
    edit.setSelection(1, 2)
    return edit


def a_question(gate: GateWindow) -> HoldDialog:
    """A dialog in which a person has begun to write."""
    gate.window.go("reservations")
    gate.deeds.hold(int(gate.codes[Kind.NOT_CONFIRMED].removeprefix("CF-")))
    gate.quiet()
    dialog = gate.window.findChild(HoldDialog)
    assert dialog is not None
    write(gate, dialog, "Waits for")
    return dialog


def write(gate: GateWindow, dialog: HoldDialog | ForceDialog, words: str) -> None:
    """A person writes: what may be a scan is held for a moment, and comes."""
    before = dialog._area.text()
    gate.type(words)
    gate.qtbot.waitUntil(lambda: dialog._area.text() == before + words)


def test_a_scan_on_another_screen_is_answered_there_and_the_typed_text_stays(gate: GateWindow) -> None:
    edit = typing_elsewhere(gate)
    take(gate, Kind.ADMIT)
    assert gate.face.kind is Kind.ADMIT
    assert gate.window.word == "reservations"
    gate.press(Qt.Key.Key_Return)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert gate.keyboard is edit
    assert (edit.text(), edit.selectedText()) == ("Exam", "xa")


def test_a_verdict_over_a_dialog_leaves_the_dialog_open_and_the_keyboard_in_it(gate: GateWindow) -> None:
    dialog = a_question(gate)
    area = gate.keyboard
    take(gate, Kind.USED)
    assert gate.card is not None
    assert gate.keyboard is gate.card
    gate.press(Qt.Key.Key_Escape)  # no key of this verdict, and none of the dialog below
    gate.press(Qt.Key.Key_Return)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert dialog.isVisible()
    assert dialog.reason == "Waits for"
    assert gate.keyboard is area
    write(gate, dialog, " seats")


def test_a_dialog_that_ends_below_a_verdict_leaves_the_keyboard_to_it(gate: GateWindow) -> None:
    dialog = a_question(gate)
    take(gate, Kind.USED)
    dialog.leave()
    assert gate.keyboard is gate.card
    gate.press(Qt.Key.Key_Return)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert gate.window.isAncestorOf(gate.keyboard)
    assert not dialog.isAncestorOf(gate.keyboard)


def test_a_verdict_that_ends_below_a_question_leaves_the_keyboard_to_it(gate: GateWindow) -> None:
    edit = typing_elsewhere(gate)
    take(gate, Kind.TOO_EARLY)
    gate.letter(Qt.Key.Key_F)
    dialog = gate.window.findChild(ForceDialog)
    assert dialog is not None
    write(gate, dialog, "The")
    gate.end()
    write(gate, dialog, " guide waits")
    gate.press(Qt.Key.Key_Escape)
    assert gate.keyboard is edit


def test_a_scan_while_a_question_about_a_verdict_is_open_waits_its_turn(gate: GateWindow) -> None:
    take(gate, Kind.NOT_CONFIRMED)
    gate.letter(Qt.Key.Key_C)
    assert gate.window.findChild(ConfirmDialog) is not None
    take(gate, Kind.ADMIT)
    assert gate.face.kind is Kind.NOT_CONFIRMED
    assert gate.face.waits[1] == "1 scan is queued behind this"
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)
    assert gate.face.facts[0] == "SAMPLE, ANNA"
    gate.end()
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.facts[0] == "林範例 Example Lin")


def test_an_open_menu_does_not_lie_over_the_verdict(gate: GateWindow) -> None:
    menu = QMenu(gate.window)
    menu.addAction("one")
    menu.popup(gate.window.pos())
    take(gate, Kind.ADMIT)
    assert not menu.isVisible()
    assert gate.keyboard is gate.card


def test_ctrl_z_on_a_verdict_takes_it_back_and_other_commands_press_no_key(gate: GateWindow) -> None:
    take(gate, Kind.ADMIT)
    gate.press(Qt.Key.Key_V, CTRL)
    assert gate.gone == []
    gate.press(Qt.Key.Key_Z, CTRL)
    gate.quiet()
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert gate.lines[0].undone


def test_a_scan_that_could_not_be_judged_is_told_on_every_screen_and_keeps_its_id(gate: GateWindow) -> None:
    asked: list[str] = []
    scan = checkin.scan

    def busy_once(text: str, **told: object) -> object:
        asked.append(str(told["scan_id"]))
        if len(asked) == 1:
            raise CannotDo("database-busy")
        return scan(text, **told)  # type: ignore[arg-type]

    gate.window.go("reservations")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkin, "scan", busy_once)
        take(gate, Kind.ADMIT)
        assert gate.card is None
        toasts = [one.accessibleName() for one in gate.window.findChildren(Toast)]
        assert "Another counter has been writing" in toasts[0]
        take(gate, Kind.ADMIT)
    assert asked[0] == asked[1]
    assert gate.face.kind is Kind.ADMIT
