"""What is heard at the counter: the family of every verdict, how loud, and what a computer without sound says."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import counter
from controllers.background import Background
from controllers.desk import Desk
from models.around import Around
from models.checkin import Kind
from tests.fakes import FakeLoudspeaker
from tests.ui.at_a_desk import at_a_desk, shown
from tests.ui.gate_window import GateWindow
from ui import sounds
from ui.loudspeaker import FOLDER, Loudspeaker
from ui.settings import Settings
from ui.settings_sounds import SoundsPage
from ui.sounds import sound_of

HEARD = {
    Kind.ADMIT: "go",
    Kind.PARTLY_IN: "go",
    Kind.CHECK: "check",
    Kind.COLLECT: "money",
    Kind.NOT_CONFIRMED: "later",
    Kind.OTHER_DAY: "later",
    Kind.TOO_EARLY: "later",
    Kind.TOO_LATE: "later",
    Kind.USED: "used",
    Kind.NO_USES_LEFT: "none-left",
    Kind.CANCELLED: "no",
    Kind.OUT_OF_DATE: "no",
    Kind.REPLACED: "no",
    Kind.FORGED: "forged",
    Kind.UNKNOWN: "unknown",
    Kind.UNREADABLE: "unreadable",
}


def test_every_verdict_is_heard_as_its_family(gate: GateWindow) -> None:
    for kind in HEARD:
        gate.scan_kind(kind)
        gate.end()
    assert gate.loudspeaker.played == [(word, 80) for word in HEARD.values()]


def test_every_verdict_has_a_sound_that_is_there(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    judged = gate.at_gate.judged
    assert judged is not None
    for kind in Kind:
        word = sound_of(replace(judged, answer=replace(judged.answer, kind=kind)))
        assert (FOLDER / f"{word}.wav").is_file(), kind


def test_the_same_scan_again_is_silent_and_a_real_second_one_is_not(gate: GateWindow) -> None:
    gate.scan_kind(Kind.ADMIT)
    gate.clock.forward(seconds=3)
    gate.scan(gate.codes[Kind.ADMIT])
    assert [word for word, _ in gate.loudspeaker.played] == ["go"]
    gate.clock.forward(seconds=30)
    gate.scan(gate.codes[Kind.ADMIT])
    assert [word for word, _ in gate.loudspeaker.played] == ["go", "used"]


def test_a_guest_who_is_looked_at_first_is_heard_once(gate: GateWindow) -> None:
    gate.press(Qt.Key.Key_F6)
    gate.quiet()
    gate.scan_kind(Kind.ADMIT)
    gate.letter(Qt.Key.Key_Return)
    assert gate.lines[0].let_in
    assert [word for word, _ in gate.loudspeaker.played] == ["go"]


def test_a_scan_that_waits_behind_money_clicks_softly(gate: GateWindow) -> None:
    gate.scan_kind(Kind.COLLECT)
    gate.scan(gate.codes[Kind.ADMIT])
    assert [word for word, _ in gate.loudspeaker.played] == ["money", "queued"]


def test_f7_goes_louder_then_off_and_is_kept(gate: GateWindow) -> None:
    seen = []
    for _ in range(4):
        gate.press(Qt.Key.Key_F7)
        gate.quiet()
        hints = {hint.keys: hint.text for hint in tuple(gate.screen.keys())}
        shown = hints["F7",]
        seen.append((counter.counter_settings(desk=gate.desk).volume, shown))
    assert seen == [(100, "sound 100 %"), (0, "sound off"), (40, "sound 40 %"), (80, "sound 80 %")]
    assert gate.loudspeaker.played == [("go", 100), ("go", 40), ("go", 80)]


def test_a_counter_that_is_silent_plays_nothing(gate: GateWindow) -> None:
    counter.set_up_counter(desk=gate.desk, volume=0)
    gate.quiet()
    gate.scan_kind(Kind.FORGED)
    assert gate.loudspeaker.played == []


def test_a_computer_without_a_loudspeaker_says_so_and_goes_on(gate: GateWindow) -> None:
    gate.loudspeaker.plug(False)
    assert gate.sounds.words() == "no loudspeaker"
    gate.press(Qt.Key.Key_F7)
    gate.quiet()
    assert counter.counter_settings(desk=gate.desk).volume == 80
    gate.scan_kind(Kind.ADMIT)
    assert gate.face.kind is Kind.ADMIT
    gate.loudspeaker.plug(True)
    assert gate.sounds.words() == "sound 80 %"


def around(newest: int, waiting: int) -> Around:
    return Around("Asia/Seoul", waiting, 0, None, None, newest)


def test_a_new_order_that_waits_is_one_tone_and_at_most_one_a_minute(
    gate: GateWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = itertools.count(1000, 25)
    monkeypatch.setattr(sounds, "monotonic", lambda: next(seconds))
    told = [around(10, 3), around(10, 4), around(11, 4), around(12, 5), around(13, 6), around(14, 7)]
    for (
        one
    ) in told:  # the first is only what was there; then one sent back, one sold here, and three new ones
        gate.sounds.tell_around(one)
    assert gate.loudspeaker.played == [("order", 80)]
    gate.sounds.tell_around(around(15, 8))
    assert gate.loudspeaker.played == [("order", 80), ("order", 80)]


def test_a_new_order_is_not_heard_where_nobody_wants_to_hear_it_now(gate: GateWindow) -> None:
    gate.sounds.tell_around(around(10, 3))
    gate.sounds.tell_around(replace(around(11, 4), rings=False))
    assert gate.loudspeaker.played == []
    gate.sounds.tell_around(around(12, 5))
    assert gate.loudspeaker.played == [("order", 80)]


def test_the_real_loudspeaker_is_looked_for_off_the_window_and_never_complains(qtbot: QtBot) -> None:
    """Whether this computer has one or not: no warning of Qt (it would fail this test), and an answer."""
    background = Background()
    loudspeaker = Loudspeaker(background)
    with qtbot.waitSignal(loudspeaker.changed):
        loudspeaker.look()
    assert loudspeaker.is_there is not None
    assert bool(loudspeaker.name) is loudspeaker.is_there
    loudspeaker.play("go", 5)
    background.close()


def test_a_computer_without_the_libraries_of_sound_is_told_as_one_without_a_loudspeaker(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_there() -> None:
        raise ImportError("libpulse.so.0: cannot open shared object file")

    monkeypatch.setattr("ui.loudspeaker._load", not_there)
    background = Background()
    loudspeaker = Loudspeaker(background)
    with qtbot.waitSignal(loudspeaker.changed):
        loudspeaker.look()
    assert loudspeaker.is_there is False
    background.close()


def test_the_loudspeaker_of_the_tests_is_like_the_real_one() -> None:
    asked = {"look", "play", "changed"}
    assert asked <= set(dir(FakeLoudspeaker))
    assert asked <= set(dir(Loudspeaker))


# --- learning them ---------------------------------------------------------------------------


def test_every_sound_can_be_heard_in_the_settings_and_says_what_it_means(qtbot: QtBot, a_desk: Desk) -> None:
    with at_a_desk(a_desk) as at:
        screen = Settings(at)
        with qtbot.waitSignal(screen.kept.told):
            screen.opened(section="sounds")
        page = shown(qtbot, screen, until=at.background.idle).page
        assert isinstance(page, SoundsPage)
        assert set(page.rows) == {file.stem for file in FOLDER.glob("*.wav")}
        assert page.through.text() == "Heard through Example Speaker"
        for row in page.rows.values():
            row.setFocus()
            qtbot.keyClick(row, Qt.Key.Key_Return)
        loudspeaker = at.sounds()._loudspeaker
        assert isinstance(loudspeaker, FakeLoudspeaker)
        assert loudspeaker.played == [(word, 80) for word in page.rows]
        loudspeaker.plug(False)
        assert page.through.text().startswith("No loudspeaker was found")
        assert not any(row.isEnabled() for row in page.rows.values())


def test_showing_a_loudness_between_two_steps_does_not_change_it(qtbot: QtBot, a_desk: Desk) -> None:
    counter.set_up_counter(desk=a_desk, volume=35)
    with at_a_desk(a_desk) as at:
        screen = Settings(at)
        with qtbot.waitSignal(screen.kept.told):
            screen.opened(section="sounds")
        shown(qtbot, screen, until=at.background.idle)
        assert counter.counter_settings(desk=a_desk).volume == 35


def test_the_loudness_is_changed_there_and_kept(qtbot: QtBot, a_desk: Desk) -> None:
    with at_a_desk(a_desk) as at:
        screen = Settings(at)
        with qtbot.waitSignal(screen.kept.told):
            screen.opened(section="sounds")
        page = shown(qtbot, screen, until=at.background.idle).page
        with qtbot.waitSignal(screen.kept.told):
            qtbot.keyClick(page.volume, Qt.Key.Key_Plus)
        assert counter.counter_settings(desk=a_desk).volume == 90
