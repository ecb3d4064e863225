"""A desk with a screen for guests, as a program of its own on a real X screen: asked and answered line by line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from controllers import counter
from controllers.background import Background
from controllers.desk import open_desk
from models.database import sqlite_url
from ui import fonts, theme
from ui.at_desk import AtDesk
from ui.deeds import Deeds
from ui.guest_screen import GuestScreen


class SecondDesk:
    """A window with a field, and what guests see."""

    def __init__(self, folder: Path) -> None:
        self.desk = open_desk(sqlite_url(folder / "desk.sqlite"), practice=True)
        counter.set_up_counter(desk=self.desk, guest_screen="GUESTS")
        self.background = Background()
        deeds = Deeds(self.background, lambda: self.desk, self.desk.now)
        at = AtDesk(self.background, lambda: self.desk, deeds, self.desk.now)
        self.window, self.field = QWidget(), QLineEdit()
        QVBoxLayout(self.window).addWidget(self.field)
        self.window.setGeometry(0, 0, 800, 600)
        self.window.show()
        self.window.activateWindow()
        self.guests = GuestScreen(at, lambda: self.window, practice=True)
        self._hears = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._hears.activated.connect(self._answer)

    def _answer(self) -> None:
        asked = sys.stdin.readline()
        if not asked:
            self.close()
            return
        if asked.startswith("drag"):
            self.window.move(*map(int, asked.split()[1:]))
        window = self.guests.window
        told = {
            "place": list(window.geometry().getRect()) if window is not None else None,
            "screen": window.screen().name() if window is not None else None,
            "says": window.card.face.large if window is not None else None,
            "keyboard": QApplication.focusWidget() is self.field,
        }
        print(json.dumps(told), flush=True)

    def close(self) -> None:
        """Everything away."""
        self.guests.close()
        self.background.close()
        self.desk.database.close()
        QApplication.quit()


def main(folder: str) -> int:
    """Runs until nobody asks any more."""
    app = QApplication(["desk"])
    app.setStyle("Fusion")
    fonts.load()
    fonts.apply(app, "en", 1.0)
    theme.apply(app, theme.Theme.LIGHT)
    desk = SecondDesk(Path(folder))
    code = app.exec()
    del desk
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
