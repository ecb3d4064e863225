"""The program on a data folder, on a real X screen beside a tray: asked line by line what it shows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

import app
from controllers.place import Place
from ui import program as program_
from ui.by_the_clock import ByTheClock
from ui.program import Program


class TrayDesk:
    """Answers for the window; an empty line's end closes it."""

    def __init__(self, folder: Path, database: str, now: str) -> None:
        program_.LATER_MS = 0
        ByTheClock.start = lambda *_: None  # type: ignore[method-assign]  # what it reminds of would ring, too
        self.program = Program(
            Place(folder, practice=True, told_database=database, told_now=now), app.SCREENS
        )
        self.program.show()
        self._hears = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._hears.activated.connect(self._answer)

    def _answer(self) -> None:
        if not sys.stdin.readline():
            self.program.window.close()
            QApplication.quit()
            return
        program = self.program
        has_tray = program.is_open and program.fittings.has("tray")
        icon = program.fittings.tray._icon if has_tray else None
        front, focus = program.window.screen_in_front, QApplication.focusWidget()
        told = {
            "listens": has_tray and program.fittings.tray._looked is not None and program.is_quiet(),
            "in_tray": has_tray and program.fittings.tray.is_in_tray,
            "hushed": has_tray and program.fittings.tray.is_hushed,
            "tip": icon.toolTip() if icon is not None else "",
            "shows": front.accessibleName() if front is not None else "",
            "keyboard": focus.accessibleName() if focus is not None else "",
            "open": program.window.isVisible(),
        }
        print(json.dumps(told), flush=True)


def main(folder: str, database: str, now: str) -> int:
    """Runs until nobody asks any more."""
    desk = TrayDesk(Path(folder), database, now)
    code = desk.program.app.exec()
    del desk
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
