"""The settings of the camera: which one, whether it watches, and a voucher held before it to try it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from controllers import counter
from controllers.desk import Desk
from controllers.scanning import watch
from models.codes import code_for
from models.counter_settings import CounterSettings
from tests.camera_scene import a_sheet
from tests.fakes import FakeCamera
from tests.ui.at_a_desk import at_a_desk, shown
from ui.at_desk import AtDesk
from ui.settings import Settings
from ui.settings_camera import CameraPage

DARK = numpy.zeros((90, 160, 3), numpy.uint8)


@pytest.fixture
def at(a_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtDesk]:
    monkeypatch.setattr(watch, "AGAIN_S", 0.05)
    plugged = [
        SimpleNamespace(name=name, index=n, backend=0) for n, name in enumerate(("Built-in", "USB Cam"))
    ]
    monkeypatch.setattr("controllers.scanning.cameras.plugged_in", lambda: plugged)
    with at_a_desk(a_desk) as made:
        yield made


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeCamera:
    made = FakeCamera(DARK, "Built-in")
    monkeypatch.setattr("ui.checkin_camera.source_of", lambda _chosen: made)
    return made


@pytest.fixture
def page(qtbot: QtBot, at: AtDesk, fake: FakeCamera) -> Iterator[CameraPage]:
    screen = Settings(at)
    with qtbot.waitSignal(screen.kept.told):
        screen.opened(section="camera")
    shown(qtbot, screen, until=lambda: True)
    made = screen.page
    assert isinstance(made, CameraPage)
    yield made
    screen.hide()
    made.camera.close()


def kept(page: CameraPage) -> CounterSettings:
    return counter.counter_settings(desk=page.camera.at.desk())


def words(page: CameraPage) -> list[str]:
    return [word for word, _value in page.which.choices]


def test_the_picture_is_seen_while_the_page_is(qtbot: QtBot, page: CameraPage, fake: FakeCamera) -> None:
    qtbot.waitUntil(lambda: page.view.isVisible() and not page.view.picture.isNull())

    page.window().hide()
    qtbot.waitUntil(lambda: not fake.is_open)


def test_a_camera_is_chosen_by_its_name(qtbot: QtBot, page: CameraPage) -> None:
    qtbot.waitUntil(lambda: "USB Cam" in words(page))
    assert words(page)[:3] == ["the first there is", "Built-in", "USB Cam"]

    page.which.chosen.emit("USB Cam")
    qtbot.waitUntil(lambda: page.which.accessibleName() == "Camera: USB Cam")

    assert kept(page).camera == "USB Cam"


def test_off_by_key_lets_the_camera_go_and_says_so(qtbot: QtBot, page: CameraPage, fake: FakeCamera) -> None:
    qtbot.waitUntil(lambda: fake.is_open)

    qtbot.keyClick(page.watches, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not fake.is_open and page.why.isVisible())

    assert page.why.text() == "The camera is off."
    assert kept(page).camera_on is False


@pytest.mark.parametrize("ours", [True, False])
def test_a_voucher_held_before_it_is_told_and_lets_nobody_in(
    qtbot: QtBot, page: CameraPage, fake: FakeCamera, ours: bool
) -> None:
    version, secret = next(iter(page.camera.at.desk().code_secrets.items()))
    code = code_for(48217, version=version, secret=secret if ours else b"somebody else's")
    sheet = cv2.resize(a_sheet(code).picture, (960, 640), interpolation=cv2.INTER_AREA)
    fake.shows = cv2.cvtColor(sheet, cv2.COLOR_GRAY2BGR)

    qtbot.waitUntil(lambda: code in page.read.text())

    assert page.read.text().startswith("Read, and it is " + ("a code" if ours else "no code") + " of ours: ")


def test_on_a_practice_desk_a_film_may_play_instead(
    qtbot: QtBot, page: CameraPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: "A film…" in words(page))
    asked: list[Any] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: asked.append(dialog))

    page.which.chosen.emit(dict(page.which.choices)["A film…"])
    asked[0].fileSelected.emit(str(tmp_path / "gate.avi"))
    qtbot.waitUntil(lambda: page.which.accessibleName() == "Camera: gate.avi")

    assert kept(page).camera == str(tmp_path / "gate.avi")
