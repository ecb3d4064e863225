"""The sheet of a day's end: what happened and what stands there agree, or the sheet says where they do not."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import text

from controllers import checkin, drawer, reservations, trips, undoing
from controllers.day_end import see_day_end
from controllers.desk import Desk
from models.checkin import Kind
from models.day_end import DayEnd
from models.money import Money
from models.reservations import Status
from models.tender import Taken
from tests.builders import (
    DAY,
    DEPARTS,
    a_product,
    a_reservation,
    direct_row,
    kkday_row,
    reservation,
    taken,
)
from tests.controllers.test_sale import on_sale, sold
from tests.fakes import StillClock

IN_TIME = DEPARTS - timedelta(minutes=10)
ENDS = DEPARTS + timedelta(hours=2)
_numbers = count(1)


def codes(sheet: DayEnd) -> list[str]:
    return [one.code for one in sheet.findings]


def sells(desk: Desk, *taken: Taken) -> None:
    """Two adults for KRW 78,000, in a sale of its own; the clock moves on."""
    offer = on_sale(desk, capacity=40)
    sold(desk, offer, taken, sale_id=f"sale {next(_numbers)}")
    assert isinstance(desk.clock, StillClock)
    desk.clock.forward(minutes=1)


def change(desk: Desk, sql: str) -> None:
    """Somebody bends the data behind our backs."""
    with desk.database.transaction() as connection:
        connection.execute(text(sql))


def test_arrivals_are_scans_less_what_was_undone_and_agree_with_the_orders(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk, capacity=40)
    came, back, missing = (a_reservation(desk, Status.CONFIRMED, party=3) for _ in range(3))
    clock.set(IN_TIME)
    checkin.scan(f"CF-{came}", desk=desk, heads=2)
    slip = checkin.scan(f"CF-{back}", desk=desk)
    undoing.undo(slip.scan_id, desk=desk, reason="the wrong family")
    clock.set(ENDS)
    trips.close_trip(trips.see_trips(desk=desk).to_close[0].key, desk=desk, leave={missing})
    sheet = see_day_end(DAY, desk=desk)
    (end,) = sheet.trips
    assert (end.trip.product, end.orders, end.expected) == ("Tea House Walk", 3, 9)
    assert (end.admitted, end.undone, end.in_by_scans, end.in_by_orders) == (5, 3, 2, 2)
    assert (end.redeemed, end.no_shows, end.to_close) == (1, 1, 1)
    assert [(scan.number, scan.undo_why) for scan in sheet.undone] == [(f"CF-{back}", "the wrong family")]
    assert (codes(sheet), sheet.adds_up, sheet.total) == (["to-close"], True, (9, 2, 2))
    assert sheet.facts.closings == (1, 0, 0)


def test_refusals_are_counted_by_kind_and_forces_are_told_with_their_reason(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk, capacity=40)
    one = a_reservation(desk, Status.CONFIRMED, name="Anna Sample")
    clock.set(IN_TIME - timedelta(hours=3))
    checkin.scan(f"CF-{one}", desk=desk)
    checkin.scan("4711", desk=desk)
    clock.forward(seconds=10)
    checkin.scan("4712", desk=desk)
    checkin.scan(f"CF-{one}", desk=desk, force="Anna Sample is ill and waits inside")
    sheet = see_day_end(DAY, desk=desk)
    assert dict(sheet.refusals)[Kind.TOO_EARLY] == 1
    assert sum(count for _, count in sheet.refusals) == 3
    (forced,) = sheet.forced
    assert (forced.staff, forced.counter, forced.admitted) == ("Owner", "Desk", 2)
    assert forced.why == "••• is ill and waits inside"


def test_a_scan_that_could_not_be_read_refused_nobody(desk: Desk, clock: StillClock) -> None:
    clock.set(DEPARTS)
    checkin.unreadable("picture", desk=desk)
    assert see_day_end(DAY, desk=desk).refusals == ()


def test_what_scans_and_orders_tell_differently_is_said(desk: Desk, clock: StillClock) -> None:
    a_product(desk, capacity=40)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=desk)
    change(desk, "update reservations set arrived_heads = 1")
    sheet = see_day_end(DAY, desk=desk)
    assert not sheet.adds_up
    (wrong,) = [found for found in sheet.findings if found.wrong]
    assert (wrong.code, dict(wrong.facts)) == ("in-differs", {"number": f"CF-{one}", "scans": 2, "order": 1})
    change(desk, "update departures set seats_taken = 7")
    assert "seats-differ" in codes(see_day_end(DAY, desk=desk))


def test_who_came_in_on_another_day_is_told_and_still_adds_up(desk: Desk, clock: StillClock) -> None:
    a_product(desk, capacity=40)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(DEPARTS - timedelta(days=1))
    checkin.scan(f"CF-{one}", desk=desk, force="the guide takes them today")
    clock.set(ENDS)
    before, on_its_day = see_day_end(DAY - timedelta(days=1), desk=desk), see_day_end(DAY, desk=desk)
    assert (before.trips[0].orders, before.trips[0].in_by_scans) == (0, 2)
    assert (on_its_day.trips[0].elsewhen, on_its_day.trips[0].in_by_orders) == (2, 2)
    assert before.adds_up
    assert on_its_day.adds_up
    assert "another-day" in codes(on_its_day)


def test_a_party_that_is_counted_anew_after_its_arrival_adds_up(desk: Desk, clock: StillClock) -> None:
    (one,) = taken(desk, direct_row(status="confirmed", infants=1))
    clock.set(IN_TIME)
    for heads in (2, 1):
        checkin.scan(f"CF-{one}", desk=desk, heads=heads)
        clock.forward(minutes=1)
    a_product(desk)  # its infants need no seats: only now it is known
    row = reservation(desk, one)
    assert (row.party, row.heads, row.arrived_heads) == (2, 2, 3)
    assert "in-differs" not in codes(see_day_end(DAY, desk=desk))


def test_a_ticket_of_several_visits_adds_up_on_each_of_its_days(desk: Desk, clock: StillClock) -> None:
    a_product(desk, validity="open", uses=3)
    one = a_reservation(desk, Status.CONFIRMED)
    for _ in range(2):
        clock.forward(days=1)
        assert checkin.scan(f"CF-{one}", desk=desk).admitted == 2
    sheet = see_day_end(desk=desk)
    assert sheet.adds_up
    assert sheet.trips[0].in_by_scans == 2


def test_orders_that_nobody_answered_are_told(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    taken(desk, kkday_row())
    assert codes(see_day_end(DAY, desk=desk)) == [], "it has not left yet"
    clock.set(ENDS)
    sheet = see_day_end(DAY, desk=desk)
    assert (codes(sheet), sheet.trips[0].undecided) == (["undecided"], 1)


def test_a_cancellation_that_nobody_answered_is_told(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    a_reservation(desk, Status.CANCEL_REQUESTED)
    clock.set(ENDS)
    sheet = see_day_end(DAY, desk=desk)
    assert (codes(sheet), sheet.trips[0].undecided) == (["undecided"], 1)


# --- money ------------------------------------------------------------------------------------


def test_money_is_told_by_counter_method_and_currency(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    drawer.open_shift({"KRW": 50000}, desk=desk)
    sells(desk, Taken("cash", Money(100000, "KRW")))
    sells(desk, Taken("card", slip="1234"))
    sells(second_desk, Taken("card", slip="1235"))
    drawer.close_shift({"KRW": 50000 + 78000}, desk=desk)
    sheet = see_day_end(desk=desk)
    assert sheet.taken == (
        ("Desk", "card", "KRW", 1, 78000),
        ("Desk", "cash", "KRW", 1, 78000),
        ("Second desk", "card", "KRW", 1, 78000),
    )
    assert (len(sheet.facts.sales), sheet.adds_up) == (3, True)
    assert sheet.facts.shifts[0].off == {}


def test_what_is_missing_in_a_drawer_is_said_and_so_is_cash_without_a_shift(
    desk: Desk, second_desk: Desk, clock: StillClock
) -> None:
    drawer.open_shift({"KRW": 50000}, desk=desk)
    sells(desk, Taken("cash"))
    sells(second_desk, Taken("cash"))
    drawer.move_cash(Money(-20000, "KRW"), desk=desk, reason="to the bank")
    clock.forward(minutes=1)
    drawer.close_shift({"KRW": 107000}, desk=desk)
    sheet = see_day_end(desk=desk)
    told = {one.code: dict(one.facts) for one in sheet.findings if one.wrong}
    assert told["drawer-missing"]["amount"] == Money(1000, "KRW")
    assert told["no-shift"] == {"counter": "Second desk", "amount": Money(78000, "KRW")}
    assert set(told) == {"drawer-missing", "no-shift"}


def test_a_payment_that_was_changed_after_the_count_is_said(desk: Desk, clock: StillClock) -> None:
    drawer.open_shift({"KRW": 0}, desk=desk)
    sells(desk, Taken("cash"))
    clock.forward(minutes=1)
    drawer.close_shift({"KRW": 78000}, desk=desk)
    assert see_day_end(desk=desk).adds_up
    change(desk, "update payments set amount_minor = 70000 where counter_id is not null")
    found = codes(see_day_end(desk=desk))
    assert "shift-changed" in found
    assert "sale-differs" in found


def test_an_open_shift_is_not_wrong_but_said(desk: Desk) -> None:
    drawer.open_shift({"KRW": 0}, desk=desk)
    sheet = see_day_end(desk=desk)
    assert (codes(sheet), sheet.adds_up) == (["shift-open"], True)


def test_a_shift_over_midnight_belongs_to_both_days(desk: Desk, clock: StillClock) -> None:
    drawer.open_shift({"KRW": 0}, desk=desk)
    sells(desk, Taken("cash"))
    first = clock().date()
    clock.forward(days=1)
    drawer.close_shift({"KRW": 78000}, desk=desk)
    for day in (first, first + timedelta(days=1)):
        sheet = see_day_end(day, desk=desk)
        assert (len(sheet.facts.shifts), sheet.adds_up) == (1, True)
    assert see_day_end(first + timedelta(days=1), desk=desk).taken == ()


def test_refunds_are_told_as_promised(desk: Desk, clock: StillClock) -> None:
    a_product(desk, refund=[{"until_days": 1, "percent": 100}])
    one = a_reservation(desk, Status.CONFIRMED, sold_by="kkday")
    reservations.cancel(one, desk=desk, reason="the guide is ill")
    (refund,) = see_day_end(desk=desk).facts.refunds
    assert (refund.ours, refund.promised, refund.paid) == (False, True, False)


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2100, 1, 1)])
def test_a_day_on_which_nothing_happened_adds_up(desk: Desk, day: date) -> None:
    sheet = see_day_end(day, desk=desk)
    assert (sheet.trips, sheet.findings, sheet.adds_up) == ((), (), True)


def test_nobody_is_named_but_staff(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    (one,) = taken(desk, direct_row(name="Berta Beispiel", phone="+82 10-5555-0100"))
    reservations.confirm(one, desk=desk)
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=desk)
    told: Any = repr(see_day_end(DAY, desk=desk))
    assert "Berta" not in told
    assert "5555" not in told
