"""At the gate: scan, see, next guest; with keys alone, and never a scan that presses a key."""

from __future__ import annotations

from pathlib import Path

import pytest
import segno
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

from controllers import checkin, viewing
from controllers.background import Lane
from models.checkin import Kind
from models.codes import grouped
from models.refusals import CannotDo
from tests.ui.gate_window import GateWindow
from tests.ui.slow_lanes import held
from ui import asking
from ui.camera_view import CameraPanel
from ui.checkin_departures import DepartureStrip, shown
from ui.checkin_force import ForceDialog
from ui.checkin_lines import masked
from ui.confirm import ConfirmDialog
from ui.pay import PayDialog
from ui.pulse import pulse
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.toast import Toast
from ui.widgets.verdict_parts import words_place
from ui.widgets.verdict_words import LEAST, fit_words

CTRL = Qt.KeyboardModifier.ControlModifier
COLUMN = QRectF(56, 0, 906, 768)


def field(gate: GateWindow) -> Field:
    return gate.screen.findChild(Field)  # type: ignore[return-value]


BEFORE = ["Admit 1"]
"""What was scanned at this counter before the window was opened: one of a party of four."""


def lines(gate: GateWindow) -> list[str]:
    return [line.words for line in gate.lines]


# --- what is seen -------------------------------------------------------------------------------


def test_a_good_scan_fills_the_window_and_says_who_and_how_many(gate: GateWindow) -> None:
    face = gate.scan_kind(Kind.ADMIT)
    assert gate.card is not None
    assert gate.card.size() == gate.window.overlay_host.size()
    assert (face.word, face.line) == ("ADMIT", "3")
    assert face.units == (("2", "adults"), ("1", "child"))
    assert face.facts[0] == "林範例 Example Lin"
    assert face.facts[1] == "Seoul Palace Walking Tour, English, 10:30"
    assert face.departure is not None
    assert (face.departure.arrived, face.departure.expected) == (7, 16)
    assert [key.cap for key in face.keys] == ["Enter", "1–9", "U", "V"]
    assert (face.clock, face.counter) == ("10:24:31", "Desk")


SAID = {
    Kind.ADMIT: ("ADMIT 3", "林範例 Example Lin"),
    Kind.PARTLY_IN: ("ADMIT 3 of 4", "In before: 1. Now all of them are in"),
    Kind.CHECK: ("ADMIT 2 CHECK", "They asked to cancel: ask if they still come"),
    Kind.COLLECT: ("COLLECT ₩24,000", "Oliver Example, 2 adults"),
    Kind.NOT_CONFIRMED: ("NOT CONFIRMED", "Nobody has confirmed it. Ordered yesterday, 18:00"),
    Kind.OTHER_DAY: ("TOMORROW 10:30", "Booked for Sat 17 Oct, not for today"),
    Kind.TOO_EARLY: ("FROM 13:00", "2 h 36 too early: it is 10:24"),
    Kind.TOO_LATE: ("TOO LATE since 08:30", "Departed 2 h 24 ago, at 08:00"),
    Kind.OUT_OF_DATE: ("EXPIRED Sun 4 Oct", "Its last day was 12 days ago"),
    Kind.USED: ("USED 12 min AGO", "Let in 10:12, Counter 1, by Owner"),
    Kind.NO_USES_LEFT: ("0 LEFT", "All 3 visits are used"),
    Kind.CANCELLED: ("CANCELLED", "Cancelled by the traveler, Wed 14 Oct, 10:24"),
    Kind.REPLACED: ("REPLACED", "A newer voucher is valid: ask for it"),
    Kind.UNKNOWN: ("UNKNOWN", "No order of MyRealTrip has this number"),
    Kind.FORGED: ("NOT OURS", "Misread, or not a voucher of ours"),
    Kind.UNREADABLE: ("SCAN AGAIN", "Only 18 of 26 digits arrived"),
    Kind.ELSEWHERE: ("OTHER PLACE", "They meet at Haeundae pier 2"),
}


@pytest.mark.parametrize("kind", SAID)
def test_a_verdict_says_first_what_decides_and_is_read_at_three_metres(gate: GateWindow, kind: Kind) -> None:
    face = gate.scan_kind(kind)
    assert face.kind is kind
    assert (f"{face.word} {face.line}".strip(), face.facts[0]) == SAID[kind]
    assert len(face.facts) <= 4
    assert all(line.size >= LEAST for line in fit_words(face, words_place(COLUMN, 1.0), 1.0))
    goes_by_itself = kind in {Kind.ADMIT, Kind.PARTLY_IN}
    assert face.closes_in_s == (5 if goes_by_itself else None)


