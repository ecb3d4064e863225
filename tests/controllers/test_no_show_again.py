"""Somebody who did not come and then came after all, by a slip: taking the scan back makes them a no-show again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from controllers import checkin, day_end, reservations, undoing
from controllers.desk import Desk
from models.reservations import Status
from models.tables import ScanRow
from tests.builders import DAY, DEPARTS, a_product, a_reservation, reservation, tickets
from tests.fakes import StillClock

IN_TIME = DEPARTS - timedelta(minutes=10)


def a_no_show(desk: Desk, clock: StillClock, party: int = 2, **product: Any) -> int:
    """Nobody of them came, though the gate is still open."""
    a_product(desk, **product)
    one = a_reservation(desk, Status.NO_SHOW, party=party)
    clock.set(IN_TIME)
    return one


@pytest.mark.parametrize("redeem", ["on arrival", "after trip"])
def test_taking_back_the_scan_that_returned_them_makes_them_a_no_show_again(
    desk: Desk, clock: StillClock, redeem: str
) -> None:
    one = a_no_show(desk, clock, redeem=redeem)
    scan = checkin.scan(f"CF-{one}", desk=desk)
    after = Status.REDEEMED if redeem == "on arrival" else Status.CONFIRMED
    assert reservation(desk, one).status is after
    assert undoing.undo(scan.scan_id, desk=desk).status is Status.NO_SHOW
    row, (ticket,) = reservation(desk, one), tickets(desk, one)
    assert (row.status, row.arrived_heads, row.redeemed_at, row.redeemed_by_scan) == (
        Status.NO_SHOW,
        0,
        None,
        "",
    )
    assert (ticket.uses_left, ticket.arrived_heads) == (1, 0)


@pytest.mark.parametrize("first_back", [0, 1])
def test_whoever_of_them_is_still_in_keeps_them_returned_until_the_last_is_taken_back(
    desk: Desk, clock: StillClock, first_back: int
) -> None:
    one = a_no_show(desk, clock, party=3, redeem="on arrival")
    scans = []
    for heads in (1, 2):
        scans.append(checkin.scan(f"CF-{one}", desk=desk, heads=heads).scan_id)
        clock.forward(seconds=6)
    assert reservation(desk, one).status is Status.REDEEMED
    assert undoing.undo(scans.pop(first_back), desk=desk).status is Status.CONFIRMED
    assert undoing.undo(scans[0], desk=desk).status is Status.NO_SHOW


def test_a_cancellation_they_have_asked_for_since_stays_asked_for(desk: Desk, clock: StillClock) -> None:
    one = a_no_show(desk, clock, redeem="after trip")
    scan = checkin.scan(f"CF-{one}", desk=desk)
    reservations.request_cancel(one, desk=desk)
    assert undoing.undo(scan.scan_id, desk=desk).status is Status.CANCEL_REQUESTED
    assert reservation(desk, one).arrived_heads == 0


def test_scans_that_did_not_note_the_party_yet_are_taken_back_and_counted_all_the_same(
    desk: Desk, clock: StillClock
) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED, party=3)
    clock.set(IN_TIME)
    for heads in (1, 2):
        last = checkin.scan(f"CF-{one}", desk=desk, heads=heads).scan_id
        clock.forward(seconds=6)
    with desk.work() as work:
        for scan_id, did in work.connection.execute(select(ScanRow.id, ScanRow.did)).all():
            older = {key: value for key, value in did.items() if key != "most"}
            work.connection.execute(update(ScanRow).where(ScanRow.id == scan_id).values(did=older))
    ended = day_end.see_day_end(DAY, desk=desk)
    assert [trip.in_by_orders for trip in ended.trips] == [3]
    assert not [finding for finding in ended.findings if finding.code == "in-differs"]
    undoing.undo(last, desk=desk)
    assert reservation(desk, one).arrived_heads == 1
