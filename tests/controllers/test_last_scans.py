"""The last scans of a counter: read from the database, whoever started the program since."""

from __future__ import annotations

from datetime import timedelta

from controllers import checkin, undoing
from controllers.desk import Desk
from controllers.last_scans import last_scans
from controllers.turned_away import count_turned_away
from models.checkin import Kind
from models.reservations import Status
from tests.builders import DEPARTS, a_product, a_reservation, kkday_row, taken
from tests.fakes import StillClock

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
