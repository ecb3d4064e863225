"""Where the system has no tray the window itself rings and says it; silenced, quiet or locked it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

import app
from controllers.place import Place
from models.tables import NoticePerson, Staff
from tests.builders import a_product, a_reservation
from tests.fakes import FakeLoudspeaker
from tests.staff import OWNERS_PASSWORD, cheapest_hashes, with_owner  # noqa: F401
from ui import program as program_
from ui import sounds as sounds_
from ui import theme
from ui.by_the_clock import ByTheClock
from ui.paint.tray_mark import SIDES, tray_mark
from ui.program import Program
from ui.sounds import Sounds
from ui.widgets.button import Button
from ui.widgets.toast import Toast

NEW = "New reservation"
NOW = "2027-01-15T10:00+09:00"


class Counter:
    """A desk's program on a folder, and another counter that takes orders."""

    def __init__(self, qtbot: QtBot, folder: Path, *, with_password: bool = False) -> None:
        self.qtbot = qtbot
        place = Place(folder, practice=True, told_now=NOW)
        self.desk = place.open("Second desk")
        a_product(self.desk)
        if with_password:
            with_owner(self.desk)
        self.program = Program(Place(folder, practice=True, told_now=NOW), app.SCREENS)
        self.program.show()
        qtbot.waitUntil(lambda: self.program.is_open)
        self.loud = FakeLoudspeaker()
        made = Sounds(self.program.fittings.at, self.loud, self.program)  # type: ignore[arg-type]
        self.program.fittings.__dict__["sounds"] = made
        self.loud.plug(True)

    def listens(self) -> None:
        fittings = self.program.fittings
        self.qtbot.waitUntil(lambda: fittings.has("tray") and fittings.tray._looked is not None)
        self.qtbot.waitUntil(self.program.is_quiet)

    def settled(self) -> None:
        """What was written has come through."""
        before = self.program.fittings.tray._waiting
        self.qtbot.waitUntil(lambda: self.program.fittings.tray._waiting != before)
        self.qtbot.waitUntil(self.program.is_quiet)

    @property
    def banner(self) -> Toast | None:
        found = [one for one in self.program.window.findChildren(Toast) if one.isVisible()]
        return found[-1] if found else None

    def said(self) -> str:
        return self.banner.accessibleName() if self.banner is not None else ""

    def shows(self, order: int) -> bool:
        front = self.program.window.screen_in_front
        return front is not None and front.accessibleName() == f"CF-{order}"

    def close(self) -> None:
        self.program.window.close()
        self.desk.database.close()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_, "LATER_MS", 0)
    monkeypatch.setattr(ByTheClock, "start", lambda *_: None)  # what it reminds of would ring, too


@pytest.fixture
def here(qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(qtbot, tmp_path)
    made.listens()
    yield made
    made.close()


def test_a_new_order_elsewhere_is_heard_and_said_without_a_name(here: Counter) -> None:
    order = a_reservation(here.desk, sold_by="kkday")
    here.qtbot.waitUntil(lambda: f"CF-{order}" in here.said())
    assert {word for word, _ in here.loud.played} == {"order"}
    assert "Kim" not in here.said()
    assert not here.program.fittings.tray.is_in_tray


def test_who_takes_over_is_not_told_what_was_being_asked_for_the_one_before(here: Counter) -> None:
    tray = here.program.fittings.tray
    a_reservation(here.desk, sold_by="kkday")
    tray._ask()
    tray._begin(None)
    here.settled()
    assert tray._looked is not None
    assert here.banner is None


def test_its_button_leads_there(here: Counter) -> None:
    order = a_reservation(here.desk)
    here.qtbot.waitUntil(lambda: here.banner is not None)
    assert here.banner is not None
    opens = next(one for one in here.banner.findChildren(Button) if one.isVisible())
    assert opens.accessibleName() == "Open"
    opens.click()
    here.qtbot.waitUntil(lambda: here.shows(order))
    assert here.banner is None


def test_a_key_leads_there_too(here: Counter) -> None:
    order = a_reservation(here.desk)
    here.qtbot.waitUntil(lambda: here.banner is not None)
    here.qtbot.keyClick(here.program.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: here.shows(order))


def test_do_not_disturb_lasts_an_hour_and_ends_by_itself(
    here: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui import tray as tray_

    now = [1_000.0]
    monkeypatch.setattr(tray_, "monotonic", lambda: now[0])
    monkeypatch.setattr(sounds_, "monotonic", lambda: now[0])
    here.program.fittings.tray.hush(True)
    a_reservation(here.desk)
    here.settled()
    assert (here.said(), here.loud.played) == ("", [])
    now[0] += 3_601
    second = a_reservation(here.desk)
    here.qtbot.waitUntil(lambda: f"CF-{second}" in here.said())
    assert {word for word, _ in here.loud.played} == {"order"}


def test_in_somebodys_quiet_hours_nothing_rings(here: Counter) -> None:
    with here.desk.database.transaction() as connection:
        owner = connection.execute(select(Staff.id)).scalar_one()
        days = [["00:00", "23:59"]] * 7
        connection.execute(NoticePerson.__table__.insert().values(staff_id=owner, quiet=days))  # type: ignore[attr-defined]
    a_reservation(here.desk)
    here.settled()
    assert here.said() == ""


def test_who_signs_in_is_told_what_happens_from_then_on(qtbot: QtBot, tmp_path: Path) -> None:
    here = Counter(qtbot, tmp_path, with_password=True)
    try:
        people = here.program.fittings.people
        qtbot.waitUntil(lambda: here.program.fittings.has("tray") and people.is_locked)
        a_reservation(here.desk)
        qtbot.waitUntil(here.program.is_quiet)
        assert here.said() == ""  # not even what nobody may do: nobody is there to read it
        (asked,) = [one for one in here.program.window.findChildren(type(people._asked)) if one.isVisible()]
        asked.name.set_text("Owner")
        asked.secret.set_text(OWNERS_PASSWORD)
        asked.enter.click()
        here.listens()
        assert NEW not in here.said()
        second = a_reservation(here.desk)
        qtbot.waitUntil(lambda: f"{NEW} CF-{second}" in here.said())
    finally:
        here.close()


@pytest.mark.parametrize("name", [theme.Theme.LIGHT, theme.Theme.DARK])
def test_the_mark_shows_the_count_and_that_it_is_silenced(qtbot: QtBot, name: theme.Theme) -> None:
    colours = theme.LIGHT if name is theme.Theme.LIGHT else theme.DARK
    pictures = [
        tray_mark(count, colours, muted=muted).pixmap(side, side).toImage()
        for side in SIDES
        for count, muted in ((0, False), (3, False), (100, False), (3, True))
    ]
    assert len({bytes(one.constBits()) for one in pictures}) == len(pictures)
