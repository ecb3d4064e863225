"""Draws the check-in screen and every verdict from a real practice desk, by day and by night.

    python tests/ui/gallery_checkin.py FOLDER

Every name in the pictures is invented.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from controllers.background import Background
from controllers.desk import Desk, open_desk
from models.checkin import Kind
from tests.fakes import FakeLoudspeaker, StillClock
from tests.ui import gate_desk
from tests.ui.gallery_windows import Sample
from ui import fonts, language, theme
from ui.at_desk import AtDesk
from ui.at_gate import AtGate
from ui.checkin import CheckIn
from ui.checkin_turned_away import TurnedAwayDialog
from ui.deeds import Deeds
from ui.main_window import MainWindow
from ui.scanners import Scanners
from ui.screens import plan
from ui.sounds import Sounds
from ui.voucher import VoucherDialog
from ui.welcome import Welcome
from ui.widgets.key_bar import Standing
from ui.widgets.verdict_card import VerdictCard

SIZES = ((1366, 768), (1920, 1080))


class Stand:
    """A window with the check-in screen at a real desk."""

    def __init__(self, width: int, height: int, *, empty: bool = False) -> None:
        folder = tempfile.mkdtemp()
        self.clock = StillClock(gate_desk.NOW)
        url = f"sqlite:///{folder}/gate.sqlite"
        self.desk: Desk = open_desk(url, practice=True, clock=self.clock, counter="Counter 2")
        self.gate = None if empty else gate_desk.a_gate(self.desk, self.clock)
        self.background = Background()
        self.desk.listeners.append(self.background.announce)
        self.deeds = Deeds(self.background, self.door, self.clock)
        at = AtDesk(
            self.background,
            self.door,
            self.deeds,
            self.clock,
            lambda: self.at_gate,
            lambda: self.scanners,
            lambda: self.sounds,
        )
        self.scanners = Scanners()
        self.at_gate, self.sounds = AtGate(at), Sounds(at, FakeLoudspeaker())
        words = ("today", "calendar", "reservations")
        builders = {word: (lambda word=word: Sample(word)) for word in words}
        self.window = MainWindow(
            plan({**builders, "checkin": lambda: CheckIn(at)}),
            now=lambda: self.clock().astimezone(gate_desk.NOW.tzinfo),
        )
        self.at = at
        self.deeds.host = self.window.overlay_host
        self.background.changed.connect(self.window.refresh)
        self.window.show_person("예시", "Example Person")
        self.window.show_standing("counter", Standing("Counter 2", "counter"))
        self.window.set_practice(True)
        self.window.resize(width, height)
        self.window.show()
        self.window.go("checkin")
        self.window.activateWindow()
        self.settle()

    def door(self) -> Desk:
        """The desk."""
        return self.desk

    def settle(self) -> None:
        """Until every lane is idle and everything is painted."""
        for _ in range(3):
            until = time.monotonic() + 10
            while not self.background.idle() and time.monotonic() < until:
                QTest.qWait(5)
            QTest.qWait(15)

    def scan(self, text: str) -> None:
        """Type and press Enter, wherever the keyboard is."""
        card = self.window.findChild(VerdictCard)
        if card is not None and card.isVisible():
            card.leave()
            self.settle()
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, text)
        QTest.keyClick(widget, Qt.Key.Key_Return)
        self.settle()

    def picture(self) -> QPixmap:
        """What is seen."""
        return self.window.grab()

    def close(self) -> None:
        """Everything away."""
        self.scanners.close()
        self.background.close()
        self.desk.database.close()
        self.window.close()
        self.window.deleteLater()


class Sheet(QWidget):
    """Many windows in small."""

    def __init__(self, pictures: list[QPixmap]) -> None:
        super().__init__()
        self._pictures = pictures
        self.resize(1920, 1080)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, picture in enumerate(self._pictures):
            row, column = divmod(number, 4)
            place = QRectF(8 + column * 478, 8 + row * 268, 470, 264)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))


def draw(folder: Path, name: str, width: int, height: int) -> None:
    """The pictures of one size and theme."""
    stand = Stand(width, height)
    ending = f"{width}-{name}.png"
    stand.picture().save(str(folder / f"checkin-empty-{ending}"))
    assert stand.gate is not None
    pictures = []
    for kind, code in stand.gate.codes.items():
        stand.scan(code)
        pictures.append(stand.picture())
        if width == SIZES[0][0] or kind in {Kind.ADMIT, Kind.COLLECT}:
            pictures[-1].save(str(folder / f"verdict-{kind.lower()}-{ending}"))
    sheet = Sheet(pictures)
    sheet.grab().save(str(folder / f"verdicts-{ending}"))
    stand.scan("")
    stand.picture().save(str(folder / f"checkin-{ending}"))
    refused = TurnedAwayDialog(stand.at, stand.window.overlay_host)
    refused.ask()
    stand.settle()
    stand.picture().save(str(folder / f"refused-{ending}"))
    refused.leave()
    made = int(stand.gate.codes[Kind.NOT_CONFIRMED].removeprefix("CF-"))
    for which, title in ((10001, "voucher"), (made, "voucher-refused")):
        dialog = VoucherDialog(stand.at, which, stand.window.overlay_host)
        dialog.open()
        stand.settle()
        stand.picture().save(str(folder / f"{title}-{ending}"))
        dialog.leave()
    stand.close()


def draw_welcome(folder: Path, name: str, width: int, height: int) -> None:
    """The first start."""
    stand = Stand(width, height, empty=True)
    stand.window.set_practice(False)
    welcome = Welcome(stand.background, stand.window.overlay_host)
    welcome.show()
    stand.settle()
    stand.picture().save(str(folder / f"welcome-{width}-{name}.png"))
    QTest.keyClick(QApplication.focusWidget() or welcome, Qt.Key.Key_3)
    stand.settle()
    QTest.keyClicks(QApplication.focusWidget(), "postgresql://desk@127.0.0.1:9/counterfoil")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    stand.settle()
    stand.picture().save(str(folder / f"welcome-address-{width}-{name}.png"))
    welcome.leave()
    stand.close()


def main(folder: Path) -> None:
    """All pictures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    fonts.load()
    for name in (theme.Theme.LIGHT, theme.Theme.DARK):
        theme.apply(app, name)
        language.apply(app, "en")
        for width, height in SIZES:
            draw(folder, name, width, height)
            draw_welcome(folder, name, width, height)
            print(name, width)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
