"""Every test of the screens starts by day, in English, and the pulse beats only when told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import language, theme
from ui.pulse import pulse

AN_HOUR_MS = 3_600_000

if TYPE_CHECKING:
    from models.checkin import Kind
    from tests.ui.gate_window import GateWindow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform complains about what it cannot do (sizes, menus); every other Qt warning fails a test."""
    for item in items:
        if "tests/ui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def still_pulse(qapp: QApplication) -> None:
    """The pulse beats when a test says so (`pulse().beat.emit()`), never between two lines of it."""
    pulse()._timer.setInterval(AN_HOUR_MS)


@pytest.fixture(autouse=True)
def by_day(qapp: QApplication) -> None:
    """The light theme: colorScheme() is Unknown offscreen, so a test must choose."""
    theme.apply(qapp, theme.Theme.LIGHT)
    language.apply(qapp, "en", scale=1.0)


@pytest.fixture(scope="session")
def gate_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Kind, str]]:
    """A practice desk at which every verdict can be had, to be copied for each test."""
    from tests.ui.gate_window import a_gate_file

    return a_gate_file(tmp_path_factory.mktemp("gate"))


@pytest.fixture
def gate(qtbot: QtBot, gate_file: tuple[Path, dict[Kind, str]], tmp_path: Path) -> Iterator[GateWindow]:
    """The check-in screen in a window, at such a desk."""
    from tests.ui.gate_window import GateWindow, copied

    made = GateWindow(qtbot, copied(gate_file[0], tmp_path), gate_file[1])
    yield made
    made.close()
