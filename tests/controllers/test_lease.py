"""One program at a time has the work; a dead one loses it, and one that ends hands it on. On both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from controllers.desk import Desk
from controllers.lease import LASTS, WorkLease
from controllers.watching import NOTHING, Watch
from models.tables import Lease
from tests.conftest import Slate
from tests.fakes import StillClock

Hand = Callable[[Desk], WorkLease]


@pytest.fixture
def hand() -> Iterator[Hand]:
    """Gives a desk its hold on the work."""
    watches: list[Watch] = []

    def make(desk: Desk) -> WorkLease:
        watches.append(Watch(desk))
        return WorkLease(desk, watches[-1])

    yield make
    for watch in watches:
        watch.close()


def age(desk: Desk, by: timedelta) -> None:
    """As if the lease had been renewed so long ago."""
    with desk.database.transaction() as connection:
        until = connection.execute(select(Lease.until)).scalar_one()
        connection.execute(update(Lease).values(until=until - by))


def test_the_first_has_it_and_the_second_is_told_who(hand: Hand, desk: Desk, second_desk: Desk) -> None:
    one, two = hand(desk), hand(second_desk)
    first, second = one.keep(), two.keep()
    assert (first.counter, first.is_ours) == ("Desk", True)
    assert (second.counter, second.is_ours) == ("Desk", False)
    assert 0 <= second.ago_s < 20
    assert one.keep().is_ours


def test_who_is_killed_loses_it_when_it_has_run_out(hand: Hand, desk: Desk, second_desk: Desk) -> None:
    one, two = hand(desk), hand(second_desk)
    one.keep()
    age(desk, LASTS - timedelta(seconds=8))
    assert not two.keep().is_ours
    age(desk, timedelta(seconds=8))
    assert two.keep().is_ours
    assert (one.keep().counter, one.keep().is_ours) == ("Second desk", False)


def test_who_ends_hands_it_on_at_once(hand: Hand, desk: Desk, second_desk: Desk) -> None:
    one, two = hand(desk), hand(second_desk)
    one.keep()
    one.let_go()
    assert two.keep().is_ours
    one.let_go()
    assert two.keep().is_ours, "who has it no more cannot give it away"


def test_a_clock_that_was_put_back_does_not_keep_it_for_ever(
    hand: Hand, desk: Desk, second_desk: Desk
) -> None:
    one, two = hand(desk), hand(second_desk)
    one.keep()
    age(desk, timedelta(hours=-5))
    assert two.keep().is_ours


def test_the_practice_clock_has_no_say(hand: Hand, desk: Desk, second_desk: Desk, clock: StillClock) -> None:
    one, two = hand(desk), hand(second_desk)
    one.keep()
    clock.forward(days=3)
    assert not two.keep().is_ours


def test_renewing_is_no_news_to_the_program_that_renews(desk: Desk, slate: Slate) -> None:
    watch = Watch(desk)
    lease = WorkLease(desk, watch)
    for _ in range(3):
        lease.keep()
        assert watch.look() == NOTHING
    watch.close()
