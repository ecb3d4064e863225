"""The camera at check-in: what it sees is shown and scanned, and what is wrong with it is said in words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy
import pytest
import segno
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWindow
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers import counter
from controllers.scanning import watch
from controllers.scanning.watch import Standing, State
from models.checkin import Kind
from models.codes import code_for
from models.light import Light, light_of
from tests.camera_scene import a_sheet
from tests.fakes import FakeCamera
from tests.ui.gate_window import GateWindow, copied
from ui import fonts, language
from ui.camera_picture import CameraPicture
from ui.camera_view import CameraPanel
from ui.camera_words import hint_words, standing_words, state_words
from ui.checkin_camera import after
from ui.checkin_panel import DropPanel
from ui.widgets.button import Button
from ui.widgets.label import FittingLabel, Label

DARK = numpy.zeros((90, 160, 3), numpy.uint8)


def a_voucher_before_it(code: str) -> Any:
    sheet = cv2.resize(a_sheet(code).picture, (960, 640), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(sheet, cv2.COLOR_GRAY2BGR)


class CameraWindow(GateWindow):
    """The check-in screen with cameras; `cameras` are those that are plugged in, by name."""

    cameras: dict[str, FakeCamera]

    @classmethod
    def source_of(cls, chosen: str) -> FakeCamera:
        return cls.cameras.get(chosen) or next(iter(cls.cameras.values()))

    @property
    def camera(self) -> FakeCamera:
        return next(iter(self.cameras.values()))

    @property
    def picture(self) -> CameraPicture:
        return self.screen.findChild(CameraPicture)  # type: ignore[return-value]

    def sees(self) -> None:
        self.qtbot.waitUntil(lambda: self.picture.isVisible() and not self.picture.picture.isNull())

    def said(self, words: str) -> None:
        """Until the calm panel says this."""

        def says() -> bool:
            panel = self.screen.findChild(DropPanel)
            assert panel is not None
            said = [label.accessibleName() or label.text() for label in panel.findChildren(Label)]
            return panel.isVisible() and any(words in one for one in said)

        self.qtbot.waitUntil(says)


Opener = Callable[..., CameraWindow]


@pytest.fixture
def at_camera(
    qtbot: QtBot,
    gate_file: tuple[Path, dict[Kind, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Opener]:
    monkeypatch.setattr(watch, "AGAIN_S", 0.05)
    made: list[CameraWindow] = []

    def open_with(*cameras: FakeCamera) -> CameraWindow:
        there = {camera.name: camera for camera in cameras}
        plugged = [SimpleNamespace(name=name, index=n, backend=0) for n, name in enumerate(there)]
        monkeypatch.setattr("controllers.scanning.cameras.plugged_in", lambda: plugged)
        monkeypatch.setattr(CameraWindow, "cameras", there, raising=False)
        monkeypatch.setattr("ui.checkin_camera.source_of", CameraWindow.source_of)
        made.append(CameraWindow(qtbot, copied(gate_file[0], tmp_path), gate_file[1]))
        return made[-1]

    yield open_with
    for one in made:
        one.close()


# --- seeing -------------------------------------------------------------------------------------


def test_a_voucher_held_before_the_camera_lets_in(
    at_camera: Opener, gate_file: tuple[Path, dict[Kind, str]]
) -> None:
    at = at_camera(FakeCamera(a_voucher_before_it(gate_file[1][Kind.ADMIT])))

    at.qtbot.waitUntil(lambda: at.card is not None)

    assert at.face.kind is Kind.ADMIT
    judged = [line.judged for line in at.lines if line.judged is not None]
    assert [one.answer.source for one in judged] == ["camera"]


def test_a_voucher_that_is_not_ours_is_refused_when_it_was_read_twice(at_camera: Opener) -> None:
    at = at_camera(FakeCamera(a_voucher_before_it(code_for(7, version=1, secret=b"somebody else's"))))

    at.qtbot.waitUntil(lambda: at.card is not None)

    assert at.face.kind is Kind.FORGED


def test_the_panel_says_which_camera_how_many_pictures_and_what_light(at_camera: Opener) -> None:
    at = at_camera(FakeCamera(numpy.full((90, 160, 3), 120, numpy.uint8), "Example Cam"))
    at.sees()

    at.qtbot.waitUntil(lambda: "pictures a second" in at.picture.accessibleName())

    assert at.picture.accessibleName().startswith("Example Cam, ")
    assert at.picture.accessibleName().endswith("light good. Hold the code inside the corners")


def test_the_keyboard_stays_in_the_field_whatever_the_camera_does(at_camera: Opener) -> None:
    at = at_camera(FakeCamera(DARK))
    before = at.keyboard

    at.sees()
    at.camera.plugged_in = False
    at.said("was pulled out")

    assert at.keyboard is before


def test_a_picture_can_be_dropped_onto_the_cameras(at_camera: Opener, tmp_path: Path) -> None:
    at = at_camera(FakeCamera(DARK))
    at.sees()
    file = tmp_path / "screenshot.png"
    segno.make(at.codes[Kind.USED], error="q").save(str(file), scale=8, border=4)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    none, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton

    panel = at.screen.findChild(CameraPanel)
    QApplication.sendEvent(panel, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, button, none))
    assert at.picture._lit
    QApplication.sendEvent(panel, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, none))
    assert not at.picture._lit
    at.quiet()

    assert at.face.kind is Kind.USED


# --- privacy ------------------------------------------------------------------------------------


def test_nobody_is_filmed_while_another_screen_is_in_front(at_camera: Opener) -> None:
    at = at_camera(FakeCamera(DARK))
    at.sees()

    at.window.go("today")
    at.qtbot.waitUntil(lambda: not at.camera.is_open)
    seen = at.camera.given
    time.sleep(0.05)
    assert at.camera.given == seen

    at.window.go("checkin")
    at.qtbot.waitUntil(lambda: at.camera.given > seen)


def test_nobody_is_filmed_while_the_window_is_minimised(at_camera: Opener) -> None:
    at = at_camera(FakeCamera(DARK))
    at.sees()

    at.window.showMinimized()
    at.qtbot.waitUntil(lambda: not at.camera.is_open)

    at.window.showNormal()
    at.qtbot.waitUntil(lambda: at.camera.is_open)


# --- gone and back ------------------------------------------------------------------------------


def test_a_camera_that_is_pulled_out_is_told_and_comes_back_by_itself(at_camera: Opener) -> None:
    at = at_camera(FakeCamera(DARK, "Example Cam"))
    at.sees()

    at.camera.plugged_in = False
    at.said("Example Cam was pulled out. Plug it in again")

    at.camera.plugged_in = True
    at.sees()


def test_a_camera_that_another_program_has_is_told(at_camera: Opener) -> None:
    fake = FakeCamera(DARK, "Example Cam")
    fake.taken = True

    at = at_camera(fake)

    at.said("Example Cam gives no picture. Another program may be using it")


def test_without_a_camera_the_panel_says_so_and_takes_pictures_as_ever(gate: GateWindow) -> None:
    panel = gate.screen.findChild(DropPanel)
    assert panel is not None

    gate.qtbot.waitUntil(
        lambda: any("No camera is plugged in" in one.text() for one in panel.findChildren(Label))
    )

    assert panel.isVisible()
    assert "Choose a picture" in [button.text() for button in panel.findChildren(Button)]


# --- choosing -----------------------------------------------------------------------------------


def test_f8_goes_to_the_next_camera_then_to_none_and_it_is_kept(at_camera: Opener) -> None:
    first, second = FakeCamera(DARK, "Built-in"), FakeCamera(DARK, "Example Cam")
    at = at_camera(first, second)
    at.sees()
    kept = []

    for reached in (
        lambda: second.is_open and not first.is_open,
        lambda: not second.is_open,
        lambda: first.is_open,
    ):
        at.press(Qt.Key.Key_F8)
        at.qtbot.waitUntil(reached)
        at.quiet()
        settings = counter.counter_settings(desk=at.desk)
        kept.append((settings.camera, settings.camera_on))

    assert kept == [("Example Cam", True), ("Example Cam", False), ("Built-in", True)]


def test_the_button_says_what_f8_will_do(at_camera: Opener) -> None:
    at = at_camera(FakeCamera(DARK, "Built-in"), FakeCamera(DARK, "Example Cam"))
    at.sees()
    [button] = at.picture.findChildren(Button)
    at.qtbot.waitUntil(lambda: button.text() == "Other camera")

    at.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    at.qtbot.waitUntil(lambda: button.text() == "Camera off")

    at.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    at.said("The camera is off.")
    panel = at.screen.findChild(DropPanel)
    assert panel is not None
    assert "Camera on" in [one.text() for one in panel.findChildren(Button)]


@pytest.mark.parametrize(
    ("names", "at", "on", "expected"),
    [
        (["A", "B"], "A", True, ("B", True)),
        (["A", "B"], "B", True, ("B", False)),
        (["A", "B"], "B", False, ("A", True)),
        (["A"], "/films/gate.avi", True, ("A", True)),
        ([], "Gone", True, ("Gone", False)),
        ([], "Gone", False, ("", True)),
    ],
)
def test_after_the_last_camera_comes_none(
    names: list[str], at: str, on: bool, expected: tuple[str, bool]
) -> None:
    assert after(names, at, on=on) == expected


# --- words --------------------------------------------------------------------------------------


def test_light_is_said_in_words() -> None:
    assert [light_of(b) for b in (0, 45, 120, 250)] == [Light.DARK, Light.DIM, Light.GOOD, Light.GLARING]
    dark = Standing(State.SEES, "Cam", 12, 3)
    assert standing_words(dark) == "Cam, 12 pictures a second, too dark"
    assert hint_words(dark) == "Too dark to read a code: more light, please"
    assert standing_words(Standing(State.SEES, "Cam")) == "Cam"


@pytest.mark.parametrize("state", [state for state in State if state is not State.SEES])
def test_every_state_without_a_picture_says_which_camera_and_what_to_do(state: State) -> None:
    words = state_words(Standing(state, "Example Cam"))
    assert ("Example Cam" in words) is (state is not State.OFF)
    assert words.endswith((".", "…"))


# --- room ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_the_words_have_room_in_large_letters(qtbot: QtBot, scale: float, qapp: QApplication) -> None:
    """In a low and narrow place the shorter wording stands there whole, and the corners clear of the words."""
    language.apply(qapp, "en", scale=scale)
    for width, height in ((812, 464), (700, 240), (560, 200)):
        panel, view = DropPanel(), CameraPicture()
        for widget in (panel, view):
            qtbot.addWidget(widget)
            widget.resize(width, height)
            widget.show()
        panel.show_camera(state_words(Standing(State.MISSING)), "Other camera")
        view.show_standing(Standing(State.SEES, "Example Camera HD 1080", 24, 120), "Other camera")
        qtbot.wait(1)
        for label in panel.findChildren(FittingLabel):
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
        place = view.place_of_code()
        assert place.top() >= 0
        assert place.bottom() <= view.height() - fonts.px(48)


def test_a_label_says_the_longest_wording_that_has_room(qtbot: QtBot) -> None:
    label = FittingLabel()
    qtbot.addWidget(label)
    label.show()
    label.say("Drop a picture of a code here, or", "Drop one here, or")
    label.resize(label.sizeHint())
    assert label.text() == "Drop a picture of a code here, or"

    label.resize(label.minimumSizeHint())
    assert label.text() == "Drop one here, or"
    assert label.accessibleName() == "Drop a picture of a code here, or"


def test_a_window_that_goes_before_its_panel_is_not_asked_any_more(at_camera: Opener) -> None:
    at = at_camera(FakeCamera(DARK))
    panel = at.screen.findChild(CameraPanel)
    assert panel is not None
    gone = QWindow()
    panel._window = gone
    shiboken6.delete(gone)

    panel._follow()

    at.sees()
