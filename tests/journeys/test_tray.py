"""On a real screen beside a real tray: a new reservation rings there, and a click leads to it with Confirm at hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from controllers.desk import Desk
from tests.builders import a_product, a_reservation
from tests.journeys import x_keys
from tests.peers.bus import Desktop, a_desktop

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("Xvfb", "dbus-daemon") if not shutil.which(name)]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {MISSING}")
NOW = "2027-01-15T10:00+09:00"
Ask = Callable[[], dict[str, Any]]


@contextmanager
def a_program(display: str, bus: str, folder: Path, database: str) -> Iterator[Ask]:
    """The program as a process of its own, and a way to ask it what it shows."""
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    env |= {"DBUS_SESSION_BUS_ADDRESS": bus, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    words = [sys.executable, "-m", "tests.journeys.tray_desk", str(folder), database, NOW]
    program = subprocess.Popen(
        words, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdin is not None
    assert program.stdout is not None
    go, come = program.stdin, program.stdout

    def ask() -> dict[str, Any]:
        go.write("?\n")
        go.flush()
        told: dict[str, Any] = json.loads(come.readline())
        return told

    try:
        yield ask
    finally:
        go.close()
        come.close()
        program.wait(60)


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with a_desktop() as made:
        yield made


@pytest.fixture
def ask(desk: Desk, desktop: Desktop, tmp_path: Path) -> Iterator[Ask]:
    """The program at the test's database, once it listens."""
    a_product(desk)
    address = desk.database.url.render_as_string(hide_password=False)
    with x_keys.a_screen() as display, a_program(display, desktop.address, tmp_path, address) as ask:
        until(lambda: ask()["listens"] and bool(desktop.items))
        yield ask


def until(is_so: Callable[[], Any]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_new_reservation_rings_within_a_second_and_a_click_leads_to_confirm(
    desk: Desk, second_desk: Desk, desktop: Desktop, ask: Ask
) -> None:
    assert ask()["in_tray"]
    order = a_reservation(second_desk)
    written_at = time.time()
    until(lambda: desktop.shown)
    shown_at, title, text = desktop.shown[0]
    print(
        f"new reservation to tray: {(shown_at - written_at) * 1000:.0f} ms ({desk.database.url.drivername})"
    )
    assert f"CF-{order}" in title
    assert "Anna" not in f"{title} {text}"
    until(lambda: "1 order waits" in ask()["tip"])
    assert title in str(desktop.item("ToolTip")), "the item says it, too, while it is shown"
    desktop.press()
    until(lambda: ask()["shows"] == f"CF-{order}")
    assert ask()["keyboard"].startswith("Confirm")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_message_leads_there_too_and_the_menu_silences_and_quits(
    second_desk: Desk, desktop: Desktop, ask: Ask
) -> None:
    assert list(desktop.menu()) == ["Open Counterfoil", "Do not disturb for an hour", "Quit"]
    first = a_reservation(second_desk)
    until(lambda: desktop.shown)
    desktop.press_message()
    until(lambda: ask()["shows"] == f"CF-{first}")
    desktop.choose("Do not disturb for an hour")
    until(lambda: ask()["hushed"])
    second = a_reservation(second_desk)
    until(lambda: "2 orders wait, do not disturb" in ask()["tip"])
    assert len(desktop.shown) == 1
    desktop.press()
    until(lambda: ask()["shows"] == f"CF-{second}")
    desktop.choose("Quit")
    until(lambda: not ask()["open"])
