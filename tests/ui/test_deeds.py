"""Deeds ask before they do, show refusals where they were asked, and can be taken back in time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from controllers import letter_ways, reservations
from controllers.desk import Actor, Desk
from models.reservations import Status, Verb
from models.tables import Payment
from tests.builders import a_product, a_reservation, departure, letters, paid, reservation
from tests.fakes import StillClock
from tests.ui.desk_window import DeskWindow
from ui.cancel import CancelDialog
from ui.confirm import ConfirmDialog
from ui.hold import HoldDialog, UndoDialog
from ui.pay import PayDialog
from ui.widgets.segmented import Segmented

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk, refund=[{"until_days": 7, "percent": 100}, {"until_days": 1, "percent": 50}])
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def ask(here: DeskWindow, deed: str, made: int) -> None:
    getattr(here.deeds, deed)(made)
    here.quiet()


def status(here: DeskWindow, made: int) -> Status:
    return reservation(here.desk, made).status


def make_receptionist(desk: Desk) -> None:
    at = desk.actor
    desk.actor = Actor(at.staff_id, at.staff, "front-desk", at.counter_id, at.counter)


# --- confirming ---------------------------------------------------------------------------------


def test_what_was_typed_comes_back_where_a_ready_text_was_put_over_it(here: DeskWindow) -> None:
    ask(here, "hold", a_reservation(here.desk))
    here.type("the bus broke down")
    here.click("Waits for seats")
    assert here.dialog.reason == "Waits for seats"
    here.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert here.dialog.reason == "the bus broke down"


def test_confirm_shows_the_seats_before_and_after_and_takes_them_on_enter(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=3)
    made = a_reservation(here.desk, sold_by="kkday", party=2)
    ask(here, "confirm", made)
    said = here.said(here.dialog)
    assert "Confirm 2 seats?" in said
    assert "Seats 3 to 5 of 8, 3 left after this" in said
    assert "Tea House Walk, Afternoon" in said
    assert "Monday 1 February, 14:00" in said
    assert "Promised to KKday by" in said
    assert "SAMPLE" not in said
    assert "No voucher letter leaves: no e-mail address is known." in said
    here.press(Qt.Key.Key_Return)
    assert here.dialog is None
    assert status(here, made) is Status.CONFIRMED
    assert departure(here.desk, made).seats_taken == 5
    assert here.toast == f"Confirmed CF-{made}; no letter leaves"
    assert len(here.done) == 1


def test_confirm_says_in_which_language_the_voucher_letter_leaves(here: DeskWindow) -> None:
    made = a_reservation(here.desk, email="anna@example.com")
    ask(here, "confirm", made)
    assert "The voucher letter in English leaves 60 seconds later." in here.said(here.dialog)
    here.press(Qt.Key.Key_Return)
    assert here.toast == f"Confirmed CF-{made}, the letter waits"


def test_confirm_says_that_letters_are_sent_by_hand(here: DeskWindow) -> None:
    letter_ways.keep_ways(letter_ways.HOUSE, {"confirmation": False}, "", desk=here.desk)
    made = a_reservation(here.desk, email="anna@example.com")
    ask(here, "confirm", made)
    assert "No voucher letter leaves by itself" in here.said(here.dialog)
    here.press(Qt.Key.Key_Return)
    assert here.toast == f"Confirmed CF-{made}; no letter leaves"


def test_rivals_for_the_same_departure_are_counted(here: DeskWindow) -> None:
    made = a_reservation(here.desk, party=2)
    a_reservation(here.desk, party=3)
    a_reservation(here.desk, Status.PENDING, party=1)
    ask(here, "confirm", made)
    assert "2 other orders want 4 seats here." in here.notices()


def test_one_rival_for_one_seat_is_said_in_the_singular(here: DeskWindow) -> None:
    made = a_reservation(here.desk, party=2)
    a_reservation(here.desk, party=1)
    ask(here, "confirm", made)
    assert "1 other order wants 1 seat here." in here.notices()


def test_escape_confirms_nothing(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    ask(here, "confirm", made)
    here.press(Qt.Key.Key_Escape)
    assert here.dialog is None
    assert status(here, made) is Status.UNCONFIRMED


def test_h_in_the_confirm_dialog_holds_instead(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    ask(here, "confirm", made)
    here.press(Qt.Key.Key_H)
    assert isinstance(here.dialog, HoldDialog)
    assert not here.button("Hold").isEnabled()
    here.type("the passport number")
    here.press(Qt.Key.Key_Return, CTRL)
    assert status(here, made) is Status.PENDING
    assert here.toast == f"CF-{made} is now Pending"


def test_missing_seats_make_confirming_impossible_until_a_reason_overbooks(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=7)
    made = a_reservation(here.desk, party=3)
    ask(here, "confirm", made)
    assert "2 seats are missing." in here.notices()
    assert not here.button("Confirm").isEnabled()
    here.press(Qt.Key.Key_Return)  # the focus is on Hold, and Enter presses what has it
    assert isinstance(here.dialog, HoldDialog)
    here.press(Qt.Key.Key_Escape)
    ask(here, "confirm", made)
    here.press(Qt.Key.Key_O)
    assert not here.button("Overbook 3").isEnabled()
    here.type("the guide takes two more")
    here.press(Qt.Key.Key_Return)
    assert status(here, made) is Status.CONFIRMED
    assert departure(here.desk, made).seats_taken == 10


def test_overbooking_needs_a_manager(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=8)
    made = a_reservation(here.desk, party=1)
    make_receptionist(here.desk)
    ask(here, "confirm", made)
    assert not here.button("Overbook").isEnabled()
    assert "Only a manager may overbook." in here.notices()
    here.press(Qt.Key.Key_O)
    assert not any(field.isVisible() for field in here.dialog.findChildren(type(here.dialog._reason)))  # type: ignore[union-attr,attr-defined]


def test_somebody_else_taking_the_last_seats_is_said_in_the_dialog(here: DeskWindow) -> None:
    made, other = a_reservation(here.desk, party=5), a_reservation(here.desk, party=4)
    ask(here, "confirm", made)
    here.desk.listeners.clear()
    reservations.confirm(other, desk=here.desk)
    here.press(Qt.Key.Key_Return)
    assert isinstance(here.dialog, ConfirmDialog)
    assert "short of seats by 1" in here.notices()
    assert "Seats 4 to 9 of 8, 1 short" in here.said(here.dialog)
    assert not here.button("Confirm").isEnabled()
    assert here.refused[0].code == "no-seats"


def test_a_change_meanwhile_is_refused_and_read_anew(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    ask(here, "confirm", made)
    reservations.hold(made, desk=here.desk, reason="the passport number")
    here.press(Qt.Key.Key_Return)
    assert "was changed by somebody else" in here.notices()
    here.press(Qt.Key.Key_Return)
    assert status(here, made) is Status.CONFIRMED


def test_an_order_without_a_departure_says_that_no_seats_are_counted(here: DeskWindow) -> None:
    made = a_reservation(here.desk, product="Somebody else's tour")
    ask(here, "confirm", made)
    assert "Confirm this order?" in here.said(here.dialog)
    assert "no seats are counted" in here.notices()
    assert not here.dialog._seats.isVisible()  # type: ignore[union-attr,attr-defined]
    here.press(Qt.Key.Key_Return)
    assert status(here, made) is Status.CONFIRMED


def test_a_party_nobody_told_takes_one_seat_and_says_so(here: DeskWindow) -> None:
    made = a_reservation(here.desk, sold_by="kkday", party=None)
    ask(here, "confirm", made)
    assert "does not tell how many come. One seat is taken." in here.notices()


def test_what_is_confirmed_already_is_refused_without_a_dialog(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED)
    ask(here, "confirm", made)
    assert here.dialog is None
    assert here.toast.startswith(f"CF-{made} is Confirmed")


# --- taking back --------------------------------------------------------------------------------


def test_the_last_confirmation_is_taken_back_while_its_letter_waits(here: DeskWindow) -> None:
    first, last = a_reservation(here.desk, party=1), a_reservation(here.desk, party=2)
    for made in (first, last):
        ask(here, "confirm", made)
        here.press(Qt.Key.Key_Return)
    here.deeds.take_back_last()
    here.quiet()
    assert status(here, last) is Status.UNCONFIRMED
    assert status(here, first) is Status.CONFIRMED
    assert letters(here.desk, last)[0][1] == "DROPPED"
    assert here.toast == f"Taken back: CF-{last} is Unconfirmed again, no letter leaves"


def test_the_link_of_the_toast_takes_back_too(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    ask(here, "confirm", made)
    here.press(Qt.Key.Key_Return)
    here.click("Take back")
    assert status(here, made) is Status.UNCONFIRMED


def test_without_a_waiting_letter_there_is_nothing_to_take_back(here: DeskWindow) -> None:
    here.deeds.take_back_last()
    here.quiet()
    assert here.toast == "Nothing to take back: no letter waits."


# --- ending -------------------------------------------------------------------------------------


def test_the_traveler_is_told_before_an_order_is_cancelled(here: DeskWindow) -> None:
    made = a_reservation(here.desk, sold_by="kkday")
    ask(here, "cancel", made)
    assert isinstance(here.dialog, CancelDialog)
    assert not here.button("Keep the note").isEnabled()
    said = here.said(here.dialog)
    assert "Write it in KKday's own chat" in said
    assert "KKday gives back ₩75,000" in said
    assert "Full refund of what was paid" in said
    assert "Arrives between Tue 19 Jan and Fri 22 Jan: 2 to 5 business days." in said
    assert "Cancelled by us this month: 0 → 1 of 1 (0.0 % → 100.0 %)" in said
    here.click("Our guide is ill")
    here.press(Qt.Key.Key_Return, CTRL)
    row = reservation(here.desk, made)
    assert row.status is Status.CANCELLED
    assert row.reason.startswith("Hello, unfortunately our guide for Tea House Walk on ")
    assert f"CF-{made}" in row.reason
    assert row.to_do == "tell cancel"


def test_where_an_address_is_known_a_letter_leaves_first(here: DeskWindow) -> None:
    made = a_reservation(here.desk, email="anna@example.com")
    ask(here, "cancel", made)
    assert [one for one in here.dialog.findChildren(Segmented) if one.isVisible()] == []  # type: ignore[union-attr]
    here.type("Dear {{ traveler }}, it is full.")
    assert not here.button("Tell them").isEnabled()
    assert "traveler" in here.button("Tell them").toolTip()
    here.dialog._area.set_text("It is full.")  # type: ignore[union-attr]
    here.press(Qt.Key.Key_Return, CTRL)
    assert reservation(here.desk, made).reason == "It is full."


def test_a_confirmed_one_asks_whose_cause_and_shows_the_tier(here: DeskWindow, clock: StillClock) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday")
    clock.forward(days=12)  # five days before departure
    ask(here, "cancel", made)
    assert "A voucher is a promise." in here.notices()
    assert "2 seats become free: 2 → 0 of 8" in here.said(here.dialog)
    assert "KKday gives back ₩75,000" in here.said(here.dialog)
    here.dialog.findChildren(Segmented)[0].choose(1)  # type: ignore[union-attr]
    said = here.said(here.dialog)
    assert "KKday gives back ₩37,500" in said
    assert "Until 1 day before departure: 50 %" in said
    here.type("as you asked")
    here.press(Qt.Key.Key_Return, CTRL)
    assert reservation(here.desk, made).cause == "theirs"


def test_only_a_manager_cancels_what_was_confirmed(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED)
    make_receptionist(here.desk)
    ask(here, "cancel", made)
    here.type("no")
    assert not here.button("Keep the note").isEnabled()


def test_a_requested_cancellation_is_accepted_or_declined(here: DeskWindow) -> None:
    declined = a_reservation(here.desk, Status.CANCEL_REQUESTED)
    accepted = a_reservation(here.desk, Status.CANCEL_REQUESTED)
    ask(here, "cancel", declined)
    here.press(Qt.Key.Key_D)
    assert status(here, declined) is Status.CONFIRMED
    here.deeds.do(Verb.ACCEPT, accepted)
    here.quiet()
    here.press(Qt.Key.Key_A)
    assert status(here, accepted) is Status.CANCELLED


def test_an_unpaid_order_is_withdrawn(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.AWAITING_PAYMENT)
    ask(here, "cancel", made)
    assert "Nothing was paid yet." in here.said(here.dialog)
    here.press(Qt.Key.Key_W)
    assert status(here, made) is Status.CANCELLED


def test_a_redeemed_one_is_never_cancelled(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.REDEEMED)
    ask(here, "cancel", made)
    assert here.dialog is None
    assert here.toast == f"CF-{made} is redeemed. A redeemed reservation is never cancelled or refunded."
    assert here.refused[0].code == "redeemed-is-final"


# --- money and the rest -------------------------------------------------------------------------


def test_payment_takes_what_is_due(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.AWAITING_PAYMENT)
    ask(here, "pay", made)
    assert isinstance(here.dialog, PayDialog)
    assert "Take ₩75,000?" in here.said(here.dialog)
    here.type("80000")  # what is marked is replaced
    here.press(Qt.Key.Key_Return)
    assert "Take that, not more." in here.notices()
    here.type("75000")
    here.press(Qt.Key.Key_Return)
    assert paid(here.desk, made) == [(75000, "DONE", "us")]
    assert status(here, made) is Status.UNCONFIRMED
    assert here.toast == f"₩75,000 taken, CF-{made} is Unconfirmed"


def test_payment_says_the_change_of_what_was_received(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.AWAITING_PAYMENT)
    ask(here, "pay", made)
    here.press(Qt.Key.Key_Tab)
    here.type("80000")
    assert "Change ₩5,000" in here.said(here.dialog)
    here.press(Qt.Key.Key_Return)
    assert paid(here.desk, made) == [(75000, "DONE", "us")]
    with here.desk.reading() as look:
        row = look.execute(select(Payment.__table__).where(Payment.reservation_id == made)).one()
    assert (row.method, row.handed_minor, row.change_minor) == ("cash", 80_000, 5_000)


def test_nothing_due_is_said_without_a_dialog(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED)
    ask(here, "pay", made)
    assert here.toast == f"Nothing is due to us on CF-{made}."


def test_a_redemption_is_undone_late_only_with_a_reason(here: DeskWindow, clock: StillClock) -> None:
    made = a_reservation(here.desk, Status.REDEEMED)
    clock.forward(days=2)
    here.deeds.do(Verb.UNDO, made)
    here.quiet()
    assert isinstance(here.dialog, UndoDialog)
    here.type("scanned the wrong one")
    here.press(Qt.Key.Key_Return, CTRL)
    assert status(here, made) is Status.CONFIRMED


def test_one_question_at_a_time(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    here.deeds.confirm(made)
    here.deeds.cancel(made)
    here.quiet()
    here.deeds.hold(made)
    here.quiet()
    assert isinstance(here.dialog, ConfirmDialog)
    assert len([one for one in here.window.findChildren(CancelDialog) if one.isVisible()]) == 0


def test_the_voucher_is_somebody_elses(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED)
    with here.qtbot.waitSignal(here.deeds.voucher_wanted) as asked:
        here.deeds.voucher(made)
    assert asked.args == [made]
