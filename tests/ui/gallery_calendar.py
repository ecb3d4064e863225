"""The calendar, a reservation and the dialogs with invented data in the real window, by day and by night.

python tests/ui/gallery_calendar.py FOLDER
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

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from controllers import checkin, practice, reservations, viewing
from controllers.background import Background
from controllers.desk import Desk, open_desk
from models.database import sqlite_url
from models.refusals import CannotDo
from models.reservations import Status
from models.rows import Filter, ReservationRow
from tests.builders import direct_row, kkday_row, take
from ui import asking, fonts, language, theme
from ui.at_desk import AtDesk
from ui.calendar import Calendar
from ui.deeds import Deeds
from ui.details import DetailsScreen
from ui.main_window import MainWindow
from ui.screen import Screen
from ui.screens import IN_RAIL, plan
from ui.widgets.dialog import Dialog

NOW = dt.datetime(2026, 10, 15, 10, 24, tzinfo=ZoneInfo("Asia/Seoul"))
SIZES = ((1366, 768), (1920, 1080))


def a_desk(folder: Path) -> Desk:
    """A desk with a busy autumn, strangers' orders and a question to decide."""
    hands = [NOW - dt.timedelta(hours=26)]
    desk = open_desk(sqlite_url(folder / "calendar.sqlite"), practice=True, clock=lambda: hands[-1])
    practice.fill(desk=desk, rows=500, seed=7)
    today = NOW.date().isoformat()
    take(desk, direct_row(product="Somebody else's tour", option="", date=today, status="confirmed"))
    row = kkday_row(
        product="[BOAT] Busan Night Boat/Night",
        date=f"{today} 19:30",
        name="Mira Example",
        ordered="2026-10-12 09:00",
    )
    take(desk, row)
    hands.append(NOW)
    for one in rows(desk, Status.UNCONFIRMED)[:12]:
        _quietly(partial(reservations.confirm, one.id, desk=desk))
    take(desk, {**row, "date": "2026-10-17 19:30"})
    for one in rows(desk, Status.CONFIRMED, day=NOW.date())[:9]:
        _quietly(partial(checkin.scan, one.number, desk=desk))
    held = rows(desk, Status.UNCONFIRMED)[-1]
    reservations.hold(held.id, desk=desk, reason="Waits for the guide")
    ended = rows(desk, Status.CONFIRMED)[-1]
    reservations.cancel(ended.id, desk=desk, reason="Unfortunately our guide is ill.")
    return desk


def rows(desk: Desk, status: Status, day: dt.date | None = None) -> list[ReservationRow]:
    """Reservations of a status, those of the future first."""
    found = asking.page(
        lambda: desk, Filter(statuses=frozenset({status}), first_day=day, last_day=day), limit=500
    ).rows
    return sorted(found, key=lambda row: (row.departs_at or NOW) < NOW)


def _quietly(work: Callable[[], object]) -> None:
    try:
        work()
    except CannotDo:
        return


class _Empty(Screen):
    pass


class Camera:
    """The real window and what takes its pictures."""

    def __init__(self, desk: Desk, folder: Path, size: tuple[int, int], name: str) -> None:
        self.desk, self.folder, self.end = desk, folder, f"{size[0]}-{name}.png"
        self.background = Background()
        self.deeds = Deeds(self.background, lambda: desk, desk.now)
        at = AtDesk(self.background, lambda: desk, self.deeds, desk.now)
        builders: dict[str, Callable[[], Screen]] = dict.fromkeys((*IN_RAIL[:4], "settings"), _Empty)
        builders["calendar"] = lambda: Calendar(at)
        builders["details"] = lambda: DetailsScreen(at)
        self.window = MainWindow(plan(builders), now=lambda: NOW)
        self.deeds.setParent(self.window)
        self.deeds.host = self.window.overlay_host
        self.window.resize(*size)
        self.window.show_person("예", "Example Person")
        self.window.go("today")
        self.window.show()

    def take(self, title: str) -> None:
        """Let every answer arrive and keep the picture."""
        until, calm = QDeadlineTimer(8000), 0
        while calm < 12 and not until.hasExpired():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QTest.qWait(10)
            calm = calm + 1 if self.background.idle() else 0
        self.window.grab().save(str(self.folder / f"{title}-{self.end}"))
        print(f"{title}-{self.end}")

    def press(self, key: Qt.Key) -> None:
        """One key, where the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)

    def leave_dialogs(self) -> None:
        """Nothing over the window."""
        for dialog in self.window.findChildren(Dialog):
            dialog.leave()

    def close(self) -> None:
        """Everything away."""
        self.window.close()
        self.background.close()
        self.window.deleteLater()


def calendar(camera: Camera) -> None:
    """The month, and inside the day."""
    camera.window.go("calendar", day=NOW.date())
    camera.take("calendar")
    camera.press(Qt.Key.Key_Return)
    camera.take("calendar-day")
    camera.press(Qt.Key.Key_End)
    camera.take("calendar-unmatched")


def details(camera: Camera) -> None:
    """A reservation in each stage of its life."""
    desk = camera.desk
    chosen = {status.value.lower(): rows(desk, status)[0] for status in Status if rows(desk, status)}
    found = [row for status in Status for row in rows(desk, status)]
    chosen["arrived"] = next(row for row in found if row.arrived and row.status is Status.CONFIRMED)
    chosen["unmatched"] = next(row for row in found if row.unmatched)
    decided = viewing.see_page(Filter(needs="decisions"), desk=desk).rows
    if decided:
        chosen["decision"] = decided[0]
    for title, row in chosen.items():
        camera.window.go("details", reservation=row.id)
        camera.take(f"details-{title}")
    camera.press(Qt.Key.Key_V)
    camera.take("details-revealed")


def dialogs(camera: Camera) -> None:
    """The questions."""
    desk, deeds = camera.desk, camera.deeds
    waiting = [row for row in rows(desk, Status.UNCONFIRMED) if row.departure_id]
    previews = [viewing.preview_confirm(row.id, desk=desk) for row in waiting]
    fits = next(p.row for p in previews if p.after and p.capacity and p.after <= p.capacity and p.rivals)
    short = next((p.row for p in previews if p.after and p.capacity and p.after > p.capacity), fits)
    strange = next(row for row in rows(desk, Status.CONFIRMED) if row.departure_id)
    camera.window.go("calendar")
    for title, deed, row in (
        ("confirm", deeds.confirm, fits),
        ("confirm-short", deeds.confirm, short),
        ("hold", deeds.hold, fits),
        ("cancel-waiting", deeds.cancel, fits),
        ("cancel-confirmed", deeds.cancel, strange),
        ("cancel-asked", deeds.cancel, rows(desk, Status.CANCEL_REQUESTED)[0]),
        ("withdraw", deeds.cancel, rows(desk, Status.AWAITING_PAYMENT)[0]),
        ("pay", deeds.pay, rows(desk, Status.AWAITING_PAYMENT)[0]),
    ):
        deed(row.id)
        camera.take(f"dialog-{title}")
        camera.leave_dialogs()


def main(folder: Path) -> None:
    """All pictures in both themes and sizes."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        desk = a_desk(Path(place))
        for name in (theme.Theme.LIGHT, theme.Theme.DARK):
            theme.apply(app, name)
            fonts.load()
            language.apply(app, "en")
            for size in SIZES:
                camera = Camera(desk, folder, size, name)
                for pages in (calendar, details, dialogs):
                    pages(camera)
                camera.close()
        desk.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
