"""The dashboard, the list and the import with invented data in the real window, by day and by night.

python tests/ui/gallery_today.py FOLDER
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from controllers import checkin, practice, reservations
from controllers.background import Background
from controllers.desk import Desk, open_desk
from models.database import sqlite_url
from models.refusals import CannotDo
from models.reservations import Status
from models.rows import Filter
from ui import asking, fonts, language, theme
from ui.at_desk import AtDesk
from ui.deeds import Deeds
from ui.imports import Imports
from ui.main_window import MainWindow
from ui.reservations import Reservations
from ui.screen import Screen
from ui.screens import IN_RAIL, plan
from ui.today import Today

NOW = dt.datetime(2026, 10, 15, 10, 24, tzinfo=ZoneInfo("Asia/Seoul"))


def a_busy_desk(folder: Path) -> Desk:
    """A desk with a morning's work behind it."""
    hands = [NOW - dt.timedelta(hours=26)]
    desk = open_desk(sqlite_url(folder / "busy.sqlite"), practice=True, clock=lambda: hands[-1])
    practice.fill(desk=desk, rows=200, seed=4)
    hands.append(NOW - dt.timedelta(minutes=47))
    practice.fill(desk=desk, rows=60, seed=5)
    hands.append(NOW)

    def door() -> Desk:
        return desk

    today = NOW.date()
    waiting = asking.page(door, Filter(statuses=frozenset((Status.UNCONFIRMED,)))).rows
    for row, reason in zip(
        waiting[2:4], ("2 more guests by Friday 18:00", "the passport number"), strict=False
    ):
        _quietly(partial(reservations.hold, row.id, desk=desk, reason=reason))
    for row in waiting[5:24]:
        _quietly(partial(reservations.confirm, row.id, desk=desk))
    coming = asking.page(
        door, Filter(statuses=frozenset((Status.CONFIRMED,)), first_day=today, last_day=today)
    ).rows
    for row in coming[:9]:
        _quietly(partial(checkin.scan, row.number, desk=desk))
    return desk


def an_empty_desk(folder: Path) -> Desk:
    """A desk on its first day."""
    return open_desk(sqlite_url(folder / "empty.sqlite"), practice=True, clock=lambda: NOW)


def _quietly(work: Callable[[], object]) -> None:
    try:
        work()
    except CannotDo:
        return


class _Empty(Screen):
    pass


def a_window(desk: Desk, width: int, height: int) -> tuple[MainWindow, Background]:
    """The real window with the screens of this room."""
    background = Background()
    deeds = Deeds(background, lambda: desk, desk.now)
    at = AtDesk(background, lambda: desk, deeds, desk.now)
    builders: dict[str, Callable[[], Screen]] = dict.fromkeys(IN_RAIL[:4], _Empty)
    builders["settings"] = _Empty
    builders["today"] = lambda: Today(at)
    builders["reservations"] = lambda: Reservations(at)
    builders["imports"] = lambda: Imports(at)
    window = MainWindow(plan(builders), now=lambda: NOW)
    deeds.setParent(window)
    deeds.host = window.overlay_host
    window.resize(width, height)
    window.show_person("예", "Example Person")
    return window, background


def settle(background: Background) -> None:
    """Let every answer arrive and be painted."""
    until = QDeadlineTimer(5000)
    calm = 0
    while calm < 5 and not until.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        calm = calm + 1 if background.idle() else 0


def save(window: MainWindow, background: Background, file: Path) -> None:
    """Keep the picture of the window."""
    settle(background)
    window.grab().save(str(file))
    print(file.name)


def pictures(desk: Desk, empty: Desk, folder: Path, files: tuple[Path, ...], name: str) -> None:
    """Every state in both sizes."""
    for width, height in ((1366, 768), (1920, 1080)):
        end = f"{width}-{name}.png"
        window, background = a_window(desk, width, height)
        window.show()
        window.go("today")
        save(window, background, folder / f"today-{end}")
        window.go("reservations")
        save(window, background, folder / f"reservations-{end}")
        window.go("reservations", text="harttman")
        save(window, background, folder / f"reservations-nothing-{end}")
        window.go("reservations", wanted=Filter(needs="to-do"), title="To do at the channel")
        save(window, background, folder / f"reservations-from-today-{end}")
        window.go("imports")
        save(window, background, folder / f"imports-empty-{end}")
        window.go("imports", paths=files)
        save(window, background, folder / f"imports-{end}")
        window.close()
        background.close()
        window.deleteLater()
        window, background = a_window(empty, width, height)
        window.show()
        window.go("today")
        save(window, background, folder / f"today-empty-{end}")
        window.go("reservations")
        save(window, background, folder / f"reservations-empty-{end}")
        window.close()
        background.close()
        window.deleteLater()


def main(folder: Path, files: tuple[Path, ...]) -> None:
    """All pictures in both themes; `files` are imported on trial."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        desk, empty = a_busy_desk(Path(place)), an_empty_desk(Path(place))
        for name in (theme.Theme.LIGHT, theme.Theme.DARK):
            theme.apply(app, name)
            fonts.load()
            language.apply(app, "en")
            pictures(desk, empty, folder, files, name)
        for one in (desk, empty):
            one.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(map(Path, sys.argv[2:])))
