"""What was committed stands in the file itself soon after the last scan, without anybody having waited for it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.background import Background
from controllers.desk import Desk
from tests.builders import a_product, a_reservation
from tests.ui.slow_lanes import held
from ui import quiet_moments
from ui.quiet_moments import QuietMoments


@pytest.fixture
def order(a_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> int:
    """One that waits; all before it is written back already."""
    monkeypatch.setattr(quiet_moments, "QUIET_MS", 20)
    a_product(a_desk)
    made = a_reservation(a_desk)
    a_desk.database.write_back()
    return made


def status_in_file(desk: Desk, order: int, folder: Path) -> str:
    """As the file alone tells it, without its log."""
    copy = folder / "alone.sqlite"
    shutil.copyfile(desk.database.where, copy)
    connection = sqlite3.connect(copy)
    (status,) = connection.execute("select status from reservations where id = ?", (order,)).fetchone()
    connection.close()
    return str(status)


def test_what_was_done_is_written_back_at_the_next_quiet_moment(
    qtbot: QtBot, a_desk: Desk, order: int, tmp_path: Path
) -> None:
    background, parent = Background(), QObject()
    a_desk.listeners.append(background.announce)
    QuietMoments(background, lambda: a_desk, parent)
    with held(background):
        reservations.confirm(order, desk=a_desk)
        qtbot.wait(100)
        assert status_in_file(a_desk, order, tmp_path) == "UNCONFIRMED"  # somebody still waits for something
    qtbot.waitUntil(lambda: status_in_file(a_desk, order, tmp_path) == "CONFIRMED")
    background.close()
