"""From the Enter of a scanner, or a decoded frame, to the painted verdict, at a desk with a million reservations.

Real key events go into the real window; the clock runs until the verdict's painting is done. Every scan lets
somebody in who was not in yet. The floor asks and writes the same rows by raw sqlite3 with synchronous=FULL, and
repaints a bare widget of the same size.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import datetime as dt
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from tests.bench.desks import NOW
from tests.bench.million import desk_at, million
from tests.bench.resting import rest

SCANS, WARM_UP = 200, 20
SIZE = (1366, 768)
_PATIENCE_MS = 10_000
_BEFORE = dt.timedelta(minutes=5)
_TICKETS = """
select t.number, t.reservation_id, r.departs_at from tickets t join reservations r on r.id = t.reservation_id
where r.departs_on = :day and r.status = 'CONFIRMED' and r.arrived_heads = 0 and t.state = 'VALID'
and t.uses_left > 0 and r.departs_at is not null
and not exists (select 1 from payments p where p.reservation_id = r.id and p.state = 'DUE')
order by r.departs_at, t.number limit :most
"""
Ticket = tuple[int, int, dt.datetime]


def scan_to_verdict() -> tuple[list[float], list[float]]:
    """Milliseconds of each scan: ours, and the floor."""
    with _a_copy() as file:
        tickets = _tickets(file)
        half = len(tickets) // 2
        ours = _ours(file, tickets[:half])
        floor = _floor(file, tickets[half:])
    return ours[WARM_UP:], floor[WARM_UP:]


@contextmanager
def _a_copy() -> Iterator[Path]:
    """The million is let in only once: a copy is scanned, and thrown away."""
    kept = million()
    copy = kept.with_name("scanned.sqlite")
    shutil.copyfile(kept, copy)
    with copy.open("rb") as file:
        os.fsync(file.fileno())  # or every commit of ours would wait for the gigabytes that were copied
    try:
        yield copy
    finally:
        for end in ("", "-wal", "-shm"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)


def _tickets(file: Path) -> list[Ticket]:
    desk = desk_at(file)
    with desk.reading() as look:
        told = {"day": NOW.date().isoformat(), "most": 2 * (SCANS + WARM_UP)}
        rows = look.execute(text(_TICKETS), told).all()
    desk.database.close()
    found = [(row[0], row[1], dt.datetime.fromisoformat(f"{row[2]}+00:00")) for row in rows]
    if len(found) < told["most"]:
        raise SystemExit(f"only {len(found)} tickets of this day are left to scan")
    return found


# --- ours -----------------------------------------------------------------------------------


def _ours(file: Path, tickets: list[Ticket]) -> list[float]:
    from controllers.scanning import Scan
    from models.codes import code_for

    with _the_window(file) as stand:
        took = []
        for n, (number, reservation_id, departs_at) in enumerate(tickets):
            stand.now = departs_at - _BEFORE
            code = code_for(number, version=1, secret=stand.desk.code_secrets[1])
            if n % 2:
                began = time.perf_counter()
                stand.scanners.scanned.emit(Scan(code, "camera"))
            else:
                stand.handheld.read(code, end="")
                began = time.perf_counter()
                stand.handheld.end("Enter")
            took.append((stand.painted_after(reservation_id) - began) * 1000)
            rest(120)  # the screen behind it asks again meanwhile
        return took


class _Stand:
    """The window with the check-in screen, and when a verdict was painted."""

    def __init__(self, file: Path) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        from controllers.background import Background
        from tests.ui.handheld import Handheld
        from ui.at_desk import AtDesk
        from ui.at_gate import AtGate
        from ui.checkin import CheckIn
        from ui.deeds import Deeds
        from ui.main_window import MainWindow
        from ui.quiet_moments import QuietMoments
        from ui.scanners import Scanners
        from ui.screens import plan
        from ui.sounds import Sounds

        self.desk, self.now = desk_at(file), NOW
        self.desk.clock = lambda: self.now
        self.background = Background()
        self.desk.listeners.append(self.background.announce)
        door = lambda: self.desk  # noqa: E731 - a door is a function
        deeds = Deeds(self.background, door, self.desk.now)
        self.scanners = Scanners()
        at = AtDesk(
            self.background,
            door,
            deeds,
            self.desk.now,
            lambda: self.gate,
            lambda: self.scanners,
            lambda: self.sounds,
        )
        self.gate, self.sounds = AtGate(at), Sounds(at)
        self.gate.shown.connect(self.sounds.tell)
        self.scanners.scanned.connect(self.gate.take)
        self.window = MainWindow(plan({"checkin": lambda: CheckIn(at)}), now=self.desk.now)
        deeds.host = self.window.overlay_host
        self.background.changed.connect(self._hear)
        self.quiet = QuietMoments(self.background, door)
        self.window.resize(*SIZE)
        self.window.go("checkin")
        self.window.show()
        self.window.activateWindow()
        self.handheld = Handheld(self.window)
        self.painted: list[tuple[int | None, float]] = []
        self._until_painted, self._wanted = QEventLoop(), 0
        self._patience = QTimer()
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._until_painted.quit)

    def _hear(self, changed: frozenset[str]) -> None:
        """As the program does."""
        self.gate.when_answered(lambda: self.window.refresh(changed))

    def painted_after(self, reservation_id: int) -> float:
        """Wait until the verdict about it is painted; when that was."""
        if not self._is_painted(reservation_id):
            self._wanted = reservation_id
            self._patience.start(_PATIENCE_MS)
            self._until_painted.exec()  # asleep between events, as the program is
            self._patience.stop()
        for one, at in self.painted:
            if one == reservation_id:
                return at
        raise SystemExit(f"no verdict about CF-{reservation_id} was painted")

    def _is_painted(self, reservation_id: int) -> bool:
        return any(one == reservation_id for one, _ in self.painted)

    def note_painting(self) -> None:
        """Called when a verdict has been painted."""
        judged = self.gate.judged
        if judged is not None and not judged.let_in:
            raise SystemExit(f"the bench expected an admission and got {judged.kind}")
        self.painted.append((judged.answer.reservation_id if judged else None, time.perf_counter()))
        if self._is_painted(self._wanted):
            self._until_painted.quit()

    def close(self) -> None:
        """Everything away."""
        self.scanners.close()
        self.window.close()
        self.background.close()
        self.desk.database.close()


@contextmanager
def _the_window(file: Path) -> Iterator[_Stand]:
    from PySide6.QtWidgets import QApplication

    from ui import fonts, language, theme
    from ui.widgets.verdict_card import VerdictCard

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    theme.apply(app, theme.Theme.LIGHT)
    fonts.load()
    language.apply(app, "en")
    stand, paint = _Stand(file), VerdictCard.paintEvent

    def paint_and_tell(card: Any, event: Any) -> None:
        paint(card, event)
        stand.note_painting()

    VerdictCard.paintEvent = paint_and_tell  # type: ignore[method-assign]
    rest(2_000)
    yield stand
    VerdictCard.paintEvent = paint  # type: ignore[method-assign]
    stand.close()


# --- the floor ------------------------------------------------------------------------------

_DID = (
    '{"version": 2, "tickets": [[10000001, 2, true]], "arrived_before": 0, "most": 2, "redeemed": false, '
    '"asked": [1, false]}'
)
_FACTS = '{"message": "Admit 2. 2 of 2 in.", "arrived": 2, "party": 2, "told": {"number": "CF-10001"}}'
_DETAILS = '{"arrived":2,"heads":2,"scan":"00000000-0000-0000-0000-000000000000"}'


def _floor(file: Path, tickets: list[Ticket]) -> list[float]:
    """The same questions and rows without any of us, and a window that shows one word."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("pragma journal_mode=WAL")
    connection.execute("pragma synchronous=FULL")
    widget, took = _bare_widget(), []
    for n, (number, reservation_id, _) in enumerate(tickets):
        began = time.perf_counter()
        _let_in(connection, number, reservation_id, n)
        _read(connection, reservation_id)
        widget.repaint()
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(0.05)
    connection.close()
    widget.close()
    return took


