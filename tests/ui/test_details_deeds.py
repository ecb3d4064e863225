"""What is done on a reservation's page: claims, notes, decisions, walking through a list, and hiding again."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers import checkin, claims, departures, giving_back, reservations, trips, viewing
from controllers.desk import Actor, Desk
from models.calendar_facts import DepartureKey
from models.payments import MoneyState
from models.reservations import Status, Verb
from tests.builders import (
    DEPARTS,
    a_product,
    a_reservation,
    an_operator,
    departure,
    kkday_row,
    reservation,
    somebody_else,
    take,
    taken,
    teach_headings,
)
from tests.controllers.test_giving_back import a_refund
from tests.fakes import StillClock
from tests.ui.desk_window import DeskWindow
from ui import details_reveal
from ui.details_deeds import ORDER, DeedsDialog
from ui.details_walk import Walk
from ui.history_words import has_words
from ui.pulse import pulse
from ui.refund_dialogs import RefundDoneDialog
from ui.take_theirs import TakeDialog
from ui.widgets.action_row import ActionRow

CTRL = Qt.KeyboardModifier.ControlModifier
GUEST = {"name": "SAMPLE, ANNA", "email": "anna@example.com", "phone": "+82 10 0000 0001"}


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk)
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def journal(desk: Desk, one: int) -> list[str]:
    return [line.action for line in viewing.see_details(one, desk=desk).history]


def as_receptionist(desk: Desk) -> None:
    at = desk.actor
    desk.actor = Actor(at.staff_id, at.staff, "front-desk", at.counter_id, at.counter)


def close_departure(desk: Desk, one: int) -> None:
    """Nothing more is sold on the departure of this reservation."""
    row = departure(desk, one)
    departures.close(DepartureKey(row.option_id, row.departs_at), desk=desk)


# --- how it stands ------------------------------------------------------------------------------


def test_the_promise_shows_its_sum_and_counts_down(here: DeskWindow, clock: StillClock) -> None:
    an_operator(here.desk, closed_days=[date(2027, 1, 16), date(2027, 1, 17)])
    a_product(here.desk, "SLOW", "Slow Walk", confirm_within={"days": 3})
    one = a_reservation(here.desk, sold_by="kkday", product="[SLOW] Slow Walk/Afternoon")
    here.go("details", reservation=one)
    said = here.said()
    assert "3 days left" in said
    assert "Promised to KKday by Tue 19 Jan, 09:00: 3 working days, 2 closed days skipped" in said
    clock.forward(days=3, hours=22, minutes=55)
    pulse().beat.emit()
    assert "5:00 left" in here.said()
    clock.forward(minutes=6)
    pulse().beat.emit()
    assert "1 min late" in here.said()


def test_a_letter_tells_its_seconds_as_they_pass(here: DeskWindow, clock: StillClock) -> None:
    one = a_reservation(here.desk, Status.CONFIRMED, email="anna@example.com")
    here.go("details", reservation=one)
    assert "waiting, 1:00 left" in here.said()
    clock.forward(seconds=18)
    pulse().beat.emit()
    assert "waiting, 0:42 left" in here.said()


def test_party_and_validity_of_an_open_dated_ticket_are_told(here: DeskWindow) -> None:
    a_product(here.desk, "MUS", "Museum Pass", validity="open", valid_days=90, uses=3)
    one = a_reservation(here.desk, Status.CONFIRMED, product="Museum Pass", infants=1)
    here.go("details", reservation=one)
    said = here.said()
    assert "2 × Adult, 2 seats" in said
    assert "1 × Infant, no seat" in said
    assert "0 of 3 uses spent" in said
    assert "Valid, any day until Thu 15 Apr, 90 days left" in said


def test_an_overbooked_departure_says_by_how_many(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=7)
    one = a_reservation(here.desk, party=3)
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_C)
    here.press(Qt.Key.Key_O)
    here.type("a second guide comes")
    here.press(Qt.Key.Key_Return)
    assert here.toast == f"Confirmed CF-{one}, 2 over; no letter leaves"
    said = here.said()
    assert "2 over, 10 of 8 seats are taken on this departure" in said
    assert "2 over, with a reason" in said
    assert "a second guide comes" in said  # as a note
    assert "The traveler was told" not in said


def test_each_deed_to_do_at_the_channel_is_ticked_off_alone(here: DeskWindow, clock: StillClock) -> None:
    one = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday")
    clock.set(DEPARTS)
    checkin.scan(f"CF-{one}", desk=here.desk)
    clock.forward(hours=3)
    trips.close_trips(desk=here.desk)
    here.go("details", reservation=one)
    assert "To do at KKday: confirm there" in here.said()
    assert "To do at KKday: redeem there" in here.said()
    here.press(Qt.Key.Key_D)
    assert "confirm there" not in here.said()
    assert "To do at KKday: redeem there" in here.said()
    assert "Owner ticked off: confirmed at the channel, too" in here.said()
    here.click("Done there")
    assert reservation(here.desk, one).to_do == ""


def test_i_opens_check_in_with_the_order_in_hand_or_says_why_not(here: DeskWindow, clock: StillClock) -> None:
    one, waits = a_reservation(here.desk, Status.CONFIRMED), a_reservation(here.desk)
    clock.set(DEPARTS)
    here.go("details", reservation=waits)
    here.press(Qt.Key.Key_I)
    assert here.window.word == "details"
    assert here.toast == "No check-in: Only while it is Confirmed"

    here.go("details", reservation=one)
    screen, gone = here.window.screen_in_front, []
    assert screen is not None
    screen.navigate.connect(lambda word, what: gone.append((word, what)))
    here.press(Qt.Key.Key_I)
    assert gone == [("checkin", {"text": f"CF-{one}"})]


# --- what can be done, and why not --------------------------------------------------------------


def rows(here: DeskWindow) -> dict[str, ActionRow]:
    assert isinstance(here.dialog, DeedsDialog)
    return {row.text(): row for row in here.dialog.findChildren(ActionRow)}


def test_every_verb_of_the_life_is_listed_and_the_grey_ones_say_why(here: DeskWindow) -> None:
    one = a_reservation(here.desk)
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_Period)
    listed = rows(here)
    assert len(listed) == len(Verb)
    able = {text for text, row in listed.items() if row.isEnabled()}
    assert able == {
        "Confirm",
        "Hold, and say what is missing",
        "Cancel, and tell the traveler why",
        "The traveler steps back",
    }
    for text, row in listed.items():
        if text not in able:
            assert row.toolTip() == row.accessibleDescription() != ""
    assert listed["Undo the redemption"].toolTip() == "Only while it is Redeemed"
    assert listed["Accept the cancellation"].toolTip() == "Only while it is Cancel requested"


def test_a_confirmed_one_is_cancelled_by_a_manager_only(here: DeskWindow) -> None:
    one = a_reservation(here.desk, Status.CONFIRMED)
    as_receptionist(here.desk)
    here.go("details", reservation=one)
    button = here.button("Cancel")
    assert not button.isEnabled()
    assert button.accessibleDescription() == "A confirmed one is cancelled by a manager"


def test_a_verb_of_the_list_is_done_when_it_is_chosen(here: DeskWindow) -> None:
    one = a_reservation(here.desk)
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_Period)
    here.qtbot.mouseClick(rows(here)["The traveler steps back"], Qt.MouseButton.LeftButton)
    here.quiet()
    assert "Withdraw" in here.said(here.dialog)
    here.click("Withdraw")
    row = reservation(here.desk, one)
    assert (row.status, row.cause) == (Status.CANCELLED, "theirs")


def test_every_verb_has_its_place_in_the_list() -> None:
    assert set(ORDER) == set(Verb)


# --- claims -------------------------------------------------------------------------------------


def test_l_claims_and_lets_go(here: DeskWindow) -> None:
    one = a_reservation(here.desk)
    here.go("details", reservation=one)
    assert "Person in charge, Nobody works on it" in here.said()
    here.press(Qt.Key.Key_L)
    assert "Person in charge, Owner, until 10:30 if nothing more is done" in here.said()
    here.press(Qt.Key.Key_L)
    assert "Nobody works on it" in here.said()
    assert journal(here.desk, one)[:2] == ["release", "claim"]


def test_what_another_has_claimed_is_taken_over_and_the_history_says_from_whom(here: DeskWindow) -> None:
    one = a_reservation(here.desk)
    claims.claim(one, desk=somebody_else(here.desk))
    here.go("details", reservation=one)
    assert "Mina, until 10:30" in here.said()
    here.click("Take over")
    assert "Person in charge, Owner" in here.said()
    assert "Owner took it over from Mina" in here.said()


def test_the_confirm_dialog_warns_of_another_persons_claim_and_confirms_all_the_same(
    here: DeskWindow,
) -> None:
    one = a_reservation(here.desk)
    claims.claim(one, desk=somebody_else(here.desk))
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_C)
    assert "Mina works on this order." in here.notices()
    here.press(Qt.Key.Key_Return)
    assert reservation(here.desk, one).status is Status.CONFIRMED


def test_the_confirm_dialog_warns_of_a_closed_departure(here: DeskWindow) -> None:
    one = a_reservation(here.desk)
    close_departure(here.desk, one)
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_C)
    assert "This departure is closed for sale." in here.notices()
    assert not here.button("Confirm 2").isEnabled()


# --- notes --------------------------------------------------------------------------------------


def test_a_note_is_written_from_the_keyboard_and_shown_with_who_and_when(here: DeskWindow) -> None:
    one = a_reservation(here.desk)
    here.go("details", reservation=one)
    assert not here.button("Keep the note").isEnabled()
    here.press(Qt.Key.Key_E)
    assert not here.keyboard.visibleRegion().isEmpty()  # it was below the fold
    here.type("Call back at 17:00; J is fine")
    assert here.window.word == "details"
    here.press(Qt.Key.Key_Return, CTRL)
    said = here.said()
    assert "Call back at 17:00; J is fine" in said
    assert "Owner, 10:00" in said
    assert "Owner added a note" in said
    assert here.button("Confirm 2").hasFocus()
    assert not here.button("Keep the note").isEnabled()


def test_escape_leaves_the_note_first_and_then_the_page(here: DeskWindow) -> None:
    one = a_reservation(here.desk)
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_E)
    here.type("half a note")
    here.press(Qt.Key.Key_Escape)
    assert here.window.word == "details"
    assert here.button("Keep the note").isEnabled()  # what was typed stays
    here.press(Qt.Key.Key_Escape)
    assert here.window.word == "today"
    assert journal(here.desk, one) == ["receive"]


# --- view information ---------------------------------------------------------------------------


def test_leaving_the_page_hides_the_data_and_the_next_look_is_journaled_anew(here: DeskWindow) -> None:
    one = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday", **GUEST)
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_V)
    assert "anna@example.com" in here.said()
    here.go("today")
    here.go("details")
    assert "anna@example.com" not in here.said()
    here.press(Qt.Key.Key_V)
    assert "anna@example.com" in here.said()
    assert journal(here.desk, one).count("view") == 2


def test_nobody_at_the_desk_hides_the_data_again(here: DeskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(details_reveal, "HIDE_AFTER_MS", 1)
    one = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday", **GUEST)
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_V)
    here.qtbot.waitUntil(lambda: "anna@example.com" not in here.said())
    assert here.button("View information").isEnabled()
    assert journal(here.desk, one).count("view") == 1


def test_a_refresh_leaves_what_was_revealed_in_sight(here: DeskWindow) -> None:
    one = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday", **GUEST)
    here.go("details", reservation=one)
    here.press(Qt.Key.Key_V)
    here.press(Qt.Key.Key_L)
    assert "anna@example.com" in here.said()


# --- walking through a list ---------------------------------------------------------------------


def test_j_and_k_walk_through_the_list_one_came_from(here: DeskWindow) -> None:
    ids = [a_reservation(here.desk) for _ in range(3)]
    here.go("details", reservation=ids[1], among=ids, at=1)
    assert "2 of 3" in here.said()
    here.press(Qt.Key.Key_J)
    assert f"CF-{ids[2]}" in here.said()
    assert "3 of 3" in here.said()
    here.press(Qt.Key.Key_J)
    assert "3 of 3" in here.said()
    for _ in range(2):
        here.press(Qt.Key.Key_K)
    assert f"CF-{ids[0]}" in here.said()
    assert "1 of 3" in here.said()


def test_a_key_pressed_while_walking_does_nothing_to_the_one_that_is_left(here: DeskWindow) -> None:
    ids = [a_reservation(here.desk) for _ in range(2)]
    here.go("details", reservation=ids[0], among=ids, at=0)
    here.qtbot.keyClick(here.keyboard, Qt.Key.Key_J)
    here.qtbot.keyClick(here.keyboard, Qt.Key.Key_C)  # before the next one is there
    here.quiet()
    assert here.dialog is None
    assert "2 of 2" in here.said()


def test_a_list_of_a_million_is_walked_without_a_copy() -> None:
    walk = Walk(range(1_000_000), 499_999)
    assert (walk.count, walk.step(1), walk.at) == (1_000_000, 500_000, 500_000)
    assert (Walk(range(3), 2).step(1), Walk((), 0).step(1), Walk(range(3)).step(-1)) == (None, None, None)


def test_a_page_opened_by_number_stands_in_no_list(here: DeskWindow) -> None:
    ids = [a_reservation(here.desk) for _ in range(2)]
    here.go("details", reservation=ids[0], among=ids, at=0)
    here.go("details", reservation=f"CF-{ids[1]}")
    here.press(Qt.Key.Key_K)
    assert f"CF-{ids[1]}" in here.said()
    assert not {"1 of 2", "2 of 2"} & set(here.said().splitlines())


def test_back_in_the_calendar_the_cursor_stands_on_the_one_that_was_shown_last(here: DeskWindow) -> None:
    ids = [a_reservation(here.desk, Status.CONFIRMED) for _ in range(3)]
    here.go("calendar", day=date(2027, 2, 1))
    calendar = here.window.screen_in_front
    here.qtbot.waitUntil(lambda: calendar._panel.reservations != ())  # type: ignore[union-attr]
    panel = calendar._panel  # type: ignore[union-attr]
    panel.go_to(ids[0])
    panel.opened.emit(ids[0])
    here.quiet()
    here.press(Qt.Key.Key_J)
    shown = panel.reservations[panel.reservations.index(ids[0]) + 1]
    assert f"CF-{shown}" in here.said()
    here.press(Qt.Key.Key_Escape)
    assert here.window.word == "calendar"
    assert panel._table.row.row.id == shown


# --- decisions ----------------------------------------------------------------------------------


def told_otherwise(desk: Desk, **told: str) -> int:
    teach_headings(desk)
    row = kkday_row()
    (one,) = taken(desk, row)
    reservations.confirm(one, desk=desk)
    take(desk, {**row, **told})
    return one


def test_keeping_ours_takes_the_question_off_the_page(here: DeskWindow) -> None:
    one = told_otherwise(here.desk, date="2027-02-02 14:00")
    here.go("details", reservation=one)
    here.click("Keep ours")
    assert "The channel tells another departure" not in here.said()
    assert "Owner kept ours" in here.said()
    assert reservation(here.desk, one).departs_on == date(2027, 2, 1)


def test_who_comes_to_decide_has_the_keyboard_on_the_first_answer(here: DeskWindow) -> None:
    one = told_otherwise(here.desk, date="2027-02-02 14:00")
    here.go("details", reservation=one, at="decisions")
    assert here.button("Keep ours").hasFocus()
    here.window.screen_in_front.refresh(frozenset(("reservations",)))
    here.quiet()
    assert here.button("Keep ours").hasFocus(), "something else changed, and the keyboard stays where it was"


def test_taking_theirs_shows_the_seats_and_moves_them(here: DeskWindow) -> None:
    one = told_otherwise(here.desk, date="2027-02-02 14:00")
    here.go("details", reservation=one)
    here.click("Take what KKday says")
    assert isinstance(here.dialog, TakeDialog)
    assert "Seats 0 to 2 of 8" in here.said(here.dialog)
    assert reservation(here.desk, one).departs_on == date(2027, 2, 1)  # only asked, not done
    here.press(Qt.Key.Key_Return)
    assert reservation(here.desk, one).departs_on == date(2027, 2, 2)
    assert "Owner took the channel's word" in here.said()
    assert "Tuesday 2 February, 14:00" in here.said()


def test_where_it_is_full_only_a_manager_takes_theirs_and_says_why(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=7, date="2027-02-02")
    one = told_otherwise(here.desk, date="2027-02-02 14:00")
    here.go("details", reservation=one)
    here.click("Take what KKday says")
    assert "1 seat is missing." in here.notices()
    assert not here.button("Overbook by 1").isEnabled()
    here.type("the guide takes one more")
    here.press(Qt.Key.Key_Return, CTRL)
    assert departure(here.desk, one).seats_taken == 9
    assert "1 over" in here.toast
    assert "1 over, 9 of 8 seats are taken on this departure" in here.said()


def test_a_date_that_is_closed_for_sale_is_taken_with_a_reason_only(here: DeskWindow) -> None:
    close_departure(here.desk, a_reservation(here.desk, date="2027-02-02"))
    one = told_otherwise(here.desk, date="2027-02-02 14:00")
    here.go("details", reservation=one)
    here.click("Take what KKday says")
    assert "This departure is closed for sale." in here.notices()
    assert not here.button("Take it").isEnabled()
    here.type("it runs for them")
    here.press(Qt.Key.Key_Return, CTRL)
    assert departure(here.desk, one).departs_on == date(2027, 2, 2)
    assert "it runs for them" in here.said()


def test_a_receptionist_cannot_overbook_by_taking_theirs(here: DeskWindow) -> None:
    a_reservation(here.desk, Status.CONFIRMED, party=7, date="2027-02-02")
    one = told_otherwise(here.desk, date="2027-02-02 14:00")
    as_receptionist(here.desk)
    here.go("details", reservation=one)
    here.click("Take what KKday says")
    assert "Only a manager may overbook." in here.notices()
    assert not here.button("Overbook by 1").isEnabled()
    here.press(Qt.Key.Key_Escape)
    assert departure(here.desk, one).departs_on == date(2027, 2, 1)


def test_theirs_is_grey_with_its_reason_where_ours_can_only_be_kept(here: DeskWindow) -> None:
    teach_headings(here.desk)
    row = kkday_row(status="Check-in & Redeem")
    (one,) = taken(here.desk, row)
    take(here.desk, {**row, "status": "Canceled"})
    here.go("details", reservation=one)
    button = here.button("Take what KKday says")
    assert not button.isEnabled()
    assert "never cancelled or refunded" in button.accessibleDescription()
    assert "never cancelled or refunded" in here.said()


# --- the words of the journal -------------------------------------------------------------------

CONTROLLERS = Path(__file__).resolve().parents[2] / "controllers"


def recorded() -> set[str]:
    """Every action that any use case records about a reservation."""
    found: set[str] = set()
    for file in CONTROLLERS.rglob("*.py"):
        module = ast.parse(file.read_text("utf-8"))
        for within in ast.walk(module):
            for node in ast.walk(within) if isinstance(within, ast.FunctionDef) else ():
                if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".record")):
                    continue
                subject, action = node.args[:2]
                if not ast.unparse(subject).startswith("f'reservation:"):
                    continue
                names = [one.arg for one in within.args.args]
                if isinstance(action, ast.Name) and action.id in names:
                    found |= told_to(module, within.name, names.index(action.id))
                else:
                    found |= actions_of(action)
    return found


def told_to(module: ast.Module, name: str, place: int) -> set[str]:
    """What a helper of the same file is told to record."""
    calls = [one for one in ast.walk(module) if isinstance(one, ast.Call) and ast.unparse(one.func) == name]
    return set().union(*(actions_of(one.args[place]) for one in calls))


def actions_of(action: ast.expr) -> set[str]:
    if isinstance(action, ast.Constant):
        return {str(action.value)}
    assert ast.unparse(action) == "moved.verb" or ast.unparse(action).startswith("Verb."), ast.unparse(action)
    return {verb.value for verb in Verb}  # a verb of the life, whichever it is


def test_every_action_that_is_recorded_about_a_reservation_has_words() -> None:
    known = recorded()
    assert {"note", "claim", "take-over", "release", "decide", "tick-off", "view"} <= known
    assert {action for action in known if not has_words(action)} == set()


def test_money_that_goes_back_is_marked_from_the_reservations_own_page(here: DeskWindow) -> None:
    one = a_refund(here.desk)
    here.go("details", reservation=one.reservation_id)
    here.click("Given back")
    assert isinstance(here.dialog, RefundDoneDialog)
    here.type("SLIP 42")
    here.press(Qt.Key.Key_Return)
    assert giving_back.see_refund(one.id, desk=here.desk).state is MoneyState.DONE
    assert "We gave back, today, card, SLIP 42" in here.said()
    here.click("Due again")
    assert giving_back.see_refund(one.id, desk=here.desk).state is MoneyState.DUE
