"""Answers that come while somebody has gone on find the dialog they belong to, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from controllers import departures, reservations, viewing
from controllers.background import Lane
from controllers.desk import Desk
from models.reservations import Status, Verb
from models.tables import Reservation
from tests.builders import DAY, a_product, a_reservation, departure, paid, reservation
from tests.fakes import StillClock
from tests.ui.calendar_desk import into_the_day, settle
from tests.ui.desk_window import DeskWindow
from tests.ui.slow_lanes import held
from ui import asking, open_question
from ui.confirm import ConfirmDialog
from ui.hold import HoldDialog, UndoDialog
from ui.pay import PayDialog
from ui.take_back import TakeBackDialog
from ui.take_theirs import TakeDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def ask(here: DeskWindow, deed: str, made: int) -> None:
    getattr(here.deeds, deed)(made)
    here.quiet()


def status(here: DeskWindow, made: int) -> Status:
    return reservation(here.desk, made).status


def somebody_changes(here: DeskWindow, made: int) -> None:
    with here.desk.work() as work:
        one = update(Reservation).where(Reservation.id == made)
        work.connection.execute(one.values(version=Reservation.version + 1))


def press_unanswered(here: DeskWindow, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    here.qtbot.keyClick(here.keyboard, key, modifier)
    QApplication.processEvents()


# --- which dialog an answer closes ----------------------------------------------------------------


def test_the_answer_to_a_deed_without_a_dialog_leaves_the_next_dialog_alone(here: DeskWindow) -> None:
    redeemed, waits = a_reservation(here.desk, Status.REDEEMED), a_reservation(here.desk)
    with held(here.background):
        here.deeds.do(Verb.UNDO, redeemed)
        here.deeds.confirm(waits)
        here.qtbot.waitUntil(lambda: isinstance(here.dialog, ConfirmDialog))
        somebody_changes(here, waits)
        press_unanswered(here, Qt.Key.Key_Return)
    here.quiet()
    assert status(here, redeemed) is Status.CONFIRMED
    assert status(here, waits) is Status.UNCONFIRMED
    assert isinstance(here.dialog, ConfirmDialog)  # it says what was so, and can be pressed again
    assert "changed" in here.notices()


def test_a_late_undo_asks_about_the_reservation_that_was_refused(here: DeskWindow, clock: StillClock) -> None:
    first, second = a_reservation(here.desk, Status.REDEEMED), a_reservation(here.desk, Status.REDEEMED)
    clock.forward(days=2)
    with held(here.background):
        here.deeds.do(Verb.UNDO, first)
        here.deeds.do(Verb.UNDO, second)
    here.quiet()
    assert isinstance(here.dialog, UndoDialog)
    assert here.dialog.row.id == first


def test_a_departures_answer_is_said_about_that_departure(here: DeskWindow) -> None:
    a_product(here.desk, "ECH", "Echo Walk", option="Night", starts="19:00")
    sold = a_reservation(here.desk, Status.CONFIRMED, party=2)
    into_the_day(here)
    lines = viewing.see_days(DAY, DAY, desk=here.desk)[DAY].lines
    calendar: Any = here.window.screen_in_front
    with held(here.background):
        calendar._deeds.do("close-departure", lines[0])
        press_unanswered(here, Qt.Key.Key_Return)
        press_unanswered(here, Qt.Key.Key_Escape)
        calendar._deeds.do("guide", lines[1])
        here.type("Mina Muster")
    settle(here)
    assert departure(here.desk, sold).closed
    assert here.toast == "14:00 Tea House Walk is closed for sale"
    assert here.dialog is not None
    assert "Echo Walk" in here.said(here.dialog)
    here.press(Qt.Key.Key_Escape)
    settle(here)


def test_a_refused_departure_leaves_the_next_question_alone(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=2)
    into_the_day(here)
    line = viewing.see_days(DAY, DAY, desk=here.desk)[DAY].lines[0]
    calendar: Any = here.window.screen_in_front
    with held(here.background):
        calendar._deeds.do("seats", line)
        here.type("4")
        press_unanswered(here, Qt.Key.Key_Return)
        press_unanswered(here, Qt.Key.Key_Escape)
        assert line.key is not None
        a_reservation(here.desk, Status.CONFIRMED, party=4)
        calendar._deeds.do("guide", line)
        here.type("Mina Muster")
    settle(here)
    assert here.notices() == ""
    assert "6 seats are sold" in here.toast
    here.press(Qt.Key.Key_Escape)
    settle(here)


# --- a refusal loses nothing ----------------------------------------------------------------------


def test_a_reason_typed_before_somebody_else_changed_the_order_can_be_sent_again(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    ask(here, "hold", made)
    here.type("the passport number")
    somebody_changes(here, made)
    here.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(here.dialog, HoldDialog)
    assert here.dialog.reason == "the passport number"
    here.press(Qt.Key.Key_Return, CTRL)
    assert status(here, made) is Status.PENDING


def test_a_payment_is_taken_the_second_time_after_somebody_else_changed_the_order(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.AWAITING_PAYMENT)
    ask(here, "pay", made)
    somebody_changes(here, made)
    here.press(Qt.Key.Key_Return)
    assert isinstance(here.dialog, PayDialog)
    here.press(Qt.Key.Key_Return)
    assert paid(here.desk, made) == [(75000, "DONE", "us")]


def test_a_fault_of_ours_keeps_what_was_typed(here: DeskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    made = a_reservation(here.desk)
    ask(here, "hold", made)
    here.type("the passport number")

    def breaks(*_told: object, **_more: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(asking, "hold", breaks)
    here.press(Qt.Key.Key_Return, CTRL)
    assert [str(one) for one in here.trouble] == ["broken"]
    here.trouble.clear()
    assert isinstance(here.dialog, HoldDialog)
    assert here.dialog.reason == "the passport number"
    assert here.button("Hold").isEnabled()


def test_seats_are_tried_again_on_the_desks_lane_only() -> None:
    asked: list[Lane] = []

    class Lanes:
        def run(self, lane: Lane, *_more: object) -> None:
            asked.append(lane)

    class Asks:
        reads_on = TakeDialog.reads_on

        def read_again(self, _desk: object) -> Callable[[], None]:
            return lambda: None

    lanes: Any = Lanes()
    open_question.look_again(lanes, lambda: None, Asks(), lambda: True, lambda *_: None)  # type: ignore[arg-type,return-value]
    assert asked == [Lane.DESK]


# --- taking back ----------------------------------------------------------------------------------


def test_what_cannot_be_taken_back_does_not_stand_before_what_can(here: DeskWindow) -> None:
    first, second = a_reservation(here.desk), a_reservation(here.desk)
    for made in (first, second):
        ask(here, "confirm", made)
        here.press(Qt.Key.Key_Return)
    reservations.unconfirm(second, desk=here.desk)
    here.deeds.take_back_last()
    here.quiet()
    here.deeds.take_back_last()
    here.quiet()
    assert status(here, first) is Status.UNCONFIRMED


def test_pressed_twice_quickly_two_confirmations_are_taken_back(here: DeskWindow) -> None:
    made = [a_reservation(here.desk), a_reservation(here.desk)]
    for one in made:
        ask(here, "confirm", one)
        here.press(Qt.Key.Key_Return)
    here.deeds.take_back_last()
    here.deeds.take_back_last()
    here.quiet()
    assert [status(here, one) for one in made] == [Status.UNCONFIRMED] * 2
    assert here.refused == []


def test_somebody_elses_confirmation_is_taken_back_only_when_asked(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    reservations.confirm(made, desk=here.desk)
    here.deeds.take_back_last()
    here.quiet()
    assert isinstance(here.dialog, TakeBackDialog)
    assert f"Take back CF-{made}?" in here.said(here.dialog)
    here.press(Qt.Key.Key_Escape)
    assert status(here, made) is Status.CONFIRMED
    here.deeds.take_back_last()
    here.quiet()
    here.press(Qt.Key.Key_Return)
    assert status(here, made) is Status.UNCONFIRMED


def test_a_closed_departure_is_said_while_the_question_is_open(here: DeskWindow) -> None:
    made = a_reservation(here.desk, party=2)
    ask(here, "confirm", made)
    line = viewing.see_days(DAY, DAY, desk=here.desk)[DAY].lines[0]
    assert line.key is not None
    departures.close(line.key, desk=here.desk)
    here.deeds.look_again()
    here.quiet()
    assert "This departure is closed for sale." in here.said(here.dialog)
