"""The dashboard: what waits is counted, the most urgent can be answered, and everything leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from controllers import reservations
from controllers.desk import Desk
from models.boxes import BOXES
from models.refusals import CannotDo
from models.reservations import HOLDERS, Status
from models.rows import Filter
from models.tables import Reservation
from tests.builders import a_product, a_reservation, kkday_row, take, taken
from tests.fakes import StillClock
from tests.ui.at_a_desk import at_a_desk, shown, wanders
from tests.ui.gallery_today import a_window
from ui import fonts
from ui.at_desk import AtDesk
from ui.main_window import MainWindow
from ui.today import Today
from ui.today_box_words import box_title
from ui.today_figures import change_words, faster_words
from ui.today_queue import COLUMNS, answer_word, departed_ago, left
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
    assert went == [("reservations", {"wanted": wanted, "title": box_title(key)})] * 2


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


def a_chore(desk: Desk) -> int:
    (made,) = taken(desk, kkday_row(reference="27KK-7"))
    reservations.confirm(made, desk=desk)
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_D, Qt.Key.Key_Space])
def test_what_was_done_at_a_channel_is_ticked_off_right_here(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, key: Qt.Key
) -> None:
    a_product(a_desk)
    made = a_chore(a_desk)
    screen = opened(qtbot, at)
    chores = screen.cards.chores
    assert chores.model_.row(0).sentence == "To do at KKday: confirm there"
    assert "27KK-7" in chores.model_.row(0).detail
    assert screen.cards.boxes.face("to-do").meaning == "KKday 1"
    chores.setFocus()
    qtbot.keyClick(chores, key)
    assert at.deeds.asked == [("tick-off", made)]  # type: ignore[attr-defined]


def test_the_box_beside_a_chore_ticks_it_off_and_its_words_open_it(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    made = a_chore(a_desk)
    screen = opened(qtbot, at)
    went = wanders(screen)
    chores = screen.cards.chores
    for column in (0, 1):
        place = chores.visualRect(chores.model_.index(0, column)).center()
        qtbot.mouseClick(chores.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert at.deeds.asked == [("tick-off", made)]  # type: ignore[attr-defined]
    assert went == [("details", {"reservation": made})]


def test_what_a_newer_file_asks_opens_the_details_at_the_decision(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    row = kkday_row()
    (made,) = taken(a_desk, row)
    reservations.confirm(made, desk=a_desk)
    take(a_desk, {**row, "date": "2027-02-03 14:00"})
    screen = opened(qtbot, at)
    went = wanders(screen)
    chores = screen.cards.chores
    assert chores.model_.row(0).sentence == "KKday tells another departure"
    chores.setFocus()
    qtbot.keyClick(chores, Qt.Key.Key_D)
    qtbot.keyClick(chores, Qt.Key.Key_Return)
    assert at.deeds.asked == []  # type: ignore[attr-defined]
    assert went == [("details", {"reservation": made, "at": "decisions"})]


def test_awaited_payments_are_to_settle(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.AWAITING_PAYMENT)
    screen = opened(qtbot, at)
    went = wanders(screen)
    chores = screen.cards.chores
    assert chores.model_.row(0).sentence == "1 order awaits payment"
    chores.setFocus()
    qtbot.keyClick(chores, Qt.Key.Key_Return)
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


# --- what others do -------------------------------------------------------------------------


def row_under_the_cursor(screen: Today) -> tuple[int, int]:
    """Which order it is, and how far down it stands."""
    queue = screen.cards.queue
    return queue.row.row.id, queue.visualRect(queue.currentIndex()).y()


def quietly(qtbot: QtBot, screen: Today) -> None:
    """Somebody else changed something, and the answer has come."""
    screen.refresh_quietly(frozenset(("reservations",)))
    qtbot.waitUntil(lambda: not screen._question.is_open)


def test_a_more_urgent_order_of_others_waits_above_until_it_is_wanted(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    first, second = a_reservation(a_desk, date="2027-01-18"), a_reservation(a_desk, date="2027-01-20")
    screen = opened(qtbot, at)
    qtbot.keyClick(screen.cards.queue, Qt.Key.Key_Down)
    before = row_under_the_cursor(screen)
    urgent = a_reservation(a_desk, date="2027-01-17")
    last = a_reservation(a_desk, date="2027-01-25")
    quietly(qtbot, screen)
    assert row_under_the_cursor(screen) == before == (second, before[1])
    assert urgent_ids(screen) == [first, second, last]
    assert screen.cards.boxes.face("unconfirmed").number == "4"
    link = next(b for b in screen.cards.queue_card.findChildren(Button) if b.text() == "1 new, show (F5)")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert urgent_ids(screen) == [urgent, first, second, last]
    assert screen.cards.queue.row.row.id == second


def test_what_others_answer_above_stays_until_it_is_wanted(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    first, second = a_reservation(a_desk, date="2027-01-18"), a_reservation(a_desk, date="2027-01-20")
    screen = opened(qtbot, at)
    qtbot.keyClick(screen.cards.queue, Qt.Key.Key_Down)
    reservations.confirm(first, desk=a_desk)
    quietly(qtbot, screen)
    assert urgent_ids(screen) == [first, second]
    qtbot.keyClick(screen.cards.queue, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: urgent_ids(screen) == [second])


def test_what_others_answer_under_the_cursor_gives_it_to_the_next(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    first, second = a_reservation(a_desk, date="2027-01-18"), a_reservation(a_desk, date="2027-01-20")
    screen = opened(qtbot, at)
    reservations.confirm(first, desk=a_desk)
    quietly(qtbot, screen)
    assert urgent_ids(screen) == [second]
    assert screen.cards.queue.row.row.id == second


def test_growing_older_does_not_light_up_the_chores(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    a_product(a_desk)
    a_chore(a_desk)
    screen = opened(qtbot, at)
    model = screen.cards.chores.model_
    index = model.index(0, 1)
    assert ", just now, 27KK-7" in model.data(index, int(Qt.ItemDataRole.AccessibleTextRole))
    clock.forward(hours=3)
    screen.cards.follow_clock()
    screen.ask()
    qtbot.waitUntil(lambda: not screen._question.is_open)
    assert ", 3 h 00, 27KK-7" in model.data(index, int(Qt.ItemDataRole.AccessibleTextRole))
    assert not model.is_fresh(model.row(0))


# --- how it went ----------------------------------------------------------------------------


def figures(qtbot: QtBot, screen: Today) -> None:
    """Until the figures have come, which come last."""
    qtbot.waitUntil(lambda: screen.cards.month.month is not None)


def test_the_charts_say_their_numbers(qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock) -> None:
    a_product(a_desk)
    taken(a_desk, kkday_row(ordered="2027-01-14 09:00"), kkday_row(ordered="2027-01-13 09:00"))
    taken(a_desk, kkday_row(ordered="2027-01-07 09:00"))
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    orders, amounts, times = (chart.accessibleName() for chart in screen.cards.figures.charts)
    assert orders.startswith("Orders received: 2, 100 % more, 1 before. Fri 8 Jan: 0,")
    assert orders.endswith("Wed 13 Jan: 1, Thu 14 Jan: 1")
    assert amounts.startswith("Amount, by currency: ₩150,000, 100 % more, ₩75,000 before.")
    assert times.startswith("Time to confirm, median: –, nothing was confirmed here")


def test_currencies_stand_apart(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    taken(a_desk, kkday_row(ordered="2027-01-14 09:00"), kkday_row(ordered="2027-01-14 09:00"))
    taken(a_desk, kkday_row(ordered="2027-01-14 09:00", amount="USD 30.00"))
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    told = screen.cards.figures.charts[1].accessibleName()
    assert "₩150,000, nothing before; USD\u00a030, nothing before" in told


@pytest.mark.parametrize(
    ("now", "before", "arrow", "words"),
    [
        (12, 10, "up", "20 % more, 10 before"),
        (9, 10, "falling", "10 % less, 10 before"),
        (10, 10, "", "the same"),
        (3, 0, "", "nothing before"),
        (0, 0, "", ""),
    ],
)
def test_more_and_less_are_an_arrow_and_a_word(now: int, before: int, arrow: str, words: str) -> None:
    change = change_words(now, before)
    assert (change.arrow, change.words) == (arrow, words)


def test_faster_and_slower_are_an_arrow_and_a_word() -> None:
    assert faster_words(3600, 5400).words == "30 min faster, 1 h 30 before"
    assert faster_words(5400, 3600).words == "30 min slower, 1 h 00 before"
    assert faster_words(3600, 3630).words == "the same"


def test_the_month_tells_shares_who_was_late_and_what_is_counted(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    a_product(a_desk, capacity=50, confirm_within={"days": 1, "from": "order"})
    in_time, late, _ = taken(a_desk, *(kkday_row(ordered="2027-01-14 12:00") for _ in range(3)))
    reservations.confirm(in_time, desk=a_desk)
    clock.forward(hours=4)
    reservations.confirm(late, desk=a_desk)
    screen = opened(qtbot, at, size=(1704, 984))
    figures(qtbot, screen)
    rows = screen.cards.month.rows.model_
    told = [(rows.row(n).share, rows.row(n).detail) for n in range(3)]
    assert told[0][0] == "33.3 %"
    assert told[0][1].startswith("2 of 3 late: Owner 1, not answered 1; worst CF-")
    assert told[1:] == [("0 %", "0 of 3 orders"), ("–", "no traveler has asked anything")]
    assert screen.cards.month.definition.text().startswith("Of the orders whose promise fell due")
    screen.cards.month.rows.setFocus()
    qtbot.keyClick(screen.cards.month.rows, Qt.Key.Key_Down)
    assert "Force majeure is counted apart" in screen.cards.month.definition.text()


def test_enter_on_a_late_figure_opens_the_worst(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, clock: StillClock
) -> None:
    a_product(a_desk, confirm_within={"days": 1, "from": "order"})
    (made,) = taken(a_desk, kkday_row(ordered="2027-01-14 09:00"))
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    went = wanders(screen)
    screen.cards.ahead_card.tabs.choose(2)
    screen.cards.month.rows.setFocus()
    qtbot.keyClick(screen.cards.month.rows, Qt.Key.Key_Return)
    assert went == [("details", {"reservation": made})]


def test_the_month_before_can_be_looked_at(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    month = screen.cards.month
    screen.cards.ahead_card.tabs.choose(2)
    assert not month.forward.isVisible()
    qtbot.mouseClick(month.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: month.title.text() == "December 2026")
    assert month.forward.isVisible()
    month.rows.setFocus()
    qtbot.keyClick(month.rows, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: month.title.text() == "January 2027")


def test_the_numbers_do_not_wait_for_the_figures(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The boxes are there although the figures cannot be had at all."""

    def refuse(*_: object) -> None:
        raise CannotDo("database-busy")

    monkeypatch.setattr("ui.asking.figures", refuse)
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    assert screen.cards.boxes.face("unconfirmed").number == "1"
    qtbot.waitUntil(lambda: screen.notice.isVisible())
    assert screen.cards.month.month is None


