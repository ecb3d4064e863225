"""A counter whose server is killed or frozen: check-in goes on, all else says so, and it comes back by itself."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import app
from controllers.desk import Desk, open_desk
from controllers.place import Place
from controllers.scanning import Scan
from controllers.viewing import see_details
from models.checkin import Kind
from tests.fakes import StillClock
from tests.postgresql import SERVERS, OwnServer, newest_programs
from tests.ui.gate_desk import NOW, a_gate, an_order
from ui.program import Program
from ui.widgets.offline_band import OfflineBand
from ui.widgets.toast import Toast
from ui.widgets.verdict_card import VerdictCard

pytestmark = pytest.mark.postgres
PATIENCE_MS = 60_000
GATE = "gate"
_numbers = count(1)


@pytest.fixture(scope="module")
def own_server() -> Iterator[OwnServer]:
    """A server that may be killed; its database `gate` holds one order for each verdict."""
    programs = newest_programs()
    if programs is None:
        pytest.skip(f"PostgreSQL's server programs are not here ({SERVERS})")
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-own-server-"))
    made = OwnServer(programs, folder)
    made.server.tell(f"create database {GATE}")
    yield made
    if made.runs:
        made.kill()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def codes(own_server: OwnServer) -> dict[Kind, str]:
    """What to scan for each verdict."""
    desk = open_desk(own_server.server.url(GATE), practice=True)
    clock = StillClock(NOW)
    desk.clock = clock
    gate = a_gate(desk, clock)
    found = dict(gate.codes)
    found[Kind.PARTLY_IN] = gate.code(an_order(gate, name="Second Guest"))
    desk.database.close()
    return found


class Counter:
    """One counter's program, and the server it stands on."""

    def __init__(self, qtbot: QtBot, server: OwnServer, codes: dict[Kind, str], folder: Path) -> None:
        self.qtbot, self.server, self.codes = qtbot, server, codes
        self.database = f"counter_{next(_numbers)}"
        server.server.tell(f"create database {self.database} template {GATE}")
        self.place = Place(folder, True, server.server.url(self.database), NOW.isoformat())
        self.open()
        self.wait(lambda: self.standing.synced_at)

    def open(self) -> None:
        """Starts the program."""
        self.program = Program(self.place, app.SCREENS)
        self.program.show()
        self.wait(lambda: self.program.is_open and self.program._in_step.afloat is not None)
        self.program.window.go("checkin")

    @property
    def standing(self):
        assert self.program._in_step.afloat is not None
        return self.program._in_step.afloat.standing

    @property
    def band(self) -> str:
        """What the band under the top bar says, '' where there is none."""
        band = self.program.window.findChild(OfflineBand)
        return band.accessibleName() if band is not None and not band.isHidden() else ""

    @property
    def toast(self) -> str:
        found = [one for one in self.program.window.findChildren(Toast) if one.isVisible()]
        return "\n".join(one.accessibleName() for one in found)  # a notice may ring meanwhile

    @property
    def verdict(self) -> str:
        """The large words of the verdict that is up."""
        cards = [one for one in self.program.window.findChildren(VerdictCard) if one.isVisible()]
        return f"{cards[-1].face.word} {cards[-1].face.line}".strip() if cards else ""

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE_MS)

    def scan(self, kind: Kind) -> None:
        """As the handheld does; returns when the verdict is up."""
        before = len(self.program.fittings.gate.book.lines)
        self.program.fittings.gate.take(Scan(self.codes[kind], "wedge"))
        self.wait(lambda: self.verdict and len(self.program.fittings.gate.book.lines) > before)

    def on_the_server(self) -> Desk:
        """Another look at the server's data."""
        return open_desk(self.place.told_database, practice=True)

    def order(self, kind: Kind) -> int:
        line = next(x for x in self.program.fittings.gate.book.lines if x.kind is kind)
        assert line.reservation_id is not None
        return line.reservation_id

    def arrived(self, reservation_id: int) -> int:
        """How many of a reservation are in, as the server has it."""
        desk = self.on_the_server()
        try:
            return see_details(reservation_id, desk=desk).row.arrived or 0
        finally:
            desk.database.close()


@pytest.fixture
def counter(qtbot: QtBot, own_server: OwnServer, codes: dict[Kind, str], tmp_path: Path) -> Iterator[Counter]:
    made = Counter(qtbot, own_server, codes, tmp_path)
    yield made
    if own_server.runs:
        own_server.thaw()
    else:
        own_server.start()
    made.program.window.close()


def test_a_killed_server_is_said_scans_go_on_and_are_handed_over_when_it_is_back(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds, told = counter.program.fittings.deeds, list[str]()
    tell = deeds.tell
    monkeypatch.setattr(deeds, "tell", lambda words: (told.append(words), tell(words)))
    counter.server.kill()
    counter.scan(Kind.ADMIT)
    assert "OFFLINE" in counter.verdict
    order = counter.order(Kind.ADMIT)
    counter.wait(lambda: "1 scan waits." in counter.band)
    assert "Offline since" in counter.band
    assert "Check-in goes on" in counter.band
    assert "seats, payments, other counters" in counter.band
    counter.server.start()
    counter.wait(lambda: not counter.standing.is_offline and counter.band == "")
    counter.wait(lambda: any("1 scan was handed over" in words for words in told))
    assert counter.arrived(order)


@pytest.mark.parametrize("busy", [False, True], ids=["the first thing", "behind a deed"])
def test_a_frozen_server_holds_up_no_scan(counter: Counter, busy: bool) -> None:
    counter.server.freeze()
    if busy:
        counter.program.fittings.deeds.claim(10001)  # on its way to nobody, on the lane of the scans
    counter.scan(Kind.ADMIT)
    assert "OFFLINE" in counter.verdict
    assert counter.standing.is_offline
    counter.server.thaw()
    counter.wait(lambda: not counter.standing.is_offline)
    assert counter.arrived(counter.order(Kind.ADMIT))


def test_everything_else_is_refused_in_one_sentence_while_the_screens_keep_what_they_show(
    counter: Counter,
) -> None:
    counter.program.window.go("today")
    counter.wait(counter.program.is_quiet)
    counter.server.kill()
    counter.wait(lambda: counter.standing.is_offline)
    counter.program.fittings.deeds.claim(10001)
    counter.wait(lambda: "Only check-in goes on" in counter.toast)
    assert counter.program.window.word == "today"


def test_a_counter_is_closed_and_opened_while_the_server_is_away(counter: Counter) -> None:
    counter.server.kill()
    counter.scan(Kind.ADMIT)
    counter.program.window.close()
    counter.open()
    counter.wait(lambda: "1 scan waits." in counter.band)
    counter.scan(Kind.PARTLY_IN)
    assert "OFFLINE" in counter.verdict
    first, second = (line.reservation_id for line in counter.program.fittings.gate.book.lines[:2])
    counter.server.start()
    counter.wait(lambda: not counter.standing.is_offline)
    assert first is not None
    assert second is not None
    assert counter.arrived(first)
    assert counter.arrived(second)
