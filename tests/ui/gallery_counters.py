"""Draws what many counters meet: signing in, a server that is away, conflicts, backups, privacy and a crash.

    python tests/ui/gallery_counters.py FOLDER [small] [light|dark-100|dark-150]

Everything is the real program at a PostgreSQL server of its own; every name in the pictures is invented.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

import app
from controllers import backup, checkin, reservations, sealed
from controllers.desk import Desk, open_desk
from controllers.diary import Crash, Going
from controllers.journal import Chain
from controllers.offline.handing import hand_over
from controllers.offline.replica import Replica
from controllers.place import Place
from controllers.scanning import Scan
from controllers.staff import groups, passwords
from controllers.viewing import ticket_code
from models.checkin import Kind
from models.refusals import CannotDo
from models.rights import Role
from tests.builders import tickets
from tests.controllers.test_nights import a_night, tamper
from tests.fakes import StillClock
from tests.postgresql import OwnServer, newest_programs
from tests.staff import OWNERS_PASSWORD, PIN, with_staff
from tests.ui.gate_desk import NOW, Gate, a_gate, an_order
from ui import fonts, theme
from ui.after_crash import show_crash
from ui.incidents import Incidents
from ui.journal_break import BreakDialog
from ui.journal_export import JournalExportDialog
from ui.opened_data import OpenedDialog
from ui.program import Program
from ui.settings_journal import BreakLine
from ui.sign_in import SignIn
from ui.traveler_request import TravelerRequestDialog
from ui.trouble import send_away
from ui.welcome import Welcome
from ui.widgets.action_row import ActionRow
from ui.widgets.dialog import Dialog
from ui.widgets.toast import Toast
from ui.widgets.verdict_card import VerdictCard

PHRASE = "an example phrase"
WAYS = (("light", 1.0), ("dark", 1.0), ("dark", 1.5))


class StillPlace(Place):
    """Real data, at a time that stands still."""

    def set_clock(self, desk: Desk) -> None:
        desk.clock = lambda: NOW


class Stand:
    """The program at a place, in one look; each picture is kept under its name."""

    def __init__(self, place: Place, folder: Path, ending: str, size: tuple[int, int], name: str) -> None:
        self.folder, self.ending = folder, ending
        self.program = Program(place, app.SCREENS)
        theme.apply(self.program.app, theme.Theme(name))
        self.window = self.program.window
        self.window.resize(*size)
        self.program.show()
        self.window.activateWindow()
        self.settle()

    @property
    def host(self) -> QWidget:
        """What dialogs lie over."""
        return self.window.overlay_host

    def settle(self, until: Callable[[], object] = lambda: True, seconds: float = 8) -> None:
        """Until it is so, every lane is idle and all is painted."""
        over, calm = QDeadlineTimer(int(seconds * 1000)), 0
        while calm < 6 and not over.hasExpired():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            calm = calm + 1 if until() and self.program.is_quiet() else 0

    def shot(self, name: str, *, wait: bool = True) -> None:
        """Keep the picture of the window."""
        if wait:
            self.settle()
        for toast in self.window.findChildren(Toast) if not name.startswith(("today", "online")) else ():
            toast.hide()
        for _ in range(3):
            QCoreApplication.processEvents()
        self.window.grab().save(str(self.folder / f"{name}-{self.ending}.png"))

    def go(self, word: str, **what: object) -> None:
        """To a screen."""
        self.window.go(word, **what)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """A text, wherever the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def section(self, word: str, name: str = "") -> None:
        """A page of the settings, from its head to its foot."""
        self.go("settings", section=word)
        self.shot(name or f"settings-{word}")
        self.foot(f"{name or f'settings-{word}'}-foot")

    def foot(self, name: str) -> None:
        """The same page, scrolled down as far as it goes."""
        page = self.window.screen_in_front
        for area in page.findChildren(QScrollArea):
            bar = area.verticalScrollBar()
            if area.isVisible() and bar.maximum() > 0:
                bar.setValue(bar.maximum())
                self.shot(name)

    @property
    def page(self) -> QWidget:
        """The page of the settings in front."""
        return self.window.screen_in_front.page  # type: ignore[attr-defined]

    def close_dialogs(self) -> None:
        """Nothing lies over the screen."""
        for one in self.window.findChildren(Dialog):
            if one.isVisible():
                one.leave()
        self.settle()

    def sign_in(self, name: str, secret: str) -> None:
        """By the overlay."""
        asked = next(one for one in self.window.findChildren(SignIn) if one.isVisible())
        asked.name.set_text(name)
        asked.secret.setFocus()
        self.type(secret)
        self.press(Qt.Key.Key_Return)

    def close(self) -> None:
        """The window away."""
        self.window.close()
        self.window.deleteLater()


