"""The dashboard's facts on both databases: what is counted, since when, in which order, and what a month says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from controllers import checkin, reservations
from controllers.desk import Desk
from controllers.outbox import see_outbox
from controllers.rehearsal import keep_rehearsal
from controllers.today import see_around, see_departures, see_figures, see_today, see_week
from controllers.viewing import count_rows, see_page
from models.boxes import BOXES, Box
from models.outbox import LetterState
from models.outbox_views import View
from models.payments import MoneyState
from models.reservations import Status
from models.rights import Right, Role, may
from models.tables import OutboxRow, Refund, Reservation
from tests.builders import (
    a_product,
    a_reservation,
    direct_row,
    kkday_row,
    reservation,
    take,
    taken,
    teach_headings,
)
from tests.fakes import StillClock
from tests.plans import plans_of

TODAY = "2027-01-15"


def box(desk: Desk, key: str) -> Box:
    return see_today(desk=desk).box(key)


def counts(desk: Desk) -> dict[str, int]:
    return {one.key: one.count for one in see_today(desk=desk).boxes if one.count}


def change(desk: Desk, statement: Any) -> None:
    with desk.work() as work:
        work.connection.execute(statement)


def set_facts(desk: Desk, reservation_id: int, **values: Any) -> None:
    change(desk, update(Reservation).where(Reservation.id == reservation_id).values(**values))


# --- the boxes ------------------------------------------------------------------------------


def test_an_empty_desk_has_every_box_and_nothing_in_it(desk: Desk) -> None:
    told = see_today(desk=desk)
    assert tuple(one.key for one in told.boxes) == BOXES
    assert counts(desk) == {}
    assert (told.urgent, told.chores, told.has_products) == ((), (), False)


@pytest.mark.parametrize("role", [role for role in Role if may(role, Right.LOOK)])
def test_whoever_may_see_reservations_has_a_dashboard(a_desk: Desk, role: Role) -> None:
    a_product(a_desk)
    a_reservation(a_desk)
    keep_rehearsal((), desk=a_desk)
    a_desk.actor = replace(a_desk.actor, role=role)
    told = see_today(desk=a_desk)
    assert told.box("unconfirmed").count == 1
    assert (told.rehearsed is not None) == may(role, Right.COUNTER)


def test_each_order_is_counted_where_it_needs_somebody(desk: Desk) -> None:
    a_product(desk, capacity=50)
    for status in (
        Status.UNCONFIRMED,
        Status.UNCONFIRMED,
        Status.PENDING,
        Status.CANCEL_REQUESTED,
        Status.CONFIRMED,
    ):
        a_reservation(desk, status, date="2027-02-01")
    a_reservation(desk, Status.CONFIRMED, date=TODAY)
    a_reservation(desk, product="A boat nobody knows")
    assert counts(desk) == {"unconfirmed": 3, "pending": 1, "to-cancel": 1, "departing": 1, "unmatched": 1}


def test_every_box_opens_a_list_that_holds_what_it_counts(desk: Desk) -> None:
    a_product(desk, capacity=50)
    teach_headings(desk)
    for status in (Status.UNCONFIRMED, Status.PENDING, Status.CANCEL_REQUESTED):
        a_reservation(desk, status)
    a_reservation(desk, date="2027-01-14")
    a_reservation(desk, Status.CONFIRMED, date=TODAY)
    a_reservation(desk, product="A boat nobody knows")
    told = kkday_row()
    (changed,) = taken(desk, told)
    reservations.confirm(changed, desk=desk)
    take(desk, {**told, "date": "2027-02-03 14:00"})
    gone = a_reservation(desk, Status.CANCELLED, email="anna@example.com")
    change(desk, update(OutboxRow).where(OutboxRow.reservation_id == gone).values(state=LetterState.FAILED))
    change(desk, update(Refund).where(Refund.reservation_id == gone).values(state=MoneyState.FAILED))
    found = {one.key: len(see_page(one.opens, desk=desk).rows) for one in see_today(desk=desk).boxes}
    found["letters"] = see_outbox(View.NEEDS_YOU, desk=desk).page.counts[View.NEEDS_YOU]  # a letter each
    assert found == counts(desk)
    assert set(found) == set(BOXES)
    assert min(found.values()) == 1, "every box has something in it"


def test_an_order_past_its_departure_is_counted_as_such_and_where_it_stands(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, date="2027-01-14")
    a_reservation(desk, Status.CANCEL_REQUESTED, date="2027-01-14")
    assert counts(desk) == {"unconfirmed": 1, "overdue": 1, "to-cancel": 1}


def test_a_box_says_since_when_its_oldest_stands_like_that(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    arrived = clock()
    one = a_reservation(desk)
    clock.forward(hours=5)
    a_reservation(desk)
    assert box(desk, "unconfirmed").oldest == arrived
    reservations.confirm(one, desk=desk)
    clock.forward(hours=2)
    reservations.request_cancel(one, desk=desk)
    assert box(desk, "to-cancel").oldest == clock()


def test_the_next_promise_and_the_broken_ones_are_told(desk: Desk, clock: StillClock) -> None:
    a_product(desk, confirm_within={"days": 1, "from": "departure"})
    a_reservation(desk, date="2027-02-09")
    a_reservation(desk, date="2027-01-19")
    assert (box(desk, "unconfirmed").broken, box(desk, "unconfirmed").next_promise) == (
        0,
        datetime(2027, 1, 18, 5, tzinfo=UTC),
    )
    clock.set(datetime(2027, 1, 18, 6, tzinfo=UTC))
    assert box(desk, "unconfirmed").broken == 1


@pytest.mark.parametrize(
    ("state", "collector", "expected_to", "count"),
    [
        (MoneyState.FAILED, "channel", date(2027, 2, 1), 1),
        (MoneyState.DUE, "us", date(2027, 1, 13), 1),
        (MoneyState.DUE, "us", date(2027, 1, 20), 1),
        (MoneyState.DUE, "channel", date(2027, 1, 13), 0),
        (MoneyState.DONE, "us", date(2027, 1, 13), 0),
    ],
)
def test_refunds_that_failed_or_that_we_owe(
    desk: Desk, state: MoneyState, collector: str, expected_to: date, count: int
) -> None:
    a_product(desk)
    _a_refund(desk, a_reservation(desk), state, collector, expected_to)
    assert box(desk, "refunds").count == count


def test_a_refund_is_late_when_its_last_day_is_over_where_the_operator_is(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    _a_refund(desk, a_reservation(desk), MoneyState.DUE, "us", date(2027, 1, 20))
    midnight = datetime(2027, 1, 20, 15, tzinfo=UTC)  # in Seoul
    for at, count in ((midnight - timedelta(minutes=1), 0), (midnight + timedelta(minutes=1), 1)):
        clock.set(at)
        assert box(desk, "refunds").broken == count
        assert count_rows(box(desk, "refunds").opens, desk=desk) == box(desk, "refunds").count == 1


def _a_refund(
    desk: Desk, of: int, state: MoneyState, collector: str = "us", until: date = date(2027, 2, 1)
) -> None:
    facts = {"amount_minor": 100, "currency": "KRW", "cause": "ours", "tier": "full refund"}
    days = {"expected_from": until, "expected_to": until, "made_at": desk.now()}
    change(
        desk,
        insert(Refund).values(reservation_id=of, state=state, collector=collector, **facts, **days),
    )


# --- what waits for an answer ---------------------------------------------------------------


def urgent(desk: Desk) -> list[int]:
    return [one.row.id for one in see_today(desk=desk).urgent]


def test_the_departed_come_first_then_the_nearest_promise(desk: Desk) -> None:
    a_product(desk, confirm_within={"days": 2, "from": "departure"})
    far = a_reservation(desk, date="2027-02-20")
    asks = a_reservation(desk, Status.CANCEL_REQUESTED, date="2027-02-02")
    near = a_reservation(desk, date="2027-02-01")
    departed = a_reservation(desk, date="2027-01-14")
    assert urgent(desk) == [departed, near, asks, far]


def test_a_place_held_for_who_has_not_paid_comes_by_the_time_it_is_given_up(desk: Desk) -> None:
    a_product(desk)
    waits = a_reservation(desk, date="2027-02-01")
    held = a_reservation(desk, Status.AWAITING_PAYMENT)
    until = desk.now() + timedelta(hours=2)
    set_facts(desk, held, expires_at=until)
    first = see_today(desk=desk).urgent[0]
    assert urgent(desk) == [held, waits]
    assert (first.expires_at, first.seats_taken, first.seats_after) == (until, 2, 2)


def test_an_unpaid_order_of_a_channel_is_the_channels_to_chase(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.AWAITING_PAYMENT, sold_by="octo")
    assert urgent(desk) == []


def test_a_held_order_says_what_is_missing_and_names_nobody(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row(name="SAMPLE, ANNA"))
    reservations.hold(one, desk=desk, reason="the passport of Anna Sample, +47 12345678")
    missing = see_today(desk=desk).urgent[0].missing
    assert missing.startswith("the passport of")
    assert not {"anna", "sample", "12345678"} & set(missing.lower().replace(",", " ").split())


def test_our_own_held_order_says_it_as_we_wrote_it(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk)
    reservations.hold(one, desk=desk, reason="a call from Anna")
    assert see_today(desk=desk).urgent[0].missing == "a call from Anna"


# --- what is to be settled ------------------------------------------------------------------


def test_what_channels_must_be_told_stands_by_channel_until_it_is_ticked_off(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row())
    clock.forward(hours=1)
    reservations.confirm(one, desk=desk)
    told = see_today(desk=desk)
    assert [(c.row.id, c.row.to_do, c.since) for c in told.chores] == [(one, "confirm", clock())]
    assert told.to_do_at == (("kkday", 1),)
    reservations.tick_off(one, desk=desk)
    assert (see_today(desk=desk).chores, counts(desk)) == ((), {})


def test_what_a_newer_file_asks_comes_before_what_is_to_do(desk: Desk) -> None:
    a_product(desk)
    row = kkday_row()
    (one,) = taken(desk, row)
    reservations.confirm(one, desk=desk)
    take(desk, {**row, "date": "2027-02-03 14:00"})
    assert [(chore.row.id, chore.question) for chore in see_today(desk=desk).chores] == [
        (one, "departure"),
        (one, ""),
    ]
    assert box(desk, "decisions").count == 1


def test_todays_departure_says_who_is_expected_and_who_is_in(desk: Desk) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, date=TODAY, party=3)
    a_reservation(desk, Status.CONFIRMED, date=TODAY)
    a_reservation(desk, date=TODAY)
    clock = desk.clock
    assert isinstance(clock, StillClock)
    clock.set(datetime(2027, 1, 15, 4, 45, tzinfo=UTC))
    checkin.scan(f"CF-{one}", desk=desk)
    (departure,) = see_today(desk=desk).departures
    assert (departure.expected, departure.arrived, departure.waiting) == (5, 3, 2)


def test_the_gate_sees_the_departures_of_the_dashboard(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, date=TODAY, party=3)
    a_reservation(desk, Status.CONFIRMED, date="2027-01-16")
    office, gate = see_today(desk=desk), see_departures(desk=desk)
    assert len(gate.departures) == 1
    assert (gate.day, gate.zone, gate.departures) == (office.day, office.zone, office.departures)


# --- what the frame and the week show -------------------------------------------------------


def test_the_frame_counts_who_waits_and_letters_that_can_be_taken_back(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk)
    a_reservation(desk, Status.PENDING)
    a_reservation(desk, Status.CANCEL_REQUESTED, email="anna@example.com")
    a_reservation(desk, Status.CONFIRMED)  # nobody knows its address: no letter leaves
    told = see_around(desk=desk)
    assert (told.waiting, told.letters_leaving) == (2, 1)


def test_the_coming_days_begin_today(desk: Desk) -> None:
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED, date="2027-01-16")
    told = see_week(desk=desk)
    assert (told.days[0], len(told.days)) == (date(2027, 1, 15), 7)
    (line,) = told.lines
    assert [cell.taken if cell else None for cell in line.cells][:3] == [0, 2, 0]


def test_the_journal_and_the_age_agree_after_every_move(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk)
    assert reservation(desk, one).status_at is None
    clock.forward(hours=1)
    reservations.hold(one, desk=desk, reason="a seat for the dog")
    assert reservation(desk, one).status_at == clock()


# --- speed ----------------------------------------------------------------------------------


@pytest.mark.parametrize("see", [see_today, see_around, see_week, see_figures])
def test_no_question_of_the_dashboard_reads_every_reservation(a_desk: Desk, see: Any) -> None:
    a_product(a_desk)
    taken(a_desk, direct_row())
    _as_if_a_million(a_desk)
    plans = plans_of(a_desk, lambda: see(desk=a_desk))
    assert any("reservations USING" in plan for plan in plans)
    narrow = ("to_do", "unmatched", "answer")  # these hold only what needs somebody: all of it may be read
    scans = [plan for plan in plans if plan.startswith(("SCAN reservations", "SCAN payments"))]
    assert [plan for plan in scans if not plan.endswith(tuple(f"ix_reservations_{n}" for n in narrow))] == []


def _as_if_a_million(desk: Desk) -> None:
    """Tells SQLite's planner what it would know of a million reservations."""
    with desk.database.transaction() as connection:
        connection.exec_driver_sql("analyze")
        connection.exec_driver_sql("delete from sqlite_stat1")
        for table, index, told in (
            ("reservations", "sqlite_autoindex_reservations_1", "1000000 166667 1 1 1"),
            ("reservations", "ix_reservations_sort", "1000000 88 1"),
            ("reservations", "ix_reservations_calendar", "1000000 926 45 23 10 3 1"),
            ("reservations", "ix_reservations_departure", "1000000 23 10 3 1"),
            ("reservations", "ix_reservations_ordered", "1000000 2 1 1 1"),
            ("payments", "ix_payments_sums", "900000 1 1 1 1 1"),
        ):
            connection.exec_driver_sql("insert into sqlite_stat1 values (?, ?, ?)", (table, index, told))
        connection.exec_driver_sql("analyze sqlite_schema")
