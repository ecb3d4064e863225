"""The list by the keyboard: columns, orders, filters, what is hidden, what is new, and a cursor that stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.desk import Desk
from models.reservations import Status
from models.rows import Filter, Sort
from tests.builders import a_product, a_reservation, direct_row, taken
from tests.ui.at_a_desk import at_a_desk, shown, wanders
from ui.at_desk import AtDesk
from ui.reservation_columns import COLUMNS, OURS, REZIOS, Layout
from ui.reservation_columns_dialog import ColumnsDialog
from ui.reservation_days import DaysDialog
from ui.reservation_views import ALL, REZIO, UPCOMING
from ui.reservations import Reservations
from ui.widgets.choice_menu import ChoiceMenu

SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
CHANGED = frozenset(("reservations",))


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


def opened(qtbot: QtBot, at: AtDesk, view: str = ALL) -> Reservations:
    screen = Reservations(at)
    shown(qtbot, screen, until=lambda: settled(screen))
    go_to(qtbot, screen, view)
    return screen


def settled(screen: Reservations) -> bool:
    return screen.is_settled and screen._figures is not None


def go_to(qtbot: QtBot, screen: Reservations, view: str) -> None:
    screen.bar.tabs.choose([one.key for one in screen.showing.views].index(view))
    qtbot.waitUntil(lambda: settled(screen))


def ids(screen: Reservations) -> list[int]:
    return list(screen.table.model_.ids)


def keys(screen: Reservations) -> tuple[str, ...]:
    return tuple(column.key for column in screen.table.model_.columns)


def cells(screen: Reservations, row: int) -> dict[str, str]:
    model = screen.table.model_
    said = int(Qt.ItemDataRole.AccessibleTextRole)
    return {key: model.data(model.index(row, at), said) for at, key in enumerate(keys(screen))}


def press(screen: Reservations, *pressed: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    for key in pressed:
        QTest.keyClick(screen.table, key, held)


# --- columns ------------------------------------------------------------------------------------


def test_the_house_shows_its_columns_and_rezio_its_own_in_its_order(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.CONFIRMED, sold_by="kkday", name="SAMPLE, ANNA", reference="27KK0001")
    screen = opened(qtbot, at)
    assert keys(screen) == ("tick", *OURS)
    go_to(qtbot, screen, REZIO)
    model = screen.table.model_
    titles = [
        model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for at in range(1, model.columnCount())
    ]
    assert titles == [
        "Order Number", "Status", "[Code] Product / Option", "Customer", "Amount", "Payment Status", "Balance",
        "Source", "Booking Date", "Departure", "Person in Charge",
    ]  # fmt: skip
    told = cells(screen, 0)
    assert told["coded"] == "[TEA] Tea House Walk, Afternoon"
    assert (told["customer"], told["amount"], told["payment"], told["balance"]) == (
        "SAMPLE, ANNA",
        "₩75,000",
        "Paid",
        "₩0",
    )
    assert told["source"] == "KKday, by rezio"
    assert told["ordered"] == "Yesterday, 09:00"


def test_every_column_that_is_offered_can_be_painted_and_said(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk, sold_by="kkday")
    a_reservation(a_desk, product="Some Other Walk")
    screen = opened(qtbot, at)

    screen.table.show_layout(Layout(tuple(COLUMNS)))
    screen.resize(3200, 400)
    assert not screen.grab().isNull()
    assert all(isinstance(words, str) for words in cells(screen, 0).values())


def test_columns_are_ticked_and_moved_by_the_keyboard(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    press(screen, Qt.Key.Key_O)
    dialog = screen.window().findChild(ColumnsDialog)
    assert dialog.list.hasFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)  # status goes
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, ALT)  # traveler below pax
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert keys(screen)[:4] == ("tick", "pax", "traveler", "product")
    assert "status" not in keys(screen)
    qtbot.waitUntil(at.background.idle)
    again = opened(qtbot, at)
    assert keys(again) == keys(screen), "what a person chose is there the next day"


def test_the_columns_of_before_come_back_with_one_key(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at, REZIO)
    press(screen, Qt.Key.Key_O)
    dialog = screen.window().findChild(ColumnsDialog)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.list, Qt.Key.Key_R)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert keys(screen) == ("tick", *REZIOS)


def test_a_list_without_columns_cannot_be_asked_for(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    press(screen, Qt.Key.Key_O)
    dialog = screen.window().findChild(ColumnsDialog)
    dialog._model.tick_all(False)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_heading_pulled_wider_is_kept(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    heading = screen.table.heading
    section = keys(screen).index("traveler")
    edge = heading.sectionViewportPosition(section) + heading.sectionSize(section) - 1
    qtbot.mousePress(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, 10))
    qtbot.mouseMove(heading.viewport(), QPoint(edge + 30, 10))
    qtbot.mouseMove(heading.viewport(), QPoint(edge + 56, 10))
    qtbot.mouseRelease(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge + 56, 10))
    assert screen.table.arrangement.widths == {"traveler": 300}
    assert screen.showing.layout.widths == {"traveler": 300}
    assert screen.showing.order == (Sort.DEPARTURE, True), "pulling is no click"


def test_a_heading_pulled_to_another_place_moves_its_column(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    screen = opened(qtbot, at)
    heading = screen.table.heading
    heading.moveSection(keys(screen).index("amount"), 1)  # what Qt does while it is pulled
    assert heading._was_arranged()
    assert keys(screen)[:3] == ("tick", "amount", "status")
    assert heading.visualIndex(1) == 1, "the order is the model's"


# --- orders and filters -------------------------------------------------------------------------


def test_the_order_is_chosen_from_the_keyboard(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    late = a_reservation(a_desk, sold_by="kkday", ordered="2027-01-14 18:00", date="2027-01-20 14:00")
    early = a_reservation(a_desk, sold_by="kkday", ordered="2027-01-13 09:00", date="2027-01-25 14:00")
    screen = opened(qtbot, at)
    assert ids(screen) == [early, late]
    press(screen, Qt.Key.Key_S)
    menu = screen.filters.sorting.findChild(QMenu)
    next(one for one in menu.actions() if one.text() == "newest order").trigger()
    menu.close()
    qtbot.waitUntil(lambda: settled(screen))
    assert ids(screen) == [late, early]
    assert screen.filters.sorting.accessibleName() == "Sorted by: newest order"
    assert screen.showing.order == (Sort.ORDERED, True)


def test_several_statuses_are_ticked_in_one_menu(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    waits, fixed = a_reservation(a_desk), a_reservation(a_desk, Status.CONFIRMED)
    a_reservation(a_desk, Status.CANCELLED)
    screen = opened(qtbot, at)
    screen.filters.status.open()
    menu = screen.filters.status.findChild(ChoiceMenu)
    for word in ("Unconfirmed", "Confirmed"):
        menu.setActiveAction(next(one for one in menu.actions() if one.text() == word))
        QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    menu.close()
    qtbot.waitUntil(lambda: settled(screen) and set(ids(screen)) == {waits, fixed})
    assert screen.filters.status.accessibleName() == "Status: Unconfirmed, Confirmed"
    assert screen.footer.words == "2 of 3"


def test_days_of_ordering_and_payment_narrow_too(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    old = a_reservation(a_desk, sold_by="kkday", ordered="2027-01-02 09:00")
    a_reservation(a_desk, sold_by="kkday", ordered="2027-01-14 09:00")
    due = a_reservation(a_desk, Status.AWAITING_PAYMENT)
    screen = opened(qtbot, at)
    choose(qtbot, screen, screen.filters.payment, "Due to us")
    assert ids(screen) == [due]
    qtbot.keyClick(screen.filters.payment, Qt.Key.Key_Delete)
    screen.filters.days_wanted.emit("ordered")

    dialog = screen.window().findChild(DaysDialog)
    assert "Ordered" in dialog.accessibleName()
    dialog.first.show_day(date(2027, 1, 1))
    dialog.last.show_day(date(2027, 1, 5))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settled(screen) and ids(screen) == [old])
    assert screen.filters.ordering_days.accessibleName() == "Ordered: 1 to 5 Jan"


def choose(qtbot: QtBot, screen: Reservations, button: Any, word: str) -> None:
    button.open()
    menu = button.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == word).trigger()
    menu.close()
    awake(screen)
    qtbot.waitUntil(lambda: settled(screen))


def awake(screen: Reservations) -> None:
    """After a menu: the window has the keyboard again, as it has on a desk."""
    screen.window().activateWindow()
    QApplication.processEvents()


# --- what is hidden, what is new ----------------------------------------------------------------


def test_the_foot_says_what_is_hidden_and_one_key_shows_it(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    lives = a_reservation(a_desk)
    gone = [a_reservation(a_desk, Status.CANCELLED) for _ in range(2)]
    expired = a_reservation(a_desk, Status.EXPIRED)
    screen = opened(qtbot, at, UPCOMING)
    assert ids(screen) == [lives]
    assert screen.footer.words == "1 reservations. 1 expired, 2 cancelled hidden"
    press(screen, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: settled(screen) and set(ids(screen)) == {lives, *gone, expired})
    assert screen.footer.words.endswith("1 expired, 2 cancelled shown")
    press(screen, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: settled(screen) and ids(screen) == [lives])


def test_rezios_view_hides_the_expired_and_says_so(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    gone = a_reservation(a_desk, Status.CANCELLED)
    a_reservation(a_desk, Status.EXPIRED)
    screen = opened(qtbot, at, REZIO)
    assert ids(screen) == [gone]
    assert screen.footer.words == "1 reservations. 1 expired hidden"


def test_where_nothing_is_left_out_the_foot_says_nothing_of_it(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk)
    a_reservation(a_desk, Status.CANCELLED)
    screen = opened(qtbot, at)
    assert screen.footer.words == "1 reservations"
    press(screen, Qt.Key.Key_G)
    assert not screen.asks.is_open


def test_new_ones_of_others_are_counted_and_nothing_moves(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk, capacity=100)
    made = [a_reservation(a_desk, date=f"2027-01-2{day}") for day in range(3)]
    screen = opened(qtbot, at, UPCOMING)
    press(screen, Qt.Key.Key_Down)
    new = [a_reservation(a_desk, date="2027-01-16"), a_reservation(a_desk, date="2027-01-22")]
    reservations.confirm(made[1], desk=a_desk)
    screen.refresh_quietly(CHANGED)
    qtbot.waitUntil(lambda: "2 new" in screen.footer.words)
    qtbot.waitUntil(lambda: cells(screen, 1)["status"] == "Confirmed, unconfirmed")
    assert ids(screen) == made
    assert screen.row is not None
    assert screen.row.id == made[1]
    press(screen, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: settled(screen) and len(ids(screen)) == 5)
    assert set(new) < set(ids(screen))
    assert screen.row.id == made[1]
    assert "new" not in screen.footer.words


def test_own_deeds_are_followed_and_the_cursor_takes_the_next(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk, capacity=1000)
    made = taken(a_desk, *(direct_row(date="2027-01-20") for _ in range(120)))
    screen = opened(qtbot, at, "needs")
    screen.table.go_to(119)
    reservations.confirm(made[119], desk=a_desk)
    screen.refresh(CHANGED)
    qtbot.waitUntil(lambda: settled(screen) and len(ids(screen)) == 119)
    assert screen.table.currentIndex().row() == 118


# --- choosing several ---------------------------------------------------------------------------


def several(qtbot: QtBot, a_desk: Desk, at: AtDesk, count: int = 6) -> tuple[Reservations, list[int]]:
    a_product(a_desk, capacity=1000)
    made = taken(a_desk, *(direct_row(date="2027-01-20") for _ in range(count)))
    return opened(qtbot, at, UPCOMING), made


def test_shift_and_the_arrows_tick_what_they_pass(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    screen, made = several(qtbot, a_desk, at)
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Down, Qt.Key.Key_Down, held=SHIFT)
    assert screen.table.model_.ticked == set(made[1:4])
    press(screen, Qt.Key.Key_Up, held=SHIFT)
    assert screen.table.model_.ticked == set(made[1:3]), "going back takes the last tick away"
    press(screen, Qt.Key.Key_End)
    press(screen, Qt.Key.Key_Space)
    assert screen.table.model_.ticked == {*made[1:3], made[5]}
    press(screen, Qt.Key.Key_Home, held=SHIFT)
    assert screen.table.model_.ticked == set(made)


def test_ctrl_a_ticks_all_and_esc_none(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    screen, _made = several(qtbot, a_desk, at, 150)
    assert screen.bulk_bar.isHidden()
    press(screen, Qt.Key.Key_A, held=CTRL)
    assert screen.table.model_.ticked_count == 150
    assert screen.bulk_bar.words.startswith("150 selected")
    press(screen, Qt.Key.Key_Escape)
    assert screen.table.model_.ticked_count == 0
    assert screen.bulk_bar.isHidden()


def test_ticks_stay_when_the_list_is_read_again_and_go_with_another(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    screen, made = several(qtbot, a_desk, at)
    press(screen, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    reservations.cancel(made[0], desk=a_desk, reason="the guide is ill")
    screen.refresh(CHANGED)
    qtbot.waitUntil(lambda: settled(screen) and len(ids(screen)) == 5)
    assert screen.table.model_.ticked == {made[1]}, "what left the list is ticked no more"
    go_to(qtbot, screen, ALL)
    assert screen.table.model_.ticked_count == 0


def test_a_click_with_shift_ticks_up_to_there(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    screen, made = several(qtbot, a_desk, at)
    place = screen.table.visualRect(screen.table.model_.index(3, 2)).center()
    qtbot.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, SHIFT, place)
    assert screen.table.model_.ticked == set(made[:4])


def test_the_bar_says_what_confirming_would_do_and_what_is_wrong(
    qtbot: QtBot, a_desk: Desk, at: AtDesk
) -> None:
    a_product(a_desk, capacity=5)
    made = [a_reservation(a_desk, party=heads, date="2027-01-16") for heads in (2, 4, 1)]
    screen = opened(qtbot, at, UPCOMING)
    press(screen, Qt.Key.Key_A, held=CTRL)
    qtbot.waitUntil(lambda: "short" in screen.bulk_bar.words)
    assert screen.bulk_bar.words == ("3 selected 3 travelers, 1 departure. Tomorrow 14:00 is 2 seats short")
    assert screen.bulk_bar.confirm.text() == "Confirm 2"
    press(screen, Qt.Key.Key_C)
    assert at.deeds.asked == [("confirm-all", tuple(made))]  # type: ignore[attr-defined]


def test_more_than_can_be_decided_together_is_said_at_once(
    qtbot: QtBot, a_desk: Desk, at: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controllers.bulk.MOST", 3)
    screen, _made = several(qtbot, a_desk, at)
    press(screen, Qt.Key.Key_A, held=CTRL)
    qtbot.waitUntil(lambda: "too many at once" in screen.bulk_bar.words)
    press(screen, Qt.Key.Key_C)
    assert at.deeds.asked == []  # type: ignore[attr-defined]


def test_what_is_to_do_at_channels_is_ticked_off_together(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    made = [a_reservation(a_desk, Status.CONFIRMED, sold_by="kkday") for _ in range(2)]
    screen = opened(qtbot, at, UPCOMING)
    press(screen, Qt.Key.Key_D)
    press(screen, Qt.Key.Key_A, held=CTRL)
    qtbot.waitUntil(lambda: screen.bulk_bar.tick_off.isVisible())
    assert screen.bulk_bar.tick_off.text() == "Done there 2"
    press(screen, Qt.Key.Key_D)
    assert at.deeds.asked == [("tick-off", made[0]), ("tick-off-all", tuple(made))]  # type: ignore[attr-defined]


def test_one_or_several_are_claimed(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    screen, made = several(qtbot, a_desk, at, 2)
    press(screen, Qt.Key.Key_L)
    press(screen, Qt.Key.Key_A, held=CTRL)
    press(screen, Qt.Key.Key_L)
    assert at.deeds.asked == [("claim", made[0]), ("claim-all", tuple(made))]  # type: ignore[attr-defined]


# --- far away -----------------------------------------------------------------------------------


def test_a_jump_to_the_middle_reads_the_middle(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    screen, made = several(qtbot, a_desk, at, 900)
    bar = screen.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    middle = screen.table.rowAt(10)
    assert 400 < middle < 500
    QApplication.processEvents()
    qtbot.waitUntil(lambda: screen.table.model_.row(middle) is not None)
    assert screen.table.model_.row(middle).id == made[middle]


def test_the_screen_goes_to_details_from_a_row_far_below(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    screen, made = several(qtbot, a_desk, at, 300)
    went = wanders(screen)
    press(screen, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: screen.row is not None)
    press(screen, Qt.Key.Key_Return)
    ((word, what),) = went
    assert (word, what["reservation"]) == ("details", made[-1])


def test_a_guests_list_can_be_ordered_too(qtbot: QtBot, a_desk: Desk, at: AtDesk) -> None:
    a_product(a_desk)
    made = [a_reservation(a_desk, Status.AWAITING_PAYMENT, date=f"2027-01-2{day}") for day in range(2)]
    screen = opened(qtbot, at)
    screen.opened(wanted=Filter(needs="awaiting-payment"), title="Awaiting payment")
    qtbot.waitUntil(lambda: settled(screen) and ids(screen) == made)
    screen.table.sort_wanted.emit("departure")
    qtbot.waitUntil(lambda: settled(screen) and ids(screen) == made[::-1])
