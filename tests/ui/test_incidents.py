"""Two counters let the same guests in: Today says so, and a manager decides by a digit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import insert, select

from controllers import checkin, incidents
from controllers.desk import Desk
from controllers.offline.handing import hand_over
from controllers.offline.replica import Replica
from models.reservations import Status
from models.tables import Incident
from tests.alone import IN_TIME, a_code
from tests.builders import a_product, a_reservation, reservation
from tests.fakes import StillClock
from tests.ui.desk_window import DeskWindow
from ui.incidents import Incidents
from ui.today import Today

_I: Any = Incident.__table__


@pytest.fixture
def twice(a_desk: Desk, clock: StillClock, tmp_path: Path) -> int:
    """A reservation of which two guests came in here, and two again at a counter that was alone."""
    a_product(a_desk, capacity=20)
    one = a_reservation(a_desk, Status.CONFIRMED, party=2)
    clock.set(IN_TIME)
    code = a_code(a_desk, one)
    replica = Replica(tmp_path, clock)
    replica.follow(a_desk)
    alone = replica.desk("Desk")
    checkin.scan(code, desk=a_desk.at_counter("Gate 2"), scan_id="a" * 36)
    clock.forward(minutes=2)
    checkin.scan(code, desk=alone, scan_id="b" * 36)
    hand_over(replica, a_desk)
    replica.close()
    return one


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk, twice: int) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, a_desk, {"today": Today, "incidents": Incidents})
    yield made
    made.close()


def at_the_screen(here: DeskWindow) -> Incidents:
    here.go("incidents")
    screen = here.window.screen_in_front
    assert isinstance(screen, Incidents)
    return screen


def test_today_says_that_counters_disagree_and_leads_there(here: DeskWindow) -> None:
    here.go("today")
    today = here.window.screen_in_front
    assert isinstance(today, Today)
    chores = today.cards.chores
    first = next(one for one in chores.model_.rows if one.goes == "incidents")
    assert first.sentence == "Two counters disagree about 1 scan"
    chores.opened.emit(first)
    here.quiet()
    assert here.window.word == "incidents"


def test_a_line_tells_both_counters_both_times_and_whom(here: DeskWindow) -> None:
    screen = at_the_screen(here)
    told = "\n".join(
        screen.board.model_.index(0, n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(3)
    )
    assert "2 guests were let in twice" in told
    assert "Gate 2" in told
    assert "Desk" in told
    assert "CF-" in here.said(screen.panel)


def test_a_digit_decides_and_the_list_is_empty(here: DeskWindow, a_desk: Desk) -> None:
    screen = at_the_screen(here)
    here.press(Qt.Key.Key_1)
    assert here.toast == "Decided: Leave it as it is"
    assert incidents.count_incidents(desk=a_desk) == 0
    assert "All counters agree" in here.said(screen)
    assert here.keyboard is screen, "Esc leads back from here"


def test_a_warning_wants_words_and_is_read_at_the_gate(here: DeskWindow, a_desk: Desk, twice: int) -> None:
    screen = at_the_screen(here)
    warn = next(n for n, row in enumerate(screen.panel.deeds, 1) if row.text().startswith("Warn"))
    here.press(Qt.Key(Qt.Key.Key_0 + warn))
    here.type("Copied voucher")
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert here.dialog is None
    assert reservation(a_desk, twice).attention == "Copied voucher"


def test_words_that_were_not_given_after_all_do_not_hinder_another_decision(
    here: DeskWindow, a_desk: Desk
) -> None:
    screen = at_the_screen(here)
    warn = next(n for n, row in enumerate(screen.panel.deeds, 1) if row.text().startswith("Warn"))
    here.press(Qt.Key(Qt.Key.Key_0 + warn))
    asked = here.dialog
    here.press(Qt.Key.Key_Escape)
    here.qtbot.waitUntil(lambda: not isValid(asked))
    here.press(Qt.Key.Key_1)
    assert here.toast == "Decided: Leave it as it is"
    assert screen.board.model_.rowCount() == 0


def test_all_that_is_to_decide_is_counted_and_the_rest_comes_at_the_end_of_the_list(
    here: DeskWindow, a_desk: Desk
) -> None:
    with a_desk.work() as work:
        row = dict(work.connection.execute(select(_I)).mappings().one())
        more = [row | {"id": f"{n:036}"} for n in range(60)]
        work.connection.execute(insert(_I), more)
    screen = at_the_screen(here)
    assert screen.subtitle() == "61 to decide"
    here.press(Qt.Key.Key_End)
    here.quiet()
    assert screen.board.model_.rowCount() == 61
    screen.board.go_to(55)
    before = screen.board.row.id
    here.press(Qt.Key.Key_F5)
    assert (screen.board.model_.rowCount(), screen.board.row.id) == (61, before), "whoever looks stays there"


def test_enter_opens_the_reservation(here: DeskWindow) -> None:
    at_the_screen(here)
    here.press(Qt.Key.Key_Return)
    assert here.window.word == "details"


def test_a_decision_that_somebody_else_made_is_said(here: DeskWindow, a_desk: Desk) -> None:
    screen = at_the_screen(here)
    row = screen.board.row
    incidents.decide_incident(row.id, row.offered[0], desk=a_desk)
    here.press(Qt.Key.Key_1)
    here.quiet()
    assert screen.board.model_.rowCount() == 0
