"""The dashboard: what waits is counted, the most urgent can be answered, and everything leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from controllers import reservations
from controllers.desk import Desk
from controllers.viewing import see_details
from models.boxes import BOXES
from models.reservations import HOLDERS, Status
from models.rows import Filter
from models.tables import Reservation
from tests.builders import a_product, a_reservation, kkday_row, taken
from tests.fakes import StillClock
from tests.ui.a_today import TODAY, cell, opened, press_c, urgent_ids
from tests.ui.at_a_desk import at_a_desk, wanders
from ui.at_desk import AtDesk
from ui.today_box_words import Face, box_title
from ui.today_boxes import Boxes
from ui.today_queue import COLUMNS, answer_word, departed_ago, left
from ui.widgets.button import Button


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


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
    assert "Unconfirmed 1" in screen.cards.boxes.accessibleName()
    screen.cards.boxes.setFocus()
    qtbot.keyClick(screen.cards.boxes, Qt.Key.Key_Return)
    assert went == [("reservations", {"wanted": Filter(needs="unconfirmed"), "title": "Unconfirmed"})]


def test_a_box_says_since_when_its_oldest_waits(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.CANCEL_REQUESTED)
    clock.forward(hours=2, minutes=10)
    screen = opened(qtbot, at)
    for _ in range(3):
        qtbot.keyClick(screen.cards.boxes, Qt.Key.Key_Right)
    told = screen.cards.boxes.accessibleName()
    assert told.endswith("To be cancelled 1, an answer is asked for, oldest 2 h 10")


@pytest.mark.parametrize(("number", "key"), list(enumerate(BOXES)))
def test_every_box_is_opened_by_its_number_and_by_enter(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, number: int, key: str
) -> None:
    screen = opened(qtbot, at)
    went = wanders(screen)
    qtbot.keyClick(screen.cards.first_day, Qt.Key(Qt.Key.Key_0 + (number + 1) % 10))
    screen.cards.boxes.setFocus()
    qtbot.keyClick(screen.cards.boxes, Qt.Key.Key_Return)
    wanted = Filter(needs=key)
    if key == "departing":
        day = date.fromisoformat(TODAY)
        wanted = Filter(statuses=HOLDERS, first_day=day, last_day=day)
    goes: tuple[str, dict[str, object]] = ("reservations", {"wanted": wanted, "title": box_title(key)})
    if key == "refunds":
        goes = ("refunds", {"tab": "due"})
    if key == "letters":
        goes = ("letters", {"view": "needs-you"})
    assert went == [goes] * 2


def test_an_empty_box_is_good_news_and_asks_for_nothing(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    face = opened(qtbot, at).cards.boxes.face("unmatched")
    assert (face.number, face.meaning, face.quiet, face.family) == ("0", "each has its departure", True, "")


@pytest.mark.parametrize(
    ("hours", "told", "family"),
    [
        (0, "next due in 23 h 00", ""),
        (20, "next due in 3 h 00", "act"),
        (22.5, "next due in 30 min", "stop"),
        (24, "1 past the promise", "stop"),
    ],
)
def test_a_box_turns_amber_then_red_as_the_promise_nears(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock, hours: float, told: str, family: str
) -> None:
    a_product(a_desk, confirm_within={"days": 1, "from": "order"})
    taken(a_desk, kkday_row(ordered="2027-01-15 09:00"))
    clock.forward(hours=hours)
    face = opened(qtbot, at).cards.boxes.face("unconfirmed")
    assert (face.meaning, face.family) == (told, family)


def test_the_cursor_walks_from_the_queue_to_the_boxes_and_back(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    boxes, queue = screen.cards.boxes, screen.cards.queue
    qtbot.keyClick(queue, Qt.Key.Key_Up)
    assert boxes.hasFocus()
    qtbot.keyClick(boxes, Qt.Key.Key_Down)
    assert "To decide" in boxes.accessibleName()
    qtbot.keyClick(boxes, Qt.Key.Key_Down)
    assert queue.hasFocus()


def test_every_box_is_reached_by_the_keyboard_also_one_without_a_digit(qtbot: QtBot) -> None:
    boxes = Boxes()
    qtbot.addWidget(boxes)
    boxes.show_faces(tuple(Face(f"box{n}", "fault", f"Box {n}", "1", "", "") for n in range(11)))
    boxes.resize(700, 240)  # four, four and three
    boxes.show()
    opened_, left = list[str](), list[bool]()
    boxes.opened.connect(opened_.append)
    boxes.left_below.connect(lambda: left.append(True))
    for keys in (
        (Qt.Key.Key_End,),
        (Qt.Key.Key_Home, *[Qt.Key.Key_Right] * 10),
        (Qt.Key.Key_Home, *[Qt.Key.Key_Right] * 7, Qt.Key.Key_Down),
    ):
        for key in (*keys, Qt.Key.Key_Return):
            qtbot.keyClick(boxes, key)
    assert opened_ == ["box10"] * 3
    assert not left
    qtbot.keyClick(boxes, Qt.Key.Key_Down)
    assert left


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


def test_in_a_small_window_the_button_of_a_row_stays_in_sight(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    queue = screen.cards.queue

    def in_sight(key: str) -> bool:
        number = next(at for at, column in enumerate(COLUMNS) if column.key == key)
        place = queue.visualRect(queue.model_.index(0, number))
        return not queue.isColumnHidden(number) and queue.viewport().rect().contains(place)

    screen.resize(600, 420)  # as 1024 by 640 with letters of 150 %
    qtbot.waitUntil(lambda: not in_sight("seats"))
    assert all(in_sight(key) for key in ("left", "party", "product", "departure", "answer"))
    assert queue._painted.says_status
    screen.resize(1280, 800)
    qtbot.waitUntil(lambda: in_sight("seats") and in_sight("status"))
    assert not queue._painted.says_status


def test_enter_opens_the_details(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk)
    screen = opened(qtbot, at)
    went = wanders(screen)
    qtbot.keyClick(screen.cards.queue, Qt.Key.Key_Return)
    assert went == [("details", {"reservation": made, "among": [made], "at": 0})]


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
    screen.cards.boxes.setFocus()
    reservations.confirm(made, desk=a_desk)
    screen.ask()
    qtbot.waitUntil(lambda: screen.cards.calm.isVisible())
    assert screen.cards.boxes.hasFocus()


def test_h_holds_and_x_cancels_the_selected_order(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk)
    screen = opened(qtbot, at)
    for key in (Qt.Key.Key_H, Qt.Key.Key_X):
        qtbot.keyClick(screen.cards.queue, key)
    assert at.deeds.asked == [("hold", made), ("cancel", made)]  # type: ignore[attr-defined]


def test_who_holds_a_place_unpaid_is_asked_to_pay(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk, Status.AWAITING_PAYMENT)
    with a_desk.work() as work:
        until = clock() + timedelta(minutes=26)
        work.connection.execute(update(Reservation).where(Reservation.id == made).values(expires_at=until))
    screen = opened(qtbot, at)
    assert (cell(screen, 0, "left"), cell(screen, 0, "answer")) == ("26 min", "Take payment")
    assert cell(screen, 0, "product").endswith("Afternoon, held until 10:26")
    press_c(qtbot, screen)
    assert at.deeds.asked == [("pay", made)]  # type: ignore[attr-defined]


def test_until_when_a_place_is_held_is_told_by_the_clock_at_the_counter(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    """As the sale and its slip have said it, wherever the tour itself is."""
    a_product(a_desk, zone="Europe/Paris")
    made = a_reservation(a_desk, Status.AWAITING_PAYMENT)
    with a_desk.work() as work:
        until = clock() + timedelta(minutes=26)
        work.connection.execute(update(Reservation).where(Reservation.id == made).values(expires_at=until))
    assert cell(opened(qtbot, at), 0, "product").endswith("Afternoon, held until 10:26")
    found = see_details(made, desk=a_desk)
    assert found.row.zone == "Europe/Paris"
    assert found.expires_at is not None
    assert f"{found.expires_at:%H:%M}" == "10:26"


@pytest.mark.parametrize(
    ("hours", "words", "family"),
    [(0, "23 h 00", "gone"), (16, "7 h 00", "act"), (22.5, "30 min", "stop"), (25, "2 h 00 late", "stop")],
)
def test_the_time_left_turns_amber_then_red(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock, hours: float, words: str, family: str
) -> None:
    a_product(a_desk, confirm_within={"days": 1, "from": "order"})
    taken(a_desk, kkday_row(ordered="2027-01-15 09:00"))
    screen = opened(qtbot, at)
    clock.forward(hours=hours)
    shown = left(screen.cards.queue.row, clock())
    assert (cell(screen, 0, "left"), shown.family if shown else "") == (words, family)


def test_what_left_without_an_answer_says_so_and_since_when(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, date="2027-01-14")
    screen = opened(qtbot, at)
    assert cell(screen, 0, "left") == "Departed"
    assert departed_ago(screen.cards.queue.row, at.now()) == "20 h 00 ago"


def test_a_held_order_says_what_is_missing(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    reservations.hold(a_reservation(a_desk), desk=a_desk, reason="the passport number")
    screen = opened(qtbot, at)
    assert cell(screen, 0, "product") == "Tea House Walk, missing: the passport number"
    assert screen.cards.boxes.face("pending").meaning == "missing: the passport number"


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
    qtbot.waitUntil(lambda: lines.day is not None)
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