def test_in_a_large_window_the_figures_have_a_card_of_their_own(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    screen = opened(qtbot, at, size=(1704, 984))
    assert screen.cards.figures.isVisible()
    assert screen.cards.week.isVisible()
    screen.resize(1282, 680)
    qtbot.waitUntil(lambda: not screen.cards.behind_card.isVisible())
    assert not screen.cards.figures.isVisible()
    screen.cards.ahead_card.tabs.choose(1)
    assert screen.cards.figures.isVisible()
    assert screen.cards.ahead_card.isAncestorOf(screen.cards.figures)


@pytest.mark.parametrize("waits", [True, False])
def test_whatever_is_leafed_to_the_page_stays_in_its_window(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, waits: bool
) -> None:
    a_product(a_desk)
    if waits:
        taken(a_desk, *(kkday_row() for _ in range(14)))
    screen = opened(qtbot, at)
    figures(qtbot, screen)
    for leaf in range(3):
        screen.cards.ahead_card.tabs.choose(leaf)
        QApplication.processEvents()
        assert screen.cards.height() == screen.page.height()


@pytest.mark.parametrize("scale", [1.25, 1.5])
def test_with_large_text_the_cards_stand_under_each_other_and_are_reached(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, qapp: QApplication, scale: float
) -> None:
    fonts.apply(qapp, "en", scale)
    try:
        a_product(a_desk)
        a_chore(a_desk)
        screen = opened(qtbot, at, size=(1240, 640))
        cards = screen.cards
        assert cards.chores_card.y() > cards.queue_card.geometry().bottom()
        cards.chores.setFocus()
        seen = cards.chores.mapTo(screen, cards.chores.rect().center())
        assert screen.rect().contains(seen)
    finally:
        fonts.apply(qapp, "en", 1.0)


@pytest.mark.parametrize("board", ["queue", "departures", "chores"])
def test_the_boards_are_sound_models(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, qtmodeltester: Any, board: str
) -> None:
    a_product(a_desk)
    a_reservation(a_desk, date=TODAY)
    a_chore(a_desk)
    screen = opened(qtbot, at)
    qtmodeltester.check(getattr(screen.cards, board).model_)


# --- in the real window ---------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot, a_desk: Desk) -> Iterator[MainWindow]:
    a_product(a_desk)
    a_chore(a_desk)
    a_reservation(a_desk)
    made, background = a_window(a_desk, 1366, 768)
    a_desk.listeners.append(background.announce)
    background.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.show()
    made.go("today")
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: made.screen_in_front.subtitle() != "")
    yield made
    background.close()


def test_a_number_key_leads_to_the_rows_its_box_counts(qtbot: QtBot, window: MainWindow) -> None:
    today = window.screen_in_front
    assert today.cards.boxes.face("to-do").number == "1"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_7)
    table = window.screen_in_front.table
    qtbot.waitUntil(lambda: table.model_.rowCount() == 1)
    assert table.model_.row(0).to_do == "confirm"


def test_what_is_ticked_off_leaves_the_dashboard(qtbot: QtBot, window: MainWindow) -> None:
    cards = window.screen_in_front.cards
    cards.chores.setFocus()
    qtbot.keyClick(cards.chores, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: cards.boxes.face("to-do").number == "0")
    assert cards.boxes.face("to-do").meaning == "every channel knows"
    assert cards.chores.model_.rowCount() == 0
