"""A camera shows the newest picture, hands over each code once, and comes back by itself when it was pulled out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy
import pytest
from pytestqt.qtbot import QtBot

from controllers.desk import Desk
from controllers.scanning import Scan, watch
from controllers.scanning.camera import Camera
from controllers.scanning.cameras import Found, named
from controllers.scanning.proof import proof
from controllers.scanning.sources import Device, Film, Opened, Pace, Pictures, source_of
from controllers.scanning.watch import Rate, State
from models.codes import code_for
from tests.camera_scene import a_sheet
from tests.fakes import FakeCamera

OURS = code_for(48217, version=1, secret=b"for tests only")
DARK = numpy.zeros((72, 128, 3), numpy.uint8)


class AtCamera:
    """A camera before which a test holds things, and what came of it."""

    def __init__(self, qtbot: QtBot, look: Callable[[Any], list[tuple[str, str]]] | None = None) -> None:
        self.qtbot = qtbot
        self.camera = Camera(lambda text: text == OURS, look=look)
        self.scans: list[Scan] = []
        self.states: list[State] = []
        self.camera.scanned.connect(self.scans.append)
        self.camera.changed.connect(lambda: self.states.append(self.camera.standing.state))

    def until(self, state: State) -> None:
        self.qtbot.waitUntil(lambda: self.camera.standing.state is state)


@pytest.fixture
def at(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtCamera]:
    monkeypatch.setattr(watch, "AGAIN_S", 0.05)
    made = AtCamera(qtbot)
    yield made
    made.camera.close()


def reads(*texts: str) -> Callable[[Any], list[tuple[str, str]]]:
    """A look that reads these, one after the other, and then nothing."""
    left = list(texts)
    return lambda _grey: [(left.pop(0), "QRCode")] if left else []


# --- seeing -------------------------------------------------------------------------------------


def test_a_voucher_held_up_is_one_scan(at: AtCamera) -> None:
    sheet = cv2.resize(a_sheet(OURS).picture, (960, 640), interpolation=cv2.INTER_AREA)
    fake = FakeCamera(cv2.cvtColor(sheet, cv2.COLOR_GRAY2BGR))

    at.camera.start(fake)
    at.qtbot.waitUntil(lambda: bool(at.scans))
    seen = fake.given
    at.qtbot.waitUntil(lambda: fake.given > seen + 20)

    assert [(scan.text, scan.source, scan.symbology) for scan in at.scans] == [(OURS, "camera", "QRCode")]
    assert at.scans[0].at is not None
    assert at.scans[0].at.tzinfo is not None


def test_a_text_without_check_digits_is_a_scan_when_it_was_read_twice(qtbot: QtBot) -> None:
    at = AtCamera(qtbot, reads("MISREAD", "KK-1", "KK-1", "KK-1"))
    fake = FakeCamera(DARK)

    at.camera.start(fake)
    qtbot.waitUntil(lambda: bool(at.scans) and fake.given > 20)
    at.camera.close()

    assert [scan.text for scan in at.scans] == ["KK-1"]


def test_the_picture_on_screen_is_mirrored_and_fits_and_the_one_for_the_codes_is_not(qtbot: QtBot) -> None:
    looked: list[Any] = []
    at = AtCamera(qtbot, lambda grey: looked.append(grey) or [])
    frame = numpy.zeros((720, 1280, 3), numpy.uint8)
    frame[:, :100] = (255, 128, 64)  # a light stripe at the left
    at.camera.set_preview_width(640)

    with qtbot.waitSignal(at.camera.pictured):
        at.camera.start(FakeCamera(frame))
    picture = at.camera.picture
    qtbot.waitUntil(lambda: bool(looked))
    at.camera.close()

    assert picture is not None
    assert (picture.width(), picture.height()) == (640, 360)
    assert picture.pixelColor(630, 180).getRgb()[:3] == (64, 128, 255)
    assert picture.pixelColor(10, 180).getRgb()[:3] == (0, 0, 0)
    assert looked[0].shape == (720, 1280)
    assert looked[0][360, 10] > 100
    assert looked[0][360, 1270] == 0


def test_it_says_what_it_is_how_many_pictures_come_and_how_light_it_is(at: AtCamera) -> None:
    at.camera.start(FakeCamera(numpy.full((72, 128, 3), 140, numpy.uint8), "Example Cam 720"))

    at.qtbot.waitUntil(lambda: at.camera.standing.light is not None and at.camera.standing.a_second > 0)

    assert at.states[:2] == [State.STARTING, State.SEES]
    assert (at.camera.standing.name, at.camera.standing.light) == ("Example Cam 720", 140)


def test_pictures_a_second_are_those_of_the_last_two_seconds() -> None:
    rate = Rate()
    for n in range(100):
        rate.is_due(n * 0.02)  # fifty a second
    for n in range(60):
        rate.is_due(2.0 + n * 0.1)  # then ten

    assert round(rate.a_second) == 10


# --- never behind -------------------------------------------------------------------------------


def test_a_slow_reader_always_looks_at_the_newest_picture(qtbot: QtBot) -> None:
    """While it looks at one, ten more come: the next it looks at is the last of them, or a newer one."""
    behind: list[int] = []
    newest: list[int] = []
    fake = FakeCamera(numbered, every_s=0.001)

    def slowly(grey: Any) -> list[tuple[str, str]]:
        if newest:
            behind.append(newest[-1] - (int(grey[0, 1]) * 250 + int(grey[0, 0])))
        wanted = fake.given + 10
        while fake.given < wanted and len(behind) < 12:
            time.sleep(0.001)
        newest.append(fake.given)
        return []

    at = AtCamera(qtbot, slowly)
    at.camera.start(fake)
    qtbot.waitUntil(lambda: len(behind) >= 12)
    at.camera.close()

    assert max(behind) <= 1


def numbered(n: int) -> Any:
    """A picture that bears its number."""
    frame = numpy.zeros((8, 8), numpy.uint8)
    frame[0, :2] = (n % 250, n // 250)
    return frame


def test_a_window_that_is_late_gets_the_newest_picture_and_one_word_only(qtbot: QtBot) -> None:
    at = AtCamera(qtbot, lambda _grey: [])
    words: list[int] = []
    at.camera.pictured.connect(lambda: words.append(1))
    fake = FakeCamera(lambda n: numpy.full((8, 8), n % 251, numpy.uint8))
    woken: list[int] = []
    wake = at.camera.wake
    at.camera.wake = lambda: woken.append(1) or wake()  # type: ignore[method-assign]
    at.camera.start(fake)
    while fake.given < 40:  # the window does not come to look
        time.sleep(0.005)
    began = fake.given
    assert len(woken) <= 3  # nothing piles up before the window

    qtbot.waitUntil(lambda: bool(words))
    picture = at.camera.picture
    at.camera.close()

    assert picture is not None
    assert picture.pixelColor(0, 0).red() >= began - 1
    assert len(words) < 20


# --- gone and back ------------------------------------------------------------------------------


def test_a_camera_that_is_pulled_out_is_missed_and_found_again(at: AtCamera) -> None:
    fake = FakeCamera(DARK)
    at.camera.start(fake)
    at.until(State.SEES)

    fake.plugged_in = False
    at.until(State.LOST)
    assert at.camera.picture is None
    at.qtbot.waitUntil(lambda: fake.opened.count(Opened.MISSING) >= 2)
    assert at.camera.standing.state is State.LOST

    fake.plugged_in = True
    at.until(State.SEES)


@pytest.mark.parametrize(("why", "state"), [("plugged_in", State.MISSING), ("taken", State.TAKEN)])
def test_a_camera_that_cannot_be_had_is_tried_again(at: AtCamera, why: str, state: State) -> None:
    fake = FakeCamera(DARK)
    setattr(fake, why, why == "taken")

    at.camera.start(fake)
    at.until(state)
    setattr(fake, why, why != "taken")
    at.until(State.SEES)


def test_a_camera_that_is_put_off_is_let_go_and_can_be_put_on_again(at: AtCamera) -> None:
    fake = FakeCamera(DARK)
    at.camera.start(fake)
    at.until(State.SEES)

    at.camera.stop()
    assert (at.camera.standing.state, at.camera.picture) == (State.OFF, None)
    at.qtbot.waitUntil(lambda: not fake.is_open)

    at.camera.start(fake)
    at.until(State.SEES)


def test_another_camera_takes_over_only_when_the_first_was_let_go(at: AtCamera) -> None:
    open_at_once: list[bool] = []
    first = FakeCamera(DARK, "First", every_s=0.05)
    second = FakeCamera(lambda _n: open_at_once.append(first.is_open) or DARK, "Second")
    at.camera.start(first)
    at.until(State.SEES)

    at.camera.start(second)
    at.qtbot.waitUntil(lambda: bool(open_at_once))

    assert not any(open_at_once)
    assert at.camera.standing.name == "Second"


def test_another_screen_with_a_camera_of_its_own_waits_until_the_device_was_let_go(
    at: AtCamera, qtbot: QtBot
) -> None:
    """The settings show the same camera as check-in, one after the other."""
    fake = FakeCamera(DARK, every_s=0.05)
    at.camera.start(fake)
    at.until(State.SEES)
    other = AtCamera(qtbot)

    at.camera.stop()
    other.camera.start(fake)
    other.until(State.SEES)
    other.camera.close()

    assert set(other.states) == {State.STARTING, State.SEES, State.OFF}
    assert set(fake.opened) == {Opened.SEES}


def test_a_driver_that_hangs_keeps_nobody_waiting(at: AtCamera, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("controllers.scanning.camera.PATIENCE_S", 0.1)
    answer = threading.Event()
    fake = FakeCamera(lambda n: DARK if n == 1 else answer.wait(10) and None)
    at.camera.start(fake)
    at.until(State.SEES)

    began = time.monotonic()
    at.camera.close()
    took = time.monotonic() - began
    answer.set()

    assert took < 5
    assert at.camera.standing.state is State.OFF


def test_a_driver_that_hangs_shows_no_old_picture_and_is_seen_when_it_goes_on(
    at: AtCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "STILL_S", 0.2)
    answer = threading.Event()
    fake = FakeCamera(lambda n: DARK if n == 1 else answer.wait(10) and DARK)
    at.camera.start(fake)
    at.until(State.SEES)

    at.until(State.TAKEN)
    assert at.camera.picture is None
    answer.set()
    at.until(State.SEES)


def test_several_drivers_that_hang_keep_the_program_open_no_longer_than_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []

    class Hangs:
        def end(self) -> None:
            pass

        def join(self, seconds: float) -> None:
            waited.append(seconds)
            time.sleep(seconds)

    monkeypatch.setattr(watch, "PATIENCE_S", 0.1)
    monkeypatch.setattr(watch, "_watching", {Hangs(), Hangs(), Hangs()})
    watch.end_all()

    assert len(waited) == 3
    assert sum(waited) <= 0.1


def test_a_fault_of_ours_is_told_and_not_swallowed(qtbot: QtBot) -> None:
    def fails(_grey: Any) -> list[tuple[str, str]]:
        raise ValueError("a bug")

    at = AtCamera(qtbot, fails)
    with qtbot.waitSignal(at.camera.trouble) as told:
        at.camera.start(FakeCamera(DARK))
    at.camera.close()

    assert told.args is not None
    assert str(told.args[0]) == "a bug"


def test_a_fault_while_codes_are_looked_for_does_not_close_the_device_under_whoever_reads_it(
    qtbot: QtBot,
) -> None:
    def fails(_grey: Any) -> list[tuple[str, str]]:
        raise ValueError("a bug")

    faults: list[str] = []
    closed_by: list[str] = []

    class Watched(FakeCamera):
        def close(self) -> None:
            closed_by.append(threading.current_thread().name)
            super().close()

    at = AtCamera(qtbot, fails)
    at.camera.trouble.connect(lambda error: faults.append(str(error)))
    fake = Watched(DARK, every_s=0.03)
    at.camera.start(fake)
    qtbot.waitUntil(lambda: bool(closed_by) and bool(faults))
    at.camera.close()

    assert set(closed_by) == {"camera"}
    assert faults == ["a bug"]


# --- sources ------------------------------------------------------------------------------------


def frames(count: int, side: int = 64) -> Iterator[Any]:
    return (numpy.full((side, side, 3), n, numpy.uint8) for n in range(count))


def a_film(file: Path, count: int) -> Path:
    film = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 25, (64, 64))
    for frame in frames(count):
        film.write(frame * 10)
    film.release()
    return file


def a_folder(folder: Path, count: int) -> Path:
    folder.mkdir()
    for n, frame in enumerate(frames(count)):
        (folder / f"{n:02}.png").write_bytes(cv2.imencode(".png", frame)[1].tobytes())
    (folder / "notes.txt").write_text("not a picture")
    return folder


def test_a_film_plays_to_its_end_and_again(tmp_path: Path) -> None:
    film = Film(a_film(tmp_path / "gate.avi", 4))
    assert film.open() is Opened.SEES

    lights = [int(picture.mean() / 10 + 0.5) for picture in (film.read() for _ in range(6))]
    film.close()

    assert lights == [0, 1, 2, 3, 0, 1]


def test_a_film_that_shall_be_shown_once_is_over(tmp_path: Path) -> None:
    film = Film(a_film(tmp_path / "gate.avi", 2), once=True)
    film.open()

    assert [film.read() is None for _ in range(3)] == [False, False, True]
    film.close()


def test_a_folder_plays_in_the_order_of_its_names(tmp_path: Path) -> None:
    folder = Pictures(a_folder(tmp_path / "gate", 3), a_second=1000)
    assert folder.open() is Opened.SEES

    shown = [int(folder.read().mean()) for _ in range(2)]

    assert shown == sorted(shown)
    assert folder.name == "gate"


@pytest.mark.parametrize("name", ["none.avi", "nowhere/"])
def test_a_film_that_is_not_there_is_missing(tmp_path: Path, name: str) -> None:
    assert Film(tmp_path / name).open() is Opened.MISSING
    assert Pictures(tmp_path / name).open() is Opened.MISSING


def test_a_file_that_is_no_film_and_an_empty_folder_give_no_picture(tmp_path: Path) -> None:
    (tmp_path / "letter.avi").write_text("Dear guest")
    (tmp_path / "empty").mkdir()

    for source in (Film(tmp_path / "letter.avi"), Pictures(tmp_path / "empty")):
        assert source.open() is Opened.TAKEN
        source.close()


def test_what_comes_too_late_is_left_out() -> None:
    """A film plays in real time, as a camera does: whoever takes three pictures' time for one misses two."""
    now = [0.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(10, clock=lambda: now[0], sleep=sleep)
    assert [pace.wait(), pace.wait()] == [0, 0]
    assert slept == [pytest.approx(0.1)]
    now[0] += 0.35
    assert pace.wait() == 2


def test_a_camera_is_known_by_its_name_wherever_it_is_plugged_in() -> None:
    there = [Found("Built-in", 0), Found("Example Cam", 2)]
    device = Device("Example Cam", find=lambda: there)

    there[:] = [Found("Built-in", 0)]
    assert device.open() is Opened.MISSING
    there[:] = [
        Found("Example Cam", 97),
        Found("Built-in", 98),
    ]  # no such number here: there, but gives no picture
    assert device.open() is Opened.TAKEN
    assert device.name == "Example Cam"
    device.close()


def test_without_a_choice_the_first_camera_is_taken() -> None:
    device = Device(find=lambda: [Found("Built-in", 98), Found("Example Cam", 99)])
    device.open()
    device.close()

    assert device.name == "Built-in"
    assert Device(find=list).open() is Opened.MISSING


def test_two_cameras_of_one_kind_have_two_names() -> None:
    there = [SimpleNamespace(name=name, index=n, backend=0) for n, name in [(4, "Cam"), (0, "Cam"), (2, " ")]]

    assert [(one.name, one.index) for one in named(there)] == [("Cam", 0), ("", 2), ("Cam 2", 4)]


def test_a_path_is_a_film_or_a_folder_and_a_name_is_a_device(tmp_path: Path) -> None:
    kinds = [type(source_of(what)) for what in ("", "Example Cam", str(tmp_path), str(tmp_path / "gate.avi"))]

    assert kinds == [Device, Device, Pictures, Film]


# --- check digits -------------------------------------------------------------------------------


def test_check_digits_are_told_from_digits(a_desk: Desk) -> None:
    version, secret = next(iter(a_desk.code_secrets.items()))
    code = code_for(48217, version=version, secret=secret)
    proven = proof(desk=a_desk)

    assert proven(code)
    assert proven(f"{code[:5]} {code[5:]}")
    assert not proven(code[:-1] + str((int(code[-1]) + 1) % 10))
    assert not proven("CF-48217")
