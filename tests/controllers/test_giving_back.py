"""Money given back: marked once, by whom and how; failed with a reason; due again with its days counted anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from controllers import drawer, giving_back, holidays, payments, reservations, traveler_requests
from controllers.desk import Desk
from controllers.viewing import see_details
from models.money import Money
from models.outbox import Letter, LetterState
from models.payments import MoneyState
from models.refunds import RefundRow, Tab
from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.tables import DrawerMove, OutboxRow, Refund
from tests.builders import a_product, a_reservation, kkday_row, taken
from tests.fakes import StillClock

D = date


def a_refund(desk: Desk, *, method: str = "card") -> RefundRow:
    """A cancelled order whose money we hold."""
    one = a_reservation(desk, Status.AWAITING_PAYMENT)
    payments.pay(one, desk=desk, method=method, amount="75000")
    reservations.cancel(one, desk=desk, reason="Our guide is ill.", cause=Cause.OURS)
    return next(row for row in in_tab(desk, Tab.DUE) if row.reservation_id == one)


def in_tab(desk: Desk, tab: Tab) -> tuple[RefundRow, ...]:
    return giving_back.see_refunds(tab, desk=desk).rows


def letters_of(desk: Desk, reservation_id: int, kind: Letter) -> list[LetterState]:
    with desk.reading() as look:
        asked = select(OutboxRow.state).where(
            OutboxRow.reservation_id == reservation_id, OutboxRow.kind == kind
        )
        return list(look.execute(asked.order_by(OutboxRow.id)).scalars())


def test_a_refund_is_marked_done_once_with_how_and_by_whom(desk: Desk) -> None:
    a_product(desk)
    one = a_refund(desk)
    done = giving_back.mark_done(one.id, desk=desk, method="card", reference=" SLIP 0042 ", seen=one.version)
    assert (done.state, done.amount) == (MoneyState.DONE, Money(75000, "KRW"))
    assert in_tab(desk, Tab.DUE) == ()
    (kept,) = in_tab(desk, Tab.DONE)
    assert (kept.method, kept.reference, kept.done_by, kept.done_at) == (
        "card", "SLIP 0042", "Owner", desk.now(),
    )  # fmt: skip
    assert len(letters_of(desk, one.reservation_id, Letter.REFUND_DONE)) == 1
    with pytest.raises(CannotDo, match="refund-step"):
        giving_back.mark_done(one.id, desk=desk, method="card")
    assert len(letters_of(desk, one.reservation_id, Letter.REFUND_DONE)) == 1


def test_whoever_marks_what_somebody_else_marked_meanwhile_is_told(desk: Desk) -> None:
    a_product(desk)
    one = a_refund(desk)
    giving_back.mark_failed(one.id, desk=desk, why="The account is closed.", seen=one.version)
    with pytest.raises(CannotDo, match="changed-meanwhile"):
        giving_back.mark_done(one.id, desk=desk, method="card", seen=one.version)
    (kept,) = in_tab(desk, Tab.FAILED)
    assert kept.trouble == "The account is closed."


def test_a_failed_one_is_due_again_with_its_days_counted_from_today(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_refund(desk)
    with pytest.raises(CannotDo, match="refund-why-missing"):
        giving_back.mark_failed(one.id, desk=desk, why=" ")
    giving_back.mark_failed(one.id, desk=desk, why="The account is closed.")
    clock.forward(days=14)
    again = giving_back.due_again(one.id, desk=desk)
    assert again.expected_to == one.expected_to + timedelta(days=14)
    (kept,) = in_tab(desk, Tab.DUE)
    assert (kept.trouble, kept.failed_at) == ("", None)


def test_what_was_not_seen_in_time_is_overdue_and_leaves_the_list_of_what_is_due(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    one = a_refund(desk)
    clock.forward(days=10)
    page = giving_back.see_refunds(Tab.OVERDUE, desk=desk)
    assert [row.id for row in page.rows] == [one.id]
    assert (page.counts[Tab.DUE], page.counts[Tab.OVERDUE]) == (0, 1)
    assert page.rows[0].is_overdue(page.day)


def test_the_channels_money_is_shown_and_cannot_be_marked(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row())
    reservations.cancel(one, desk=desk, reason="Full.")
    (row,) = in_tab(desk, Tab.THEIRS)
    assert (row.ours, row.traveler) == (False, None)
    with pytest.raises(CannotDo, match="refund-theirs"):
        giving_back.mark_done(row.id, desk=desk, method="card")
    assert in_tab(desk, Tab.DUE) == ()


def test_cash_leaves_the_drawer_and_comes_back_with_a_slip(desk: Desk) -> None:
    a_product(desk)
    one = a_refund(desk)
    with pytest.raises(CannotDo, match="no-shift"):
        giving_back.mark_done(one.id, desk=desk, method="cash")
    assert [row.id for row in in_tab(desk, Tab.DUE)] == [one.id]
    drawer.open_shift({"KRW": 100_000}, desk=desk)
    giving_back.mark_done(one.id, desk=desk, method="cash", drawer_words="Refund")
    shift = drawer.see_drawer(desk=desk)
    assert shift is not None
    assert shift.expected["KRW"] == 25_000
    with pytest.raises(CannotDo, match="refund-other-drawer"):
        giving_back.due_again(one.id, desk=desk.at_counter("Gate"))
    giving_back.due_again(one.id, desk=desk)
    shift = drawer.see_drawer(desk=desk)
    assert shift is not None
    assert shift.expected["KRW"] == 100_000
    with desk.reading() as look:
        assert list(look.execute(select(DrawerMove.amount_minor).order_by(DrawerMove.id)).scalars()) == [
            -75_000,
            75_000,
        ]
    assert letters_of(desk, one.reservation_id, Letter.REFUND_DONE) == [LetterState.DROPPED]


def test_the_day_on_which_it_went_lies_between_the_cancellation_and_today(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    one = a_refund(desk)
    made = one.made_at.date()
    clock.forward(days=3)
    for day in (made - timedelta(days=2), made + timedelta(days=5)):
        with pytest.raises(CannotDo, match="refund-day"):
            giving_back.mark_done(one.id, desk=desk, method="transfer", day=day)
    giving_back.mark_done(one.id, desk=desk, method="transfer", day=made + timedelta(days=1))
    (kept,) = in_tab(desk, Tab.DONE)
    assert kept.done_at is not None
    assert kept.done_at.date() == made + timedelta(days=1)


def test_the_list_goes_on_where_the_page_ended(desk: Desk) -> None:
    a_product(desk)
    made = [a_refund(desk).id for _ in range(5)]
    seen: list[int] = []
    place = None
    for _ in range(3):
        page = giving_back.see_refunds(Tab.DUE, desk=desk, after=place, most=2)
        seen += [row.id for row in page.rows]
        place = page.rows[-1].place(Tab.DUE)
    assert seen == made
    assert not page.more


def test_what_was_marked_stands_in_the_journal_without_the_bank_s_words(desk: Desk) -> None:
    a_product(desk)
    one = a_refund(desk)
    giving_back.mark_failed(one.id, desk=desk, why="Account of Anna Sample is closed.")
    giving_back.mark_done(one.id, desk=desk, method="transfer", reference="R-77")
    history = see_details(one.reservation_id, desk=desk).history
    assert [line.action for line in history[:2]] == ["refund-done", "refund-failed"]
    assert "Anna" not in str([line.facts for line in history])
    assert "R-77" not in str([line.facts for line in history])


def test_a_day_that_is_closed_moves_the_days_of_what_is_still_due(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    ours = a_refund(desk)
    done = a_refund(desk)
    giving_back.mark_done(done.id, desk=desk, method="card")
    (theirs,) = taken(desk, kkday_row())
    reservations.cancel(theirs, desk=desk, reason="Full.")
    changed = holidays.close_day(ours.expected_to, "Staff outing", desk=desk)
    assert changed.refunds == 2
    (moved,) = in_tab(desk, Tab.DUE)
    assert moved.expected_from == ours.expected_from
    assert moved.expected_to > ours.expected_to
    assert giving_back.see_refund(done.id, desk=desk).expected_to == ours.expected_to
    assert in_tab(desk, Tab.THEIRS)[0].expected_to == moved.expected_to
    assert holidays.reopen_day(ours.expected_to, desk=desk).refunds == 2
    assert in_tab(desk, Tab.DUE)[0].expected_to == ours.expected_to


def test_what_is_due_again_keeps_its_own_first_day_when_days_are_closed(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    one = a_refund(desk)
    clock.forward(days=7)
    giving_back.mark_failed(one.id, desk=desk, why="The card has expired")
    again = giving_back.due_again(one.id, desk=desk)
    assert holidays.close_day(again.expected_to + timedelta(days=30), "Move", desk=desk).refunds == 0
    assert in_tab(desk, Tab.DUE)[0].expected_to == again.expected_to


def test_whose_refund_failed_is_still_needed_and_is_then_forgotten_with_what_was_marked(desk: Desk) -> None:
    a_product(desk)
    one = a_refund(desk)
    giving_back.mark_failed(one.id, desk=desk, why="The card of Anna Sample has expired")
    person = traveler_requests.Person(one.reservation_id)
    with pytest.raises(CannotDo, match="still-needed"):
        traveler_requests.forget(traveler_requests.preview([person], desk=desk), desk=desk)
    giving_back.mark_done(one.id, desk=desk, method="transfer", reference="Anna Sample 0042")
    traveler_requests.forget(traveler_requests.preview([person], desk=desk), desk=desk)
    with desk.reading() as look:
        kept = look.execute(select(Refund.reference, Refund.trouble, Refund.amount_minor)).one()
    assert "Anna" not in f"{kept.reference}{kept.trouble}"
    assert kept.amount_minor == 75000
