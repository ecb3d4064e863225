"""Two programs on one database: what the command line does is seen in the window, and nothing moves there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import app
from controllers.place import Place
from models.reservations import Status
from models.rows import Filter
from tests.builders import a_product, a_reservation, direct_file, direct_row
from tests.conftest import NOW
from ui.program import Program
from ui.widgets.button import Button
from ui.widgets.label import Label

PATIENCE_MS = 30_000


class TwoPrograms:
    """The window in this process, and a command line in one of its own."""

    def __init__(self, qtbot: QtBot, place: Place) -> None:
        self.qtbot, self.place = qtbot, place
        desk = place.open("Desk")
        desk.clock = lambda: NOW
        a_product(desk, capacity=40)
        self.orders = [a_reservation(desk, sold_by="kkday") for _ in range(6)]
        desk.database.close()
        self.program = Program(place, app.SCREENS)
        self.program.show()
        self.wait(lambda: self.program.is_open)
        self.program.desk().clock = lambda: NOW

    @property
    def screen(self) -> Any:
        return self.program.window.screen_in_front

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE_MS)

    def go(self, word: str, **what: Any) -> None:
        self.program.window.go(word, **what)
        self.wait(self.program.is_quiet)

    def says(self, words: str) -> bool:
        """Whether this stands somewhere on the screen."""
        return any(label.text() == words for label in self.screen.findChildren(Label) if label.isVisible())

    def press(self, word: str) -> None:
        """The button that says this."""
        next(b for b in self.screen.findChildren(Button) if b.isVisible() and b.text() == word).click()

    def elsewhere(self, *words: str) -> None:
        """One command in a process of its own; the window lives on meanwhile."""
        database = ("--db", self.place.told_database) if self.place.told_database else ()
        told = [sys.executable, str(app.PROJECT / "app.py"), "--data", str(self.place.folder), "--practice"]
        process = subprocess.Popen(
            [*told, *database, "--now", NOW.isoformat(), *words], stdout=subprocess.DEVNULL
        )
        self.wait(lambda: process.poll() is not None)
        assert process.returncode == 0


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def two(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TwoPrograms]:
    shared = request.param == "postgresql"
    address = request.getfixturevalue("fresh_postgresql")() if shared else ""
    made = TwoPrograms(qtbot, Place(tmp_path, practice=True, told_database=address))
    yield made
    made.program.window.close()


def test_what_the_command_line_confirms_is_shown_and_the_row_under_the_cursor_stays(two: TwoPrograms) -> None:
    two.go("reservations", wanted=Filter(), title="All")
    two.wait(lambda: two.screen.table.model_.rowCount() >= len(two.orders))
    table = two.screen.table
    table.go_to(3)
    chosen, height = table.row.id, table.rowViewportPosition(3)
    other = next(order for order in two.orders if order != chosen)

    two.elsewhere("confirm", f"CF-{other}")

    two.wait(lambda: table.model_.row(table.model_.place_of(other)).status is Status.CONFIRMED)
    assert table.row.id == chosen
    assert table.rowViewportPosition(table.currentIndex().row()) == height


def test_new_orders_of_the_command_line_wait_until_somebody_wants_to_see_them(
    two: TwoPrograms, tmp_path: Path
) -> None:
    two.go("reservations", wanted=Filter(), title="All")
    two.wait(lambda: two.screen.table.model_.rowCount() == len(two.orders))
    table = two.screen.table
    table.go_to(2)
    chosen, height = table.row.id, table.rowViewportPosition(2)
    file = tmp_path / "direct.csv"
    file.write_bytes(direct_file(*(direct_row() for _ in range(3))))

    two.elsewhere("import", str(file))

    two.wait(lambda: two.says("3 new"))
    assert table.row.id == chosen
    assert table.rowViewportPosition(table.currentIndex().row()) == height
    assert table.model_.rowCount() == len(two.orders)
    two.press("show")
    two.wait(lambda: table.model_.rowCount() == len(two.orders) + 3)
    assert table.row.id == chosen