def test_a_traveler_who_is_not_confirmed_is_not_named(gate: GateWindow) -> None:
    face = gate.scan_kind(Kind.NOT_CONFIRMED)
    assert "SAMPLE" not in face.spoken.upper()
    assert gate.lines[0].who.startswith("CF-")


def test_a_code_that_named_nothing_is_hardly_kept(gate: GateWindow) -> None:
    gate.scan_kind(Kind.UNKNOWN)
    assert gate.lines[0].who == "TNA…"
    assert masked("  ") == "–"
    assert (masked("123… 0a1b2c3d"), masked("… 0a1b2c3d")) == ("123…", "–")  # as it is kept


def test_departures_of_today_are_shown_with_who_is_in(gate: GateWindow) -> None:
    strip = gate.screen.findChild(DepartureStrip)
    assert strip is not None
    assert "10:30 English, Seoul Palace Walking Tour, in 5 min, 4 of 16 in" in strip.accessibleName()
    gate.scan_kind(Kind.ADMIT)
    gate.quiet()
    assert "7 of 16 in" in strip.accessibleName()


def test_another_counter_moves_the_departures_too(gate: GateWindow) -> None:
    strip = gate.screen.findChild(DepartureStrip)
    assert strip is not None
    checkin.scan(gate.codes[Kind.ADMIT], desk=gate.desk.at_counter("Second"))
    gate.qtbot.waitUntil(lambda: "7 of 16 in" in strip.accessibleName())


def test_many_changes_at_once_are_asked_about_once_more(
    gate: GateWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    see = asking.todays_departures
    monkeypatch.setattr(asking, "todays_departures", lambda desk: (asked.append(desk), see(desk))[1])
    with held(gate.background, Lane.READING):
        for _ in range(5):
            gate.background.announce(frozenset({"reservations"}))
        QApplication.processEvents()
    checkin.scan(gate.codes[Kind.ADMIT], desk=gate.desk.at_counter("Second"))
    strip = gate.screen.findChild(DepartureStrip)
    assert strip is not None
    gate.qtbot.waitUntil(lambda: "7 of 16 in" in strip.accessibleName())
    gate.quiet()
    assert len(asked) in (2, 3)  # what was on its way, once more, and the scan if it came after that


@pytest.mark.parametrize(
    ("count", "near", "room", "expected"),
    [(3, 1, 5, [0, 1, 2]), (7, 2, 4, [2, 3, 4, 5]), (7, 6, 4, [3, 4, 5, 6]), (0, -1, 4, [])],
)
def test_the_departure_of_now_is_always_among_the_cards(
    count: int, near: int, room: int, expected: list[int]
) -> None:
    assert list(shown(count, near, room)) == expected


# --- the field ----------------------------------------------------------------------------------


def test_the_field_has_the_keyboard_and_no_input_method(gate: GateWindow) -> None:
    assert gate.keyboard is field(gate).focusProxy()
    assert not gate.keyboard.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_an_empty_enter_does_nothing(gate: GateWindow) -> None:
    gate.scan("   ")
    assert gate.card is None
    assert lines(gate) == BEFORE


def test_a_pasted_code_with_spaces_works(gate: GateWindow) -> None:
    QGuiApplication.clipboard().setText(grouped(gate.codes[Kind.ADMIT]) + "\n")
    gate.press(Qt.Key.Key_V, CTRL)
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert gate.face.kind is Kind.ADMIT


def test_after_the_verdict_the_field_is_empty_and_ready(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.press(Qt.Key.Key_Return)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert field(gate).text() == ""
    assert gate.keyboard is field(gate).focusProxy()


def test_escape_empties_the_field(gate: GateWindow) -> None:
    gate.type("12")
    gate.press(Qt.Key.Key_Escape)
    assert field(gate).text() == ""


def test_where_the_desk_does_not_answer_enter_tries_the_same_scan_again(gate: GateWindow) -> None:
    asked: list[str] = []
    scan = checkin.scan

    def lose_the_answer(text: str, **told: object) -> object:
        asked.append(str(told["scan_id"]))
        answer = scan(text, **told)  # type: ignore[arg-type]
        if len(asked) == 1:
            raise CannotDo("database-busy")
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkin, "scan", lose_the_answer)
        gate.scan(gate.codes[Kind.ADMIT])
        notice = next(n for n in gate.screen.findChildren(Notice) if n.isVisible())
        assert "Another counter has been writing" in notice.accessibleName()
        assert field(gate).text() == gate.codes[Kind.ADMIT]
        gate.press(Qt.Key.Key_Return)
        gate.quiet()
    assert asked[0] == asked[1]
    assert (gate.face.word, gate.face.line) == ("ADMIT", "3")
    assert not notice.isVisible()


# --- one verdict after the other ----------------------------------------------------------------


def test_a_go_verdict_closes_by_itself_after_five_seconds(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    for _ in range(4):
        pulse().beat.emit()
    assert gate.card is not None
    pulse().beat.emit()
    gate.qtbot.waitUntil(lambda: gate.card is None)


def test_the_next_scan_pushes_a_verdict_away_and_presses_none_of_its_keys(gate: GateWindow) -> None:
    gate.scan_kind(Kind.USED)
    gate.scan("CF-10001VU")  # letters that are keys of the verdict
    assert gate.face.kind is Kind.UNKNOWN
    gate.scan_kind(Kind.ADMIT)
    assert gate.face.kind is Kind.ADMIT
    assert gate.gone == []


def test_a_scanner_that_ends_with_silence_is_understood(gate: GateWindow) -> None:
    gate.scan_kind(Kind.CANCELLED)
    gate.handheld.read(gate.codes[Kind.ADMIT], end="")
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)


def test_a_scan_during_which_a_verdict_goes_away_is_whole(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    code = gate.codes[Kind.USED]
    gate.scanners.watch._ask_fence = lambda _number: True  # no silence, however slow this machine is
    gate.handheld.read(code[:10], end="")
    card = gate.card
    assert card is not None
    card.leave()
    gate.qtbot.waitUntil(lambda: gate.card is None)
    gate.handheld.read(code[10:], after_ms=20)
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.USED)
    assert gate.screen._field.text() == ""


def test_a_scan_behind_a_question_of_money_waits_its_turn(gate: GateWindow) -> None:
    gate.scan_kind(Kind.COLLECT)
    gate.scan(gate.codes[Kind.ADMIT])
    assert gate.face.kind is Kind.COLLECT
    assert gate.face.waits[1] == "1 scan is queued behind this"
    gate.press(Qt.Key.Key_Escape)
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)