def fill(desk: Desk, clock: StillClock, folder: Path) -> dict[Kind, str]:
    """An order for each verdict, counters that disagree, a journal that was touched, a staff."""
    gate = a_gate(desk, clock)
    _conflicts(gate, folder)
    tamper(desk, "update journal set action = 'cancel' where seq = 40 and counter_id = 1")
    a_night(desk)
    with_staff(desk, "Mina Example", pin=PIN)
    with_staff(desk, "Jonas Muster", Role.REDEEM, pin="2580")
    groups.keep_group("Harbour", people=(2, 3), products=(1,), desk=desk)
    return gate.codes


def _conflicts(gate: Gate, folder: Path) -> None:
    names = ("Anna Example", "Emily Example", "Nina Muster")
    orders = [an_order(gate, confirm=False, adults=2, name=name) for name in names]
    for one in orders:
        reservations.confirm(one, desk=gate.desk, overbook="They stand here")
    codes = [
        ticket_code(t.number, t.key_version, desk=gate.desk)
        for t in (tickets(gate.desk, one)[0] for one in orders)
    ]
    replica = Replica(folder, gate.clock)
    replica.follow(gate.desk)
    alone = replica.desk("Desk")
    checkin.scan(codes[0], desk=gate.desk.at_counter("Gate 2"), scan_id="a" * 36)
    reservations.request_cancel(orders[1], desk=gate.desk)
    reservations.accept(orders[1], desk=gate.desk)
    reservations.unconfirm(orders[2], desk=gate.desk)
    for number, code in enumerate(codes):
        gate.clock.set(gate.clock() + timedelta(minutes=2))
        checkin.scan(code, desk=alone, scan_id=str(number) * 36)
    hand_over(replica, gate.desk)
    replica.close()
    gate.clock.set(NOW)


def people(stand: Stand) -> None:
    """Signing in, wrong, a change of person, an idle lock."""
    stand.shot("sign-in")
    stand.sign_in("Owner", "something else")
    stand.shot("sign-in-wrong")
    stand.sign_in("Owner", OWNERS_PASSWORD)
    stand.shot("today")
    stand.program.fittings.people.change_person()
    stand.shot("change-person")
    stand.press(Qt.Key.Key_Escape)
    stand.program.fittings.people.lock("idle")
    stand.shot("locked")
    stand.program.fittings.gate.take(Scan("0" * 26, "wedge"))
    stand.shot("locked-scanned")
    stand.sign_in("Owner", OWNERS_PASSWORD)


def incidents(stand: Stand) -> None:
    """Each conflict, words at the gate, and that nothing is left."""
    stand.go("incidents")
    screen = stand.window.screen_in_front
    assert isinstance(screen, Incidents)
    for number in range(screen.board.model_.rowCount()):
        screen.board.go_to(number)
        stand.shot(f"incidents-{number + 1}")
    warn = [one for one in screen.panel.findChildren(ActionRow) if one.text().startswith("Warn")]
    for row in warn:
        row.click()
        stand.shot("incidents-warn")
    stand.close_dialogs()


def settings(stand: Stand) -> None:
    """The pages of the database, the staff and privacy at a shared database."""
    stand.section("database", "settings-joining")
    stand.page.counters.name.set_text("Harbour")  # type: ignore[attr-defined]
    stand.page.counters.make.click()  # type: ignore[attr-defined]
    stand.shot("settings-joining-code")
    stand.foot("settings-joining-code-foot")
    stand.section("staff")
    stand.page.people.name.set_text("Nora Sample")  # type: ignore[attr-defined]
    stand.page.people.invite.click()  # type: ignore[attr-defined]
    stand.shot("settings-staff-invited")
    stand.section("privacy")


