"""The window follows what others do: by asking a file, by a server's call, and again after a cut line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.background import Background
from controllers.desk import Desk
from controllers.watching import Line, Watch
from models.database import Database
from tests.builders import a_product, a_reservation
from tests.conftest import DATABASES, Slate
from ui import watching
from ui.main_window import MainWindow
from ui.screen import Screen
from ui.screens import plan
from ui.watching import Watching

PATIENCE_MS = 20_000


class Ears:
    """A desk that watches; `heard` is what it was told, each time."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        self.background = Background()
        self.heard: list[frozenset[str]] = []
        self.trouble: list[Exception] = []
        self.lost: list[bool] = []
        self.background.changed_elsewhere.connect(self.heard.append)
        self.background.trouble.connect(self.trouble.append)
        self.watching = Watching(self.background, desk, Watch(desk), parent)
        self.watching.lost.connect(lambda: self.lost.append(True))
        self.watching.found.connect(lambda: self.lost.append(False))
        self.watching.start()


@contextmanager
def _watching(desk: Desk) -> Iterator[Ears]:
    parent = QObject()
    ears = Ears(desk, parent)
    try:
        yield ears
    finally:
        ears.watching.close()
        ears.background.close()
    assert ears.trouble == []


def test_what_another_desk_does_is_told(qtbot: QtBot, desk: Desk, second_desk: Desk) -> None:
    a_product(desk)
    order = a_reservation(desk)
    with _watching(desk) as ears:
        reservations.confirm(order, desk=second_desk)
        qtbot.waitUntil(lambda: bool(ears.heard), timeout=PATIENCE_MS)
    assert "reservations" in ears.heard[0]


def test_what_we_do_is_not_told(qtbot: QtBot, desk: Desk, second_desk: Desk) -> None:
    a_product(desk)
    ours, theirs = a_reservation(desk), a_reservation(desk)
    with _watching(desk) as ears:
        qtbot.waitUntil(ears.background.idle)
        reservations.confirm(ours, desk=desk)
        with second_desk.work() as work:
            work.record("departure:1", "close")
            work.changed.add("departures")
        qtbot.waitUntil(lambda: bool(ears.heard), timeout=PATIENCE_MS)
    assert ears.heard == [frozenset(("departures",))]
    assert theirs


on_a_server = pytest.mark.parametrize("kind", DATABASES[1:], indirect=True)


@on_a_server
def test_a_line_that_was_cut_is_opened_again_and_nothing_is_missed(
    qtbot: QtBot, desk: Desk, second_desk: Desk, slate: Slate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAUSES_MS", (10,))
    a_product(desk)
    order = a_reservation(desk)
    with _watching(desk) as ears:
        qtbot.waitUntil(lambda: ears.watching.listens, timeout=PATIENCE_MS)
        with psycopg.connect(slate.address, autocommit=True) as other:
            other.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen counterfoil'"
            )
        reservations.confirm(order, desk=second_desk)
        qtbot.waitUntil(lambda: ears.lost == [True, False] and bool(ears.heard), timeout=PATIENCE_MS)
    assert "reservations" in ears.heard[0]


@on_a_server
def test_behind_a_pooler_that_hands_no_calls_on_it_asks_itself(
    qtbot: QtBot, desk: Desk, second_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PROOF_MS", 10)
    monkeypatch.setattr(watching, "POOLER_MS", 20)
    monkeypatch.setattr(Line, "hear", lambda _line: frozenset())  # it takes LISTEN, and nothing comes
    a_product(desk)
    order = a_reservation(desk)
    with _watching(desk) as ears:
        # The line stands for a few milliseconds only; whoever asks has had one, and has given it up.
        qtbot.waitUntil(lambda: ears.watching._ask.isActive(), timeout=PATIENCE_MS)
        assert not ears.watching.listens
        reservations.confirm(order, desk=second_desk)
        qtbot.waitUntil(lambda: bool(ears.heard), timeout=PATIENCE_MS)
    assert ears.lost == []


@on_a_server
def test_what_a_desk_changed_and_could_not_tell_is_found_at_the_next_look(
    qtbot: QtBot, desk: Desk, second_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PROVE_AGAIN_MS", 50)
    a_product(desk)
    order = a_reservation(desk)
    with _watching(desk) as ears:
        qtbot.waitUntil(lambda: ears.watching.listens, timeout=PATIENCE_MS)
        monkeypatch.setattr(
            Database, "call_out", lambda _database, _words: None
        )  # the power went just before
        reservations.confirm(order, desk=second_desk)
        qtbot.waitUntil(lambda: bool(ears.heard), timeout=PATIENCE_MS)
    assert "reservations" in ears.heard[0]


# --- the window ---------------------------------------------------------------------------------


class Remembers(Screen):
    """A screen that keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, frozenset[str]]] = []

    def refresh(self, changed: frozenset[str]) -> None:
        self.told.append(("here", changed))

    def refresh_quietly(self, changed: frozenset[str]) -> None:
        self.told.append(("elsewhere", changed))


@pytest.fixture
def screens(qtbot: QtBot) -> tuple[MainWindow, Callable[[str], Remembers]]:
    built = {"today": Remembers(), "calendar": Remembers()}
    window = MainWindow(plan({word: (lambda word=word: built[word]) for word in built}))
    qtbot.addWidget(window)
    for word in ("calendar", "today"):
        window.go(word)
    return window, lambda word: built[word]


SEATS, MONEY = frozenset(("departures",)), frozenset(("payments",))


def test_the_screen_in_front_is_told_at_once_and_quietly(screens) -> None:
    window, screen = screens
    window.refresh_quietly(SEATS)
    assert screen("today").told == [("elsewhere", SEATS)]
    assert screen("calendar").told == []


def test_the_others_are_told_when_they_come_back(screens) -> None:
    window, screen = screens
    window.refresh_quietly(SEATS)
    window.refresh_quietly(MONEY)
    window.go("calendar")
    assert screen("calendar").told == [("elsewhere", SEATS | MONEY)]


def test_with_a_deed_of_our_own_everything_is_asked_again(screens) -> None:
    window, screen = screens
    window.refresh_quietly(SEATS)
    window.refresh(MONEY)
    window.go("calendar")
    assert screen("calendar").told == [("here", SEATS | MONEY)]
