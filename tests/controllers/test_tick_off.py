"""What we did here and still have to do at the channel is ticked off deed by deed, once it is done there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controllers import checkin, reservations, trips, undoing, viewing
from controllers.desk import Desk
from models.refusals import CannotDo
from models.reservations import Status
from models.rows import Filter
from tests.builders import DEPARTS, a_product, a_reservation, kkday_row, reservation, take, taken
from tests.fakes import StillClock


def to_do(desk: Desk, one: int) -> str:
    return viewing.see_details(one, desk=desk).row.to_do


def ticked(desk: Desk, one: int) -> list[dict[str, str]]:
    """What the journal says was ticked off, the oldest first."""
    lines = viewing.see_details(one, desk=desk).history
    return [line.facts for line in reversed(lines) if line.action == "tick-off"]


def redeemed(desk: Desk, clock: StillClock) -> tuple[int, dict[str, str]]:
    """An order of KKday that was confirmed and redeemed here, neither of which has been done there."""
    a_product(desk)
    row = kkday_row()
    (one,) = taken(desk, row)
    reservations.confirm(one, desk=desk)
    clock.set(DEPARTS)
    checkin.scan(f"CF-{one}", desk=desk)
    clock.forward(hours=3)
    trips.close_trips(desk=desk)
    return one, row


def test_a_confirmation_is_to_do_at_the_channel_until_it_is_ticked_off(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row())
    reservations.confirm(one, desk=desk)
    assert to_do(desk, one) == "confirm"
    reservations.tick_off(one, desk=desk)
    assert to_do(desk, one) == ""
    with pytest.raises(CannotDo, match="nothing-to-do"):
        reservations.tick_off(one, desk=desk)


def test_a_redemption_does_not_hide_a_confirmation_that_is_still_to_do(desk: Desk, clock: StillClock) -> None:
    one, _ = redeemed(desk, clock)
    assert to_do(desk, one) == "confirm redeem"
    reservations.tick_off(one, desk=desk, deed="confirm")
    assert to_do(desk, one) == "redeem"
    assert [r.id for r in viewing.see_page(Filter(needs="to-do"), desk=desk).rows] == [one]
    with pytest.raises(CannotDo, match="nothing-to-do"):
        reservations.tick_off(one, desk=desk, deed="confirm")
    reservations.tick_off(one, desk=desk, deed="redeem")
    assert ticked(desk, one) == [{"done": "confirm"}, {"done": "redeem"}]
    assert viewing.see_page(Filter(needs="to-do"), desk=desk).rows == ()


def test_ticking_all_off_at_once_is_journaled_one_by_one(desk: Desk, clock: StillClock) -> None:
    one, _ = redeemed(desk, clock)
    reservations.tick_off(one, desk=desk)
    assert ticked(desk, one) == [{"done": "confirm"}, {"done": "redeem"}]


def test_undoing_a_redemption_leaves_the_confirmation_to_do(desk: Desk, clock: StillClock) -> None:
    one, _ = redeemed(desk, clock)
    undoing.undo_last(one, desk=desk)
    assert to_do(desk, one) == "confirm"


def test_a_file_that_shows_one_deed_done_ticks_off_that_one(desk: Desk, clock: StillClock) -> None:
    one, row = redeemed(desk, clock)
    clock.forward(hours=1)
    take(desk, {**row, "status": "Confirmed"})
    assert to_do(desk, one) == "redeem"
    take(desk, {**row, "status": "Check-in & Redeem"})
    assert to_do(desk, one) == ""
    assert ticked(desk, one) == [{"done": deed, "by": "channel"} for deed in ("confirm", "redeem")]


def test_cancelling_makes_a_confirmation_that_is_to_do_pointless(desk: Desk) -> None:
    a_product(desk)
    (one,) = taken(desk, kkday_row())
    reservations.confirm(one, desk=desk)
    reservations.cancel(one, desk=desk, reason="the guide is ill")
    assert to_do(desk, one) == "cancel"


def test_our_own_sales_leave_nothing_to_do_anywhere(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.REDEEMED)
    assert to_do(desk, one) == ""
    clock.forward(seconds=timedelta(minutes=1).seconds)
    assert reservation(desk, one).to_do == ""
