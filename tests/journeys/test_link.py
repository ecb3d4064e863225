"""A link in a notice opens that reservation with Confirm under the finger: desk closed, running, or locked."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import app
from controllers.place import Place
from models.rights import Role
from tests.builders import a_product, a_reservation, reservation
from tests.staff import OWNER, OWNERS_PASSWORD, PASSWORD, cheapest_hashes, with_owner, with_staff  # noqa: F401
from ui.details import DetailsScreen
from ui.doorbell import ring
from ui.program import Program
from ui.sign_in import SignIn
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.toast import Toast

ROOT = Path(__file__).resolve().parents[2]
NOW = "2027-01-15T10:00+09:00"


class Somewhere:
    """A data folder with orders that wait, and the program on it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.programs: list[Program] = []
        self.desk = self.place.open("Desk")
        a_product(self.desk)
        self.orders = [a_reservation(self.desk) for _ in range(2)]

    @property
    def place(self) -> Place:
        return Place(self.folder, practice=True, told_now=NOW)

    def link(self, order: int) -> str:
        return f"counterfoil://reservation/CF-{order}"

    def start(self, link: str = "") -> Program:
        made = Program(self.place, app.SCREENS, link)
        self.programs.append(made)
        made.show()
        self.qtbot.waitUntil(lambda: made._door.done())
        return made

    def press_elsewhere(self, link: str) -> int:
        """As the system does it for whoever presses a link: another process, while the window goes on."""
        words = [sys.executable, str(ROOT / "app.py"), "--data", str(self.folder), "--practice", link]
        other = subprocess.Popen(words, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        self.qtbot.waitUntil(lambda: other.poll() is not None)
        return other.wait()

    def shows(self, program: Program, order: int) -> bool:
        screen = program.window.screen_in_front
        focus = QApplication.focusWidget()
        return (
            isinstance(screen, DetailsScreen)
            and screen.accessibleName() == f"CF-{order}"
            and isinstance(focus, Button)
            and focus.accessibleName().startswith("Confirm")
        )

    def press(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key)

    def sign_in(self, program: Program, name: str = OWNER, password: str = OWNERS_PASSWORD) -> None:
        self.qtbot.waitUntil(lambda: asked(program) is not None and program.is_quiet())
        who = asked(program)
        assert who is not None
        who.name.set_text(name)
        who.secret.setFocus()
        self.qtbot.keyClicks(QApplication.focusWidget(), password)
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not program.fittings.people.is_locked)

    def confirm_by_enter(self, program: Program, order: int) -> None:
        """Enter on Confirm, Enter on what it asks."""
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: dialog(program) is not None)
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: reservation(self.desk, order).status == "CONFIRMED")


def asked(program: Program) -> SignIn | None:
    return next((one for one in program.window.findChildren(SignIn) if one.isVisible()), None)


def dialog(program: Program) -> Dialog | None:
    return next((one for one in program.window.findChildren(Dialog) if one.isVisible()), None)


def told(program: Program) -> str:
    return " ".join(one.accessibleName() for one in program.window.findChildren(Toast) if one.isVisible())


@pytest.fixture
def here(qtbot: QtBot, tmp_path: Path) -> Iterator[Somewhere]:
    made = Somewhere(qtbot, tmp_path)
    yield made
    for program in made.programs:
        program.window.close()
    made.desk.database.close()


def test_with_the_desk_closed_it_starts_asks_for_sign_in_and_enter_confirms(here: Somewhere) -> None:
    with_owner(here.desk)
    order = here.orders[1]
    program = here.start(here.link(order))
    here.sign_in(program)
    here.qtbot.waitUntil(lambda: here.shows(program, order))
    here.confirm_by_enter(program, order)


def test_with_the_desk_running_another_process_brings_it_there(here: Somewhere) -> None:
    program = here.start()
    here.qtbot.waitUntil(program.is_quiet)
    assert here.press_elsewhere(here.link(here.orders[0])) == 0
    here.qtbot.waitUntil(lambda: here.shows(program, here.orders[0]))
    assert here.press_elsewhere(f"counterfoil://reservation/{here.orders[1]}") == 0
    here.qtbot.waitUntil(lambda: here.shows(program, here.orders[1]))
    here.confirm_by_enter(program, here.orders[1])


def test_a_locked_desk_shows_it_after_unlocking_and_nothing_before(here: Somewhere) -> None:
    with_owner(here.desk)
    program = here.start()
    here.sign_in(program)
    here.qtbot.waitUntil(program.is_quiet)
    program.fittings.people.lock()
    here.qtbot.waitUntil(lambda: asked(program) is not None)
    here.press_elsewhere(here.link(here.orders[0]))
    here.qtbot.waitUntil(lambda: program.fittings.link._waits is not None)
    here.qtbot.waitUntil(program.is_quiet)
    assert not isinstance(program.window.screen_in_front, DetailsScreen)
    here.sign_in(program)
    here.qtbot.waitUntil(lambda: here.shows(program, here.orders[0]))


def test_an_open_question_is_answered_first(here: Somewhere) -> None:
    program = here.start(here.link(here.orders[0]))
    here.qtbot.waitUntil(lambda: here.shows(program, here.orders[0]))
    here.press(Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: dialog(program) is not None)
    program.fittings.link.follow(here.link(here.orders[1]))
    here.qtbot.waitUntil(program.is_quiet)
    assert dialog(program) is not None
    assert program.window.screen_in_front.accessibleName() == f"CF-{here.orders[0]}"  # type: ignore[union-attr]
    here.press(Qt.Key.Key_Escape)
    here.qtbot.waitUntil(lambda: here.shows(program, here.orders[1]))


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("counterfoil://reservation/CF-99999999", "Nothing here is called CF-99999999"),
        ("counterfoil://reservation/10001;drop", "This link names no reservation"),
        ("counterfoil:", "This link names no reservation"),
    ],
)
def test_whatever_cannot_be_shown_is_said(here: Somewhere, link: str, sentence: str) -> None:
    program = here.start(link)
    here.qtbot.waitUntil(lambda: sentence in told(program))
    assert program.window.word == "today"


def test_who_only_redeems_is_told_whom_to_ask(here: Somewhere) -> None:
    with_staff(here.desk, "Bea", Role.REDEEM)
    program = here.start(here.link(here.orders[0]))
    here.sign_in(program, "Bea", PASSWORD)
    here.qtbot.waitUntil(lambda: "needs the right to see reservations" in told(program))


def test_only_this_user_can_ring(here: Somewhere) -> None:
    program = here.start()
    here.qtbot.waitUntil(lambda: program.fittings.has("link"))
    socket = Path(here.place.doorbell)
    here.qtbot.waitUntil(socket.exists)
    assert stat.S_IMODE(socket.stat().st_mode) == 0o600
    program.window.close()
    assert not socket.exists()
    assert not ring(here.place, here.link(here.orders[0]))


def test_a_deep_folder_has_a_doorbell_too(tmp_path: Path) -> None:
    deep = Place(tmp_path / ("d" * 60) / ("e" * 60), practice=True)
    other = Place(tmp_path / ("d" * 60) / ("f" * 60), practice=True)
    assert len(os.fsencode(deep.doorbell)) < 100
    assert deep.doorbell != other.doorbell


def test_of_two_that_start_together_the_first_shows_what_the_second_was_asked(here: Somewhere) -> None:
    first, order = here.start(), here.orders[0]
    here.press_elsewhere(here.link(order))
    here.qtbot.waitUntil(lambda: here.shows(first, order))
    assert dialog(first) is None
