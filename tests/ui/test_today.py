"""The dashboard: what waits is counted, the most urgent can be answered, and everything leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.desk import Desk
from models.reservations import Status
from models.rows import Filter
from tests.builders import a_product, a_reservation
from tests.fakes import StillClock
from tests.ui.at_a_desk import at_a_desk, shown, wanders
from ui.at_desk import AtDesk
from ui.today import Today
from ui.today_queue import COLUMNS, answer_word
from ui.widgets.button import Button

TODAY = "2027-01-15"


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


def opened(qtbot: QtBot, at: AtDesk, **how: Any) -> Today:
    screen = Today(at)
    return shown(qtbot, screen, until=lambda: screen.subtitle() != "", **how)


def urgent_ids(screen: Today) -> list[int]:
    model = screen.cards.queue.model_
    return [model.row(at).row.id for at in range(model.rowCount())]


def cell(screen: Today, row: int, key: str) -> str:
    model = screen.cards.queue.model_
    column = next(at for at, one in enumerate(COLUMNS) if one.key == key)
    return model.data(model.index(row, column), int(Qt.ItemDataRole.AccessibleTextRole))


def press_c(qtbot: QtBot, screen: Today) -> None:
    qtbot.keyClick(screen.cards.queue, Qt.Key.Key_C)


def test_first_day_offers_to_import(qtbot: QtBot, at: AtDesk) -> None:
    screen = opened(qtbot, at)
    went = wanders(screen)
    assert screen.cards.first_day.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert went == [("imports", {})]


def test_the_subtitle_says_as_of_when(qtbot: QtBot, at: AtDesk) -> None:
    assert opened(qtbot, at).subtitle() == "Friday 15 January, as of 10:00"


def test_an_unconfirmed_order_is_counted_and_its_list_opened(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    went = wanders(screen)
    assert "Unconfirmed 1" in screen.cards.strip.accessibleName()
    screen.cards.strip.setFocus()
    qtbot.keyClick(screen.cards.strip, Qt.Key.Key_Return)
    assert went == [("reservations", {"wanted": Filter(needs="unconfirmed"), "title": "Unconfirmed"})]


def test_numbers_say_since_when_the_oldest_waits(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.CANCEL_REQUESTED)
    clock.forward(hours=2, minutes=10)
    screen = opened(qtbot, at)
    for _ in range(2):
        qtbot.keyClick(screen.cards.strip, Qt.Key.Key_Right)
    assert screen.cards.strip.accessibleName().endswith("To be cancelled 1, the oldest for 2 h 10")


def test_the_nearest_promise_stands_first(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk, confirm_within={"days": 1, "from": "departure"})
    later = a_reservation(a_desk, date="2027-02-09")
    sooner = a_reservation(a_desk, date="2027-01-19")
    assert urgent_ids(opened(qtbot, at)) == [sooner, later]


def test_c_confirms_the_selected_order(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    first, second = a_reservation(a_desk, date="2027-01-18"), a_reservation(a_desk, date="2027-01-20")
    screen = opened(qtbot, at)
    press_c(qtbot, screen)
    qtbot.keyClick(screen.cards.queue, Qt.Key.Key_Down)
    press_c(qtbot, screen)
    assert at.deeds.asked == [("confirm", first), ("confirm", second)]  # type: ignore[attr-defined]


def test_who_asks_to_cancel_is_answered(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    asked = a_reservation(a_desk, Status.CANCEL_REQUESTED)
    screen = opened(qtbot, at)
    assert cell(screen, 0, "answer") == "Answer"
    press_c(qtbot, screen)
    assert at.deeds.asked == [("cancel", asked)]  # type: ignore[attr-defined]


def test_the_button_of_a_row_answers_that_row(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, date="2027-01-18")
    second = a_reservation(a_desk, date="2027-01-20")
    screen = opened(qtbot, at)
    queue = screen.cards.queue
    place = queue.visualRect(queue.model_.index(1, len(COLUMNS) - 1)).center()
    qtbot.mouseClick(queue.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert at.deeds.asked == [("confirm", second)]  # type: ignore[attr-defined]


def test_enter_opens_the_details(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk)
    screen = opened(qtbot, at)
    went = wanders(screen)
    qtbot.keyClick(screen.cards.queue, Qt.Key.Key_Return)
    assert went == [("details", {"reservation": made})]


def test_missing_seats_are_told_and_the_button_says_resolve(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk, capacity=4)
    a_reservation(a_desk, Status.CONFIRMED, party=3)
    a_reservation(a_desk, party=3)
    screen = opened(qtbot, at)
    assert cell(screen, 0, "seats") == "seats 3 to 6 of 4, 2 short"
    assert answer_word(screen.cards.queue.row) == "Resolve"


def test_nothing_needs_you_leads_to_checkin(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.CONFIRMED, date=TODAY)
    screen = opened(qtbot, at)
    went = wanders(screen)
    assert screen.cards.calm.accessibleName() == "Nothing needs you 2 guests today, 0 are in."
    qtbot.mouseClick(screen.cards.calm.findChild(Button), Qt.MouseButton.LeftButton)
    assert went == [("checkin", {})]


def test_a_confirmed_order_leaves_and_the_cursor_takes_the_next(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    made = [a_reservation(a_desk, date=f"2027-01-2{day}") for day in range(3)]
    screen = opened(qtbot, at)
    at.background.changed.connect(screen.refresh)
    qtbot.keyClick(screen.cards.queue, Qt.Key.Key_Down)
    reservations.confirm(made[1], desk=a_desk)
    qtbot.waitUntil(lambda: urgent_ids(screen) == [made[0], made[2]])
    assert screen.cards.queue.row.row.id == made[2]


def test_typing_elsewhere_is_not_disturbed_by_an_answer(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk)
    screen = opened(qtbot, at)
    screen.cards.strip.setFocus()
    reservations.confirm(made, desk=a_desk)
    screen.ask()
    qtbot.waitUntil(lambda: screen.cards.calm.isVisible())
    assert screen.cards.strip.hasFocus()


def test_awaited_payments_are_to_settle(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.AWAITING_PAYMENT)
    screen = opened(qtbot, at)
    went = wanders(screen)
    settle = screen.cards.settle
    assert settle.model_.row(0).sentence == "1 order awaits payment"
    settle.setFocus()
    qtbot.keyClick(settle, Qt.Key.Key_Return)
    assert went == [
        ("reservations", {"wanted": Filter(needs="awaiting-payment"), "title": "Awaiting payment"})
    ]


def test_todays_departure_opens_its_guests(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.CONFIRMED, date=TODAY)
    screen = opened(qtbot, at)
    went = wanders(screen)
    departures = screen.cards.departures
    place = departures.visualRect(departures.model_.index(0, 1)).center()
    qtbot.mouseClick(departures.viewport(), Qt.MouseButton.LeftButton, pos=place)
    ((word, what),) = went
    assert (word, what["title"]) == ("reservations", "14:00 Tea House Walk, Afternoon")
    assert what["wanted"].departure_id == departures.model_.row(0).departure_id


def test_a_day_of_the_week_opens_in_the_calendar(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, date="2027-01-16")
    screen = opened(qtbot, at)
    went = wanders(screen)
    lines = screen.cards.week.lines
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Right)
    assert "Saturday 16 January" in lines.accessibleName()
    assert "2 to confirm" in lines.accessibleName()
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    assert went == [("calendar", {"day": date(2027, 1, 16)})]


def test_the_time_left_follows_the_clock(qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock) -> None:
    a_product(a_desk, confirm_within={"days": 1, "from": "order"})
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    before = cell(screen, 0, "left")
    clock.forward(hours=1)
    assert cell(screen, 0, "left") != before


def test_no_name_is_on_the_dashboard(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, sold_by="kkday", name="HIDDEN, EXAMPLE")
    screen = opened(qtbot, at)
    told = " ".join(cell(screen, 0, column.key) for column in COLUMNS)
    assert "KKday" in told
    assert "HIDDEN" not in told


@pytest.mark.parametrize("size", [(1282, 680), (1704, 984)])
def test_it_can_be_seen_in_both_sizes(qtbot: QtBot, a_desk: Desk, at: AtDesk, size: tuple[int, int]) -> None:
    a_product(a_desk)
    a_reservation(a_desk, date=TODAY)
    screen = opened(qtbot, at, size=size)
    assert not screen.grab().isNull()
    assert screen.cards.queue.viewport().height() >= screen.cards.queue.rows_height(3)