def test_the_same_scan_again_is_silent_and_starts_the_clock_anew(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    pulse().beat.emit()
    pulse().beat.emit()
    assert gate.card is not None
    assert gate.card.left_s <= 3  # the real second may beat meanwhile
    gate.scan(gate.codes[Kind.ADMIT])
    assert gate.card.left_s >= 4
    assert lines(gate) == ["Admit 3", *BEFORE]


def test_the_same_scan_after_its_verdict_was_closed_shows_it_once_more(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.end()
    face = gate.scan_kind(Kind.ADMIT)
    assert (face.word, face.line, face.facts[0]) == ("ADMIT", "3", "林範例 Example Lin")
    assert lines(gate) == ["Admit 3", *BEFORE]


# --- keys ---------------------------------------------------------------------------------------


def test_u_takes_the_scan_back(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.letter(Qt.Key.Key_U)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert gate.lines[0].undone
    assert viewing.see_details(10001, desk=gate.desk).row.arrived == 0
    toast = gate.window.findChild(Toast)
    assert toast is not None
    assert toast.accessibleName() == "Undone: 3 guests of CF-10001 are out again"


def test_u_on_used_takes_the_scan_before_back(gate: GateWindow) -> None:
    gate.scan_kind(Kind.USED)
    gate.letter(Qt.Key.Key_U)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    gate.clock.forward(seconds=10)
    assert gate.scan_kind(Kind.USED).kind is Kind.ADMIT


def test_ctrl_z_in_the_empty_field_takes_the_last_scan_back(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.end()
    gate.scan_kind(Kind.UNKNOWN)
    gate.end()
    gate.press(Qt.Key.Key_Z, CTRL)
    gate.quiet()
    assert viewing.see_details(10001, desk=gate.desk).row.arrived == 0
    assert [line.undone for line in gate.lines] == [False, True, False]


def test_v_opens_the_details(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.letter(Qt.Key.Key_V)
    gate.qtbot.waitUntil(lambda: gate.gone == [("details", {"reservation": 10001})])
    assert gate.window.word == "details"


def test_s_searches_for_what_was_read(gate: GateWindow) -> None:
    gate.scan_kind(Kind.UNKNOWN)
    gate.letter(Qt.Key.Key_S)
    gate.qtbot.waitUntil(lambda: gate.gone == [("reservations", {"text": gate.codes[Kind.UNKNOWN]})])


def test_f9_shows_what_a_scanner_sends_that_could_not_be_read(gate: GateWindow) -> None:
    gate.scan_kind(Kind.UNREADABLE)
    gate.press(Qt.Key.Key_F9)
    gate.qtbot.waitUntil(lambda: gate.card is None)
    assert gate.gone[-1] == ("settings", {"section": "scanner"})


def test_c_confirms_and_then_lets_in(gate: GateWindow) -> None:
    gate.scan_kind(Kind.NOT_CONFIRMED)
    gate.letter(Qt.Key.Key_C)
    dialog = gate.window.findChild(ConfirmDialog)
    assert dialog is not None
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)
    assert gate.face.facts[0] == "SAMPLE, ANNA"


def test_p_takes_the_money_and_then_lets_in(gate: GateWindow) -> None:
    gate.scan_kind(Kind.COLLECT)
    gate.letter(Qt.Key.Key_P)
    dialog = gate.window.findChild(PayDialog)
    assert dialog is not None
    gate.press(Qt.Key.Key_Return, CTRL)
    gate.quiet()
    gate.qtbot.waitUntil(lambda: gate.card is not None and gate.face.kind is Kind.ADMIT)


def test_f_lets_in_outside_the_time_with_a_reason(gate: GateWindow) -> None:
    gate.scan_kind(Kind.TOO_EARLY)
    gate.letter(Qt.Key.Key_F)
    dialog = gate.window.findChild(ForceDialog)
    assert dialog is not None
    gate.press(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()  # not without a reason
    gate.type("The guide waits")
    gate.press(Qt.Key.Key_Return, CTRL)
    gate.quiet()
    assert gate.face.kind is Kind.ADMIT
    assert "Let in outside its time" in gate.face.facts


def test_p_on_replaced_shows_the_voucher_that_is_valid(gate: GateWindow) -> None:
    gate.scan_kind(Kind.REPLACED)
    with gate.qtbot.waitSignal(gate.deeds.voucher_wanted):
        gate.letter(Qt.Key.Key_P)


def test_the_last_scans_are_reached_and_opened_by_keys(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.end()
    for _ in range(6):
        gate.press(Qt.Key.Key_Tab)
        if gate.keyboard.accessibleName() == "Last scans":
            break
    gate.press(Qt.Key.Key_Return)
    assert gate.gone == [("details", {"reservation": 10001})]


def test_whatever_takes_the_focus_has_a_name(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    nameless = [
        widget
        for widget in gate.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not widget.accessibleName()
    ]
    assert nameless == []


# --- pictures -----------------------------------------------------------------------------------


def test_a_dropped_picture_of_a_code_is_a_scan(gate: GateWindow, tmp_path: Path) -> None:
    file = tmp_path / "screenshot.png"
    segno.make(gate.codes[Kind.ADMIT], error="q").save(str(file), scale=8, border=4)
    panel = gate.screen.findChild(CameraPanel)
    assert panel is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl.fromLocalFile(str(tmp_path / "notes.txt"))])
    none, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(panel, QDragEnterEvent(QPoint(5, 5), copy, data, button, none))
    QApplication.sendEvent(panel, QDropEvent(QPointF(5, 5), copy, data, button, none))
    gate.quiet()
    assert gate.face.kind is Kind.ADMIT


def test_what_is_no_picture_is_left_to_others(gate: GateWindow, tmp_path: Path) -> None:
    panel = gate.screen.findChild(CameraPanel)
    assert panel is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "orders.csv"))])
    none, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    held = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, button, none)
    QApplication.sendEvent(panel, held)
    assert not held.isAccepted()
    assert not panel.calm._lit


def test_a_picture_without_a_code_says_so(gate: GateWindow, tmp_path: Path) -> None:
    file = tmp_path / "empty.png"
    blank = QImage(200, 200, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    blank.save(str(file))
    panel = gate.screen.findChild(CameraPanel)
    assert panel is not None
    panel.dropped.emit([file])
    gate.quiet()
    assert gate.face.facts[0] == "There is no code in this picture"
