"""What is to be settled on the dashboard is ticked off there; what others settle moves nothing under the cursor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers import reservations
from controllers.desk import Desk
from models.reservations import Status
from models.rows import Filter
from tests.builders import a_product, a_reservation, kkday_row, take, taken
from tests.fakes import StillClock
from tests.ui.a_today import a_chore, opened, urgent_ids
from tests.ui.at_a_desk import at_a_desk, wanders
from tests.ui.gallery_today import a_window
from ui.at_desk import AtDesk
from ui.main_window import MainWindow
from ui.today import Today
from ui.widgets.button import Button


@pytest.fixture
def at(a_desk: Desk) -> Iterator[AtDesk]:
    with at_a_desk(a_desk) as made:
        yield made


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
