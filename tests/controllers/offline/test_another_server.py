"""What answers at the address is another database than the one this counter was at: nothing goes there by mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text, update

from controllers.desk import Desk, open_desk
from controllers.offline.door import Door
from controllers.offline.handing import hand_over
from models.checkin import Kind
from models.refusals import CannotDo
from models.tables import Key
from tests.alone import A, B, a_code, guests, ready, scans
from tests.fakes import StillClock

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def other(fresh_sqlite: Callable[[], str], clock: StillClock, slate: object) -> Iterator[Desk]:
    """Another company's database, as far as its secrets tell."""
    made = open_desk(fresh_sqlite(), practice=True, clock=clock)
    with made.database.transaction() as connection:
        connection.execute(update(Key).where(Key.version == 0).values(secret=b"another"))
    yield made
    made.database.close()


def test_a_program_that_runs_notices_that_another_database_answers_and_goes_on_alone(
    desk: Desk, other: Desk, door: Door, clock: StillClock
) -> None:
    code = a_code(desk, guests(desk, clock))
    ours = ready(door).server.database
    door.server.database = other.database
    state = door.look_after()
    assert (state.is_offline, state.trouble) == (True, "database-changed")
    assert door.scan(code, scan_id=A).kind is Kind.ADMIT
    assert door.look_after().waiting == 1
    other.database.set_away(None)
    assert scans(other) == []
    door.server.database = ours
    state = door.look_after()
    assert (state.is_offline, state.waiting, state.trouble) == (False, 0, "")
    assert scans(desk) == [("a", 2, False)]


def test_scans_that_wait_are_not_handed_to_whoever_answers_in_its_place(
    desk: Desk, other: Desk, door: Door, clock: StillClock
) -> None:
    code = a_code(desk, guests(desk, clock))
    ready(door).lost()
    door.scan(code, scan_id=A)
    door.server.database = other.database
    with pytest.raises(CannotDo, match="replica-of-another"):
        hand_over(door.replica, door.server)
    assert (door.replica.count_waiting(), scans(other)) == (1, [])


def test_a_database_that_was_emptied_is_another_one(desk: Desk, door: Door, clock: StillClock) -> None:
    one = guests(desk, clock)
    code = a_code(desk, one)
    ready(door)
    with desk.database.transaction() as connection:
        connection.execute(text("delete from keys"))
    assert door.look_after().trouble == "database-changed"
    assert door.scan(code, scan_id=B).kind is Kind.ADMIT


def test_a_counter_that_was_offline_and_joins_another_database_starts_anew_where_nothing_waits(
    desk: Desk, other: Desk, door: Door, clock: StillClock
) -> None:
    guests(desk, clock)
    ready(door).lost()
    joined = Door(other, door.replica)
    assert joined.is_offline
    state = joined.look_after()
    assert (state.is_offline, state.trouble) == (False, "")
    with door.replica.database.reading() as look:
        assert look.execute(text("select count(*) from reservations")).scalar() == 0
