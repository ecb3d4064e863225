"""The kit stays light: a window is there before the database, the camera or the printer are loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

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


def test_opening_a_file_loads_nothing_of_a_server(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from controllers.place import Place; "
        "desk = Place(Path(sys.argv[1])).open('Desk'); from controllers.today import see_today; see_today(desk=desk); "
        "print([one for one in ('sqlalchemy.dialects.postgresql', 'sqlalchemy.orm') if one in sys.modules])"
    )
    words = [sys.executable, "-c", code, str(tmp_path)]
    subprocess.run(
        words, capture_output=True, check=True
    )  # makes the file: migrations may load what they need
    found = subprocess.run(words, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


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
