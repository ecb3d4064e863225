"""The calendar shows a month by departure, walks by keys, and confirms beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from pytestqt.qtbot import QtBot

from controllers.desk import Desk
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import a_product, a_reservation, reservation
from tests.fakes import StillClock
from tests.ui.calendar_desk import calendar, cell_says, choose, month, open_day, panel, rows, settle
from tests.ui.desk_window import DeskWindow
from ui.calendar_cell import _fitting
from ui.calendar_names import short_names
from ui.calendar_rows import Group, Item, More
from ui.months import month_step, span
from ui.sell import Sell
from ui.today import Today
from ui.widgets.notice import Notice
from ui.wording.refusals import refusal

TODAY, DAY = dt.date(2027, 1, 15), dt.date(2027, 2, 1)


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def test_it_opens_on_today_with_the_whole_month(here: DeskWindow) -> None:
    here.go("calendar")
    settle(here)
    assert month(here).day == TODAY
    assert "January 2027" in here.said()
    assert "Friday 15 January" in here.said()
    assert month(here).hasFocus()


def test_check_in_is_offered_only_to_whom_it_lets_in(here: DeskWindow) -> None:
    here.go("calendar")
    settle(here)
    assert "Open check-in" in here.said()
    here.window.offer([word for word in here.window.words if word not in ("checkin", "trips")])
    open_day(here)
    open_day(here, TODAY)
    assert "Open check-in" not in here.said()


def test_what_the_band_says_is_not_said_again_over_a_month_that_is_shown(here: DeskWindow) -> None:
    here.go("calendar")
    settle(here)
    screen = calendar(here)
    here.window.show_offline("Offline since 10:20. Check-in goes on.", "No scan waits.")
    screen._asked_day.refused.emit(CannotDo("offline"))
    assert not screen._notice.isVisible()
    screen._asked_day.refused.emit(CannotDo("not-found", reference="1"))
    assert screen._notice.isVisible()


@pytest.mark.parametrize("word", ["calendar", "sell", "today"])
def test_an_empty_screen_leaves_it_to_the_band_to_say_why(
    qtbot: QtBot, a_desk: Desk, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    def away(*_asked: object, **_more: object) -> None:
        raise CannotDo("database-silent")

    says = refusal(CannotDo("database-silent"))
    here = DeskWindow(qtbot, a_desk, {"today": Today, "sell": Sell})
    here.window.show_offline("Offline since 10:20. Check-in goes on.", "No scan waits.")
    monkeypatch.setattr(Desk, "reading", away)
    try:
        here.go(word)
        found = here.window.screen_in_front.findChildren(Notice)
        here.qtbot.waitUntil(lambda: any(one.accessibleName() == says for one in found))
        assert not [one for one in found if one.isVisible()]
    finally:
        here.close()


def test_a_day_tells_its_departures_guests_and_who_waits(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=3)
    a_reservation(here.desk, sold_by="kkday", party=2)
    open_day(here)
    said = cell_says(here, DAY)
    assert "3 guests, 2 wait to be confirmed" in said
    assert "14:00 Tea House Walk, Afternoon: 3/8" in said


def test_arrows_walk_over_the_end_of_a_month(here: DeskWindow) -> None:
    open_day(here, dt.date(2027, 1, 31))
    here.press(Qt.Key.Key_Right)
    assert month(here).day == DAY
    assert "February 2027" in here.said()
    here.press(Qt.Key.Key_Up)
    assert month(here).day == dt.date(2027, 1, 25)
    settle(here)


def test_page_keys_turn_months_and_t_returns(here: DeskWindow) -> None:
    open_day(here, dt.date(2027, 1, 31))
    here.press(Qt.Key.Key_PageDown)
    assert month(here).day == dt.date(2027, 2, 28)
    here.press(Qt.Key.Key_PageUp)
    here.press(Qt.Key.Key_PageUp)
    assert month(here).day == dt.date(2026, 12, 28)
    here.press(Qt.Key.Key_T)
    assert month(here).day == TODAY
    settle(here)


def test_the_months_beside_are_read_ahead(here: DeskWindow) -> None:
    open_day(here)
    kept = {first for first, _ in calendar(here)._months._kept}
    assert kept == {dt.date(2027, 1, 1), dt.date(2027, 2, 1), dt.date(2027, 3, 1)}


def test_the_panel_hides_names_until_they_are_confirmed(here: DeskWindow) -> None:
    a_reservation(here.desk, sold_by="kkday", party=2)
    open_day(here)
    table = panel(here)
    words = "\n".join(
        str(table.model().index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        for at in range(len(rows(here)))
    )
    assert "SAMPLE" not in words
    assert "Hidden until confirmed" in words
    assert "0 of 8 seats" in words
    assert "1 to confirm" in here.said()


def test_c_confirms_what_waits_and_the_cell_changes(here: DeskWindow) -> None:
    made = a_reservation(here.desk, sold_by="kkday", party=2)
    open_day(here)
    here.press(Qt.Key.Key_C)
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert reservation(here.desk, made).status is Status.CONFIRMED
    assert "14:00 Tea House Walk, Afternoon: 2/8" in cell_says(here, DAY)
    assert "to confirm" not in here.said(calendar(here)._panel)


def test_enter_goes_into_the_day_and_escape_comes_back_out(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED)
    open_day(here)
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert panel(here).hasFocus()
    assert isinstance(panel(here).row, Item)
    here.press(Qt.Key.Key_Escape)
    assert month(here).hasFocus()
    here.press(Qt.Key.Key_Return)
    settle(here)
    here.press(Qt.Key.Key_Return)
    assert here.window.word == "details"
    assert f"CF-{made}" in here.said()
    here.press(Qt.Key.Key_Escape)
    assert here.window.word == "calendar"
    assert month(here).day == DAY
    assert panel(here).hasFocus()  # on the very row from which one went
    assert panel(here).row.row.id == made
    here.press(Qt.Key.Key_Escape)
    assert month(here).hasFocus()
    here.press(Qt.Key.Key_Escape)
    assert here.window.word == "today"


def test_the_cursor_of_the_panel_walks_over_reservations_and_departures(here: DeskWindow) -> None:
    a_product(here.desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    for product, option in (("Tea House Walk", "Afternoon"), ("Echo Walk", "Night")):
        a_reservation(here.desk, Status.CONFIRMED, product=product, option=option)
    open_day(here)
    here.press(Qt.Key.Key_Return)
    settle(here)
    first = panel(here).row
    assert isinstance(first, Item)
    here.press(Qt.Key.Key_J)
    assert panel(here).row.line.product == "Echo Walk"
    here.press(Qt.Key.Key_J)
    assert isinstance(panel(here).row, Item)
    here.press(Qt.Key.Key_Up)
    here.press(Qt.Key.Key_K)
    assert panel(here).row == first
    here.press(Qt.Key.Key_Home)
    assert panel(here).row.line.product == "Tea House Walk"


def test_a_long_departure_opens_when_asked(here: DeskWindow) -> None:
    for _ in range(7):
        a_reservation(here.desk, Status.CONFIRMED, party=1)
    open_day(here)
    more = [row for row in rows(here) if isinstance(row, More)]
    assert [row.count for row in more] == [3]
    here.press(Qt.Key.Key_Return)
    settle(here)
    here.press(Qt.Key.Key_End)
    here.press(Qt.Key.Key_Return)
    assert len([row for row in rows(here) if isinstance(row, Item)]) == 7


def test_confirm_can_be_pressed_in_the_row(here: DeskWindow) -> None:
    made = a_reservation(here.desk, party=2)
    open_day(here)
    table = panel(here)
    at = next(n for n, row in enumerate(rows(here)) if isinstance(row, Item))
    whole = QRectF(table.visualRect(table.model().index(at, 0)))
    place: QPoint = table._painter.confirm_place(whole).center().toPoint()
    here.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    here.quiet()
    assert "Confirm 2 seats?" in here.said(here.dialog)
    assert here.dialog is not None
    here.press(Qt.Key.Key_Escape)
    assert reservation(here.desk, made).status is Status.UNCONFIRMED


def test_orders_without_a_departure_stand_in_a_section_of_their_own(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, product="Somebody else's tour", party=2)
    open_day(here)
    groups = [row for row in rows(here) if isinstance(row, Group)]
    assert groups[-1].line is None
    assert groups[-1].orders == 1


def test_the_product_filter_leaves_the_others_out(here: DeskWindow) -> None:
    a_product(here.desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    open_day(here)
    assert "Echo Walk" in cell_says(here, DAY)
    choose(calendar(here)._bar.product, "Tea House Walk")
    settle(here)
    assert "Echo Walk" not in cell_says(here, DAY)
    assert "Tea House Walk" in cell_says(here, DAY)


def test_a_change_elsewhere_keeps_the_row_under_the_cursor(here: DeskWindow) -> None:
    made = [a_reservation(here.desk, Status.CONFIRMED, party=1) for _ in range(3)]
    open_day(here)
    here.press(Qt.Key.Key_Return)
    settle(here)
    here.press(Qt.Key.Key_Down)
    here.press(Qt.Key.Key_Down)
    assert panel(here).row.row.id == made[2]
    a_reservation(here.desk, party=2)  # stands first, for it waits
    here.quiet()
    settle(here)
    assert panel(here).row.row.id == made[2]


def test_after_midnight_another_day_is_today(here: DeskWindow, clock: StillClock) -> None:
    open_day(here, TODAY)
    clock.forward(days=1)
    here.press(Qt.Key.Key_T)
    assert month(here).day == dt.date(2027, 1, 16)
    settle(here)


def test_every_day_and_row_can_be_drawn_by_night_and_narrow(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=8)
    a_reservation(here.desk, sold_by="kkday", party=None)
    a_reservation(here.desk, Status.CONFIRMED, product="Somebody else's tour", party=2)
    open_day(here)
    here.window.resize(1024, 640)
    here.quiet()
    assert not here.window.grab().isNull()


def test_without_room_beside_it_a_day_opens_on_its_own_page_before_anything_is_confirmed(
    here: DeskWindow,
) -> None:
    made = a_reservation(here.desk, sold_by="kkday", party=2)
    open_day(here)
    here.window.resize(1024, 700)
    here.quiet()
    assert not panel(here).isVisible()
    here.press(Qt.Key.Key_C)
    settle(here)
    assert here.dialog is None
    assert panel(here).hasFocus()
    assert panel(here).row.row.id == made
    here.press(Qt.Key.Key_Escape)
    assert month(here).hasFocus()
    here.press(Qt.Key.Key_Return)
    settle(here)
    assert panel(here).hasFocus()
    here.press(Qt.Key.Key_C)
    assert "Confirm 2 seats?" in here.said(here.dialog)


# --- the parts that need no window --------------------------------------------------------------


def test_short_names_are_the_words_nobody_else_uses() -> None:
    names = short_names(
        [("Seoul Palace Walk", "English"), ("Seoul Palace Walk", "Chinese"), ("Seoul Boat", "Night")]
    )
    assert names[("Seoul Palace Walk", "English")] == ("Palace", "English")
    assert names[("Seoul Boat", "Night")] == ("Boat", "")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
        (dt.date(2027, 1, 15), -1, dt.date(2026, 12, 15)),
        (dt.date(2026, 12, 31), 1, dt.date(2027, 1, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: dt.date, months: int, expected: dt.date) -> None:
    assert month_step(day, months) == expected


def test_a_sheet_begins_on_monday_and_ends_on_sunday() -> None:
    assert span(dt.date(2027, 2, 10)) == (dt.date(2027, 2, 1), dt.date(2027, 2, 28))
    assert span(dt.date(2027, 1, 10)) == (dt.date(2026, 12, 28), dt.date(2027, 1, 31))


def test_what_is_counted_below_needs_no_line_of_its_own() -> None:
    lines = [_Line(1) for _ in range(9)]
    assert _fitting(lines, 4)[1] == 6  # type: ignore[arg-type]
    assert _fitting(lines, 4, counted_below=True)[1] == 5  # type: ignore[arg-type]


class _Line:
    def __init__(self, taken: int = 0, unconfirmed: int = 0) -> None:
        self.taken, self.unconfirmed = taken, unconfirmed


def test_what_waits_is_shown_before_what_does_not() -> None:
    lines = [_Line(1), _Line(), _Line(2), _Line(0, 3)]
    shown, rest = _fitting(lines, 3)  # type: ignore[arg-type]
    assert shown == [lines[0], lines[3]]
    assert rest == 2
    assert _fitting(lines, 4)[1] == 0  # type: ignore[arg-type]
