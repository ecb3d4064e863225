"""A scan from anywhere in the window: the verdict lies over whatever is shown, and leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from controllers import attention, checkin, viewing
from controllers.answers import Alone, Answer, Choice
from controllers.scanning import Scan
from models.checkin import Kind
from models.refusals import CannotDo
from models.reservations import Status
from tests.ui.gate_window import GateWindow
from ui.checkin_force import ForceDialog
from ui.checkin_move import MoveDialog
from ui.confirm import ConfirmDialog
from ui.hold import HoldDialog
from ui.take_back import TakeBackDialog
from ui.verdict_keys import keys_of
from ui.verdicts import Judged
from ui.widgets.button import Button
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


def test_what_the_screen_in_front_takes_for_its_own_is_not_judged(gate: GateWindow) -> None:
    told: list[str] = []
    gate.at_gate.takes_itself = lambda text: told.append(text) is None
    take(gate, Kind.ADMIT)
    assert (told, gate.card) == ([gate.codes[Kind.ADMIT]], None)


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


# --- what waited behind a verdict ----------------------------------------------------------------


def test_what_waited_is_answered_after_a_look_at_the_order(gate: GateWindow) -> None:
    take(gate, Kind.COLLECT)
    take(gate, Kind.ADMIT)
    gate.letter(Qt.Key.Key_V)
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)
    assert gate.window.word == "details"
    assert "queued" not in gate.face.waits[1]


def test_what_waited_goes_on_when_one_of_them_cannot_be_judged(
    gate: GateWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(gate, Kind.COLLECT)
    take(gate, Kind.ADMIT)
    take(gate, Kind.USED)
    right = checkin.scan

    def scan(text: str, **told: object) -> object:
        if text == gate.codes[Kind.ADMIT]:
            raise CannotDo("database-away")
        return right(text, **told)

    monkeypatch.setattr(checkin, "scan", scan)
    gate.press(Qt.Key.Key_Escape)
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.USED)


def test_a_code_that_waits_already_is_no_second_scan(gate: GateWindow) -> None:
    take(gate, Kind.COLLECT)
    for _ in range(30):
        take(gate, Kind.ADMIT)
    assert gate.face.waits[1] == "1 scan is queued behind this"


def test_thirty_scans_behind_a_question_of_money_are_answered_in_their_order(gate: GateWindow) -> None:
    take(gate, Kind.COLLECT)
    read = [f"4711{n:02}0000000" for n in range(30)]
    for text in read:
        gate.at_gate.take(Scan(text, "wedge"))
    assert gate.face.waits[1] == "30 scans are queued behind this"
    gate.press(Qt.Key.Key_Escape)
    seen = []
    for n in range(30):
        gate.qtbot.waitUntil(lambda n=n: gate.card is not None and gate.at_gate.judged.answer.text == read[n])
        seen.append(gate.at_gate.judged.answer.text)
        assert gate.card is not None
        gate.end()
    assert seen == read
    assert gate.card is None


def test_a_scan_while_the_question_where_to_move_stands_alone_is_answered(gate: GateWindow) -> None:
    take(gate, Kind.OTHER_DAY)
    gate.press(Qt.Key.Key_M)  # and at once
    gate.press(Qt.Key.Key_Escape)
    gate.quiet()
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert gate.window.findChild(MoveDialog) is not None
    take(gate, Kind.ADMIT)
    assert gate.face.kind is Kind.ADMIT


def test_whoever_is_let_in_with_a_reason_comes_in_when_the_note_was_read(gate: GateWindow) -> None:
    take(gate, Kind.TOO_EARLY)
    assert gate.at_gate.judged is not None
    one = gate.at_gate.judged.answer.reservation_id
    assert one is not None
    attention.leave_for_gate(one, desk=gate.desk, words="Nut allergy")
    gate.letter(Qt.Key.Key_F)
    dialog = gate.window.findChild(ForceDialog)
    assert dialog is not None
    write(gate, dialog, "The guide waits")
    gate.press(Qt.Key.Key_Return, CTRL)
    gate.quiet()
    gate.qtbot.waitUntil(lambda: gate.face.kind is Kind.CHECK)
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert gate.at_gate.judged is not None
    assert gate.at_gate.judged.let_in


def test_a_garbled_code_that_is_read_twice_is_no_second_scan(gate: GateWindow) -> None:
    french = gate.codes[Kind.COLLECT].translate(str.maketrans("1234567890", "&é\"'(-è_çà"))
    for _ in range(2):
        gate.at_gate.take(Scan(french, "wedge"))
        gate.quiet()
    assert gate.face.kind is Kind.COLLECT
    assert gate.face.waits[1] == "The next scan waits its turn"


def test_half_an_hour_after_a_scan_that_was_not_answered_the_same_code_is_another_guest(
    gate: GateWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = checkin.scan

    def scan(text: str, **told: object) -> object:
        right(text, **told)
        raise CannotDo("database-away")

    with monkeypatch.context() as lost:
        lost.setattr(checkin, "scan", scan)
        take(gate, Kind.ADMIT)
    gate.clock.forward(minutes=30)
    take(gate, Kind.ADMIT)
    assert gate.face.kind is Kind.USED


def test_the_day_of_several_is_told_where_each_of_them_is() -> None:
    at = datetime(2027, 2, 1, 20, 0, tzinfo=UTC)  # the first in Honolulu, the second in Seoul
    there = Choice(
        1, "CF-1", "", "Reef Walk", date(2027, 2, 1), None, "Pacific/Honolulu", 2, Status.CONFIRMED
    )
    answer = Answer(Kind.UNKNOWN, "SAME", "", "1", choices=(there, replace(there, reservation_id=2)))
    assert keys_of(Judged(answer, at, "Counter 1", "Asia/Seoul"))[0].text == "Today"


@pytest.mark.parametrize(
    ("kind", "keys"),
    [(Kind.COLLECT, ["Esc", "V"]), (Kind.NOT_CONFIRMED, ["Enter", "V"]), (Kind.REPLACED, ["Enter", "V"])],
)
def test_a_counter_without_its_server_offers_nothing_that_needs_it(kind: Kind, keys: list[str]) -> None:
    at = datetime(2027, 2, 1, 20, 0, tzinfo=UTC)
    alone = Alone(at, at, ("seats", "payments"))
    answer = Answer(kind, "1", "", "1", reservation_id=1, number="CF-1", alone=alone)
    assert [one.cap for one in keys_of(Judged(answer, at, "Counter 1", "Asia/Seoul"))] == keys
    together = keys_of(Judged(replace(answer, alone=None), at, "Counter 1", "Asia/Seoul"))
    assert len(together) > len(keys)


def test_a_new_scan_comes_after_those_that_waited_already(gate: GateWindow) -> None:
    take(gate, Kind.COLLECT)
    read = [f"4711{n:02}0000000" for n in range(3)]
    for text in read[:2]:
        gate.at_gate.take(Scan(text, "wedge"))
    shown: list[str] = []
    gate.at_gate.shown.connect(lambda judged: shown.append(judged.answer.text))
    gate.press(Qt.Key.Key_Escape)
    gate.at_gate.take(Scan(read[2], "wedge"))  # while the first of them is judged
    gate.quiet()
    while gate.card is not None:
        gate.end()
    assert shown == read


def test_the_code_that_is_up_held_up_again_pushes_nothing_away(gate: GateWindow) -> None:
    take(gate, Kind.COLLECT)
    for text in ("4711010000000", "4711020000000"):
        gate.at_gate.take(Scan(text, "wedge"))
    gate.press(Qt.Key.Key_Escape)
    gate.quiet()
    gate.at_gate.take(Scan("4711010000000", "camera"))
    gate.quiet()
    assert up(gate) == "4711010000000"


def test_what_is_answered_late_keeps_its_place_before_what_was_read_after_it(
    gate: GateWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    after: list[Callable[[], None]] = []
    answered = gate.at_gate._answered

    def shows(judged: Judged) -> None:
        answered(judged)
        if judged.kind is Kind.COLLECT and after:
            after.pop()()

    gate.at_gate._judging.judged.disconnect(answered)
    gate.at_gate._judging.judged.connect(shows)
    after.append(lambda: gate.at_gate.take(Scan("4711030000000", "wedge")))
    gate.at_gate.take(Scan(gate.codes[Kind.COLLECT], "wedge"))
    gate.at_gate.take(Scan("4711010000000", "wedge"))  # both are on their way to the desk
    gate.quiet()
    assert gate.face.waits[1] == "2 scans are queued behind this"
    gate.end()
    assert up(gate) == "4711010000000"
    gate.end()
    assert up(gate) == "4711030000000"


def up(gate: GateWindow) -> str:
    """The text of the verdict that is up, once all is judged."""
    gate.quiet()
    return gate.at_gate.judged.answer.text if gate.at_gate.judged is not None else ""


# --- what Ctrl+Z takes back ----------------------------------------------------------------------


def confirms(gate: GateWindow) -> int:
    """An order is confirmed at this window."""
    one = int(gate.codes[Kind.NOT_CONFIRMED].removeprefix("CF-"))
    gate.deeds.confirm(one)
    gate.quiet()
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert status(gate, one) is Status.CONFIRMED
    return one


def status(gate: GateWindow, one: int) -> Status:
    return viewing.see_details(one, desk=gate.desk).row.status


def toast(gate: GateWindow) -> str:
    return [one.accessibleName() for one in gate.window.findChildren(Toast)][-1]


def test_on_every_screen_what_was_done_last_is_taken_back_first(gate: GateWindow) -> None:
    gate.window.go("reservations")
    one = confirms(gate)
    gate.clock.forward(seconds=5)
    take(gate, Kind.ADMIT)
    gate.end()
    gate.at_gate.take_back()
    gate.quiet()
    assert toast(gate) == "Undone: 3 guests of CF-10001 are out again"
    assert status(gate, one) is Status.CONFIRMED
    gate.at_gate.take_back()
    gate.quiet()
    assert toast(gate) == f"Taken back: CF-{one} is Unconfirmed again, no letter leaves"


def test_a_confirmation_after_a_scan_is_taken_back_before_it_at_check_in_too(gate: GateWindow) -> None:
    take(gate, Kind.ADMIT)
    gate.end()
    gate.clock.forward(seconds=5)
    button = gate.screen._scans._undo
    assert button.key == "Ctrl Z"
    one = confirms(gate)
    assert button.key == ""  # it names the scan, and Ctrl+Z means another thing for a minute
    gate.screen.take_back()
    gate.quiet()
    assert status(gate, one) is Status.UNCONFIRMED
    assert gate.lines[0].let_in
    assert not gate.lines[0].undone
    assert button.key == "Ctrl Z"


def test_a_scan_of_longer_ago_is_named_and_asked_about_before_it_is_taken_back(gate: GateWindow) -> None:
    take(gate, Kind.ADMIT)
    gate.end()
    gate.clock.forward(minutes=20)
    gate.window.go("reservations")
    gate.at_gate.take_back()
    gate.quiet()
    dialog = gate.window.findChild(TakeBackDialog)
    assert dialog is not None
    assert dialog.accessibleName() == (
        "Take back CF-10001? Admit 3, 10:24: 林範例 Example Lin, 10:30 English. They count as not in yet again."
    )
    assert not gate.lines[0].undone
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert gate.lines[0].undone


def test_a_scan_of_before_the_program_started_is_asked_about_first(gate: GateWindow, qtbot: QtBot) -> None:
    take(gate, Kind.ADMIT)
    again = GateWindow(qtbot, Path(str(gate.desk.database.url.database)), gate.codes)
    again.window.go("reservations")
    again.at_gate.take_back()
    again.quiet()
    assert again.window.findChild(TakeBackDialog) is not None
    again.press(Qt.Key.Key_Escape)
    assert not again.lines[0].undone
    again.close()


def test_two_presses_take_back_two_scans_and_none_twice(gate: GateWindow) -> None:
    for kind in (Kind.ADMIT, Kind.PARTLY_IN):
        take(gate, kind)
        gate.end()
    gate.at_gate.take_back()
    gate.at_gate.take_back()
    gate.quiet()
    assert [line.undone for line in gate.lines[:2]] == [True, True]


def test_who_has_no_voucher_is_sold_one_from_check_in(gate: GateWindow) -> None:
    sell = next(one for one in gate.screen.findChildren(Button) if one.accessibleName().startswith("Sell"))
    assert sell.key == "Ctrl 5"
    assert sell.isVisible()
    sell.click()
    assert gate.gone == [("sell", {})]
    hints = gate.screen.keys()
    assert any(one.keys == ("Ctrl", "5") for one in hints)
