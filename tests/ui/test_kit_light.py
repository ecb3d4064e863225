"""The kit stays light: a window is there before the database, the camera or the printer are loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

import app
import ui.program
from controllers.place import Place
from tests.conftest import PATIENCE_MS
from ui import icons
from ui.pulse import pulse
from ui.widgets.toast import Toast

HEAVY = (
    "sqlalchemy",
    "alembic",
    "psycopg",
    "cv2",
    "numpy",
    "reportlab",
    "qtawesome",
    "babel",
    "PySide6.QtMultimedia",
    # Neither the rules of the gate nor what words a refusal: a frame has neither to show.
    "models.checkin",
    "ui.wording.refusals",
    "decimal",
    "zoneinfo",
)


def test_importing_the_window_loads_nothing_heavy() -> None:
    code = f"import sys, ui.program; print([one for one in {HEAVY!r} if one in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_first_numbers_load_nothing_of_a_server_nor_of_a_reservations_page(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from controllers.place import Place; "
        "desk = Place(Path(sys.argv[1])).open('Desk'); from controllers.today import see_today; see_today(desk=desk); "
        "heavy = ('sqlalchemy.dialects.postgresql', 'sqlalchemy.orm', 'models.details'); "
        "print([one for one in heavy if one in sys.modules])"
    )
    words = [sys.executable, "-c", code, str(tmp_path)]
    subprocess.run(
        words, capture_output=True, check=True
    )  # makes the file: migrations may load what they need
    found = subprocess.run(words, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_scanners_and_links_wait_for_the_first_numbers(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui.program, "FIRST_MS", 10 * PATIENCE_MS)  # else they wait no longer than that
    program = ui.program.Program(Place(tmp_path, practice=True), app.SCREENS)
    program.show()
    try:
        qtbot.waitUntil(lambda: program.window.screen_in_front is not None)
        front, heard = program.window.screen_in_front, list[tuple[bool, bool]]()
        assert front is not None
        front.retitled.connect(
            lambda: heard.append((bool(front.subtitle()), program.fittings.has("scanners")))
        )
        qtbot.waitUntil(lambda: program.fittings.has("scanners") and program.fittings.has("link"))
        assert (True, False) in heard
        assert (False, True) not in heard
    finally:
        program.window.close()


def test_every_icon_is_drawn() -> None:
    for word in icons.NAMES:
        picture = QImage(24, 24, QImage.Format.Format_ARGB32)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        icons.paint_icon(painter, QRectF(0, 0, 24, 24), word, QColor("black"))
        painter.end()
        assert any(picture.pixelColor(x, y).lightness() < 128 for x in range(24) for y in range(24)), word


def test_toast_counts_down_takes_back_and_goes(qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    host = QWidget()
    host.resize(900, 600)
    qtbot.addWidget(host)
    host.show()
    toast = Toast("Confirmed", host, take_back=True, seconds=2)
    with qtbot.waitSignal(toast.gone):
        pulse().beat.emit()
        pulse().beat.emit()
    again = Toast("Confirmed", host, take_back=True)
    with qtbot.waitSignals([again.taken_back, again.gone]):
        again._link.click()
    told = Toast("Nothing here is called CF-99999", host, seconds=60)
    with qtbot.waitSignal(told.gone):
        qtbot.mouseClick(told._text, Qt.MouseButton.LeftButton)
    stays = Toast("Confirmed", host, take_back=True)
    qtbot.mouseClick(stays._text, Qt.MouseButton.LeftButton)
    assert stays.isVisible()
    stays.leave()
