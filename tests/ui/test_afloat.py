"""Whether the server answers is found out for who waits for a verdict, whatever else is asked of it meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from controllers.background import Background
from controllers.offline.door import State
from tests.conftest import PATIENCE_MS
from ui import afloat
from ui.afloat import LOOK_S, PULSE_S, Afloat

AWAY = State(datetime(2027, 1, 15, 5, 2, tzinfo=UTC), 0, None)


class StuckDoor:
    """Copies from a server that has stopped answering in the middle; whoever feels its pulse finds out."""

    def __init__(self) -> None:
        self.changed: list = []
        self.is_away = threading.Event()
        self.felt: list[float] = []

    def look_after(self, *, seconds: float) -> State:
        self.is_away.wait(PATIENCE_MS / 1000)
        return AWAY

    def feel_pulse(self, *, seconds: float) -> None:
        self.felt.append(seconds)
        if seconds == PULSE_S:
            self.is_away.set()
            for listener in self.changed:
                listener(AWAY)
        else:
            self.is_away.wait(PATIENCE_MS / 1000)

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def door(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[StuckDoor]:
    monkeypatch.setattr(afloat, "IMPATIENT_MS", 1)
    monkeypatch.setattr(afloat, "BEAT_MS", 1)
    made = StuckDoor()
    yield made
    made.is_away.set()


@pytest.fixture
def counter(qtbot: QtBot, door: StuckDoor) -> Iterator[Afloat]:
    background = Background()
    database = SimpleNamespace(on_silence=None, where="here", hurry=lambda _: None)
    made = Afloat(background, SimpleNamespace(database=database), door)  # type: ignore[arg-type]
    yield made
    made.close()
    door.is_away.set()
    background.close()


def test_a_scan_finds_out_though_the_copying_stands_still(
    qtbot: QtBot, door: StuckDoor, counter: Afloat
) -> None:
    counter.start()
    qtbot.waitUntil(lambda: LOOK_S in door.felt)  # nobody is in a hurry: it is waited patiently
    assert not counter.standing.is_offline
    counter.expect(True)
    qtbot.waitUntil(lambda: counter.standing.is_offline)
    assert PULSE_S in door.felt
