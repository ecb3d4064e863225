"""The screen that closes trips: approved by one key, single ones left out, taken back by another key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from controllers import checkin, reservations, trips
from controllers.background import Lane
from controllers.desk import Desk
from controllers.viewing import see_details
from controllers.watching import Watch
from models.outbox import LetterState
from models.reservations import Status
from models.tables import OutboxRow
from tests.builders import a_product, a_reservation, reservation
from tests.controllers.test_trips import ENDS, IN_TIME, a_trip, statuses
from tests.fakes import StillClock
from tests.ui.calendar_desk import into_the_day
from tests.ui.desk_window import DeskWindow
from tests.ui.slow_lanes import held
from ui.by_the_clock import ByTheClock
from ui.history_words import history_words
from ui.today import Today
from ui.trip_deeds import LateUndoDialog, UndoClosingDialog
from ui.trips import TripsScreen
from ui.working import Working


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    made = DeskWindow(qtbot, a_desk, {"trips": TripsScreen, "today": Today})
    yield made
    made.close()


def the_screen(here: DeskWindow, **what: object) -> TripsScreen:
    here.window.go("trips", **what)
    here.quiet()
    screen = here.window.screen_in_front
    assert isinstance(screen, TripsScreen)
    return screen


def the_clock_works(here: DeskWindow) -> list[str]:
    """This desk does the work by the clock for a moment; what it told."""
    told: list[str] = []
    by_clock, watch = ByTheClock(here.background, here.door, here.window), Watch(here.desk)
    by_clock.done.connect(told.append)
    by_clock.start(watch)
    here.qtbot.waitUntil(lambda: bool(by_clock.working and by_clock.working.is_through))
    by_clock.close()
    here.quiet()
    watch.close()
    return told


def said_rows(table: object) -> list[str]:
    model = table.model_  # type: ignore[attr-defined]
    role = int(Qt.ItemDataRole.AccessibleTextRole)
    return [
        "; ".join(str(model.data(model.index(row, column), role)) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_a_trip_is_shown_with_who_came_and_who_did_not(here: DeskWindow, clock: StillClock) -> None:
    a_trip(here.desk, clock, came=1, missing=1)
    screen = the_screen(here)
    assert said_rows(screen.board) == [
        "Today 14:00, Tea House Walk, Afternoon; 1 redeemed, 1 no-show, 2 in, 2 missing"
    ]
    missing, came = said_rows(screen.panel.orders)
    assert missing.startswith("; Guest Sample 1, CF-")
    assert missing.endswith("nobody of 2; No-show")
    assert came.endswith("2 of 2 in; Redeemed")
    assert "1 redeemed, 1 no-show" in here.said(screen.panel)


def test_e_closes_it_and_ctrl_z_takes_it_back(here: DeskWindow, clock: StillClock) -> None:
    made = a_trip(here.desk, clock, came=2, missing=1)
    screen = the_screen(here)
    here.press(Qt.Key.Key_E)
    assert statuses(here.desk, made) == ["REDEEMED", "REDEEMED", "NO_SHOW"]
    assert here.toast == "Closed: 2 redeemed, 1 no-show"
    assert "Every trip is closed" in here.said(screen)
    here.deeds.take_back_last()
    here.quiet()
    assert statuses(here.desk, made) == ["CONFIRMED"] * 3
    assert here.toast == "Taken back: 3 orders are confirmed again."
    assert "proposed again" in said_rows(screen.board)[0]


def test_space_leaves_a_single_one_as_it_is(here: DeskWindow, clock: StillClock) -> None:
    made = a_trip(here.desk, clock, came=1, missing=1)
    screen = the_screen(here)
    here.press(Qt.Key.Key_Right)
    assert screen.panel.orders.hasFocus()
    here.press(Qt.Key.Key_Space)
    assert said_rows(screen.panel.orders)[0].endswith("Stays")
    assert "1 redeemed, 1 stays" in here.said(screen.panel)
    here.press(Qt.Key.Key_E)
    assert statuses(here.desk, made) == ["REDEEMED", "CONFIRMED"]
    assert here.toast == "Closed: 1 redeemed, 1 stays"
    assert "It was closed before" in here.said(screen.panel)


def test_what_somebody_left_stays_left_when_others_change_something(
    here: DeskWindow, clock: StillClock
) -> None:
    a_trip(here.desk, clock, came=1, missing=1)
    screen = the_screen(here)
    here.press(Qt.Key.Key_Right)
    here.press(Qt.Key.Key_Space)
    here.window.refresh_quietly(frozenset({"reservations"}))
    here.quiet()
    assert len(screen.panel.left) == 1


def test_what_somebody_left_stays_left_while_another_trip_is_looked_at(
    here: DeskWindow, clock: StillClock
) -> None:
    a_trip(here.desk, clock, came=1, missing=1)
    a_product(here.desk, "BOAT", "Boat Trip")
    a_reservation(here.desk, Status.CONFIRMED, product="Boat Trip")
    screen = the_screen(here)
    first = next(at for at, words in enumerate(said_rows(screen.board)) if "Tea House Walk" in words)
    screen.board.go_to(first)
    here.quiet()
    screen.panel.orders.setFocus()
    screen.panel.orders.go_to(0)
    here.press(Qt.Key.Key_Space)
    left = screen.panel.left
    assert len(left) == 1
    for at in (1 - first, first):
        screen.board.go_to(at)
        here.quiet()
    assert screen.panel.left == left


def test_nobody_ticked_cannot_be_closed(here: DeskWindow, clock: StillClock) -> None:
    made = a_trip(here.desk, clock, came=0, missing=1)
    the_screen(here)
    here.press(Qt.Key.Key_Right)
    here.press(Qt.Key.Key_Space)
    here.press(Qt.Key.Key_E)
    assert statuses(here.desk, made) == ["CONFIRMED"]
    assert not here.button("Close the trip").isEnabled()


def test_a_trip_that_another_counter_closed_meanwhile_says_so(here: DeskWindow, clock: StillClock) -> None:
    a_trip(here.desk, clock)
    screen = the_screen(here)
    here.desk.listeners.clear()
    trips.close_trip(screen.panel.trip.key, desk=here.desk)  # type: ignore[union-attr]
    screen.deeds.close_trip(screen.panel.trip.key, screen.panel.seen, screen.panel.left)  # type: ignore[union-attr]
    here.quiet()
    assert "Nobody is left on this trip" in screen.panel._no.accessibleName()
    assert "Every trip is closed" in here.said(screen)


def test_a_close_is_taken_back_from_the_list(here: DeskWindow, clock: StillClock) -> None:
    made = a_trip(here.desk, clock)
    trips.close_trip(trips.see_trips(desk=here.desk).to_close[0].key, desk=here.desk)
    clock.forward(minutes=20)
    screen = the_screen(here)
    assert said_rows(screen.made)[0].endswith("16:00 by Owner: 1 redeemed, 1 no-show; Take back")
    screen.made.setFocus()
    here.press(Qt.Key.Key_Return)
    assert "confirmed again, and comment letters that wait do not leave" in here.said(here.dialog)
    here.press(Qt.Key.Key_Return)
    assert statuses(here.desk, made) == ["CONFIRMED", "CONFIRMED"]
    assert "taken back by Owner" in said_rows(screen.made)[0]


def test_a_manager_is_asked_why_when_a_letter_has_left(here: DeskWindow, clock: StillClock) -> None:
    made = a_trip(here.desk, clock)
    the_screen(here)
    here.press(Qt.Key.Key_E)
    with here.desk.work() as work:
        sent = update(OutboxRow).where(OutboxRow.kind == "comment").values(state=LetterState.SENT)
        work.connection.execute(sent)
    here.deeds.take_back_last()
    here.quiet()
    assert isinstance(here.dialog, LateUndoDialog)
    assert "letters of this close have left and cannot be called back: 1." in here.said(here.dialog)
    here.type("The wrong trip")
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert statuses(here.desk, made) == ["CONFIRMED", "CONFIRMED"]
    assert here.toast.endswith("1 comment letter has left already.")


def test_today_tells_it_and_leads_there(here: DeskWindow, clock: StillClock) -> None:
    a_trip(here.desk, clock, came=1, missing=1)
    here.window.go("today")
    here.quiet()
    today = here.window.screen_in_front
    assert isinstance(today, Today)
    matter = next(one for one in today.cards.chores.model_.rows if one.goes == "trips")
    assert (matter.sentence, matter.detail) == ("1 trip has ended and is to be closed", "2 orders")
    today.cards.chores.opened.emit(matter)
    here.quiet()
    assert here.window.word == "trips"


@pytest.mark.parametrize("by_mouse", [False, True])
def test_e_leads_there_from_a_departure_of_the_calendar(
    here: DeskWindow, clock: StillClock, by_mouse: bool
) -> None:
    first = a_trip(here.desk, clock)
    clock.set(IN_TIME)
    a_product(here.desk, "BOAT", "Night Boat", starts="14:30")
    a_reservation(here.desk, Status.CONFIRMED, product="Night Boat", option="Afternoon")
    clock.set(ENDS + timedelta(hours=1))
    into_the_day(here)
    here.click("Close the trip") if by_mouse else here.press(Qt.Key.Key_E)
    screen = here.window.screen_in_front
    assert isinstance(screen, TripsScreen)
    assert screen.panel.trip is not None
    assert screen.panel.trip.key.departure_id == reservation(here.desk, first[0]).departure_id
    assert len(screen.board.model_.rows) == 2


def test_the_clock_closes_from_the_window_and_says_so(here: DeskWindow, clock: StillClock) -> None:
    made = a_trip(here.desk, clock, trip_closes="clock", trip_grace_minutes=30)
    screen = the_screen(here)
    assert "closes by itself at 16:30" in said_rows(screen.board)[0]
    told = the_clock_works(here)
    assert (told, statuses(here.desk, made)) == ([], ["CONFIRMED", "CONFIRMED"])
    clock.forward(minutes=30)
    told = the_clock_works(here)
    assert (told, statuses(here.desk, made)) == (["The clock has closed 1 trip"], ["REDEEMED", "NO_SHOW"])
    assert "by the clock: 1 redeemed, 1 no-show" in said_rows(screen.made)[0]


def test_tickets_that_nobody_used_are_told_by_their_product(here: DeskWindow, clock: StillClock) -> None:
    a_product(here.desk, "PASS", "Palace Pass", validity="open", valid_days=30)
    one = a_reservation(here.desk, Status.CONFIRMED, product="Palace Pass")
    clock.forward(days=40)
    screen = the_screen(here)
    said = here.said(screen.panel)
    assert (said.count("Palace Pass"), said.count("tickets that are spent or out of date, 2 missing")) == (
        1,
        1,
    )
    here.press(Qt.Key.Key_E)
    assert statuses(here.desk, [one]) == ["NO_SHOW"]


def test_the_history_says_that_it_was_the_clock(here: DeskWindow, clock: StillClock) -> None:
    came, missing = a_trip(here.desk, clock, trip_closes="clock", trip_grace_minutes=0)
    the_clock_works(here)
    said = [history_words(see_details(one, desk=here.desk).history[0]) for one in (came, missing)]
    assert [(words.head, words.text) for words in said] == [
        ("The clock closed the trip: redeemed", "as its product says"),
        ("The clock closed the trip: a no-show", "as its product says"),
    ]


def test_the_clock_looks_where_nobody_waits_for_it(here: DeskWindow, clock: StillClock) -> None:
    made = a_trip(here.desk, clock, trip_closes="clock", trip_grace_minutes=30)
    clock.forward(minutes=30)
    watch = Watch(here.desk)
    working = Working(here.background, here.desk, watch, here.window)
    with held(here.background, Lane.DESK), held(here.background, Lane.READING):
        working.start()
        here.qtbot.waitUntil(lambda: statuses(here.desk, made) == ["REDEEMED", "NO_SHOW"])
    here.qtbot.waitUntil(lambda: working.is_through)
    working.close()
    here.quiet()
    watch.close()


def test_taking_back_says_before_what_the_channels_know_already(here: DeskWindow, clock: StillClock) -> None:
    a_product(here.desk)
    one = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday")
    reservations.tick_off(one, desk=here.desk)
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=here.desk)
    clock.set(ENDS)
    screen = the_screen(here)
    here.press(Qt.Key.Key_E)
    reservations.tick_off(one, desk=here.desk)
    here.quiet()
    screen.made.setFocus()
    here.press(Qt.Key.Key_Return)
    assert isinstance(here.dialog, UndoClosingDialog)
    assert "1 is redeemed at its channel already: tell them there." in here.said(here.dialog)
    here.press(Qt.Key.Key_Escape)


def test_the_lists_are_proper_models(qtbot: QtBot, here: DeskWindow, clock: StillClock) -> None:
    a_trip(here.desk, clock, came=1, missing=1)
    screen = the_screen(here)
    for table in (screen.board, screen.panel.orders, screen.made):
        QAbstractItemModelTester(
            table.model_, QAbstractItemModelTester.FailureReportingMode.Fatal, table.model_
        )
    here.press(Qt.Key.Key_E)
    assert len(said_rows(screen.made)) == 1
