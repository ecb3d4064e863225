"""A walk over every screen and every dialog a key opens, at three sizes of text, that complains about what it meets.

Whoever adds a screen to app.SCREENS has it walked over. On the way a picture of everything is left, by day
and by night, in `screenshots/`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import app
from controllers import practice, reviews
from controllers.mailbox.arriving import taken_whole
from controllers.mailbox.sorting import Came, sort_mail
from controllers.place import Place
from models.reservations import Status
from models.rows import Filter
from tests.builders import direct_row, kkday_row, take
from tests.conftest import NOW
from tests.journeys.walking import (
    Cuts,
    cut_off,
    faulty_models,
    in_sight,
    leave_native_dialogs,
    nameless,
    no_native_dialogs,
)
from tests.mails.building import a_mail
from ui import asking, fonts, language, theme
from ui.program import Program
from ui.widgets.overlay import Overlay
from ui.widgets.toast import Toast

SHOTS = Path(__file__).resolve().parents[2] / "screenshots"
ROWS = 240
PATIENCE_MS = 20_000
SOON_MS = 500
PRESSES = 3
"""So many times Esc may be needed: out of a field, out of a panel, out of the screen."""

ELSEWHERE = frozenset(("quit", "back"))


@pytest.fixture(scope="module")
def busy_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a practice desk on a busy morning: two orders that fit nothing, a mail and a review to look at."""
    folder = tmp_path_factory.mktemp("busy")
    desk = Place(folder, practice=True).open("Desk")
    desk.clock = lambda: NOW
    practice.fill(desk=desk, rows=ROWS)
    tomorrow = (NOW + dt.timedelta(days=1)).date().isoformat()
    take(desk, direct_row(product="Somebody else's tour", option="", date=tomorrow, status="confirmed"))
    take(desk, kkday_row(product="[BOAT] Busan Night Boat/Moonlight", date=f"{tomorrow} 21:00"))
    sort_mail(taken_whole(a_mail("Where do we meet?")), Came(), desk=desk)
    redeemed = Filter(statuses=frozenset((Status.REDEEMED,)))
    was_there = asking.page(lambda: desk, redeemed).rows[0]
    reviews.record(was_there.id, 4, "A warm walk, and a patient guide.", desk=desk)
    desk.database.close()
    return folder