def privacy(stand: Stand) -> None:
    """A traveler's request, the journal's questions and its break."""
    at = stand.program.fittings.at
    request = TravelerRequestDialog(at, stand.host)
    request.ask()
    stand.shot("request-empty")
    request.text.set_text("Example")
    request.search.click()
    stand.settle()
    request._model.tick(request._model.rows[0], True)
    stand.shot("request")
    request.accepted.emit()
    stand.shot("request-erase")
    stand.close_dialogs()
    OpenedDialog(at, stand.host).ask()
    stand.shot("opened-data")
    stand.close_dialogs()
    JournalExportDialog(at, stand.host).ask()
    stand.shot("journal-export")
    stand.close_dialogs()
    stand.go("settings", section="privacy")
    for line in stand.page.findChildren(BreakLine)[:1]:
        line.button.click()
        stand.settle()
        for dialog in stand.window.findChildren(BreakDialog):
            dialog.accepted.emit()
        stand.shot("journal-break")
    stand.close_dialogs()


def meanwhile(stand: Stand, made: int) -> None:
    """What others did while a question is open."""
    stand.go("details", reservation=made)
    for word in ("confirm", "hold", "cancel"):
        getattr(stand.program.fittings.deeds, word)(made)
        stand.settle()
        for dialog in stand.window.findChildren(Dialog):
            if dialog.isVisible():
                dialog.tell_meanwhile("Mina Example added a note, at Gate 2 (and 2 more before)")
        stand.shot(f"meanwhile-{word}")
        stand.close_dialogs()


def starts(stand: Stand) -> None:
    """A crash that is told, one with a journal that does not agree, and a second copy."""
    going = (Going("checkin.scan", "let people in", NOW), Going("sale.sell", "sell", NOW))
    file = str(stand.program.place.folder / "crash-before.txt")
    Path(file).write_text("Fatal Python error: an example")
    crash = Crash(NOW, going, file)
    for name, one, chain in (
        ("crash", crash, Chain("Desk", 200, None)),
        ("crash-broken", Crash(NOW, (), ""), Chain("Desk", 200, 40)),
    ):
        show_crash(stand.host, one, chain, "Asia/Seoul")
        stand.shot(name)
        stand.close_dialogs()


def offline(stand: Stand, server: OwnServer, codes: dict[Kind, str]) -> None:
    """Nothing, some and many wait; what is shown and refused meanwhile; online again."""
    stand.go("today")
    afloat = stand.program._in_step.afloat
    assert afloat is not None
    stand.settle(lambda: afloat.standing.synced_at is not None, 20)
    server.freeze()
    stand.settle(lambda: afloat.standing.is_offline, 20)
    stand.shot("offline-today-0")
    stand.go("checkin")
    gate = stand.program.fittings.gate
    for kind in (Kind.ADMIT, Kind.COLLECT, Kind.USED, Kind.CHECK):
        gate.take(Scan(codes[kind], "wedge"))
        stand.settle(seconds=3)
        stand.shot(f"offline-verdict-{kind.lower()}")
        for card in stand.window.findChildren(VerdictCard):
            card.leave()
        stand.settle()
    for word in ("checkin", "today", "reservations", "incidents", "calendar"):
        stand.go(word)
        stand.shot(f"offline-{word}")
    stand.go("details", reservation=10001)
    stand.shot("offline-details")
    stand.go("settings", section="staff")
    stand.shot("offline-settings")
    stand.go("sell")
    stand.shot("offline-sell")
    server.thaw()
    stand.settle(lambda: not afloat.standing.is_offline, 20)
    stand.shot("online-again")


