"""One reservation, whole: hidden until it may be seen, and told in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from controllers import checkin, reservations, viewing
from controllers.desk import Desk
from models.outbox import LetterState
from models.payments import Tier
from models.reservations import Status
from models.tables import OutboxRow
from tests.builders import a_product, a_reference, a_reservation, reservation, take
from tests.builders import kkday_row as kkday
from tests.fakes import StillClock
from tests.ui.desk_window import DeskWindow
from ui import fonts, language
from ui.details_actions import ActionBar
from ui.details_header import TicketHeader
from ui.details_rows import Fact
from ui.details_tiers import TierBar, tier_spans
from ui.history_words import _SAY
from ui.widgets.button import Button

GUEST = {"name": "SAMPLE, ANNA", "email": "anna@example.com", "phone": "+82 10 0000 0001"}


@pytest.fixture
def here(qtbot: QtBot, a_desk: Desk) -> Iterator[DeskWindow]:
    a_product(a_desk, refund=[{"until_days": 7, "percent": 100}, {"until_days": 1, "percent": 50}])
    made = DeskWindow(qtbot, a_desk)
    yield made
    made.close()


def views(here: DeskWindow, made: int) -> int:
    return sum(line.action == "view" for line in viewing.see_details(made, desk=here.desk).history)


# --- what is hidden -----------------------------------------------------------------------------


def test_the_traveler_is_hidden_until_confirmed(here: DeskWindow) -> None:
    made = a_reservation(here.desk, sold_by="kkday", **GUEST)
    here.go("details", reservation=made)
    said = here.said()
    assert "Hidden until confirmed" in said
    assert "SAMPLE" not in said
    assert not here.button("View information").isEnabled()
    here.press(Qt.Key.Key_V)
    assert views(here, made) == 0


def test_view_information_shows_the_contact_and_is_journaled_once(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday", **GUEST)
    here.go("details", reservation=made)
    assert "SAMPLE, ANNA" in here.said()
    assert "anna@example.com" not in here.said()
    here.press(Qt.Key.Key_V)
    assert "anna@example.com" in here.said()
    assert "Owner opened the traveler's data" in here.said()
    here.press(Qt.Key.Key_V)
    assert views(here, made) == 1


def test_what_was_revealed_of_one_is_not_shown_for_the_next(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday", **GUEST)
    other = a_reservation(
        here.desk, Status.CONFIRMED, sold_by="kkday", name="MUSTER, BEN", email="ben@example.com"
    )
    here.go("details", reservation=made)
    here.press(Qt.Key.Key_V)
    here.go("details", reservation=other)
    assert "@example.com" not in here.said()
    here.go("details", reservation=made)
    assert "@example.com" not in here.said()


def test_taking_the_confirmation_back_hides_it_again(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday", **GUEST)
    here.go("details", reservation=made)
    here.press(Qt.Key.Key_V)
    reservations.unconfirm(made, desk=here.desk)
    here.quiet()
    assert "SAMPLE" not in here.said()
    assert "anna@example.com" not in here.said()


# --- what is told -------------------------------------------------------------------------------


def test_the_head_tells_numbers_party_departure_and_what_to_do_there(here: DeskWindow) -> None:
    made = a_reservation(
        here.desk, Status.CONFIRMED, sold_by="kkday", party=2, reference=(number := a_reference("27KK"))
    )
    here.go("details", reservation=made)
    said = here.said()
    for words in (
        f"CF-{made}",
        number,
        "KKday",
        "by way of rezio",
        "Channel says: New & Paid",
        "2 travelers: 2 × Adult",
        "Departure: Monday 1 February, 14:00",
        "Ticket: 0 of 1 used",
        "To do at KKday: confirm there",
    ):
        assert words in said


def test_the_facts_of_the_head_are_readable_whole_where_it_is_narrow(qtbot: QtBot, a_desk: Desk) -> None:
    a_product(a_desk)
    made = a_reservation(a_desk, Status.CONFIRMED)
    head = TicketHeader()
    qtbot.addWidget(head)
    head.show_details(viewing.see_details(made, desk=a_desk), a_desk.now())
    head.resize(640, 240)
    head.show()
    facts = head.findChildren(Fact)
    assert len(facts) >= 4
    assert all(fact.width() >= fact.sizeHint().width() for fact in facts)
    assert len({fact.y() for fact in facts}) > 1


def test_an_unmatched_order_with_an_unknown_party_says_both(here: DeskWindow) -> None:
    made = a_reservation(here.desk, sold_by="kkday", party=None, product="Somebody else's tour")
    here.go("details", reservation=made)
    assert "No product of ours: no seats are counted" in here.said()
    assert "The channel does not tell how many come" in here.said()


def test_letters_tickets_and_scans_tell_how_they_stand(here: DeskWindow, clock: StillClock) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, party=3, email="anna@example.com")
    here.go("details", reservation=made)
    assert "Confirmation, leaves 10:01:00, waiting" in here.said()
    clock.set(reservation(here.desk, made).departs_at)
    checkin.scan(f"CF-{made}", desk=here.desk, heads=2)
    here.quiet()
    said = here.said()
    assert "For the party, 2 of 3 in, 0 of 1 uses spent" in said
    assert "2 in" in said
    assert "Arrived" in said
    assert "Owner let in 2" in said


def test_a_letter_that_was_taken_back_or_is_uncertain_says_why_in_words(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, email="anna@example.com")
    for state, why, words in (
        (LetterState.DROPPED, "complaint", "a complaint is open"),
        (LetterState.UNCERTAIN, "line-cut", "The line broke before the mail server said that it has it."),
    ):
        with here.desk.work() as work:
            work.connection.execute(update(OutboxRow).values(state=state, trouble=why))
            work.changed.add("letters")
        here.go("details", reservation=made)
        here.quiet()
        assert words in here.said()
        assert why not in here.said().replace(words, "")


def test_a_request_and_a_reason_are_shown(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.PENDING, notes="One pushchair")
    here.go("details", reservation=made)
    assert "Traveler's request One pushchair" in here.said()
    assert "Held, because the passport number" in here.said()


def test_both_sides_of_a_decision_are_shown(here: DeskWindow) -> None:
    row = kkday(**GUEST)
    take(here.desk, row)
    made = 10001
    reservations.confirm(made, desk=here.desk)
    take(here.desk, {**row, "date": "2027-02-03 14:00"})
    here.go("details", reservation=made)
    said = here.said()
    assert "The channel tells another departure" in said
    assert "KKday says" in said
    assert "Wed 3 Feb" in said
    assert "Mon 1 Feb" in said


def test_history_is_told_in_sentences_newest_first(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.PENDING, sold_by="kkday")
    reservations.confirm(made, desk=here.desk)
    reservations.cancel(made, desk=here.desk, reason="the guide is ill")
    here.go("details", reservation=made)
    said = here.said()
    heads = ["Owner cancelled", "Owner confirmed", "Owner keeps it waiting", "Came in from KKday"]
    places = [said.index(head) for head in heads]
    assert places == sorted(places)
    assert "seats 0 → 2 of 8" in said
    assert "₩75,000 from the channel (Full refund of what was paid)" in said


def test_a_long_history_opens_when_asked(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday")
    for _ in range(3):
        reservations.unconfirm(made, desk=here.desk)
        reservations.confirm(made, desk=here.desk)
    here.go("details", reservation=made)
    assert "Came in from KKday" not in here.said()
    here.click("All 8 lines")
    assert "Came in from KKday" in here.said()


@pytest.mark.parametrize("action", sorted(_SAY))
def test_every_verb_of_the_journal_has_words(action: str) -> None:
    head = _SAY[action]("Anna", {"after": Status.CANCELLED.value, "channel": "kkday"}).head
    assert head
    assert "{" not in head


# --- money --------------------------------------------------------------------------------------


def test_money_tells_who_holds_it_and_what_would_go_back(here: DeskWindow, clock: StillClock) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday")
    clock.forward(days=12)
    here.go("details", reservation=made)
    said = here.said()
    assert "Collected by KKday, −₩75,000" in said
    assert "To collect at the desk, ₩0" in said
    assert "Refund ₩37,500: Until 1 day before departure: 50 %" in said
    assert "Refund over time: 100 %, 50 %, 0 %; now 50 %" in said


def test_a_cancelled_one_tells_when_the_money_arrives(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED, sold_by="kkday")
    reservations.cancel(made, desk=here.desk, reason="the guide is ill")
    here.go("details", reservation=made)
    assert "KKday gives back, between Tue 19 Jan and Fri 22 Jan, ₩75,000" in here.said()


def test_the_bar_of_tiers_goes_from_the_order_to_the_departure(qtbot: QtBot) -> None:
    departs = dt.datetime(2027, 2, 1, 5, tzinfo=dt.UTC)
    spans = tier_spans((Tier(30, 100), Tier(7, 50)), departs - dt.timedelta(days=10), departs)
    assert [span.percent for span in spans] == [50, 0]
    bar = TierBar(spans, departs + dt.timedelta(days=3))
    qtbot.addWidget(bar)
    assert not bar.grab().isNull()


# --- what can be done ---------------------------------------------------------------------------


def test_the_likely_thing_is_primary_and_has_the_focus(here: DeskWindow) -> None:
    made = a_reservation(here.desk, party=2)
    here.go("details", reservation=made)
    assert here.button("Confirm 2").hasFocus()
    here.press(Qt.Key.Key_C)
    here.press(Qt.Key.Key_Return)
    assert "Owner confirmed" in here.said()
    assert here.keyboard is not None
    assert here.window.screen_in_front.isAncestorOf(here.keyboard)  # type: ignore[union-attr]


def test_what_cannot_be_done_is_grey_and_says_why(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    here.go("details", reservation=made)
    assert "a voucher is made when it is confirmed" in here.button("Voucher").toolTip()
    with here.qtbot.assertNotEmitted(here.deeds.voucher_wanted):
        here.press(Qt.Key.Key_P)
    done = a_reservation(here.desk, Status.REDEEMED)
    here.go("details", reservation=done)
    assert "never cancelled or refunded" in here.button("Cancel").toolTip()


def test_p_shows_the_voucher_of_a_confirmed_one(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CONFIRMED)
    here.go("details", reservation=made)
    with here.qtbot.waitSignal(here.deeds.voucher_wanted) as asked:
        here.press(Qt.Key.Key_P)
    assert asked.args == [made]


def test_one_who_asks_to_cancel_is_answered_with_x(here: DeskWindow) -> None:
    made = a_reservation(here.desk, Status.CANCEL_REQUESTED)
    here.go("details", reservation=made)
    assert here.button("Answer").hasFocus()
    here.press(Qt.Key.Key_X)
    here.press(Qt.Key.Key_D)
    assert reservation(here.desk, made).status is Status.CONFIRMED


def test_a_number_opens_it_too_and_an_unknown_one_says_so(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    here.go("details", reservation=f"CF-{made}")
    assert "Tea House Walk, Afternoon" in here.said()
    here.go("details", reservation="CF-99999")
    assert "Nothing here is called CF-99999" in here.said()
    assert "Tea House Walk" not in here.said()


def test_escape_goes_back_to_where_one_came_from(here: DeskWindow) -> None:
    made = a_reservation(here.desk)
    here.go("reservations")
    here.go("details", reservation=made)
    here.press(Qt.Key.Key_Escape)
    assert here.window.word == "reservations"


def test_a_late_answer_about_another_one_is_dropped(here: DeskWindow) -> None:
    first, second = a_reservation(here.desk), a_reservation(here.desk)
    here.window.go("details", reservation=first)
    here.window.go("details", reservation=second)
    here.quiet()
    assert f"CF-{second}" in here.said()
    assert f"CF-{first}" not in here.said()


@pytest.mark.parametrize("status", [Status.UNCONFIRMED, Status.CONFIRMED])
def test_in_a_small_window_with_large_letters_what_is_likely_keeps_its_word(
    here: DeskWindow, qapp: QApplication, status: Status
) -> None:
    language.apply(qapp, "en", scale=1.5)
    made = a_reservation(here.desk, status)
    here.window.resize(1024, 640)
    here.go("details", reservation=made)
    bar = here.window.findChild(ActionBar)
    assert bar is not None
    narrow = [one for one in bar.findChildren(Button) if one.isVisible()]
    spare = fonts.px(16)  # of the room beside a word
    for one in narrow:
        here.qtbot.waitUntil(lambda one=one: one.width() >= one.sizeHint().width() - spare)
    heard = {one.accessibleName() for one in narrow}
    assert "Back (Esc)" in heard, "heard, if not seen"
    assert ("Voucher (P)" in heard) == (status is Status.CONFIRMED), "where there is none it makes room"
    here.window.resize(1600, 900)
    buttons = bar.findChildren(Button)
    here.qtbot.waitUntil(lambda: "Voucher" in {one.text() for one in buttons if one.isVisible()})
