"""The last scans of a counter: read from the database, whoever started the program since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from controllers import checkin, undoing
from controllers.desk import Desk
from controllers.last_scans import last_scans
from controllers.turned_away import count_turned_away, turned_away
from models.checkin import Kind
from models.reservations import Status
from models.rights import Role
from tests.builders import DEPARTS, a_product, a_reservation, direct_row, kkday_row, reservation, taken
from tests.fakes import StillClock
from tests.staff import cheapest_hashes, with_staff

__all__ = ["cheapest_hashes"]

IN_TIME = DEPARTS - timedelta(minutes=10)


def test_each_says_what_it_was_newest_first(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(IN_TIME)
    first = checkin.scan(f"CF-{one}", desk=desk)
    clock.forward(minutes=12)
    checkin.scan(f"CF-{one}", desk=desk)
    used, admitted = last_scans(desk=desk)
    assert (used.answer.kind, admitted.answer.kind) == (Kind.USED, Kind.ADMIT)
    assert (admitted.answer.scan_id, admitted.answer.traveler, admitted.what) == (
        first.scan_id,
        "Anna Sample",
        "Afternoon",
    )
    assert used.answer.told is not None
    assert used.answer.told.used_at == IN_TIME


def test_what_was_undone_says_so(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(IN_TIME)
    undoing.undo(checkin.scan(f"CF-{one}", desk=desk).scan_id, desk=desk)
    assert [scan.undone for scan in last_scans(desk=desk)] == [True]


def test_a_clock_that_was_put_back_hides_no_scan_of_today(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.CONFIRMED)
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=desk)
    checkin.scan("NOBODY", desk=desk)
    clock.forward(minutes=-10)
    assert len(last_scans(desk=desk)) == 2
    assert count_turned_away(desk=desk) == 1


def test_only_twenty_of_this_counter_and_this_day(desk: Desk, clock: StillClock) -> None:
    clock.set(IN_TIME - timedelta(days=1))
    checkin.scan("YESTERDAY", desk=desk)
    clock.set(IN_TIME)
    checkin.scan("ELSEWHERE", desk=desk.at_counter("Second"))
    for n in range(25):
        checkin.scan(f"NOBODY-{n}", desk=desk)
        clock.forward(seconds=1)
    found = last_scans(desk=desk)
    assert len(found) == 20
    assert len({scan.answer.scan_id for scan in found}) == 20
    assert all(scan.at > IN_TIME for scan in found)


def test_who_was_never_confirmed_has_no_name_here(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = taken(desk, kkday_row(guests=""))[0]
    clock.set(IN_TIME)
    checkin.scan(f"CF-{one}", desk=desk)
    assert [(scan.answer.number, scan.answer.traveler) for scan in last_scans(desk=desk)] == [
        (f"CF-{one}", "")
    ]


def test_whoever_only_redeems_sees_their_own_and_of_their_products(desk: Desk, clock: StillClock) -> None:
    ours, theirs = (
        taken(desk, direct_row(product=product, time="14:00", status="confirmed"))[0]
        for product in ("Tea House Walk", "Night Walk")
        if a_product(desk, product[:3].upper(), product)
    )
    mine = reservation(desk, ours).product_id
    mina = with_staff(desk, "Mina Example", Role.REDEEM)
    clock.set(IN_TIME)
    checkin.scan("NOBODY", desk=desk)
    redeemer = replace(desk, actor=replace(desk.actor, staff_id=mina, role=Role.REDEEM))
    in_group = replace(redeemer, actor=replace(redeemer.actor, redeems=frozenset((mine,))))
    for text in (f"CF-{ours}", f"CF-{theirs}", "SOMETHING"):
        clock.forward(minutes=1)
        checkin.scan(text, desk=in_group)
    assert len(last_scans(desk=desk)) == 4
    assert [scan.answer.reservation_id for scan in last_scans(desk=redeemer)] == [None, theirs, ours]
    assert [scan.answer.reservation_id for scan in last_scans(desk=in_group)] == [None, ours]
    refused = (desk, redeemer, in_group)
    assert [count_turned_away(desk=one) for one in refused] == [3, 2, 1]
    assert [len(turned_away(desk=one)) for one in refused] == [3, 2, 1]
