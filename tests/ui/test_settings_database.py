"""Settings, Database: the move to a server with its progress, and the counters that join, as somebody sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

import app
from controllers.desk import Desk, open_desk
from controllers.joining import end_access, join, make_code, see_counters
from controllers.place import Place
from models.rights import Role
from tests.builders import a_product, a_reservation
from tests.certificates import Root
from tests.fakes import StillClock
from tests.postgresql import Server
from tests.secured_server import showing
from tests.ui.at_a_desk import at_a_desk
from ui.at_desk import AtDesk
from ui.first_start import FirstStart
from ui.main_window import MainWindow
from ui.program import Program
from ui.screens import plan
from ui.settings_database import DatabasePage
from ui.settings_kept import Kept
from ui.welcome import Welcome
from ui.widgets.dialog import Dialog

pytestmark = pytest.mark.postgres
_numbers = count(1)


@pytest.fixture
def server(postgresql: Server) -> Iterator[str]:
    name = f"settings_{next(_numbers)}"
    postgresql.tell(f"create database {name}")
    yield postgresql.url(name)
    postgresql.tell(f"drop database {name} with (force)")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "desk")


def page_of(qtbot: QtBot, at: AtDesk, place: Place) -> DatabasePage:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = DatabasePage(Kept(replace(at, place=lambda: place), holder))
    qtbot.addWidget(made)
    made.resize(920, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: bool(made.place_card.where.text()) and at.background.idle())
    return made


@pytest.fixture
def old(place: Place, clock: StillClock) -> Iterator[Desk]:
    desk = place.open("Desk")
    desk.clock = clock
    a_product(desk)
    a_reservation(desk)
    yield desk
    desk.database.close()


def test_a_file_is_moved_by_the_keyboard_and_the_desk_starts_again_there(
    qtbot: QtBot, old: Desk, place: Place, server: str
) -> None:
    with at_a_desk(old) as at:
        page = page_of(qtbot, at, place)
        assert not page.counters.isVisible()
        assert "In one file on this computer" in page.place_card.where.text()
        qtbot.keyClicks(page.mover.address.focusProxy(), server)
        qtbot.keyClick(page.mover.address.focusProxy(), Qt.Key.Key_Return)
        qtbot.waitUntil(page.mover.good.isVisible)
        assert "PostgreSQL" in page.mover.good.accessibleName()
        qtbot.keyClick(page.mover.start, Qt.Key.Key_Space)
        assert page.mover.stop_button.hasFocus(), "whoever changes their mind need not look for it"
        qtbot.waitUntil(lambda: page.mover.is_over)
        assert "same on both sides" in page.mover.good.accessibleName()
        assert page.mover.password.text() == ""
        assert place.database.startswith("postgresql")
        qtbot.keyClick(page.mover.again, Qt.Key.Key_Space)
        assert place.starts_again
        assert not page.isVisible()


def test_a_move_that_is_stopped_says_so_and_can_be_begun_again(
    qtbot: QtBot, old: Desk, place: Place, server: str
) -> None:
    with at_a_desk(old) as at:
        page = page_of(qtbot, at, place)
        page.mover.address.set_text(server)
        page.mover.start.click()
        assert page.mover.step.text(), "what is being done is said from the first moment"
        qtbot.keyClick(page.mover.stop_button, Qt.Key.Key_Escape)
        qtbot.waitUntil(page.mover.notice.isVisible)
        assert "stopped" in page.mover.notice.accessibleName()
        assert page.mover.start.isVisible()
        assert place.database.startswith("sqlite")


def test_what_is_in_the_way_is_said_and_nothing_moves(qtbot: QtBot, old: Desk, place: Place) -> None:
    with at_a_desk(old) as at:
        page = page_of(qtbot, at, place)
        page.mover.address.set_text("postgresql://desk:Secret-1@127.0.0.1:1/nowhere")
        page.mover.start.click()
        qtbot.waitUntil(page.mover.notice.isVisible)
        assert "does not answer" in page.mover.notice.accessibleName()
        assert "Secret-1" not in page.mover.notice.accessibleName()


def test_a_root_certificate_is_chosen_from_a_file_and_a_wrong_one_is_named(
    qtbot: QtBot, old: Desk, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QFileDialog] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: asked.append(dialog))
    (tmp_path / "right").mkdir()
    (tmp_path / "other").mkdir()
    right, other = Root(tmp_path / "right"), Root(tmp_path / "other")
    (tmp_path / "letter.pem").write_text("Dear guest")
    with at_a_desk(old) as at, showing(right.vouch("localhost")) as tls:
        tls.tell("create database shop")
        page = page_of(qtbot, at, place)
        mover, chosen = page.mover, page.mover.root
        assert "an authority this computer trusts" in chosen.words.text()
        here = f"postgresql://counterfoil@localhost:{tls.port}/shop?hostaddr=127.0.0.1&sslmode=verify-full"
        mover.address.set_text(here)
        for file, words in (
            (tmp_path / "none.crt", "no root certificate"),
            (tmp_path / "letter.pem", "letter.pem is no root certificate"),
            (other.file, "Nobody this computer trusts"),
        ):
            qtbot.keyClick(chosen.choose, Qt.Key.Key_Space)
            asked[-1].fileSelected.emit(str(file))
            assert file.name in chosen.words.text()
            mover.try_button.click()
            qtbot.waitUntil(lambda words=words: words in mover.notice.accessibleName())
        chosen.set_file(str(right.file))
        mover.try_button.click()
        qtbot.waitUntil(mover.good.isVisible)
        assert not mover.notice.isVisible()
        qtbot.keyClick(chosen.forget, Qt.Key.Key_Space)
        assert chosen.file == ""
        assert chosen.choose.hasFocus() or not chosen.forget.isVisible()
        for dialog in asked:
            dialog.deleteLater()


def test_a_manager_may_not_move_and_is_told_who_may(qtbot: QtBot, old: Desk, place: Place) -> None:
    old.actor = replace(old.actor, role=Role.MANAGER)
    with at_a_desk(old) as at:
        page = page_of(qtbot, at, place)
        assert not page.mover.start.isEnabled() or "owner" in page.mover.start.accessibleDescription()
        page.mover.start.click()
        assert page.mover.progress is None


@pytest.fixture
def shared(server: str, clock: StillClock) -> Iterator[Desk]:
    desk = open_desk(server)
    desk.clock = clock
    yield desk
    desk.database.close()


def test_a_code_is_made_told_once_and_the_access_ended_after_a_question(
    qtbot: QtBot, shared: Desk, place: Place
) -> None:
    with at_a_desk(shared) as at:
        page = page_of(qtbot, at, place)
        assert not page.mover.isVisible()
        assert page.isActiveWindow(), "nothing came up as a window of its own and took the keyboard away"
        qtbot.keyClicks(page.counters.name.focusProxy(), "Harbour")
        qtbot.keyClick(page.counters.name.focusProxy(), Qt.Key.Key_Return)
        qtbot.waitUntil(page.counters.told.isVisible)
        assert len(page.counters.told.code.text()) == 19
        assert "Harbour" in page.counters.told.head.accessibleName()
        assert "inside this computer" in page.counters.told.more.text()
        qtbot.waitUntil(lambda: "Harbour" in page.counters.ends and at.background.idle())
        assert not page.counters.ends["Desk"].isVisible(), "nobody shuts themselves out"
        page.counters.ends["Harbour"].click()
        [dialog] = page.window().findChildren(Dialog)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(page.counters.ends["Harbour"].isVisible)
        page.counters.ends["Harbour"].click()
        dialog = page.window().findChildren(Dialog)[-1]
        dialog.accepted.emit()
        qtbot.waitUntil(lambda: not page.counters.ends["Harbour"].isVisible() and at.background.idle())
        assert not page.counters.told.isVisible(), "its code is void"


def test_a_code_for_a_counter_that_works_is_made_after_a_question(
    qtbot: QtBot, shared: Desk, place: Place, tmp_path: Path
) -> None:
    first = make_code("Harbour", desk=shared)
    join(first.address, first.code, place=Place(tmp_path / "harbour"))
    with at_a_desk(shared) as at:
        page = page_of(qtbot, at, place)
        for key, made in ((Qt.Key.Key_Escape, False), (Qt.Key.Key_Return, True)):
            page.counters.name.set_text("harbour")
            qtbot.keyClick(page.counters.name.focusProxy(), Qt.Key.Key_Return)
            dialog = page.window().findChildren(Dialog)[-1]
            assert dialog.about == {f"counter:{page.counters._page.counters[-1].id}"}
            dialog.accepted.emit() if made else qtbot.keyClick(dialog, key)
            qtbot.waitUntil(at.background.idle)
            assert page.counters.told.isVisible() == made
        assert "Harbour" in page.counters.told.head.accessibleName(), "it is the same counter"


def test_a_new_counter_joins_on_its_first_start(qtbot: QtBot, shared: Desk, tmp_path: Path) -> None:
    made = make_code("Harbour", desk=shared)
    new, opened = Place(tmp_path / "new"), []
    with at_a_desk(shared) as at:
        window = MainWindow(plan({}), now=shared.now)
        qtbot.addWidget(window)
        window.resize(1100, 800)
        window.show()
        start = FirstStart(at.background, window, new, at.desk, lambda: opened.append(new.counter), window)
        start.ask()
        [page] = window.overlay_host.findChildren(Welcome)
        qtbot.keyClick(page, Qt.Key.Key_3)
        qtbot.keyClicks(page._address.focusProxy(), made.address)
        qtbot.keyClicks(page.code.focusProxy(), "WRONGCODE")
        assert page._try.text() == "Join"
        qtbot.keyClick(page.code.focusProxy(), Qt.Key.Key_Return)
        qtbot.waitUntil(page._notice.isVisible)
        assert new.is_new
        page.code.set_text(made.code)
        qtbot.keyClick(page.code.focusProxy(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: opened == ["Harbour"])
    assert made.expires_at > datetime.now(UTC) + timedelta(minutes=20)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_computer_that_is_let_in_no_more_joins_again_by_a_new_code(
    qtbot: QtBot, shared: Desk, tmp_path: Path
) -> None:
    first, place = make_code("Harbour", desk=shared), Place(tmp_path / "harbour")
    join(first.address, first.code, place=place)
    [harbour] = (line.id for line in see_counters(desk=shared) if line.name == "Harbour")
    end_access(harbour, desk=shared)
    program = Program(place, app.SCREENS)
    program.show()
    try:
        qtbot.waitUntil(lambda: bool(program.window.overlay_host.findChildren(Welcome)))
        assert "cannot be opened" in program.window.told_above
        [page] = program.window.overlay_host.findChildren(Welcome)
        qtbot.waitUntil(page.code.focusProxy().hasFocus)
        again = make_code("Harbour", desk=shared)
        assert page._address.text() == again.address, "only the code is to be typed"
        qtbot.keyClicks(page.code.focusProxy(), again.code)
        qtbot.keyClick(page.code.focusProxy(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not program.window.isVisible())
        assert place.starts_again
        assert place.counter == "Harbour"
        place.open(place.counter).database.close()
    finally:
        program.window.close()
