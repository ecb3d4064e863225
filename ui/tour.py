"""Takes one reservation through its whole life in the real window, and leaves a picture of every step.

A practice desk of its own, the project's own demo exports, the real screens and use cases; only the
clock is moved, because a trip would otherwise take until the evening.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from controllers.place import Place
from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.rows import Filter
from ui import asking, theme
from ui.program import Program
from ui.widgets.dialog import Dialog
from ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from ui.at_desk import AtDesk
    from ui.screen import Screen

DEMO = Path(__file__).resolve().parent.parent / "resources" / "demo"
STARTS = datetime(2026, 12, 5, 0, 40, tzinfo=UTC)  # 09:40 in Seoul
GATE = datetime(2026, 12, 5, 1, 10, tzinfo=UTC)  # 10:10, twenty minutes before the tour
AFTER = datetime(2026, 12, 5, 5, 0, tzinfo=UTC)  # 14:00, the tour has ended
REFERENCE = "TNA-20261204-0000001"
PATIENCE_S = 30.0
_KEY = Qt.Key


def tour(folder: Path, screens: Mapping[str, Callable[[AtDesk], Screen]]) -> Iterator[str]:
    """Does the tour into `folder`; one line for each thing that happened.

    Raises CannotDo("tour-stuck") where a step does not come to pass.
    """
    guide = _Guide(folder, screens)
    try:
        yield from _story(guide)
    finally:
        guide.close()


def _story(guide: _Guide) -> Iterator[str]:
    yield guide.welcome()
    yield guide.import_files()
    yield guide.see_today()
    yield guide.confirm_from_calendar()
    yield guide.see_list()
    yield guide.print_voucher()
    yield guide.scan_picture()
    yield guide.close_trip()
    yield guide.refused_to_cancel()
    yield guide.by_night()


class _Guide:
    """Leads through the window: presses keys, waits for what they bring, keeps pictures."""

    def __init__(self, folder: Path, screens: Mapping[str, Callable[[AtDesk], Screen]]) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        data = folder / "desk"
        _empty(data)
        self._count = 0
        self._now = STARTS
        self.program = Program(Place(data, practice=True), screens)
        theme.apply(self.program.app, theme.Theme.LIGHT)
        self.window = self.program.window
        self.window.resize(1366, 768)
        self.program.show()
        self._wait(lambda: self._door_is_open, "the desk opens")
        self.desk.clock = lambda: self._now

    @property
    def desk(self) -> Any:
        """The desk, once its door is open."""
        return self.program.desk()

    @property
    def _door_is_open(self) -> bool:
        return self.program.is_open

    # the steps

    def welcome(self) -> str:
        """What a first start asks."""
        from ui.welcome import Welcome

        self.window.set_practice(False)
        page = Welcome(self.program.background, self.window.overlay_host)
        page.open()
        self._picture("welcome")
        page.leave()
        self.window.set_practice(True)
        return "The first start asks: practice data, an empty desk, or a shared PostgreSQL."

    def import_files(self) -> str:
        """The demo exports, dry run first, then for real."""
        self._here(asking.take_products, DEMO / "products.toml")
        files = sorted(path for path in DEMO.iterdir() if path.suffix in (".csv", ".txt"))
        self.window.go("imports", paths=files)
        screen: Any = self.window.screen_in_front
        self._wait(self.program.is_quiet, "every file is read")
        self._settle(0.2)
        self._picture("import-dry-run")
        screen.take_all_files()
        self._wait(self.program.is_quiet, "every file is taken")
        self._settle(0.2)
        self._picture("import-taken")
        taken = self._here(asking.count, Filter())
        return f"{len(files)} exports of five channels were read and {taken} reservations taken, after a dry run."

    def see_today(self) -> str:
        """The dashboard."""
        self._go("today")
        today = self._here(asking.today)
        self._picture("today")
        waiting, unmatched = today.box("unconfirmed").count, today.box("unmatched").count
        return f"Today shows {waiting} orders to confirm, the most urgent first, and {unmatched} that fit no departure."

    def confirm_from_calendar(self) -> str:
        """Into the day, onto the order that waits, C, Enter."""
        self._go("calendar", day=STARTS.date())
        self._picture("calendar")
        number = self._here(asking.find, REFERENCE)
        before = self._here(asking.details, number)
        self._press(_KEY.Key_Return)
        self._press(_KEY.Key_C)
        dialog = self._overlay(Dialog, "the confirm dialog")
        self._picture("confirm")
        self._press(_KEY.Key_Return, dialog)
        self._wait(lambda: self._status(number) is Status.CONFIRMED, f"{before.number} is confirmed")
        self._gone(dialog)
        self._picture("calendar-confirmed")
        after = self._here(asking.details, number)
        return (
            f"{after.number} ({REFERENCE}) was confirmed from the calendar: "
            f"seats {before.seats_taken} -> {after.seats_taken} of {after.capacity}."
        )

    def see_list(self) -> str:
        """The list, and what a search finds."""
        self._go("reservations")
        self._picture("reservations")
        shown = self._here(asking.count, Filter())
        return f"The list shows all {shown}; travelers stay hidden until they are confirmed."

    def print_voucher(self) -> str:
        """The details, the voucher, and the same voucher as a picture of its code."""
        number = self._here(asking.find, REFERENCE)
        self._go("details", reservation=number)
        self._picture("details")
        self.program.deeds.voucher(number)
        dialog = self._overlay(Dialog, "the voucher")
        self._picture("voucher")
        dialog.leave()
        self._gone(dialog)
        printed = self._here(asking.voucher, number)
        pdf = self.folder / "voucher.pdf"
        pdf.write_bytes(printed.pdf)
        _picture_of(printed.pdf).save(str(self.folder / "voucher.png"))
        return (
            f"Its voucher was printed ({len(printed.pdf) // 1024} kB, {pdf.name}) and turned into a picture."
        )

    def scan_picture(self) -> str:
        """Twenty minutes before the tour the picture is held up at the counter."""
        self._now = GATE
        self._go("checkin")
        self._picture("check-in")
        screen: Any = self.window.screen_in_front
        screen.take_pictures([self.folder / "voucher.png"])
        card = self._overlay(Overlay, "the verdict")
        self._picture("verdict")
        number = self._here(asking.find, REFERENCE)
        row = self._here(asking.details, number).row
        self._press(_KEY.Key_Return, card)
        self._gone(card)
        self._picture("check-in-after")
        return f"The picture was scanned at 10:10: {row.arrived} of {row.party} are in, and it is still {row.status}."

    def close_trip(self) -> str:
        """The tour has ended: who came is redeemed."""
        self._now = AFTER
        closed = self._here(asking.close_trips)
        number = self._here(asking.find, REFERENCE)
        self._go("details", reservation=number)
        self._wait(lambda: self._status(number) is Status.REDEEMED, "the trip is closed")
        self._picture("redeemed")
        letters = [
            x.kind for x in self._here(asking.details, number).letters if x.state in ("WAITING", "NO_ADDRESS")
        ]
        return (
            f"The trip was closed: {len(closed.redeemed)} redeemed, {len(closed.no_show_proposed)} proposed as "
            f"no-show; the {letters[-1]} letter waits in the outbox."
        )

    def refused_to_cancel(self) -> str:
        """A redeemed reservation is never cancelled."""
        number = self._here(asking.find, REFERENCE)
        try:
            self._here(asking.cancel, number, "A try", Cause.OURS)
        except CannotDo as refusal:
            said = refusal.sentence
        else:
            raise CannotDo("tour-stuck", step="cancelling is refused")
        self.program.deeds.cancel(number)
        self._settle(0.6)
        self._picture("cancel-refused")
        self._leave_overlays()
        return f"Cancelling it was refused: {said}"

    def by_night(self) -> str:
        """The same desk in the dark."""
        theme.apply(self.program.app, theme.Theme.DARK)
        for word in ("today", "calendar", "reservations", "checkin"):
            self._go(word, **({"day": STARTS.date()} if word == "calendar" else {}))
            self._picture(f"{word}-dark")
        return f"{self._count} pictures are in {self.folder}; by night the desk looks as it does in the last four."

    def close(self) -> None:
        """Closes the window and the desk."""
        self.window.close()
        self._settle(0.05)

    # how it is led

    def _here(self, ask: Callable[..., Any], *args: Any) -> Any:
        """A question asked at once; the tour has nobody to keep waiting."""
        return ask(self.program.desk, *args)

    def _status(self, reservation_id: int) -> Status:
        status: Status = self._here(asking.details, reservation_id).row.status
        return status

    def _go(self, word: str, **what: Any) -> None:
        self.window.go(word, **what)
        self._settle(0.1)
        self._wait(self.program.is_quiet, f"{word} is shown")
        self._settle(0.1)

    def _press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        target = widget or QApplication.focusWidget() or self.window
        QTest.keyClick(target, key)
        self._settle(0.15)
        self._wait(self.program.is_quiet, "the desk answers")

    def _overlay(self, kind: type[Any], what: str) -> Any:
        """The dialog or card that lies over the window."""
        found: list[Any] = []

        def there() -> bool:
            found[:] = [w for w in self.window.findChildren(kind) if w.isVisible()]
            return bool(found)

        self._wait(there, what)
        self._wait(self.program.is_quiet, what)
        self._settle(0.3)
        return found[-1]

    def _gone(self, widget: QWidget) -> None:
        from shiboken6 import isValid

        self._wait(lambda: not isValid(widget) or not widget.isVisible(), "it closes")
        self._settle(0.2)

    def _leave_overlays(self) -> None:
        for overlay in self.window.findChildren(Overlay):
            if overlay.isVisible():
                overlay.leave()
        self._settle(0.2)

    def _wait(self, until: Callable[[], bool], what: str) -> None:
        ends = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > ends:
                self._picture("stuck")
                raise CannotDo("tour-stuck", step=what)
            self._settle(0.02)

    def _settle(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while True:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if time.monotonic() >= ends:
                return
            time.sleep(0.005)

    def _picture(self, name: str) -> None:
        self._settle(0.05)
        self._count += 1
        self.window.grab().save(str(self.folder / f"{self._count:02d}-{name}.png"))


def _picture_of(pdf: bytes) -> QImage:
    """The first page of a PDF, as a camera would see it."""
    from PySide6.QtCore import QBuffer, QByteArray, QSize
    from PySide6.QtPdf import QPdfDocument

    document, device = QPdfDocument(), QBuffer()
    device.setData(QByteArray(pdf))
    device.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(device)
    page = document.render(0, QSize(1240, 1754))
    whole = QImage(page.size(), QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.white)
    painter = QPainter(whole)
    painter.drawImage(0, 0, page)
    painter.end()
    document.close()
    return whole


def _empty(folder: Path) -> None:
    """The tour's own practice file, from an earlier tour."""
    for name in ("practice.sqlite", "practice.sqlite-wal", "practice.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
