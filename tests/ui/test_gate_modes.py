"""At the gate with keys: look first, part of a party, notes, which one, together, and another departure."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import attention, checkin, viewing
from controllers.turned_away import count_turned_away
from models.checkin import Kind
from tests import builders
from tests.controllers.test_together import exp_rows
from tests.ui import gate_desk
from tests.ui.gate_window import GateWindow
from ui.checkin import CheckIn
from ui.checkin_move import MoveDialog
from ui.checkin_panel import ModeRow
from ui.hold import UndoDialog
from ui.widgets.toast import Toast


def mode(gate: GateWindow) -> str:
    return gate.screen.findChild(ModeRow).word  # type: ignore[union-attr]


def look_first(gate: GateWindow) -> None:
    gate.press(Qt.Key.Key_F6)
    gate.quiet()


def arrived(gate: GateWindow, one: int = 10001) -> int:
    return viewing.see_details(one, desk=gate.desk).row.arrived


def caps(gate: GateWindow) -> list[str]:
    return [key.cap for key in gate.face.keys]


def toast(gate: GateWindow) -> str:
    return [one.accessibleName() for one in gate.window.findChildren(Toast) if one.isVisible()][-1]


# --- look first ---------------------------------------------------------------------------------


def test_f6_changes_the_mode_which_stands_there_in_huge_letters_and_is_kept(
    gate: GateWindow, qtbot: QtBot
) -> None:
    assert mode(gate) == "ADMIT AT ONCE"
    look_first(gate)
    assert mode(gate) == "LOOK FIRST"
    hints = CheckIn.keys(gate.screen)
    assert any("F6" in hint.keys and hint.text == "admit at once" for hint in hints)
    file = Path(str(gate.desk.database.url.database))
    again = GateWindow(qtbot, file, gate.codes)
    assert mode(again) == "LOOK FIRST"
    again.close()


def test_another_place_in_the_program_changes_the_mode_here_too(gate: GateWindow) -> None:
    from controllers.counter import set_up_counter

    set_up_counter(desk=gate.desk, look_first=True)
    gate.qtbot.waitUntil(lambda: mode(gate) == "LOOK FIRST")


def test_a_look_lets_nobody_in_until_enter(gate: GateWindow) -> None:
    look_first(gate)
    face = gate.scan_kind(Kind.ADMIT)
    assert (face.word, face.line, face.closes_in_s) == ("ADMIT", "3", None)
    assert face.waits[0] == "Not let in yet"
    assert face.keys[0].text == "Enter all 3"
    assert arrived(gate) == 0
    assert len(gate.lines) == 1
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert gate.face.closes_in_s == 5
    assert arrived(gate) == 3
    assert gate.lines[0].words == "Admit 3"


def test_escape_after_a_look_lets_nobody_in(gate: GateWindow) -> None:
    look_first(gate)
    gate.scan_kind(Kind.ADMIT)
    gate.press(Qt.Key.Key_Escape)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert arrived(gate) == 0


def test_the_next_scan_waits_while_nobody_has_decided_about_a_look(gate: GateWindow) -> None:
    look_first(gate)
    gate.scan_kind(Kind.ADMIT)
    gate.scan(gate.codes[Kind.ADMIT])  # the scanner reads the same paper twice
    assert gate.face.waits[1] == "The next scan waits its turn"
    gate.scan(gate.codes[Kind.USED])
    assert gate.face.waits[1] == "1 scan is queued behind this"
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    gate.end()
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.USED)
    assert arrived(gate) == 3


def test_a_refusal_is_the_same_in_both_modes(gate: GateWindow) -> None:
    look_first(gate)
    gate.scan_kind(Kind.CANCELLED)
    assert gate.lines[0].kind is Kind.CANCELLED


# --- part of a party ----------------------------------------------------------------------------


def test_two_of_three_come_in_after_a_look_and_the_next_scan_offers_the_last(gate: GateWindow) -> None:
    look_first(gate)
    gate.scan_kind(Kind.ADMIT)
    gate.letter(Qt.Key.Key_2)
    assert gate.face.closes_in_s == 5
    assert arrived(gate) == 2
    gate.end()
    gate.clock.forward(seconds=6)
    face = gate.scan_kind(Kind.ADMIT)
    assert (face.kind, face.word, face.line) == (Kind.PARTLY_IN, "ADMIT 1", "of 3")
    assert face.facts[0] == "2 of 3 are in"


def test_a_key_takes_down_to_fewer_what_was_let_in_at_once(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    assert next(key for key in gate.face.keys if key.cap == "1–9").text == "Fewer came"
    gate.letter(Qt.Key.Key_1)
    assert (gate.face.word, gate.face.line) == ("ADMIT", "1")
    assert arrived(gate) == 1
    assert [(line.words, line.undone) for line in gate.lines[:2]] == [("Admit 1", False), ("Admit 3", True)]
    gate.letter(Qt.Key.Key_U)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert arrived(gate) == 0


def test_more_than_came_are_not_let_in_by_a_digit(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.letter(Qt.Key.Key_7)
    assert arrived(gate) == 3
    look_first(gate)


def test_whoever_was_not_told_is_counted(gate: GateWindow) -> None:
    builders.teach_headings(gate.desk)
    row = builders.kkday_row(
        product="[PAL01] Seoul Palace Walking Tour/English",
        date="2026-10-16 10:30",
        guests="",
        status="Confirmed",
    )
    one = builders.taken(gate.desk, row)[0]
    gate.scan(f"CF-{one}")
    assert next(key for key in gate.face.keys if key.cap == "1–9").text == "Count them"
    gate.letter(Qt.Key.Key_4)
    assert arrived(gate, one) == 4
    assert gate.face.line == "4"


# --- notes --------------------------------------------------------------------------------------

NOTE = "One wheelchair and a guide dog: open the west gate, and tell the guide before they go up the stairs"


def test_a_note_is_read_large_before_anybody_comes_in_in_either_mode(gate: GateWindow) -> None:
    attention.leave_for_gate(10001, desk=gate.desk, words=NOTE)
    face = gate.scan_kind(Kind.ADMIT)
    assert (face.kind, face.note, face.word, face.line) == (Kind.CHECK, NOTE, "ADMIT 3", "CHECK")
    assert face.keys[0].text == "I have read it"
    assert arrived(gate) == 0
    gate.scan(gate.codes[Kind.USED])
    assert gate.face.kind is Kind.CHECK  # it must be read first
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert arrived(gate) == 3
    history = viewing.see_details(10001, desk=gate.desk).history
    assert any(line.action == "note-read" and line.who == "Owner" for line in history)


def test_a_read_note_does_not_ask_twice(gate: GateWindow) -> None:
    attention.leave_for_gate(10001, desk=gate.desk, words=NOTE)
    gate.scan_kind(Kind.ADMIT)
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert not gate.at_gate.judged.waits  # type: ignore[union-attr]
    assert gate.face.keys[0].closes


# --- which one ----------------------------------------------------------------------------------


@pytest.fixture
def several(gate: GateWindow) -> str:
    """One number on an order of tomorrow and on one of the day after."""
    number = "SAME-4711"
    for day, name in (("2026-10-18", "Bea Sample"), ("2026-10-17", "Ada Sample")):
        made = builders.direct_row(**{**gate_desk.PALACE, "date": day, "name": name, "reference": number})
        if day == "2026-10-18":
            builders.taken(gate.desk, {**made, "status": "confirmed"})
        else:
            booking = builders.octo_booking(
                reference=number, status="CONFIRMED", starts=f"{day}T10:30:00+09:00",
                product={"internalName": "Seoul Palace Walking Tour"}, option={"internalName": "English"},
            )  # fmt: skip
            builders.taken(gate.desk, booking)
    return number


def test_of_several_the_nearest_is_offered_first_and_enter_takes_it(gate: GateWindow, several: str) -> None:
    gate.scan(several)
    assert (gate.face.word, gate.face.line) == ("WHICH", "of 2")
    assert [(key.cap, key.text) for key in gate.face.keys] == [
        ("Enter", "Tomorrow, 10:30"),
        ("2", "Sun 18 Oct, 10:30"),
        ("Esc", "None of them"),
    ]
    assert gate.face.facts[1] == "1   Cleo Sample, 2 travelers, Seoul Palace Walking Tour, English"
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert (gate.face.kind, gate.face.word) == (Kind.OTHER_DAY, "TOMORROW")


def test_one_takes_the_first_like_enter(gate: GateWindow, several: str) -> None:
    gate.scan(several)
    gate.letter(Qt.Key.Key_1)
    assert (gate.face.kind, gate.face.word) == (Kind.OTHER_DAY, "TOMORROW")


def test_a_digit_takes_another_one(gate: GateWindow, several: str) -> None:
    gate.scan(several)
    gate.letter(Qt.Key.Key_2)
    assert gate.face.kind is Kind.OTHER_DAY
    assert gate.face.word == "SUN 18 OCT"


def test_none_of_them_leaves_the_question_and_nobody_was_refused(gate: GateWindow, several: str) -> None:
    before = gate.lines, count_turned_away(desk=gate.desk)
    gate.scan(several)
    gate.press(Qt.Key.Key_Escape)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    gate.quiet()
    assert (gate.lines, count_turned_away(desk=gate.desk)) == before


# --- bought together ----------------------------------------------------------------------------


@pytest.fixture
def family(gate: GateWindow) -> list[int]:
    """Two adults, two children and an infant: three numbers of one order."""
    units = (("성인", 2), ("아동", 2), ("유아", 1))
    return exp_rows(gate.desk, units, "Seoul Palace Walking Tour", "2026-10-16", "10:30")


def test_one_of_three_numbers_lets_in_its_own_and_offers_the_others(
    gate: GateWindow, family: list[int]
) -> None:
    gate.scan(f"CF-{family[0]}")
    first, second, *_ = gate.face.keys
    assert (first.cap, first.text, first.small) == ("Enter", "Enter all 5", "of 3 bookings")
    assert (second.cap, second.text) == ("Esc", "Only these 2")
    assert gate.face.closes_in_s is None
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert (gate.face.word, gate.face.line) == ("ADMIT", "5")
    assert [arrived(gate, one) for one in family] == [2, 2, 1]
    assert [line.words for line in gate.lines[:3]] == ["Admit 2", "Admit 2", "Admit 1"]
    assert len({line.reservation_id for line in gate.lines[:3]}) == 3
    gate.letter(Qt.Key.Key_U)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert [arrived(gate, one) for one in family] == [0, 0, 0]
    assert toast(gate) == "Undone: 5 guests of 3 bookings are out again"


def test_some_of_them_come_in_after_a_look(gate: GateWindow, family: list[int]) -> None:
    look_first(gate)
    gate.scan(f"CF-{family[0]}")
    gate.letter(Qt.Key.Key_3)
    assert [arrived(gate, one) for one in family] == [2, 1, 0]


def test_the_next_scan_of_the_same_order_offers_who_is_left(gate: GateWindow, family: list[int]) -> None:
    gate.scan(f"CF-{family[0]}")
    gate.press(Qt.Key.Key_Escape)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    gate.clock.forward(seconds=6)
    gate.scan(f"CF-{family[0]}")
    assert gate.face.kind is Kind.USED
    assert gate.face.keys[0].text == "Enter the other 3"
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert [arrived(gate, one) for one in family] == [2, 2, 1]


# --- another departure ----------------------------------------------------------------------------


def test_m_moves_to_today_and_lets_in(gate: GateWindow) -> None:
    face = gate.scan_kind(Kind.OTHER_DAY)
    assert face.keys[0].cap == "M"
    assert face.facts[-1].startswith("Today at 10:30: ")
    gate.letter(Qt.Key.Key_M)
    gate.quiet()
    dialog = gate.window.findChild(MoveDialog)
    assert dialog is not None
    before, after = dialog.chosen.taken, dialog.chosen.after
    assert after == before + 2
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)
    assert toast(gate).endswith(f"is on today's departure now: seats {before} → {after}")


def test_escape_moves_nobody(gate: GateWindow) -> None:
    gate.scan_kind(Kind.OTHER_DAY)
    gate.letter(Qt.Key.Key_M)
    gate.quiet()
    gate.press(Qt.Key.Key_Escape)
    gate.quiet()
    assert gate.face.kind is Kind.OTHER_DAY


def test_arrows_and_digits_mark_another_departure(gate: GateWindow) -> None:
    gate.scan_kind(Kind.OTHER_DAY)
    gate.letter(Qt.Key.Key_M)
    gate.quiet()
    dialog = gate.window.findChild(MoveDialog)
    assert dialog is not None
    first = dialog.chosen
    gate.press(Qt.Key.Key_Down)
    assert dialog.chosen is not first
    gate.press(Qt.Key.Key_1)
    assert dialog.chosen is first


# --- the last scans -------------------------------------------------------------------------------


def test_the_last_scans_are_there_again_when_the_program_starts(gate: GateWindow, qtbot: QtBot) -> None:
    gate.scan_kind(Kind.USED)
    gate.end()
    gate.scan_kind(Kind.ADMIT)
    gate.letter(Qt.Key.Key_U)
    gate.quiet()
    told = [(line.words, line.time, line.who, line.undone) for line in gate.lines]
    again = GateWindow(qtbot, Path(str(gate.desk.database.url.database)), gate.codes)
    assert sorted((line.words, line.time, line.who, line.undone) for line in again.lines) == sorted(told)
    again.close()


def test_what_was_let_in_before_a_restart_is_undone_after_it(gate: GateWindow, qtbot: QtBot) -> None:
    gate.scan_kind(Kind.ADMIT)
    again = GateWindow(qtbot, Path(str(gate.desk.database.url.database)), gate.codes)
    again.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    again.quiet()
    assert arrived(again) == 0
    assert again.lines[0].undone
    again.close()


def test_an_earlier_scan_is_taken_back_in_its_line(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.end()
    gate.scan_kind(Kind.CHECK)
    gate.end()
    for _ in range(9):
        if gate.keyboard.accessibleName() == "Last scans":
            break
        gate.press(Qt.Key.Key_Tab)
    gate.press(Qt.Key.Key_Down)
    gate.press(Qt.Key.Key_U)
    gate.quiet()
    assert [(line.kind, line.undone) for line in gate.lines[:2]] == [(Kind.CHECK, False), (Kind.ADMIT, True)]
    assert arrived(gate) == 0


def test_what_another_screen_took_back_is_marked_here(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.end()
    from controllers import undoing

    undoing.undo_last(10001, desk=gate.desk)
    gate.qtbot.waitUntil(lambda: gate.lines[0].undone)


def a_pass(gate: GateWindow) -> str:
    """The number of a ticket for one visit that is redeemed when its bearer comes."""
    option = {"name": "Day", "starts": "10:30", "capacity": 50, "minutes": 60, "units": [{"name": "Adult"}]}
    builders.a_product(gate.desk, "GATE", "Palace Gate", options=[option], redeem="on arrival")
    row = builders.direct_row(product="Palace Gate", option="Day", date="2026-10-16", status="confirmed")
    return f"CF-{builders.taken(gate.desk, row)[0]}"


# --- undo and letters -----------------------------------------------------------------------------


def test_undo_says_before_it_is_pressed_what_it_can_still_do(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    undo = next(key for key in gate.face.keys if key.cap == "U")
    assert undo.small == "free until the trip ends"


def test_undo_says_before_it_is_pressed_that_a_letter_has_left(gate: GateWindow) -> None:
    from sqlalchemy import update

    from models.tables import OutboxRow

    code = a_pass(gate)
    gate.scan(code)
    gate.end()
    with gate.desk.database.transaction() as connection:
        connection.execute(update(OutboxRow).where(OutboxRow.kind == "comment").values(state="SENT"))
    gate.clock.forward(minutes=1)
    gate.scan(code)
    assert gate.face.kind is Kind.USED
    undo = next(key for key in gate.face.keys if key.cap == "U")
    assert undo.small == "a letter has left: needs a reason"
    gate.letter(Qt.Key.Key_U)
    gate.quiet()
    dialog = gate.window.findChild(UndoDialog)
    assert dialog is not None
    assert "has left and is not taken back" in dialog.why()


def test_r_on_replaced_sends_the_valid_voucher_again(gate: GateWindow) -> None:
    from sqlalchemy import update

    from models.tables import OutboxRow, Reservation

    one = checkin.scan(gate.codes[Kind.REPLACED], desk=gate.desk).reservation_id
    with gate.desk.database.transaction() as connection:
        connection.execute(update(Reservation).where(Reservation.id == one).values(email="nina@example.com"))
        connection.execute(update(OutboxRow).where(OutboxRow.reservation_id == one).values(state="SENT"))
    gate.clock.forward(seconds=6)
    gate.scan_kind(Kind.REPLACED)
    assert any(fact.endswith("to n•••@") for fact in gate.face.facts)
    gate.letter(Qt.Key.Key_R)
    gate.quiet()
    assert toast(gate) == f"The valid voucher of CF-{one} leaves now"
    letters = builders.letters(gate.desk, one or 0)
    assert letters[-1] == ("confirmation", "WAITING")
    gate.letter(Qt.Key.Key_R)
    gate.quiet()
    assert "has not left yet" in toast(gate)
    assert builders.letters(gate.desk, one or 0) == letters


def test_without_an_address_the_valid_voucher_is_printed(gate: GateWindow) -> None:
    gate.scan_kind(Kind.REPLACED)
    assert caps(gate) == ["P", "V", "Enter"]
