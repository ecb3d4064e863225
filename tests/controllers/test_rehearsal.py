"""The rehearsal of a counter: what is good, what is wrong, and what stays of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select

from controllers import counter, rehearsal
from controllers.desk import Desk
from controllers.today import see_today
from models import rehearsal as rules
from models.light import Light
from models.refusals import CannotDo
from models.rehearsal import Check, Checked, Outcome, Rehearsed, checked_of
from models.reservations import Status
from models.tables import JournalEntry
from tests.builders import a_product, a_reservation, an_operator
from tests.fakes import StillClock

SEOUL = timezone(timedelta(hours=9))


def in_seoul() -> datetime:
    return datetime.now(SEOUL)


def tried(desk: Desk, printers: tuple[str, ...] = (), **how: Any) -> dict[Check, Checked]:
    found = rehearsal.try_house(printers, desk=desk, **{"here": in_seoul, **how})
    return {one.check: one for one in found}


# --- what is good -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "outcome", "code"),
    [
        ({"on": False, "sees": False, "a_second": 0, "light": None}, "absent", "off"),
        ({"on": True, "sees": False, "a_second": 0, "light": None}, "wrong", "no-picture"),
        ({"on": True, "sees": True, "a_second": 25, "light": Light.DARK}, "wrong", "dark"),
        ({"on": True, "sees": True, "a_second": 25, "light": Light.GLARING}, "wrong", "glaring"),
        ({"on": True, "sees": True, "a_second": 4, "light": Light.GOOD}, "wrong", "slow"),
        ({"on": True, "sees": True, "a_second": 25, "light": Light.DIM}, "good", "sees"),
    ],
)
def test_a_camera_is_judged_by_its_picture_and_its_light(
    told: dict[str, Any], outcome: str, code: str
) -> None:
    found = rules.judge_camera(name="Example Cam", **told)
    assert (found.outcome.value, found.code) == (outcome, code)


def test_a_sound_is_good_when_somebody_heard_it() -> None:
    judge = rules.judge_sound
    assert judge(is_there=True, volume=80, heard=None) is None
    found = [
        judge(is_there=True, volume=80, heard=True),
        judge(is_there=True, volume=80, heard=False),
        judge(is_there=False, volume=80, heard=True),
        judge(is_there=True, volume=0, heard=True),
    ]
    assert [one.code for one in found if one] == ["heard", "not-heard", "no-loudspeaker", "off"]


@pytest.mark.parametrize(
    ("off", "shared", "code"),
    [
        (9, True, "agrees"),
        (-11, True, "off"),
        (11, True, "off"),
        (0, False, "own"),
        (-60, False, "went-back"),
    ],
)
def test_a_clock_may_be_a_few_seconds_off(off: float, shared: bool, code: str) -> None:
    assert rules.judge_clock(off, shared=shared).code == code


# --- the house --------------------------------------------------------------------------------


def test_a_house_in_order_is_good_and_says_that_no_mail_is_set_up(desk: Desk, clock: StillClock) -> None:
    an_operator(desk, zone="Asia/Seoul")
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, email="anna@example.com")
    counter.set_up_counter(desk=desk, printers={"a4": "Office", "roll": "Till"})
    found = tried(desk, ("Till", "Office"))
    assert {check: one.outcome.value for check, one in found.items()} == {
        Check.PRINTERS: "good",
        Check.SCRIPTS: "good",
        Check.CLOCK: "good",
        Check.ZONE: "good",
        Check.MAIL: "absent",
    }
    assert found[Check.MAIL].facts == {"waiting": 1}


def test_a_printer_that_is_gone_is_named(desk: Desk) -> None:
    assert tried(desk)[Check.PRINTERS].code == "none-chosen"
    counter.set_up_counter(desk=desk, printers={"a4": "Office", "roll": "Till"})
    found = tried(desk, ("Office",))[Check.PRINTERS]
    assert (found.outcome, found.facts["gone"]) == (Outcome.WRONG, ["Till"])


def test_a_computer_in_another_zone_is_told(desk: Desk) -> None:
    an_operator(desk, zone="Asia/Seoul")
    found = tried(desk, here=lambda: datetime.now(UTC))[Check.ZONE]
    assert (found.outcome, found.facts) == (Outcome.WRONG, {"zone": "Asia/Seoul", "minutes": -540})


def test_a_clock_that_is_wrong_is_told(desk: Desk, clock: StillClock) -> None:
    if desk.database.is_sqlite:
        a_product(desk)
        clock.set(clock() - timedelta(minutes=5))
        found = tried(desk)[Check.CLOCK]
        assert (found.code, found.facts["seconds"]) == ("went-back", 300)
        return
    late = tried(desk, here=lambda: in_seoul() - timedelta(minutes=5))[Check.CLOCK]
    assert (late.code, late.facts["ahead"]) == ("off", False)
    assert 298 <= late.facts["seconds"] <= 302


def test_missing_fonts_are_told_by_language_and_sign(a_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from controllers.voucher_pdf import fonts

    def require(language: str) -> None:
        if language == "ko":
            raise CannotDo("fonts-missing")

    monkeypatch.setattr(fonts, "require", require)
    found = tried(a_desk)[Check.SCRIPTS]
    assert (found.outcome, found.facts) == (Outcome.WRONG, {"signs": "", "languages": ["ko"]})


# --- what stays -------------------------------------------------------------------------------


def test_a_rehearsal_is_kept_with_its_lines_and_shown_on_today(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    assert see_today(desk=desk).rehearsed is None
    lines = (rules.judge_zone(0, 540, "Asia/Seoul"), rules.judge_mail(3))
    done = rehearsal.keep_rehearsal(lines, desk=desk)
    clock.forward(minutes=5)
    found = see_today(desk=desk).rehearsed
    assert found == done == Rehearsed("Desk", "Owner", done.at, lines, "Asia/Seoul", True)
    assert [one.check for one in done.wrong] == [Check.ZONE]
    assert see_today(desk=second_desk).rehearsed is None
    with desk.reading() as look:
        asked = select(JournalEntry.action, JournalEntry.details).order_by(JournalEntry.seq.desc())
        assert tuple(look.execute(asked).first() or ()) == ("rehearse", '{"wrong":["zone"]}')


def test_what_was_kept_is_read_back(a_desk: Desk) -> None:
    lines = (rules.no_scanner(), rules.judge_printers({"a4": "Office"}, ()))
    assert checked_of(one.as_kept() for one in lines) == lines