def one_way(
    server: OwnServer, codes: dict[Kind, str], folder: Path, ending: str, size: tuple[int, int], name: str
) -> None:
    """Everything at a shared database, in one look."""
    database = f"gate_{ending.replace('-', '_')}"
    server.server.tell(f"create database {database} template gate")
    with tempfile.TemporaryDirectory() as home:
        stand = Stand(
            StillPlace(Path(home), told_database=server.server.url(database)), folder, ending, size, name
        )
        stand.settle(
            lambda: stand.program.is_open and any(o.isVisible() for o in stand.window.findChildren(SignIn))
        )
        people(stand)
        incidents(stand)
        settings(stand)
        privacy(stand)
        meanwhile(stand, int(codes[Kind.NOT_CONFIRMED].removeprefix("CF-")))
        starts(stand)
        offline(stand, server, codes)
        stand.close()


def one_file(folder: Path, ending: str, size: tuple[int, int], name: str) -> None:
    """The first start, a file of one's own: its move, its backups; and a second copy."""
    with tempfile.TemporaryDirectory() as home:
        stand = Stand(StillPlace(Path(home) / "new"), folder, ending, size, name)
        stand.settle(lambda: stand.window.findChildren(Welcome))
        stand.shot("welcome")
        welcome = stand.window.findChild(Welcome)
        assert welcome is not None
        QTest.keyClick(welcome, Qt.Key.Key_3)
        stand.settle()
        welcome._address.set_text("postgresql://desk@127.0.0.1:9/counterfoil")
        welcome._try.click()
        stand.shot("welcome-address")
        stand.close()
        place = StillPlace(Path(home) / "desk")
        desk = place.open("Desk")
        a_gate(desk, StillClock(NOW))
        desk.database.close()
        stand = Stand(place, folder, ending, size, name)
        stand.settle(lambda: stand.program.is_open)
        stand.section("database")
        stand.page.mover.address.set_text("postgresql://desk:example@127.0.0.1:9/counterfoil")  # type: ignore[attr-defined]
        stand.page.mover.start.click()  # type: ignore[attr-defined]
        stand.settle()
        stand.foot("settings-database-refused")
        stand.section("backup", "settings-backup-new")
        desk = stand.program.desk()
        backup.keep_passphrase(PHRASE, desk=desk)
        backup.back_up(desk=desk)
        stand.page._ask()  # type: ignore[attr-defined]
        stand.settle()
        stand.page.trial.start.click()  # type: ignore[attr-defined]
        stand.settle()
        stand.section("backup")
        send_away(CannotDo("running-already", folder=str(place.folder)), stand.window)
        stand.shot("second-copy")
        stand.close()


@contextmanager
def a_server() -> Iterator[tuple[OwnServer, dict[Kind, str]]]:
    """A server that may be frozen, with the database `gate` on it, and what to scan."""
    programs = newest_programs()
    assert programs is not None, "PostgreSQL's server programs are not here"
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-gallery-"))
    server = OwnServer(programs, folder)
    try:
        server.server.tell("create database gate")
        clock = StillClock(NOW)
        desk = open_desk(server.server.url("gate"), clock=clock)
        with tempfile.TemporaryDirectory() as home:
            codes = fill(desk, clock, Path(home))
        desk.database.close()
        yield server, codes
    finally:
        if server.runs:
            server.kill()
        shutil.rmtree(folder)


def main(folder: Path, size: tuple[int, int], only: str = "") -> None:
    """All pictures, by day, by night, and by night with large letters."""
    passwords.PROFILE = "CHEAPEST"
    sealed._COST = 4
    folder.mkdir(parents=True, exist_ok=True)
    with a_server() as (server, codes):
        for name, scale in WAYS:
            fonts.system_scale = lambda scale=scale: scale  # type: ignore[assignment]
            ending = f"{name}-{round(scale * 100)}-{size[0]}"
            if only not in ending:
                continue
            one_way(server, codes, folder, ending, size, name)
            one_file(folder, ending, size, name)
            print(ending)


if __name__ == "__main__":
    _told = sys.argv[2:]
    _only = next((word for word in _told if word != "small"), "")
    main(Path(sys.argv[1]), (1024, 640) if "small" in _told else (1280, 800), _only)