class Walk:
    """Goes about the window of a real program."""

    def __init__(self, qtbot: QtBot, folder: Path, cuts: Cuts, config: pytest.Config) -> None:
        self.qtbot, self.cuts, self.config = qtbot, cuts, config
        self.complaints: list[str] = []
        self.met: list[str] = []
        self.shots: tuple[theme.Theme, ...] = ()
        self.size = ""
        self.program = Program(Place(folder, practice=True), app.SCREENS)
        theme.apply(self.program.app, theme.Theme.LIGHT)
        self.window = self.program.window
        self.window.resize(1366, 768)
        self.program.show()
        self.wait(lambda: self.program.is_open)
        self.program.desk().clock = lambda: NOW
        self.window.activateWindow()
        self.quiet()
        self.what = self._what_to_open()

    def _what_to_open(self) -> dict[str, dict[str, Any]]:
        """What a screen is opened with that shows nothing by itself."""
        wanted = Filter(statuses=frozenset((Status.UNCONFIRMED,)))
        row = asking.page(self.program.desk, wanted).rows[0]
        demo = app.PROJECT / "resources" / "demo"
        files = sorted(path for path in demo.iterdir() if path.suffix in (".csv", ".txt"))
        return {
            "details": {"reservation": row.id},
            "imports": {"paths": files},
            "reservations": {"wanted": Filter(), "title": "All"},
        }

    # going about

    def go(self, word: str) -> QWidget:
        """To a screen, until it shows what it shows."""
        self.window.go(word, **self.what.get(word, {}))
        self.quiet()
        screen = self.window.screen_in_front
        assert screen is not None
        return screen

    def wait(self, until: Callable[[], object]) -> None:
        """Until it is so."""
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE_MS)

    def quiet(self) -> None:
        """Until nothing is asked nor about to be, and what was answered is shown."""
        for _ in range(3):
            QApplication.processEvents()
            self.wait(lambda: self.program.is_quiet() and not self._settles())
        QApplication.processEvents()

    def _settles(self) -> bool:
        """Whether the screen waits a moment before it asks, as the calendar does for who leafs through it."""
        screen = self.window.screen_in_front
        timers = screen.findChildren(QTimer) if screen is not None else ()
        return any(t.isSingleShot() and t.isActive() and t.interval() < SOON_MS for t in timers)

    def press(self, key: Qt.Key) -> None:
        """One key, wherever the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key)
        self.quiet()

    @property
    def overlays(self) -> list[Overlay]:
        """What lies over the window, the uppermost last."""
        return [one for one in self.window.findChildren(Overlay) if one.isVisible()]

    # looking

    def look_at(self, place: QWidget, name: str) -> None:
        """Everything that can be complained about in one place, and its picture."""
        self.met.append(name)
        self.picture(name)
        found = [*nameless(place), *cut_off(place, self.cuts)]
        self.complaints += [f"{name}: {one}" for one in found]

    def picture(self, name: str) -> None:
        """As the walk is asked to leave it: by day and by night, or by day only."""
        for toast in self.window.findChildren(Toast):
            toast.hide()
        for kind in self.shots:
            theme.apply(self.program.app, kind)
            QApplication.processEvents()
            self.window.grab().save(str(SHOTS / f"{name}-{kind.value}{self.size}.png"))

    def look_at_models(self, place: QWidget, name: str) -> None:
        """The item models of a screen."""
        self.complaints += [f"{name}: {one}" for one in faulty_models(place, self.config)]

    # what keys open

    def look_behind_keys(self, word: str) -> None:
        """Every dialog that a key of this screen opens."""
        names = [action.objectName() for action in _actions(self.go(word))]
        for name in dict.fromkeys(names):
            screen = self.go(word)
            action = next((one for one in _actions(screen) if one.objectName() == name), None)
            if action is None or not action.isEnabled():
                continue
            action.trigger()
            self.quiet()
            if leave_native_dialogs():
                self.window.activateWindow()
                self.quiet()
            self.look_at_overlays(f"{word}-{name}")

    def look_at_overlays(self, name: str) -> None:
        """What was opened, left by Esc."""
        if not self.overlays:
            return
        over = self.overlays[-1]
        kind = f"{type(over).__name__} {over.accessibleName().split()[:1]}"
        if kind not in self.met:  # the same question is asked from several screens
            self.met.append(kind)
            self.look_at(over, name)
        self.leave(over, name)

    def leave(self, over: Overlay, name: str) -> None:
        """Esc, and it is gone."""
        for _ in range(PRESSES):
            if not isValid(over) or not over.isVisible():
                break
            self.press(Qt.Key.Key_Escape)
        for left in reversed(self.overlays):
            self.complaints.append(f"{name}: Esc does not leave {type(left).__name__}")
            left.leave()
        self.quiet()

    def leave_by_keyboard(self, word: str) -> None:
        """From each kind of its widgets Esc leads back to the screen before."""
        before = "today" if word != "today" else "calendar"
        reached = [w for w in in_sight(self.go(word)) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        kinds = {type(widget): widget for widget in reversed(reached)}
        for kind, widget in kinds.items():
            self.window.go(before)
            self.go(word)
            if isValid(widget) and widget.isVisible():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
            for _ in range(PRESSES):
                if self.window.word == word:
                    self.press(Qt.Key.Key_Escape)
            if self.window.word != before:
                self.complaints.append(f"{word}: Esc does not leave it from {kind.__name__}")


def _actions(screen: QWidget) -> list[QAction]:
    every = [action for place in (screen, *screen.findChildren(QWidget)) for action in place.actions()]
    return [one for one in every if one.objectName() and one.objectName() not in ELSEWHERE]


@pytest.fixture
def walk(
    qtbot: QtBot, busy_desk: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walk]:
    """A walk at the size of text that the test names."""
    no_native_dialogs(monkeypatch)
    monkeypatch.setattr("ui.fonts.system_scale", lambda: request.param)
    SHOTS.mkdir(exist_ok=True)
    made = Walk(qtbot, busy_desk, Cuts(monkeypatch), request.config)
    yield made
    made.window.close()
    language.apply(made.program.app, "en", scale=1.0)


@pytest.mark.parametrize("walk", [1.0], indirect=True, ids=["100%"])
def test_every_screen_is_named_readable_and_sound_and_leaves_its_picture(walk: Walk) -> None:
    walk.shots = (theme.Theme.DARK, theme.Theme.LIGHT)
    for word in app.SCREENS:
        screen = walk.go(word)
        walk.look_at(walk.window, word)
        walk.look_at_models(screen, word)
        walk.look_behind_keys(word)
    assert not walk.complaints, "\n".join(walk.complaints)
    assert {path.name for path in SHOTS.glob("*.png")} >= {
        f"{word}-{kind}.png" for word in app.SCREENS for kind in ("light", "dark")
    }


@pytest.mark.soak
@pytest.mark.parametrize("walk", [1.25, 1.5], indirect=True, ids=["125%", "150%"])
def test_every_text_fits_when_it_is_larger(walk: Walk) -> None:
    walk.shots, walk.size = (theme.Theme.LIGHT,), f"-{fonts.system_scale():.0%}"
    for word in app.SCREENS:
        walk.go(word)
        walk.look_at(walk.window, word)
        walk.look_behind_keys(word)
    assert not walk.complaints, "\n".join(walk.complaints)


@pytest.mark.parametrize("walk", [1.5], indirect=True, ids=["150%"])
def test_every_screen_fits_when_texts_are_larger_and_is_left_by_esc(walk: Walk) -> None:
    for word in app.SCREENS:
        walk.go(word)
        walk.look_at(walk.window, word)
        walk.leave_by_keyboard(word)
    assert not walk.complaints, "\n".join(walk.complaints)
