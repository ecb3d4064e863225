"""What a newer file says otherwise is decided by a person: ours is kept, or theirs goes the way everything goes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update

from controllers import checkin, decisions, reservations, viewing
from controllers.desk import Desk
from models.decisions import Stand, why_kept
from models.outbox import LetterState
from models.refusals import CannotDo
from models.reservations import HOLDERS, Status
from models.tables import Departure, OutboxRow, Reservation
from tests.builders import (
    a_product,
    a_reservation,
    departure,
    everything,
    kkday_row,
    letters,
    paid,
    refunds,
    reservation,
    somebody_else,
    take,
    taken,
    teach_headings,
    tickets,
)
from tests.fakes import StillClock

S = Status


def asked(desk: Desk, one: int) -> list[str]:
    return [decision.question for decision in viewing.see_details(one, desk=desk).decisions]


def question(desk: Desk, one: int) -> int:
    """The one thing that is to be decided."""
    (decision,) = viewing.see_details(one, desk=desk).decisions
    return decision.id


def confirmed_here(desk: Desk, **told: str) -> tuple[int, dict[str, str]]:
    """An order of KKday for two adults that we have confirmed."""
    teach_headings(desk)
    row = kkday_row(email="anna@example.com", **told)
    (one,) = taken(desk, row)
    reservations.confirm(one, desk=desk)
    return one, row


def told_otherwise(desk: Desk, **told: str) -> int:
    """The same, and a newer file that says something else."""
    one, row = confirmed_here(desk)
    take(desk, {**row, **told})
    return one


def last(desk: Desk, one: int) -> tuple[str, dict[str, object]]:
    line = viewing.see_details(one, desk=desk).history[0]
    return line.action, line.facts


def seats_on(desk: Desk, day: date) -> int:
    with desk.reading() as look:
        return look.execute(select(Departure.seats_taken).where(Departure.departs_on == day)).scalar_one()


# --- keeping ours ---------------------------------------------------------------------------------


def test_keeping_ours_changes_nothing_but_the_question(desk: Desk) -> None:
    a_product(desk)
    one = told_otherwise(desk, date="2027-02-02 14:00")
    untouched = ("journal", "counters", "decisions")
    before = everything(desk, but=untouched)
    decisions.keep_ours(question(desk, one), desk=desk)
    assert everything(desk, but=untouched) == before
    assert asked(desk, one) == []
    action, told = last(desk, one)
    assert (action, told["question"], told["answer"]) == ("decide", "departure", "ours")
    assert (told["ours"]["departs_on"], told["theirs"]["departs_on"]) == ("2027-02-01", "2027-02-02")


def test_a_question_is_answered_once(desk: Desk) -> None:
    a_product(desk)
    one = told_otherwise(desk, date="2027-02-02 14:00")
    decision = question(desk, one)
    decisions.keep_ours(decision, desk=desk)
    for answer in (decisions.keep_ours, decisions.take_theirs):
        with pytest.raises(CannotDo, match="decided-already"):
            answer(decision, desk=desk)
    with pytest.raises(CannotDo, match="decided-already"):
        decisions.keep_ours(999_999, desk=desk)


def test_a_newer_word_on_the_same_question_overtakes_the_older(desk: Desk) -> None:
    a_product(desk)
    one, row = confirmed_here(desk)
    take(desk, {**row, "date": "2027-02-02 14:00"})
    take(desk, {**row, "date": "2027-02-03 14:00"})
    (decision,) = viewing.see_details(one, desk=desk).decisions
    assert decision.theirs["departs_on"] == "2027-02-03"
    decisions.take_theirs(decision.id, desk=desk)
    assert reservation(desk, one).departs_on == date(2027, 2, 3)


# --- another departure ----------------------------------------------------------------------------


def test_taking_another_date_moves_the_seats(desk: Desk) -> None:
    a_product(desk)
    one = told_otherwise(desk, date="2027-02-02 14:00")
    decisions.take_theirs(question(desk, one), desk=desk)
    after = reservation(desk, one)
    assert (after.departs_at, after.party, after.heads) == (datetime(2027, 2, 2, 5, tzinfo=UTC), 2, 2)
    assert (after.status, asked(desk, one)) == (S.CONFIRMED, [])
    assert (seats_on(desk, date(2027, 2, 1)), seats_on(desk, date(2027, 2, 2))) == (0, 2)
    assert [ticket.state.value for ticket in tickets(desk, one)] == ["VALID"]
    action, facts = last(desk, one)
    assert (action, facts["answer"], facts["seats_before"], facts["seats_after"]) == (
        "decide",
        "theirs",
        0,
        2,
    )


def test_another_date_that_is_full_is_refused_until_a_manager_overbooks_it(desk: Desk) -> None:
    a_product(desk, capacity=3)
    a_reservation(desk, S.CONFIRMED, date="2027-02-02")
    one = told_otherwise(desk, date="2027-02-02 14:00")
    decision = question(desk, one)
    before = everything(desk)
    with pytest.raises(CannotDo, match="no-seats") as no:
        decisions.take_theirs(decision, desk=desk)
    assert no.value.facts["short"] == 1
    assert everything(desk) == before
    with pytest.raises(CannotDo, match="not-allowed"):
        decisions.take_theirs(decision, desk=somebody_else(desk), overbook="the guide agrees")
    done = decisions.take_theirs(decision, desk=desk, overbook="the guide agrees")
    assert done.facts["overbooked"] == 1
    assert (seats_on(desk, date(2027, 2, 1)), seats_on(desk, date(2027, 2, 2))) == (0, 4)
    assert last(desk, one)[1]["overbooked"] == 1


def test_a_date_without_a_departure_of_ours_leaves_it_unmatched_and_frees_its_seats(desk: Desk) -> None:
    a_product(desk)
    one = told_otherwise(desk, date="2027-02-02 09:30")
    decisions.take_theirs(question(desk, one), desk=desk)
    after = reservation(desk, one)
    assert (after.unmatched, after.departure_id) == ("no-departure", None)
    assert seats_on(desk, date(2027, 2, 1)) == 0


def test_a_date_is_taken_alone_while_other_travelers_are_still_a_question(desk: Desk) -> None:
    a_product(desk)
    one = told_otherwise(desk, date="2027-02-02 14:00", guests="3 x Adult")
    of = {decision.question: decision.id for decision in viewing.see_details(one, desk=desk).decisions}
    decisions.take_theirs(of["departure"], desk=desk)
    assert (reservation(desk, one).party, seats_on(desk, date(2027, 2, 2))) == (2, 2)
    assert asked(desk, one) == ["party"]
    decisions.take_theirs(of["party"], desk=desk)
    assert (reservation(desk, one).party, seats_on(desk, date(2027, 2, 2))) == (3, 3)


def test_where_a_voucher_has_left_the_change_is_told_with_another(desk: Desk) -> None:
    a_product(desk)
    one, row = confirmed_here(desk)
    with desk.database.transaction() as connection:  # the carrier has taken it
        connection.execute(update(OutboxRow).values(state=LetterState.SENT))
    take(desk, {**row, "date": "2027-02-02 14:00"})
    decisions.take_theirs(question(desk, one), desk=desk)
    assert letters(desk, one) == [("confirmation", "SENT"), ("change", "WAITING")]


def test_who_is_in_already_is_not_moved_to_another_date(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one, row = confirmed_here(desk)
    clock.set(reservation(desk, one).departs_at)
    checkin.scan(f"CF-{one}", desk=desk)
    take(desk, {**row, "date": "2027-02-02 14:00"})
    with pytest.raises(CannotDo, match="somebody-arrived"):
        decisions.take_theirs(question(desk, one), desk=desk)


# --- other travelers, another amount --------------------------------------------------------------


@pytest.mark.parametrize(
    ("guests", "party"), [("4 x Adult", 4), ("1 x Adult", 1), ("2 x Adult, 1 x Infant", 2)]
)
def test_taking_other_travelers_takes_or_frees_their_seats(desk: Desk, guests: str, party: int) -> None:
    a_product(desk, tickets="per person")
    one = told_otherwise(desk, guests=guests)
    decisions.take_theirs(question(desk, one), desk=desk)
    assert (reservation(desk, one).party, departure(desk, one).seats_taken) == (party, party)
    valid = [ticket for ticket in tickets(desk, one) if ticket.state.value == "VALID"]
    assert len(valid) == party
    lines = [f"{line.quantity} x {line.unit}" for line in viewing.see_details(one, desk=desk).lines]
    assert ", ".join(lines) == guests


def test_more_travelers_than_there_are_seats_are_refused(desk: Desk) -> None:
    a_product(desk, capacity=3)
    one = told_otherwise(desk, guests="4 x Adult")
    with pytest.raises(CannotDo, match="no-seats"):
        decisions.take_theirs(question(desk, one), desk=desk)
    assert (reservation(desk, one).party, departure(desk, one).seats_taken) == (2, 2)
    decisions.take_theirs(question(desk, one), desk=desk, overbook="a bigger boat")
    assert (viewing.see_details(one, desk=desk).over, departure(desk, one).seats_taken) == (1, 4)


def test_taking_another_amount_restates_what_the_channel_holds(desk: Desk) -> None:
    a_product(desk)
    one = told_otherwise(desk, amount="KRW 90,000")
    decisions.take_theirs(question(desk, one), desk=desk)
    assert reservation(desk, one).amount_minor == 90_000
    assert paid(desk, one) == [(90_000, "DONE", "channel")]


# --- another status -------------------------------------------------------------------------------


def test_a_redeemed_order_that_the_channel_cancels_can_only_be_kept(desk: Desk) -> None:
    a_product(desk)
    teach_headings(desk)
    row = kkday_row(status="Check-in & Redeem")
    (one,) = taken(desk, row)
    take(desk, {**row, "status": "Canceled"})
    (decision,) = viewing.see_details(one, desk=desk).decisions
    assert decision.why_kept == "redeemed-is-final"
    with pytest.raises(CannotDo, match="redeemed-is-final"):
        decisions.take_theirs(decision.id, desk=desk)
    decisions.keep_ours(decision.id, desk=desk)
    assert (reservation(desk, one).status, asked(desk, one)) == (S.REDEEMED, [])


def test_going_back_behind_a_confirmation_frees_voids_and_hides_again(desk: Desk) -> None:
    a_product(desk)
    teach_headings(desk)
    row = kkday_row(status="Confirmed")
    (one,) = taken(desk, row)
    take(desk, {**row, "status": "New & Paid"})
    decisions.take_theirs(question(desk, one), desk=desk)
    after = reservation(desk, one)
    assert (after.status, after.first_confirmed_at, after.confirmed_at) == (S.UNCONFIRMED, None, None)
    assert departure(desk, one).seats_taken == 0
    assert [ticket.state.value for ticket in tickets(desk, one)] == ["VOID"]
    reservations.confirm(one, desk=desk)


def test_an_expired_order_that_was_paid_after_all_takes_its_seats_if_they_are_there(desk: Desk) -> None:
    a_product(desk, capacity=2)
    teach_headings(desk)
    rows = [kkday_row(status="Expired") for _ in range(2)]
    made = taken(desk, *rows)
    take(desk, *({**row, "status": "Confirmed"} for row in rows))
    decisions.take_theirs(question(desk, made[0]), desk=desk)
    with pytest.raises(CannotDo, match="no-seats"):
        decisions.take_theirs(question(desk, made[1]), desk=desk)
    assert [reservation(desk, one).status for one in made] == [S.CONFIRMED, S.EXPIRED]
    assert (departure(desk, made[0]).seats_taken, reservation(desk, made[0]).cancelled_at) == (2, None)


def test_what_we_cancelled_with_a_refund_does_not_come_back_to_life(desk: Desk) -> None:
    a_product(desk)
    one, row = confirmed_here(desk)
    reservations.cancel(one, desk=desk, reason="the guide is ill")
    assert refunds(desk, one) != []
    take(desk, {**row, "status": "Confirmed"})
    with pytest.raises(CannotDo, match="refund-promised"):
        decisions.take_theirs(question(desk, one), desk=desk)


RULE = [
    ("status", S.CANCELLED, Stand(S.REDEEMED), "redeemed-is-final"),
    ("departure", None, Stand(S.REDEEMED, arrived=2), "redeemed-is-final"),
    ("amount", None, Stand(S.REDEEMED, arrived=2), ""),
    ("amount", None, Stand(S.CONFIRMED, arrived=2), ""),
    ("party", None, Stand(S.CONFIRMED, arrived=2), "somebody-arrived"),
    ("party", None, Stand(S.CANCELLED), "has-ended"),
    ("status", S.UNCONFIRMED, Stand(S.CONFIRMED), ""),
    ("status", S.UNCONFIRMED, Stand(S.CONFIRMED, letter_left=True), "letter-has-left"),
    ("status", S.PENDING, Stand(S.CANCEL_REQUESTED, arrived=1), "somebody-arrived"),
    ("status", S.REDEEMED, Stand(S.NO_SHOW), ""),
    ("status", S.CONFIRMED, Stand(S.EXPIRED), ""),
    ("status", S.CONFIRMED, Stand(S.CANCELLED, refund_promised=True), "refund-promised"),
    ("status", S.EXPIRED, Stand(S.CANCELLED, refund_promised=True), ""),
]


@pytest.mark.parametrize(("about", "told", "at", "code"), RULE)
def test_the_rule_says_when_ours_can_only_be_kept(
    about: str, told: Status | None, at: Stand, code: str
) -> None:
    assert why_kept(about, told, at) == code


def test_every_status_a_channel_can_tell_is_taken_or_refused_with_a_reason(desk: Desk) -> None:
    """Nobody is left before a question that fails with something else than a refusal."""
    a_product(desk, capacity=50)
    teach_headings(desk)
    words = ["New & Unpaid", "New & Paid", "Pending", "Confirmed", "Cancel Requested", "Canceled", "Expired"]
    for first in words:
        for then in words:
            row = kkday_row(status=first)
            (one,) = taken(desk, row)
            take(desk, {**row, "status": then})
            for decision in viewing.see_details(one, desk=desk).decisions:
                told = Status(decision.theirs["status"])
                decisions.take_theirs(decision.id, desk=desk)
                assert reservation(desk, one).status is told
            with desk.reading() as look:
                holders = select(func.sum(Reservation.heads)).where(Reservation.status.in_(HOLDERS))
                held = look.execute(holders).scalar() or 0
            assert seats_on(desk, date(2027, 2, 1)) == held, (first, then)
