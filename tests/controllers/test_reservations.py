"""Every verb of the desk does what it says, whole; every refusal leaves all tables as they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from controllers import checkin, payments, reservations, undoing
from controllers.desk import Desk
from models.refusals import CannotDo
from models.reservations import Cause, Status
from models.tables import Message
from tests.builders import (
    DEPARTS,
    a_product,
    a_reservation,
    departure,
    everything,
    kkday_row,
    letters,
    octo_booking,
    paid,
    refunds,
    reservation,
    take,
    taken,
    tickets,
)
from tests.fakes import StillClock

S = Status
VERBS: dict[str, Callable[[int, Desk], object]] = {
    "pay": lambda i, desk: payments.pay(i, desk=desk, method="cash", amount="75000"),
    "confirm": lambda i, desk: reservations.confirm(i, desk=desk),
    "unconfirm": lambda i, desk: reservations.unconfirm(i, desk=desk),
    "hold": lambda i, desk: reservations.hold(i, desk=desk, reason="the hotel's name"),
    "cancel": lambda i, desk: reservations.cancel(i, desk=desk, reason="the guide is ill"),
    "withdraw": lambda i, desk: reservations.withdraw(i, desk=desk),
    "request-cancel": lambda i, desk: reservations.request_cancel(i, desk=desk),
    "accept": lambda i, desk: reservations.accept(i, desk=desk),
    "decline": lambda i, desk: reservations.decline(i, desk=desk),
    "no-show": lambda i, desk: reservations.no_show(i, desk=desk),
    "return": lambda i, desk: reservations.return_(i, desk=desk),
    "undo": lambda i, desk: undoing.undo_last(i, desk=desk),
}
# Written down by hand: what may be done in each status, and where it leads, an hour after the departure.
MAY: dict[Status, dict[str, Status]] = {
    S.AWAITING_PAYMENT: {"pay": S.UNCONFIRMED, "withdraw": S.CANCELLED},
    S.UNCONFIRMED: {
        "confirm": S.CONFIRMED,
        "hold": S.PENDING,
        "cancel": S.CANCELLED,
        "withdraw": S.CANCELLED,
    },
    S.PENDING: {"confirm": S.CONFIRMED, "cancel": S.CANCELLED, "withdraw": S.CANCELLED},
    S.CONFIRMED: {
        "unconfirm": S.UNCONFIRMED,
        "cancel": S.CANCELLED,
        "request-cancel": S.CANCEL_REQUESTED,
        "no-show": S.NO_SHOW,
    },
    S.CANCEL_REQUESTED: {"accept": S.CANCELLED, "decline": S.CONFIRMED},
    S.REDEEMED: {"undo": S.CONFIRMED},
    S.NO_SHOW: {"return": S.CONFIRMED},
    S.CANCELLED: {},
    S.EXPIRED: {},
}
ALLOWED = [
    pytest.param(status, verb, to, id=f"{status}-{verb}")
    for status in MAY
    for verb, to in MAY[status].items()
]


@pytest.mark.parametrize(("status", "verb", "to"), ALLOWED)
def test_a_verb_leads_where_it_should(
    desk: Desk, clock: StillClock, status: Status, verb: str, to: Status
) -> None:
    a_product(desk)
    one = a_reservation(desk, status)
    clock.set(DEPARTS + timedelta(hours=3))
    before = reservation(desk, one)
    VERBS[verb](one, desk)
    after = reservation(desk, one)
    assert after.status is to
    assert after.version > before.version
    holders = {S.CONFIRMED, S.CANCEL_REQUESTED, S.NO_SHOW, S.REDEEMED}
    assert departure(desk, one).seats_taken == (2 if to in holders else 0)


@pytest.mark.parametrize("status", Status)
def test_whatever_is_not_allowed_is_refused_and_changes_nothing(
    desk: Desk, clock: StillClock, status: Status
) -> None:
    a_product(desk)
    one = a_reservation(desk, status)
    clock.set(DEPARTS + timedelta(hours=3))
    before = everything(desk)
    for verb in VERBS.keys() - MAY[status].keys():
        with pytest.raises(CannotDo):
            VERBS[verb](one, desk)
    assert everything(desk) == before


def test_a_redeemed_reservation_says_that_it_is_final(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, S.REDEEMED)
    for verb in ("cancel", "withdraw", "request-cancel", "accept"):
        with pytest.raises(CannotDo) as refused:
            VERBS[verb](one, desk)
        assert refused.value.code == "redeemed-is-final"


# --- confirming and taking it back --------------------------------------------------------------


def test_confirming_takes_seats_issues_tickets_and_promises_a_letter_in_a_minute(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    one = a_reservation(desk, email="anna@example.com")
    reservations.confirm(one, desk=desk)
    assert departure(desk, one).seats_taken == 2
    assert [(t.heads, t.uses_left, t.state.value) for t in tickets(desk, one)] == [(2, 1, "VALID")]
    assert letters(desk, one) == [("confirmation", "WAITING")]
    assert reservation(desk, one).confirmed_at == clock()


def test_a_letter_without_an_address_is_listed_and_not_failed(desk: Desk) -> None:
    a_product(desk)
    assert letters(desk, a_reservation(desk, S.CONFIRMED)) == [("confirmation", "NO_ADDRESS")]


@pytest.mark.parametrize("status", [S.UNCONFIRMED, S.PENDING])
def test_unconfirming_leads_back_to_the_status_before(desk: Desk, status: Status) -> None:
    a_product(desk)
    one = a_reservation(desk, status, sold_by="kkday", email="anna@example.com")
    reservations.confirm(one, desk=desk)
    reservations.unconfirm(one, desk=desk)
    row = reservation(desk, one)
    assert (row.status, row.first_confirmed_at, row.confirmed_at, row.to_do) == (status, None, None, "")
    assert departure(desk, one).seats_taken == 0
    assert [t.state.value for t in tickets(desk, one)] == ["VOID"]
    assert letters(desk, one) == [("confirmation", "DROPPED")]


def test_a_payment_that_confirmed_at_once_can_be_unconfirmed(desk: Desk) -> None:
    a_product(desk, confirmation="instant")
    one = a_reservation(desk, S.AWAITING_PAYMENT)
    assert payments.pay(one, desk=desk, method="cash", amount="75000").status is S.CONFIRMED
    assert reservations.unconfirm(one, desk=desk).status is S.UNCONFIRMED


def test_confirming_again_promises_a_new_letter_and_a_new_ticket(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, S.CONFIRMED)
    reservations.unconfirm(one, desk=desk)
    reservations.confirm(one, desk=desk)
    assert letters(desk, one) == [("confirmation", "DROPPED"), ("confirmation", "NO_ADDRESS")]
    assert [t.state.value for t in tickets(desk, one)] == ["VOID", "VALID"]


def test_what_the_channel_confirmed_cannot_be_unconfirmed_here(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row(status="Confirmed"))
    with pytest.raises(CannotDo, match="confirmed-by-channel"):
        reservations.unconfirm(one, desk=desk)


def test_nobody_is_unconfirmed_who_is_already_in(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, S.CONFIRMED)
    clock.set(DEPARTS)
    checkin.scan(f"CF-{one}", desk=desk)
    with pytest.raises(CannotDo, match="somebody-arrived"):
        reservations.unconfirm(one, desk=desk)


def test_a_channel_has_to_be_told_what_was_done_here_and_our_own_desk_has_not(desk: Desk) -> None:
    a_product(desk)
    theirs, ours = a_reservation(desk, S.CONFIRMED, sold_by="kkday"), a_reservation(desk, S.CONFIRMED)
    assert [reservation(desk, one).to_do for one in (theirs, ours)] == ["confirm", ""]
    reservations.cancel(theirs, desk=desk, reason="the guide is ill")
    assert reservation(desk, theirs).to_do == "cancel"


# --- holding and cancelling ---------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_holding_and_cancelling_need_a_reason(desk: Desk, reason: str) -> None:
    a_product(desk)
    one = a_reservation(desk)
    before = everything(desk)
    with pytest.raises(CannotDo, match="hold-reason-missing"):
        reservations.hold(one, desk=desk, reason=reason)
    with pytest.raises(CannotDo, match="reason-missing"):
        reservations.cancel(one, desk=desk, reason=reason)
    assert everything(desk) == before


def test_the_traveler_is_told_the_reason_of_a_cancellation(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, S.CONFIRMED, email="anna@example.com")
    reservations.cancel(one, desk=desk, reason=" the guide is ill ", cause=Cause.FORCE_MAJEURE)
    with desk.reading() as look:
        said = look.execute(select(Message.direction, Message.body)).all()
    row = reservation(desk, one)
    assert said == [("out", "the guide is ill")]
    assert (row.reason, row.cause) == ("the guide is ill", Cause.FORCE_MAJEURE)
    assert letters(desk, one) == [
        ("confirmation", "DROPPED"),
        ("message", "WAITING"),
        ("cancellation", "WAITING"),
        ("refund-coming", "WAITING"),
    ]
    assert [t.state.value for t in tickets(desk, one)] == ["VOID"]


def test_breaking_a_promise_takes_a_manager(desk: Desk) -> None:
    a_product(desk)
    confirmed, waiting = a_reservation(desk, S.CONFIRMED), a_reservation(desk)
    desk.actor = replace(desk.actor, role="front-desk")
    before = everything(desk)
    with pytest.raises(CannotDo, match="not-allowed"):
        reservations.cancel(confirmed, desk=desk, reason="the guide is ill")
    assert everything(desk) == before
    assert reservations.cancel(waiting, desk=desk, reason="the guide is ill").status is S.CANCELLED


# --- no-show ------------------------------------------------------------------------------------


def test_nobody_is_a_no_show_before_the_departure(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, S.CONFIRMED)
    clock.set(DEPARTS - timedelta(seconds=1))
    with pytest.raises(CannotDo, match="not-yet-departed"):
        reservations.no_show(one, desk=desk)
    clock.set(DEPARTS)
    assert reservations.no_show(one, desk=desk).status is S.NO_SHOW


def test_whoever_is_partly_in_is_no_no_show(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, S.CONFIRMED, party=5)
    clock.set(DEPARTS)
    checkin.scan(f"CF-{one}", desk=desk, heads=1)
    with pytest.raises(CannotDo, match="somebody-arrived"):
        reservations.no_show(one, desk=desk)


def test_an_open_dated_ticket_is_a_no_show_only_after_its_last_day(desk: Desk, clock: StillClock) -> None:
    a_product(desk, validity="range", valid_from=date(2027, 1, 20), valid_until=date(2027, 1, 25))
    one = a_reservation(desk, S.CONFIRMED, date="open", time="")
    clock.forward(days=10)
    with pytest.raises(CannotDo, match="not-yet-departed"):
        reservations.no_show(one, desk=desk)
    clock.forward(days=1)
    assert reservations.no_show(one, desk=desk).status is S.NO_SHOW


# --- what several people do at once -------------------------------------------------------------


def test_who_looked_at_an_older_version_overwrites_nothing(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    seen = reservation(desk, one).version
    reservations.hold(one, desk=desk, reason="the passport number")
    before = everything(desk)
    for verb in (reservations.confirm, reservations.withdraw):
        with pytest.raises(CannotDo, match="changed-meanwhile"):
            verb(one, desk=desk, seen=seen)
    assert everything(desk) == before
    assert reservations.confirm(one, desk=desk, seen=seen + 1).status is S.CONFIRMED


def test_a_number_nobody_has_is_not_found(desk: Desk) -> None:
    for do in VERBS.values():
        with pytest.raises(CannotDo, match="not-found"):
            do(99999, desk)


# --- the clock ----------------------------------------------------------------------------------


def test_an_order_lapses_when_its_time_to_pay_is_over_and_not_before(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one, another = (
        a_reservation(desk, S.AWAITING_PAYMENT, sold_by="octo"),
        a_reservation(desk, S.AWAITING_PAYMENT),
    )
    clock.forward(minutes=29)
    assert reservations.expire(desk=desk) == []
    clock.forward(minutes=1)
    assert [done.id for done in reservations.expire(desk=desk)] == [one]
    assert reservation(desk, another).status is S.AWAITING_PAYMENT
    assert reservations.expire(desk=desk) == []


def test_an_order_that_lapsed_owes_nothing(desk: Desk) -> None:
    a_product(desk)
    assert paid(desk, a_reservation(desk, S.EXPIRED)) == [(75000, "FAILED", "channel")]


def test_our_own_unpaid_sale_holds_its_seats_until_it_is_withdrawn(desk: Desk) -> None:
    a_product(desk)
    ours, theirs = (
        a_reservation(desk, S.AWAITING_PAYMENT),
        a_reservation(desk, S.AWAITING_PAYMENT, sold_by="kkday"),
    )
    assert departure(desk, ours).seats_taken == 2
    reservations.withdraw(theirs, desk=desk)
    assert departure(desk, ours).seats_taken == 2
    reservations.withdraw(ours, desk=desk)
    assert departure(desk, ours).seats_taken == 0
    assert refunds(desk, ours) == refunds(desk, theirs) == []


def test_an_unknown_product_can_be_confirmed_and_cancelled_without_seats(desk: Desk) -> None:
    (one,) = taken(desk, octo_booking())
    assert reservation(desk, one).unmatched == "unknown-product"
    assert reservations.confirm(one, desk=desk).status is S.CONFIRMED
    assert [(t.heads, t.uses) for t in tickets(desk, one)] == [(2, 1)]
    assert reservations.cancel(one, desk=desk, reason="nobody knows it").status is S.CANCELLED
    assert take(desk, octo_booking(reference=reservation(desk, one).reference, status="CANCELLED")).changed
