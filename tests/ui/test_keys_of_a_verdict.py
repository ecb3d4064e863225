"""A verdict comes up while somebody writes or leans on a key: what they do goes on being what they meant."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from controllers import viewing
from controllers.scanning import Scan
from controllers.scanning.key_flow import KeyFlow
from models.checkin import Kind
from tests.ui.gate_window import GateWindow
from ui.hold import HoldDialog

U, V = 22, 47


def take(gate: GateWindow, kind: Kind) -> None:
    gate.at_gate.take(Scan(gate.codes[kind], "camera"))
    gate.quiet()


def writes(gate: GateWindow, text: str) -> None:
    """A person's keys, seen by the watch of the scanners first as all keys are."""
    watch = gate.scanners.watch
    gate.handheld.types(text)
    gate.qtbot.waitUntil(lambda: not (watch.wedge.wait_ms or watch._line or watch._on_their_way))
    gate.quiet()


def arrived(gate: GateWindow) -> int:
    return viewing.see_details(10001, desk=gate.desk).row.arrived


def in_a_dialog(gate: GateWindow) -> HoldDialog:
    """Somebody writes a reason; the clocks of keyboard and program are one."""
    gate.scanners.watch.flow = KeyFlow(lambda: gate.handheld.at_ms)
    gate.window.go("reservations")
    gate.deeds.hold(int(gate.codes[Kind.NOT_CONFIRMED].removeprefix("CF-")))
    gate.quiet()
    dialog = gate.window.findChild(HoldDialog)
    assert dialog is not None
    writes(gate, "wait for the b")
    gate.qtbot.waitUntil(lambda: dialog.reason == "wait for the b")
    return dialog


def test_the_letters_of_a_word_are_no_keys_of_the_verdict_that_comes_up(gate: GateWindow) -> None:
    dialog = in_a_dialog(gate)
    take(gate, Kind.ADMIT)
    writes(gate, "uvu")
    assert arrived(gate) == 3
    assert gate.card is not None
    assert gate.gone == []
    assert dialog.reason == "wait for the b"


def test_after_a_pause_the_same_letter_is_its_key(gate: GateWindow) -> None:
    in_a_dialog(gate)
    take(gate, Kind.ADMIT)
    writes(gate, "u")
    gate.handheld.at_ms += 1_200
    writes(gate, "u")
    assert arrived(gate) == 0


def test_a_key_that_is_held_down_does_not_press_a_verdict_that_comes_up_under_it(gate: GateWindow) -> None:
    take(gate, Kind.ADMIT)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_U, Qt.KeyboardModifier.NoModifier, "u", True)
    QCoreApplication.sendEvent(gate.keyboard, held)
    gate.quiet()
    assert arrived(gate) == 3


def test_a_verdict_that_fades_hears_no_key_any_more(gate: GateWindow) -> None:
    before = QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, True)
    take(gate, Kind.ADMIT)
    assert gate.card is not None
    gate.card.leave()
    gate.press(Qt.Key.Key_V)
    gate.press(Qt.Key.Key_U)
    gate.quiet()
    gate.qtbot.wait(150)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, before)
    assert gate.gone == []
    assert arrived(gate) == 3
    assert gate.screen._field.text() == "VU".lower()
