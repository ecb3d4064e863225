"""Today's numbers on check-in, and the list of everybody who was refused today."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from controllers import checkin
from controllers.desk import Desk
from controllers.last_scans import last_scans
from models.checkin import TURNED_AWAY, Kind
from models.reservations import Status
from tests.builders import a_product, a_reservation
from tests.fakes import StillClock
from tests.ui.gate_window import GateWindow
from ui import fonts, language
from ui.checkin_lines import line_of_scan, masked
from ui.checkin_panel import ModeRow
from ui.checkin_scans import LastScans
from ui.checkin_turned_away import TurnedAwayDialog
from ui.widgets.button import Button
from ui.widgets.label import Label


def head(gate: GateWindow) -> tuple[str, str]:
    """The numbers, and the link to the refusals."""
    scans = gate.screen.findChild(LastScans)
    assert scans is not None
    numbers = next(label.text() for label in scans.findChildren(Label) if "expected" in label.text())
    link = next(button.text() for button in scans.findChildren(Button) if "refused" in button.text())
    return numbers, link


def dialog(gate: GateWindow) -> TurnedAwayDialog:
    gate.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    gate.quiet()
    (found,) = [one for one in gate.window.findChildren(TurnedAwayDialog) if one.isVisible()]
    return found


def test_the_numbers_follow_every_scan_of_every_counter(gate: GateWindow) -> None:
    before = head(gate)
    gate.scan_kind(Kind.ADMIT)
    gate.end()
    expected, arrived = (int(part.split()[0]) for part in before[0].split(", "))
    assert head(gate) == (f"{expected} expected today, {arrived + 3} in", before[1])
    count = int(before[1].split()[0]) if before[1][0].isdigit() else 0
    gate.scan_kind(Kind.CANCELLED)
    gate.end()
    checkin.scan("NOBODY-HAS-THIS", desk=gate.desk.at_counter("Counter 1"))
    gate.background.announce(frozenset({"scans"}))
    gate.quiet()
    assert head(gate)[1] == f"{count + 2} refused today"


def test_a_scan_is_listed_at_the_time_of_the_desk_wherever_its_trip_is(
    a_desk: Desk, clock: StillClock
) -> None:
    a_product(a_desk, zone="Pacific/Honolulu")
    one = a_reservation(a_desk, Status.CONFIRMED)
    checkin.scan(f"CF-{one}", desk=a_desk)
    at = clock().astimezone(ZoneInfo(a_desk.zone))
    (scan,) = last_scans(desk=a_desk)
    assert scan.zone == "Pacific/Honolulu"
    assert line_of_scan(scan).time == f"{at:%H:%M}"


def test_the_link_opens_the_list_of_refusals_and_enter_the_reservation(gate: GateWindow) -> None:
    gate.scan_kind(Kind.FORGED)
    gate.end()
    gate.clock.forward(minutes=1)
    gate.scan_kind(Kind.CANCELLED)
    gate.end()
    shown = dialog(gate)
    first, second = shown.rows[:2]
    assert first.pair("verdict") == ("Cancelled", "10:25")
    assert first.pair("who") == ("Emily Sample", "10:30 English")
    assert first.pair("text") == (gate.codes[Kind.CANCELLED][:3] + "…", "typed")
    assert first.pair("counter")[1] == "Owner"
    assert second.pair("who")[0] == "Nobody we know"
    assert gate.codes[Kind.FORGED] not in str(
        [row.pair(key) for row in shown.rows for key in ("who", "text")]
    )
    gate.press(Qt.Key.Key_Return)
    gate.quiet()
    assert gate.gone[-1] == ("details", {"reservation": first.line.reservation_id})


def test_a_digest_is_not_shown_as_if_it_had_been_read() -> None:
    assert [masked(text) for text in ("TNA-20261016", "100… 0f3ab1", "… 0f3ab1", "")] == [
        "TNA…",
        "100…",
        "–",
        "–",
    ]


def test_a_code_that_names_nobody_opens_nothing_and_esc_leaves(gate: GateWindow) -> None:
    gate.scan_kind(Kind.UNKNOWN)
    gate.end()
    shown = dialog(gate)
    gate.press(Qt.Key.Key_Return)
    assert shown.isVisible()
    gate.press(Qt.Key.Key_Escape)
    gate.quiet()
    assert not [one for one in gate.window.findChildren(TurnedAwayDialog) if one.isVisible()]


def test_every_refusal_is_in_the_list_and_nothing_else(gate: GateWindow) -> None:
    kinds = [kind for kind in Kind if kind is not Kind.ELSEWHERE]
    for kind in kinds:
        gate.scan_kind(kind)
        gate.end()
    shown = dialog(gate)
    assert {row.line.kind for row in shown.rows} == TURNED_AWAY - {Kind.ELSEWHERE}
    assert head(gate)[1] == f"{len(shown.rows)} refused today"


def test_a_long_day_is_read_page_by_page(gate: GateWindow) -> None:
    for n in range(130):
        checkin.scan(f"NOBODY-{n}", desk=gate.desk)
    gate.background.announce(frozenset({"scans"}))
    gate.quiet()
    shown = dialog(gate)
    count = int(head(gate)[1].split()[0])
    assert count > len(shown.rows) >= 100
    gate.press(Qt.Key.Key_End)
    gate.quiet()
    gate.press(Qt.Key.Key_End)
    gate.quiet()
    assert len(shown.rows) == len({row.line.scan_id for row in shown.rows}) == count


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("looks_first", [False, True])
def test_the_mode_is_always_read_whole(gate: GateWindow, scale: float, looks_first: bool) -> None:
    language.apply(QApplication.instance(), "en", scale=scale)  # type: ignore[arg-type]
    row = ModeRow()
    row.set_looks_first(looks_first)
    gate.qtbot.addWidget(row)
    for width in (1100, 780, 640):
        row.resize(round(width * max(1.0, scale * 0.9)), 60)
        row.show()
        QApplication.processEvents()
        word = row._word
        assert QFontMetricsF(word.font()).horizontalAdvance(word.text()) <= word.width() + 1, width
        assert word.font().pixelSize() >= fonts.px(18)
