"""A desk that died while it printed asks its printer's queue when it is started again, once everything is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import app
from controllers import printing
from controllers.place import Place
from controllers.print_log import see_prints
from controllers.vouchers import voucher_draft
from models.prints import PrintState
from models.reservations import Status
from tests.builders import a_product, a_reservation
from tests.fakes import FakePrinters
from ui.program import Program


def died_while_it_printed(place: Place, fake: FakePrinters) -> int:
    """A voucher was handed to the queue an hour ago, and nobody noted what became of it."""
    desk = place.open("Desk")
    desk.clock = lambda: datetime.now(UTC) - timedelta(hours=1)
    a_product(desk)
    made = a_reservation(desk, Status.CONFIRMED)
    fake.waits = True
    job = printing.claim(voucher_draft(made, desk=desk), "Front desk", desk=desk)
    printing.keep_job(printing.deliver(job, fake), desk=desk)
    desk.database.close()
    return made


def test_the_next_start_finds_out_what_became_of_a_paper(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake, place = FakePrinters("Front desk"), Place(tmp_path, practice=True)
    made = died_while_it_printed(place, fake)
    fake.queue.clear()  # it came out meanwhile
    monkeypatch.setattr("ui.spoolers.spooler", lambda _steps: fake)
    monkeypatch.setattr("ui.program.LATER_MS", 100)
    program = Program(place, app.SCREENS)
    program.show()
    qtbot.waitUntil(lambda: program.is_open, timeout=30_000)

    def state() -> PrintState:
        return see_prints(made, desk=program.desk())[0].state

    qtbot.waitUntil(lambda: state() is PrintState.DONE, timeout=30_000)
    qtbot.waitUntil(program.is_quiet, timeout=30_000)
    program.window.close()
