"""A film and a folder of pictures before the gate: vouchers held up, tilted and dim, and the verdicts they get."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import cv2
import pytest

from controllers import counter
from models.checkin import Kind
from tests.camera_scene import Held, a_room, a_shaky_hand, a_sheet, seen
from tests.ui.gate_window import GateWindow
from ui.camera_picture import CameraPicture
from ui.checkin_panel import DropPanel
from ui.widgets.label import Label

HELD = Held(96, tilt=28, around=60, roll=-9, blur=1.1, contrast=0.45, seed=4)
EMPTY = 3


@pytest.fixture(scope="module")
def pictures(gate_file: tuple[Path, dict[Kind, str]]) -> list[Any]:
    """The empty room, then one guest whose voucher is good, then one whose voucher was used."""
    frames = [cv2.cvtColor(a_room(4).clip(0, 255).astype("uint8"), cv2.COLOR_GRAY2BGR)] * EMPTY
    for kind in (Kind.ADMIT, Kind.USED):
        page = a_sheet(gate_file[1][kind])
        for held in a_shaky_hand(HELD, 4, seed=len(kind)):
            frames += [
                cv2.cvtColor(seen(page, held), cv2.COLOR_GRAY2BGR)
            ] * 2  # long enough for a busy machine
    return frames


def kinds(gate: GateWindow) -> list[Kind]:
    """The verdicts of what this camera read, oldest first."""
    judged = [line.judged for line in gate.lines if line.judged is not None]
    return [one.kind for one in reversed(judged) if one.answer.source == "camera"]


def test_a_film_of_two_guests_gives_two_verdicts(
    gate: GateWindow, pictures: list[Any], tmp_path: Path
) -> None:
    film = tmp_path / "gate.avi"
    writer = cv2.VideoWriter(str(film), cv2.VideoWriter.fourcc(*"MJPG"), 10, (1280, 720))
    for frame in pictures:
        writer.write(frame)
    writer.release()

    counter.set_up_counter(desk=gate.desk, camera=str(film))
    gate.qtbot.waitUntil(lambda: len(kinds(gate)) >= 2, timeout=20_000)

    assert kinds(gate) == [Kind.ADMIT, Kind.USED]


def test_a_folder_that_is_taken_away_and_put_back_is_a_camera_that_was_pulled_out(
    gate: GateWindow, pictures: list[Any], tmp_path: Path
) -> None:
    folder = tmp_path / "Example Cam"
    folder.mkdir()
    for n, frame in enumerate(pictures[EMPTY : EMPTY + 3]):
        cv2.imwrite(str(folder / f"{n:02}.jpg"), frame)

    counter.set_up_counter(desk=gate.desk, camera=str(folder))
    gate.qtbot.waitUntil(lambda: kinds(gate) == [Kind.ADMIT], timeout=20_000)
    gate.end()
    view, panel = gate.screen.findChild(CameraPicture), gate.screen.findChild(DropPanel)
    assert view is not None
    assert panel is not None
    gate.qtbot.waitUntil(view.isVisible)

    shutil.move(folder, tmp_path / "away")
    gate.qtbot.waitUntil(panel.isVisible)
    assert any("Example Cam was pulled out" in label.text() for label in panel.findChildren(Label))

    shutil.move(tmp_path / "away", folder)
    gate.qtbot.waitUntil(view.isVisible)
    assert kinds(gate) == [Kind.ADMIT]
