"""The copy at the counter: what is in it, how it follows, and what becomes of it when it is broken."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from controllers import attention, checkin, reservations, search
from controllers.desk import Desk
from controllers.offline.door import Door
from controllers.offline.replica import Replica
from models.database import REVISION
from models.refusals import CannotDo
from models.reservations import Status
from models.tables import Counter, OutboxRow, Reservation, Staff, Traveler
from tests.alone import IN_TIME, A, B, a_code, guests, ready
from tests.builders import (
    a_product,
    a_reservation,
    direct_row,
    reservation,
    somebody_else,
    taken,
)
from tests.fakes import StillClock


def held(replica: Replica) -> list[int]:
    """The reservations in it."""
    with replica.database.reading() as look:
        return sorted(look.execute(select(Reservation.id)).scalars())


def copied(replica: Replica, one: int) -> object:
    with replica.database.reading() as look:
        return look.execute(select(Reservation.__table__).where(Reservation.id == one)).one()


# --- what is in it ------------------------------------------------------------------------------


def test_it_holds_the_days_around_today(desk: Desk, replica: Replica, clock: StillClock) -> None:
    a_product(desk, capacity=99)
    days = {n: taken(desk, direct_row(date=f"2027-02-{n:02}"))[0] for n in (1, 2, 3, 4, 5, 6)}
    clock.set(IN_TIME + timedelta(days=2))  # the third
    assert replica.follow(desk)
    assert held(replica) == [days[n] for n in (2, 3, 4, 5)]


def test_it_holds_open_dated_tickets_as_long_as_they_are_good(
    desk: Desk, replica: Replica, clock: StillClock
) -> None:
    one = guests(desk, clock, validity="open", valid_days=30)
    assert replica.follow(desk)
    assert held(replica) == [one]
    with desk.database.transaction() as connection:
        connection.execute(update(Reservation).values(open_dated=True, departs_on=None, departs_at=None))
    clock.set(IN_TIME + timedelta(days=10))
    assert replica.follow(desk)
    assert held(replica) == [one]
    with desk.database.transaction() as connection:
        connection.execute(update(Reservation).values(valid_until=IN_TIME.date()))
    clock.forward(days=1)
    assert replica.follow(desk)
    assert held(replica) == []


def test_a_reservation_is_the_same_there(desk: Desk, replica: Replica, clock: StillClock) -> None:
    one = guests(desk, clock)
    attention.leave_for_gate(one, desk=desk, words="a wheelchair")
    replica.follow(desk)
    assert copied(replica, one) == reservation(desk, one)
    (found,) = search.find("Anna", desk=replica.desk("Desk")).items
    assert found.row.id == one


def test_who_was_never_confirmed_has_no_name_on_the_counters_disk(
    desk: Desk, replica: Replica, clock: StillClock
) -> None:
    a_product(desk)
    one = a_reservation(desk, Status.UNCONFIRMED, sold_by="kkday", name="Anna Example")
    clock.set(IN_TIME)
    with desk.work() as work:
        work.connection.execute(
            update(Reservation).values(
                attention="Call Anna Example", reason="Anna Example asks for Bo Muster"
            )
        )
        work.connection.execute(insert(Traveler), {"reservation_id": one, "name": "Bo Muster"})
    replica.follow(desk)
    assert reservation(desk, one).lead == "Anna Example"
    assert b"Anna Example" not in replica.file.read_bytes()
    assert b"Bo Muster" not in replica.file.read_bytes()
    reservations.confirm(one, desk=desk)
    replica.follow(desk)
    assert copied(replica, one).lead == "Anna Example"  # type: ignore[attr-defined]


def test_letters_lie_there_without_words_and_address(desk: Desk, replica: Replica, clock: StillClock) -> None:
    guests(desk, clock)
    replica.follow(desk)
    with replica.database.reading() as look:
        rows = look.execute(select(OutboxRow.address, OutboxRow.body)).all()
    assert rows
    assert all(row.address == "" and row.body == {} for row in rows)


def test_only_its_owner_reads_it(desk: Desk, replica: Replica, empty_file: Path) -> None:
    assert empty_file.stat().st_mode & 0o077 == 0
    replica.follow(desk)
    assert replica.file.stat().st_mode & 0o077 == 0


def test_its_size_and_age_can_be_told(desk: Desk, replica: Replica, clock: StillClock) -> None:
    assert replica.age().synced_at is None
    guests(desk, clock)
    replica.follow(desk)
    age = replica.age()
    assert (age.synced_at, age.reservations, age.waiting) == (IN_TIME, 1, 0)
    assert age.size > 100_000


# --- following ----------------------------------------------------------------------------------


def test_it_follows_what_another_counter_does(
    desk: Desk, second_desk: Desk, replica: Replica, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = guests(desk, clock)
    replica.follow(desk)
    monkeypatch.setattr(replica, "_fill", _cut)  # only what changed is fetched
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=A)
    other = taken(desk, direct_row())[0]
    clock.forward(minutes=4)
    assert replica.follow(desk)
    assert held(replica) == [one, other]
    assert copied(replica, one) == reservation(desk, one)
    assert replica.count_waiting() == 0  # the other counter's scan is no scan of ours
    assert replica.age().synced_at == clock()


def test_what_leaves_the_days_leaves_the_copy(desk: Desk, replica: Replica, clock: StillClock) -> None:
    one = guests(desk, clock)
    replica.follow(desk)
    with desk.work() as work:
        work.connection.execute(update(Reservation).values(departs_on=IN_TIME.date() + timedelta(days=30)))
        work.record(f"reservation:{one}", "move")
    replica.follow(desk)
    assert held(replica) == []


def test_a_new_person_and_counter_are_known_there(
    desk: Desk, second_desk: Desk, replica: Replica, clock: StillClock
) -> None:
    replica.follow(desk)
    mina = somebody_else(desk)
    with desk.work() as work:
        work.record(f"staff:{mina.actor.staff_id}", "invite")
    replica.follow(desk)
    with replica.database.reading() as look:
        assert "Mina" in look.execute(select(Staff.name)).scalars().all()
        heads = look.execute(select(Counter.journal_seq)).scalars().all()
    assert set(heads) == {0}  # its chains are its own


def test_a_new_day_is_made_anew(desk: Desk, replica: Replica, clock: StillClock) -> None:
    one = guests(desk, clock)
    replica.follow(desk)
    clock.forward(days=5)
    replica.follow(desk)
    assert held(replica) == []
    assert one


def test_nothing_is_written_over_what_waits(
    desk: Desk, second_desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    checkin.scan(a_code(desk, one), desk=second_desk, scan_id=B, heads=1)
    clock.forward(days=5)
    assert not door.replica.follow(desk)
    assert copied(door.replica, one).arrived_heads == 2  # type: ignore[attr-defined]
    assert door.replica.count_waiting() == 1


# --- what becomes of it -------------------------------------------------------------------------

ON_ANY = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
"""What becomes of the file has nothing to do with the kind of server."""


def broken(file: Path) -> None:
    """A disk that forgot half of it."""
    content = bytearray(file.read_bytes())
    content[4096:] = b"\\x00" * (len(content) - 4096)
    file.write_bytes(bytes(content))


@ON_ANY
def test_a_broken_copy_is_set_aside_and_made_anew(desk: Desk, replica: Replica, clock: StillClock) -> None:
    one = guests(desk, clock)
    replica.follow(desk)
    replica.close()
    broken(replica.file)
    again = Replica(replica.file.parent, clock)
    assert again.set_aside is not None
    assert again.set_aside.exists()
    assert not again.is_ready
    again.follow(desk)
    assert held(again) == [one]
    again.close()


@ON_ANY
def test_a_broken_copy_in_which_scans_wait_is_left_alone(desk: Desk, door: Door, clock: StillClock) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    door.close()
    file = door.replica.file
    broken(file)
    before = file.read_bytes()
    with pytest.raises(CannotDo, match="replica-damaged"):
        Replica(file.parent, clock)
    assert file.read_bytes() == before


def at_revision(file: Path, revision: str) -> None:
    with closing(sqlite3.connect(file)) as there, there:
        there.execute("update alembic_version set version_num = ?", [revision])


@ON_ANY
def test_a_copy_of_a_newer_program_is_set_aside_unless_scans_wait(
    desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    folder = door.replica.file.parent
    door.scan(a_code(desk, one), scan_id=A)
    door.close()
    at_revision(door.replica.file, "9999")
    with pytest.raises(CannotDo, match="replica-newer"):
        Replica(folder, clock)
    with closing(sqlite3.connect(door.replica.file)) as there, there:
        there.execute("insert into handed_over (scan_id, at) select id, at from scans")
    again = Replica(folder, clock)
    assert again.set_aside is not None
    again.close()


@ON_ANY
def test_a_copy_of_an_older_program_is_brought_up_and_filled_anew(
    desk: Desk, door: Door, clock: StillClock
) -> None:
    one = guests(desk, clock)
    ready(door).lost()
    door.scan(a_code(desk, one), scan_id=A)
    door.close()
    with closing(sqlite3.connect(door.replica.file)) as there, there:
        there.execute("update about set value = '0011' where name = 'replica-revision'")
    again = Replica(door.replica.file.parent, clock)
    assert again.count_waiting() == 1
    back = Door(desk, again)
    assert not back.look_after().is_offline
    assert again.told("replica-revision") == REVISION
    assert json.loads(again.told("replica-heads"))
    back.close()


@ON_ANY
def test_what_was_cut_off_while_it_was_made_is_made_again(
    desk: Desk, replica: Replica, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = guests(desk, clock)
    with monkeypatch.context() as patch:
        patch.setattr("controllers.offline.copying.reservations", _cut)
        with pytest.raises(OSError, match="the cable"):
            replica.follow(desk)
    assert not replica.is_ready
    replica.follow(desk)
    assert held(replica) == [one]


def _cut(*_: object) -> None:
    raise OSError("the cable")


@ON_ANY
def test_who_has_the_copy_open_while_it_is_made_anew_writes_into_no_lost_file(
    desk: Desk, replica: Replica, clock: StillClock
) -> None:
    replica.follow(desk)
    with replica.database.engine.connect() as line:
        driver = line.connection.driver_connection
        assert driver is not None
        driver.execute("begin")
        driver.execute("select count(*) from reservations").fetchone()
        clock.forward(days=5)
        assert replica.follow(desk)
        driver.execute("commit")
        driver.execute("insert into about (name, value) values ('kept', 'yes')")
    assert replica.told("kept") == "yes"
    with closing(sqlite3.connect(replica.file)) as there:
        assert there.execute("pragma integrity_check").fetchone() == ("ok",)
        assert there.execute("select value from about where name = 'kept'").fetchone() == ("yes",)


@ON_ANY
def test_what_was_set_aside_is_not_kept_for_ever(desk: Desk, replica: Replica, clock: StillClock) -> None:
    folder = replica.file.parent
    old, new = folder / "replica-aside-1.sqlite", folder / "replica-aside-2.sqlite"
    for one in (old, new):
        one.touch()
    os.utime(old, (0, 0))
    Replica(folder, clock).close()
    assert (old.exists(), new.exists()) == (False, True)


@ON_ANY
def test_where_nothing_is_new_the_disk_is_left_alone(desk: Desk, replica: Replica, clock: StillClock) -> None:
    replica.follow(desk)
    noted = replica.told("replica-synced-at")
    clock.forward(seconds=2)
    assert replica.follow(desk)
    assert replica.told("replica-synced-at") == noted
    assert replica.synced_at == clock()
    clock.forward(minutes=1)
    replica.follow(desk)
    assert replica.told("replica-synced-at") != noted


def test_who_was_forgotten_on_the_server_is_forgotten_here(
    desk: Desk, replica: Replica, clock: StillClock
) -> None:
    one = guests(desk, clock)
    replica.follow(desk)
    with desk.work() as work:
        work.connection.execute(update(Reservation).values(lead="", email="", phone=""))
        work.connection.execute(Traveler.__table__.delete())  # type: ignore[attr-defined]
        work.record(f"reservation:{one}", "erase")
    replica.follow(desk)
    assert copied(replica, one).lead == ""  # type: ignore[attr-defined]