def _let_in(connection: sqlite3.Connection, number: int, reservation_id: int, n: int) -> None:
    scan, at = str(uuid.uuid4()), "2026-12-05 00:10:00.000000"
    connection.execute("begin immediate")
    connection.execute(
        "select * from tickets t join reservations r on r.id = t.reservation_id "
        "left join products p on p.id = r.product_id where t.number = ?",
        (number,),
    ).fetchone()
    connection.execute(
        "select number, uses_left, arrived_heads from tickets where reservation_id = ?", (reservation_id,)
    ).fetchall()
    connection.execute(
        "select * from scans where counter_id = 1 and at between ? and ? and text = ? order by at desc limit 1",
        (at, at, str(number)),
    ).fetchone()
    connection.execute(
        "update tickets set arrived_heads = 0, uses_left = uses_left - 1 where number = ? and uses_left > 0",
        (number,),
    )
    connection.execute(
        "update reservations set version = version + 1, arrived_heads = 2, arrived_at = ? where id = ?",
        (at, reservation_id),
    )
    connection.execute(
        "insert into scans (id, at, counter_id, staff_id, source, text, kind, reservation_id, admitted, forced, "
        "facts, did) values (?, ?, 1, 1, 'wedge', ?, 'ADMIT', ?, 2, '', ?, ?)",
        (scan, at, f"{number:026d}", reservation_id, _FACTS, _DID),
    )
    connection.execute(
        "insert into journal (counter_id, seq, at, staff_id, subject, action, details, previous_hash, hash) "
        "values (1, ?, '2026-12-05T00:10:00.000000Z', 1, ?, 'arrive', ?, ?, ?)",
        (90_000_000 + n, f"reservation:{reservation_id}", _DETAILS, "0" * 64, "1" * 64),
    )
    connection.execute("update counters set journal_seq = ?, journal_hash = ? where id = 1", (n, "2" * 64))
    connection.execute("commit")


def _read(connection: sqlite3.Connection, reservation_id: int) -> None:
    row = connection.execute(
        "select departure_id from reservations where id = ?", (reservation_id,)
    ).fetchone()
    connection.execute(
        "select * from reservation_lines where reservation_id = ?", (reservation_id,)
    ).fetchall()
    connection.execute(
        "select sum(arrived_heads), sum(heads) from reservations where departure_id = ? and status in "
        "('CONFIRMED', 'CANCEL_REQUESTED', 'REDEEMED', 'NO_SHOW')",
        row,
    ).fetchone()


def _bare_widget() -> Any:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    class Bare(QWidget):
        """One colour and one word."""

        def paintEvent(self, _event: Any) -> None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), Qt.GlobalColor.darkGreen)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "ADMIT")

    widget = Bare()
    widget.resize(*SIZE)
    widget.show()
    return widget
