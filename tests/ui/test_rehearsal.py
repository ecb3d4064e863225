"""The rehearsal at the counter: one button, two answers of a person, a scan; and the sheet that stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from controllers import counter
from controllers.background import Lane
from controllers.desk import Desk
from controllers.rehearsal import keep_rehearsal, see_rehearsal
from controllers.scanning import Scan
from controllers.scanning.diagnosis import TEST_CODE
from models import rehearsal as rules
from models.rehearsal import Check, Outcome
from tests.controllers.test_manifest import text_of
from tests.fakes import FakeCamera, FakeLoudspeaker, FakePrinters, StillClock
from tests.ui.a_today import opened
from tests.ui.at_a_desk import at_a_desk, shown, wanders
from tests.ui.handheld import Handheld
from tests.ui.slow_lanes import held
from ui import rehearsal as flow
from ui.printing import printing
from ui.rehearsal_words import _SCANNER_FAULTS, _TOLD, found_words, summary_words
from ui.scanners import Scanners
from ui.settings import Settings
from ui.settings_rehearsal import RehearsalDialog, RehearsalPage
from ui.sounds import Sounds


class Counter:
    """The page, and the devices of a counter."""

    def __init__(self, qtbot: QtBot, at: Any, devices: Any) -> None:
        self.qtbot, self.at = qtbot, at
        self.camera, self.loudspeaker, self.scanners = devices
        self.read: list[Scan] = []
        self.scanners.scanned.connect(self.read.append)
        screen = Settings(at)
        with qtbot.waitSignal(screen.kept.told):
            screen.opened(section="rehearsal")
        self.screen = shown(qtbot, screen, until=lambda: True)
        at.deeds.host = screen
        assert isinstance(screen.page, RehearsalPage)
        self.page = screen.page
        self.hand = Handheld(screen)
        self.quiet()

    def quiet(self) -> None:
        for _ in range(3):
            self.qtbot.waitUntil(self.at.background.idle)
            self.qtbot.wait(1)

    def begin(self) -> None:
        """Press the button, and wait until only people have to answer."""
        self.page.start.click()
        people = {Check.SCANNER, Check.SOUND}
        self.qtbot.waitUntil(lambda: set(Check) - people <= set(self.page.rehearsal.results))

    def line(self, check: Check) -> str:
        return self.page.lines[check].accessibleName()


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monkeypatch.setattr(flow, "LOOK_MS", 40)
    monkeypatch.setattr(flow, "CAMERA_MS", 5_000)
    monkeypatch.setattr("controllers.scanning.watch._MEASURED_S", 0.1)
    monkeypatch.setattr("controllers.scanning.watch._TOLD_EVERY_S", 0.02)
    camera = FakeCamera(numpy.full((90, 160, 3), 128, numpy.uint8))
    monkeypatch.setattr("ui.checkin_camera.source_of", lambda _chosen: camera)
    loudspeaker, scanners, sounds = FakeLoudspeaker(), Scanners(), []
    counter.set_up_counter(desk=a_desk, printers={"a4": "Office"})
    with at_a_desk(a_desk) as made:
        at = replace(made, scanners=lambda: scanners, sounds=lambda: sounds[0])
        sounds.append(Sounds(at, loudspeaker))  # type: ignore[arg-type]
        scanners.follow(at.background, at.desk)
        printing(at).make_spooler = lambda: FakePrinters("Office", "Till")
        found = Counter(qtbot, at, (camera, loudspeaker, scanners))
        yield found
        found.screen.hide()
        found.page.rehearsal._camera.close()
        scanners.close()


def test_one_button_tries_everything_and_two_answers_end_it(here: Counter, a_desk: Desk) -> None:
    here.begin()
    assert here.loudspeaker.played == [("go", 80)]
    assert "Listen: a rising pair of tones" in here.line(Check.SOUND)
    assert "Scan the test code" in here.line(Check.SCANNER)
    assert "Example Cam" in here.line(Check.CAMERA)
    assert "Office: known to the computer." in here.line(Check.PRINTERS)
    assert see_rehearsal(desk=a_desk) is None, "nothing is kept before the last answer"
    here.page.yes.click()
    here.hand.read(TEST_CODE)
    here.qtbot.waitUntil(lambda: not here.page.rehearsal.is_under_way)
    here.quiet()
    done = see_rehearsal(desk=a_desk)
    assert done is not None
    found = {one.check: one.outcome for one in done.checked}
    assert [found[check] for check in (Check.SCANNER, Check.CAMERA, Check.SOUND, Check.PRINTERS)] == [
        Outcome.GOOD
    ] * 4
    assert found[Check.MAIL] is Outcome.ABSENT
    assert here.read == [], "nobody was let in by the test code"
    assert not here.camera.is_open


def test_the_sheet_opens_by_itself_and_is_kept_with_its_date(here: Counter, tmp_path: Path) -> None:
    here.begin()
    here.page.silent.click()
    here.page.none.click()
    here.qtbot.waitUntil(lambda: here.screen.findChild(RehearsalDialog) is not None)
    here.quiet()
    dialog = here.screen.findChild(RehearsalDialog)
    assert dialog is not None
    names: list[str] = []
    file = tmp_path / "sheet.pdf"

    def ask_file(_parent: QWidget, name: str, chosen: Any) -> None:
        names.append(name)
        chosen(str(file))

    dialog._ask_file = ask_file
    here.qtbot.waitUntil(dialog._save.isEnabled)
    dialog._save.click()
    here.quiet()
    told = " ".join("\n".join(text_of(file.read_bytes())).split())
    assert names == ["2027-01-15-1000-rehearsal.pdf"]
    assert "Friday 15 January 2027, 10:00, Desk" in told
    assert "Nobody heard it." in told
    assert "Turn the computer's own loudness up" in told
    assert "have to be mended before the counter opens" in told or "has to be mended" in told


def test_what_is_wrong_is_said_with_what_to_do(here: Counter, a_desk: Desk) -> None:
    here.camera.shows = numpy.zeros((90, 160, 3), numpy.uint8)
    here.loudspeaker.plug(False)
    counter.set_up_counter(desk=a_desk, printers={"a4": "Gone"})
    here.quiet()
    here.begin()
    assert "Switch a light on" in here.line(Check.CAMERA)
    assert "No loudspeaker was found. Plug one in" in here.line(Check.SOUND)
    assert "Gone: not known to the computer. Switch it on" in here.line(Check.PRINTERS)
    here.hand.read(TEST_CODE, end="")
    here.qtbot.waitUntil(lambda: not here.page.rehearsal.is_under_way)
    here.quiet()
    assert "it sends no Enter at the end" in here.line(Check.SCANNER)
    done = see_rehearsal(desk=a_desk)
    assert done is not None
    assert summary_words(done, done.at.date()).endswith(f"{len(done.wrong)} things are wrong")


def test_today_says_that_all_is_well_or_leads_to_what_is_wrong(
    qtbot: QtBot, a_desk: Desk, clock: StillClock
) -> None:
    good = [rules.no_scanner(), rules.judge_zone(0, 0, "Asia/Seoul")]
    keep_rehearsal(good, desk=a_desk)
    with at_a_desk(a_desk) as at:
        screen = opened(qtbot, at)
        assert screen.subtitle().endswith("Rehearsed 10:00: all is well.")
        asked = wanders(screen)
        keep_rehearsal([*good, rules.judge_printers({"a4": "Office"}, ())], desk=a_desk)
        screen.refresh(frozenset({"rehearsals"}))
        qtbot.waitUntil(lambda: bool(screen.cards.chores.model_.rows))
        (matter,) = screen.cards.chores.model_.rows
        assert (matter.sentence, matter.detail) == ("Rehearsed 10:00: 1 thing is wrong", "Printers by name")
        screen.cards.chores.opened.emit(matter)
        assert asked == [("settings", {"section": "rehearsal"})]
        qtbot.waitUntil(at.background.idle)
    clock.forward(days=1)
    with at_a_desk(a_desk) as at:
        assert "Rehearsed" not in opened(qtbot, at).subtitle()
        qtbot.waitUntil(at.background.idle)


def test_leaving_the_page_lets_the_devices_go_and_keeps_nothing(here: Counter, a_desk: Desk) -> None:
    here.begin()
    here.screen.hide()
    here.quiet()
    assert not here.page.rehearsal.is_under_way
    here.qtbot.waitUntil(lambda: not here.camera.is_open)
    assert see_rehearsal(desk=a_desk) is None
    here.screen.show()
    here.hand.read(TEST_CODE)
    here.qtbot.waitUntil(lambda: len(here.read) == 1)


def test_a_good_scan_is_not_replaced_by_a_later_one_and_a_wrong_one_is(here: Counter) -> None:
    here.begin()
    here.hand.read("98765432101234567890123456")
    here.qtbot.waitUntil(lambda: "that was not the test code" in here.line(Check.SCANNER))
    here.hand.read(TEST_CODE)
    here.qtbot.waitUntil(lambda: "came through whole" in here.line(Check.SCANNER))
    here.hand.read("98765432101234567890123456")
    here.quiet()
    assert "came through whole" in here.line(Check.SCANNER)


def test_a_rehearsal_that_was_left_takes_no_late_answer(here: Counter, a_desk: Desk) -> None:
    with held(here.at.background, Lane.READING):
        here.page.start.click()
        here.page.rehearsal.stop()
    here.quiet()
    assert here.page.rehearsal.results == {}
    assert here.page.start.isEnabled()


def test_nobody_is_asked_what_they_heard_while_a_loudspeaker_is_looked_for(here: Counter) -> None:
    here.loudspeaker.is_there = None
    here.begin()
    assert "A loudspeaker is looked for" in here.line(Check.SOUND)
    assert not here.page.yes.isVisible()
    here.page.rehearsal.say_heard(False)
    here.page.rehearsal.play()
    assert Check.SOUND not in here.page.rehearsal.results, "nobody knows yet whether there is one"
    here.loudspeaker.plug(True)
    assert here.loudspeaker.played == [("go", 80)], "once, however often it was asked for"
    assert here.page.yes.isVisible()
    here.page.yes.click()
    assert here.page.rehearsal.results[Check.SOUND].outcome is Outcome.GOOD


def test_a_camera_without_a_picture_is_waited_for_and_then_wrong(
    here: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "CAMERA_MS", 200)
    here.camera.plugged_in = False
    here.begin()
    assert "There is no picture. Plug the camera in" in here.line(Check.CAMERA)


@pytest.mark.usefixtures("qapp")
def test_every_answer_has_its_words() -> None:
    from models.rehearsal import Checked

    facts = {
        "name": "Example Cam", "a_second": 20, "volume": 80, "printers": ["Office"], "gone": ["Till"],
        "signs": "ᄀ", "languages": ["ko"], "seconds": 20, "zone": "Asia/Seoul", "minutes": 60, "waiting": 1,
    }  # fmt: skip
    for check, code in _TOLD:
        found, todo = found_words(Checked(check, Outcome.WRONG, code, facts))
        assert found
        assert "{" not in found + todo
    for fault in _SCANNER_FAULTS:
        told = Checked(Check.SCANNER, Outcome.WRONG, "set-up", {"findings": [fault]})
        assert found_words(told)[1]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("waiting", "words"),
    [
        (0, "Not set up: no letter waits here."),
        (1, "Not set up: 1 letter waits here."),
        (2, "Not set up: 2 letters wait here."),
    ],
)
def test_letters_are_counted_as_people_count_them(waiting: int, words: str) -> None:
    assert found_words(rules.judge_mail(waiting)) == (words, "")
