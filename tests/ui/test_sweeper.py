"""Python's search for garbage: on the window's thread only, and not through what a start has made."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from controllers.background import Sweeper


class Ring:
    """Garbage that only a search finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def sweeper(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sweeper]:
    monkeypatch.setattr(Sweeper, "EVERY_MS", 10)
    gc.collect()
    owner = QObject()
    made = Sweeper(owner)
    yield made
    made.stop()


def test_the_first_search_passes_over_what_a_start_has_made(sweeper: Sweeper, qtbot: QtBot) -> None:
    kept = [Ring() for _ in range(5_000)]
    collected = gc.get_stats()[0]["collections"]
    qtbot.waitUntil(lambda: gc.get_freeze_count() > len(kept))
    assert gc.get_stats()[0]["collections"] == collected


def test_what_becomes_garbage_later_is_found(sweeper: Sweeper, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
    gone = weakref.ref(Ring())
    kept = [[] for _ in range(5_000)]  # so many that a search is worth it
    qtbot.waitUntil(lambda: gone() is None)
    assert kept
