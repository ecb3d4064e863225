"""Moving a desk's file to a server: the same rows there, compared before anything switches, or nothing has happened."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, select, text, update

from app import main
from controllers import relocating, reservations
from controllers.desk import Desk, open_desk
from controllers.joining import join
from controllers.journal import verify
from controllers.place import Place
from controllers.relocating import Progress, Step, move_to, put_aside, try_server
from models import moved_away
from models.database import Database
from models.refusals import CannotDo
from models.rights import Role
from models.tables import Reservation
from tests.builders import a_product, a_reservation
from tests.conftest import NOW
from tests.fakes import StillClock
from tests.postgresql import Server

pytestmark = pytest.mark.postgres
_HERE = "datname = 'moved' and pid <> pg_backend_pid()"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "desk")


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a real desk with some orders in its file, made once and copied."""
    folder = tmp_path_factory.mktemp("furnished") / "desk"
    desk = Place(folder).open("Desk")
    desk.clock = StillClock(NOW)
    a_product(desk)
    made = [a_reservation(desk, name=f"Lee Example {number} 민수 é") for number in range(3)]
    reservations.confirm(made[0], desk=desk)
    desk.database.close()
    return folder


@pytest.fixture
def old(furnished: Path, place: Place, clock: StillClock) -> Iterator[Desk]:
    """That desk, once more."""
    shutil.copytree(furnished, place.folder)
    desk = place.open("Desk")
    desk.clock = clock
    yield desk
    desk.database.close()


@pytest.fixture(scope="module")
def a_database(postgresql: Server) -> Iterator[str]:
    postgresql.tell("create database moved")
    yield postgresql.url("moved")
    postgresql.tell("drop database moved with (force)")


@pytest.fixture
def server(postgresql: Server, a_database: str) -> Iterator[tuple[Server, str]]:
    """A database that is empty again: to make it anew would take the server a second each time."""
    yield postgresql, a_database
    postgresql.tell(f"select pg_terminate_backend(pid) from pg_stat_activity where {_HERE}")
    with psycopg.connect(a_database, autocommit=True) as line:
        line.execute("drop schema public cascade; create schema public authorization pg_database_owner")


def rows_of(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        asked = select(Reservation.id, Reservation.lead, Reservation.status, Reservation.sort_at)
        return [tuple(row) for row in look.execute(asked.order_by(Reservation.id))]


def test_everything_is_there_afterwards_and_the_desk_goes_on_there(
    place: Place, old: Desk, server: tuple[Server, str], clock: StillClock
) -> None:
    before = rows_of(old)
    told: list[tuple[str, str]] = []
    moved = move_to(
        server[1], desk=old, place=place, progress=Progress(heard=lambda *what: told.append(what))
    )
    assert moved.rows > 30
    assert len({one.checksum for one in moved.tables if one.rows}) > 5
    steps = list(dict.fromkeys(step for step, _ in told))
    assert steps == ["backup", "pouring", "search", "comparing", "chains", "switching"]
    new = Place(place.folder).open("Desk")
    new.clock = clock
    assert not new.database.is_sqlite
    assert rows_of(new) == before
    reservations.confirm(before[1][0], desk=new)
    assert a_reservation(new) == before[-1][0] + 1
    assert all(chain.broken_at is None for chain in verify(desk=new))
    new.database.close()


def test_the_old_file_says_where_its_data_went_and_takes_no_more(
    place: Place, old: Desk, server: tuple[Server, str]
) -> None:
    file = Path(str(old.database.url.database))
    move_to(server[1], desk=old, place=place)
    [aside] = place.folder.glob("counterfoil.sqlite.moved-to-127.0.0.1")
    assert not file.exists()
    with pytest.raises(CannotDo) as no:
        open_desk(f"sqlite:///{aside}")
    assert no.value.code == "moved-away"
    assert no.value.facts["where"] == server[1]
    with pytest.raises(sqlite3.IntegrityError, match="moved to"):
        sqlite3.connect(aside).execute("update reservations set lead = 'x'")


def test_a_program_that_had_the_file_open_is_refused_and_loses_nothing_unseen(
    place: Place, old: Desk, server: tuple[Server, str]
) -> None:
    other = open_desk(str(old.database.url), counter="Other")
    with other.reading() as look:  # it has the file open
        look.execute(select(Reservation.id)).all()
    move_to(server[1], desk=old, place=place)
    for desk in (other, old):
        with pytest.raises(CannotDo) as no:
            a_reservation(desk)
        assert no.value.code == "moved-away"
        assert "127.0.0.1" in no.value.sentence
    file = Path(str(old.database.url.database))
    assert file.exists(), "while somebody has it open, it keeps its name"
    other.database.close()
    assert put_aside(file) != file


def test_while_it_moves_nobody_else_writes(
    place: Place, old: Desk, server: tuple[Server, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_desk(str(old.database.url), counter="Other")
    monkeypatch.setattr("models.database.PATIENCE_S", 0.002)
    refused: list[str] = []

    def try_to_write(step: str, _table: str) -> None:
        if step in ("pouring", "comparing", "chains"):
            with pytest.raises(CannotDo) as no:
                a_reservation(other)
            refused.append(no.value.code)

    before = rows_of(old)
    move_to(server[1], desk=old, place=place, progress=Progress(heard=try_to_write))
    assert set(refused) == {"database-busy"}
    other.database.close()
    new = place.open("Desk")
    assert rows_of(new) == before
    new.database.close()


def assert_nothing_happened(place: Place, old: Desk, url: str, before: list[Any]) -> None:
    database = Database(url)
    with database.reading() as look:
        assert look.execute(text("select count(*) from pg_tables where schemaname = 'public'")).scalar() == 0
        asked = "select count(*) from pg_proc where pronamespace = 'public'::regnamespace"
        assert look.execute(text(asked)).scalar() == 0
    database.close()
    assert place.database.startswith("sqlite")
    assert rows_of(old) == before
    a_reservation(old)
    assert all(chain.broken_at is None for chain in verify(desk=old))


@pytest.mark.parametrize("step", [Step.POURING, Step.SEARCH, Step.CHAINS])
def test_stopped_at_any_step_the_desk_goes_on_with_its_file(
    place: Place, old: Desk, server: tuple[Server, str], step: Step
) -> None:
    before = rows_of(old)
    progress = Progress()
    progress.heard = lambda now, table: progress.stop() if now == step and table != "about" else None
    with pytest.raises(CannotDo) as no:
        move_to(server[1], desk=old, place=place, progress=progress)
    assert no.value.code == "move-stopped"
    assert_nothing_happened(place, old, server[1], before)


@pytest.mark.parametrize("step", [Step.POURING, Step.COMPARING])
def test_a_server_that_goes_away_in_the_middle_has_moved_nothing_and_that_is_said(
    place: Place, old: Desk, server: tuple[Server, str], step: Step
) -> None:
    def cut(now: str, table: str) -> None:
        if (now, table) == (step, "reservations"):
            server[0].tell(f"select pg_terminate_backend(pid) from pg_stat_activity where {_HERE}")

    before = rows_of(old)
    with pytest.raises(CannotDo) as no:
        move_to(server[1], desk=old, place=place, progress=Progress(heard=cut))
    assert no.value.code == "move-cut-off"
    assert "nothing was moved" in no.value.sentence
    assert_nothing_happened(place, old, server[1], before)


_FULL_DISK = """
create schema spy;
create function spy.full_disk() returns trigger language plpgsql as
    $$ begin raise sqlstate '53100' using message = 'could not extend file: No space left on device'; end $$;
create function spy.watch() returns event_trigger language plpgsql as
    $$ begin if to_regclass('public.reservations') is not null
        and not exists (select from pg_trigger where tgname = 'full_disk') then
        create trigger full_disk before insert on public.reservations execute function spy.full_disk();
    end if; end $$;
create event trigger watch on ddl_command_end when tag in ('CREATE TABLE') execute function spy.watch();
"""


def test_a_server_whose_disk_is_full_has_moved_nothing_and_that_is_said(
    place: Place, old: Desk, server: tuple[Server, str]
) -> None:
    before = rows_of(old)
    with psycopg.connect(server[1], autocommit=True) as line:
        line.execute(_FULL_DISK)
        try:
            with pytest.raises(CannotDo) as no:
                move_to(server[1], desk=old, place=place)
        finally:
            line.execute("drop event trigger watch; drop schema spy cascade")
    assert no.value.code == "server-disk-full"
    assert_nothing_happened(place, old, server[1], before)


def test_a_server_that_is_too_old_says_so_to_whoever_comes(
    place: Place, old: Desk, server: tuple[Server, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(psycopg.ConnectionInfo, "server_version", property(lambda _line: 120_022))
    for attempt in (
        lambda: try_server(server[1], desk=old),
        lambda: open_desk(server[1]),
        lambda: join(server[1], "ABCD-EFGH", place=Place(tmp_path / "new")),
    ):
        with pytest.raises(CannotDo) as no:
            attempt()
        assert (no.value.code, no.value.facts["version"]) == ("server-too-old", 12)


def fail(*_args: object, **_told: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("what", ["controllers.relocating.seal", "controllers.place.os.replace"])
def test_failed_at_the_very_end_the_servers_half_is_taken_away(
    place: Place, old: Desk, server: tuple[Server, str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    before = rows_of(old)
    with monkeypatch.context() as patch:
        if what.endswith("replace"):
            patch.setattr(Place, "choose_database", fail)
        else:
            patch.setattr(what, fail)
        with pytest.raises(OSError, match="No space"):
            move_to(server[1], desk=old, place=place)
    assert_nothing_happened(place, old, server[1], before)


@pytest.mark.parametrize(
    "harm",
    [
        "update reservations set lead = lead || 'x' where id = (select min(id) from reservations)",
        "delete from sequences where name = 'product'",
    ],
)
def test_a_difference_of_one_letter_is_found_before_anything_switches(
    place: Place, old: Desk, server: tuple[Server, str], monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    def poured_wrong(there: Connection) -> None:
        there.execute(text(harm))

    before = rows_of(old)
    monkeypatch.setattr(relocating, "set_rolls", poured_wrong)
    with pytest.raises(CannotDo) as no:
        move_to(server[1], desk=old, place=place)
    assert no.value.code == "move-differs"
    assert_nothing_happened(place, old, server[1], before)


def test_a_journal_that_was_changed_does_not_move(
    place: Place, old: Desk, server: tuple[Server, str]
) -> None:
    before = rows_of(old)
    with sqlite3.connect(str(old.database.url.database)) as line:
        names = [n for (n,) in line.execute("select name from sqlite_master where type = 'trigger'")]
        for name in names:
            line.execute(f"drop trigger {name}")
        line.execute("update journal set action = 'cancel' where seq = 2")
    with pytest.raises(CannotDo) as no:
        move_to(server[1], desk=old, place=place)
    assert no.value.code == "chain-broken"
    assert rows_of(old) == before
    assert place.database.startswith("sqlite")


@pytest.mark.parametrize("lead", ["x" * 501, "Lee\x00Example"])
def test_a_row_the_server_cannot_keep_is_named_by_its_table_alone(
    place: Place, old: Desk, server: tuple[Server, str], lead: str
) -> None:
    with old.database.transaction() as connection:
        connection.execute(update(Reservation).values(lead=lead))
    with pytest.raises(CannotDo) as no:
        move_to(server[1], desk=old, place=place)
    assert no.value.code == "row-not-taken"
    assert no.value.facts == {"table": "reservations"}


def test_a_power_cut_between_sealing_and_switching_is_made_up_for_at_the_next_start(
    place: Place, old: Desk, server: tuple[Server, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(old)
    with monkeypatch.context() as patch:
        patch.setattr(Place, "choose_database", fail)
        patch.setattr(relocating, "unseal", lambda _connection: None)
        patch.setattr(relocating, "_take_away", lambda _target: None)
        patch.setattr(Place, "keep_password", lambda *_: "")
        with pytest.raises(OSError, match="No space"):
            move_to(server[1], desk=old, place=place)
    old.database.close()
    new = Place(place.folder).open("Desk")
    assert not new.database.is_sqlite
    assert rows_of(new) == before
    new.database.close()


def test_a_power_cut_before_sealing_leaves_the_file_and_the_next_try_goes_through(
    place: Place, old: Desk, server: tuple[Server, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(relocating, "seal", fail)
        patch.setattr(relocating, "_take_away", lambda _target: None)
        patch.setattr(relocating, "_copied", lambda *_: place.folder / "copy")
        with pytest.raises(OSError, match="No space"):
            move_to(server[1], desk=old, place=place)
        patch.setattr(relocating, "seal", moved_away.seal)
        assert place.database.startswith("sqlite")
        move_to(server[1], desk=old, place=place)
    assert place.database.startswith("postgresql")


def test_a_server_with_other_data_is_left_alone(place: Place, old: Desk, server: tuple[Server, str]) -> None:
    strange = open_desk(server[1])
    assert try_server(server[1], desk=old).startswith("PostgreSQL "), "nothing happened there yet"
    a_product(strange)
    strange.database.close()
    with pytest.raises(CannotDo) as no:
        move_to(server[1], desk=old, place=place)
    assert no.value.code == "server-has-data"


def test_tables_of_something_else_are_left_alone(place: Place, old: Desk, server: tuple[Server, str]) -> None:
    database = Database(server[1])
    with database.transaction() as connection:
        connection.execute(text("create table shop (id int)"))
    database.close()
    for attempt in (lambda: try_server(server[1], desk=old), lambda: open_desk(server[1])):
        with pytest.raises(CannotDo) as no:
            attempt()
        assert no.value.code == "server-not-empty"
    with psycopg.connect(server[1]) as line:
        names = line.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
    assert names == [("shop",)], "nothing of ours is put there"


def test_a_login_without_the_right_to_make_tables_is_told_so(
    place: Place, old: Desk, server: tuple[Server, str]
) -> None:
    server[0].tell("create role looker login")
    try:
        with pytest.raises(CannotDo) as no:
            try_server(server[1].replace("counterfoil@", "looker@"), desk=old)
        assert no.value.code == "login-may-not"
    finally:
        server[0].tell("drop role looker")


def test_a_schema_newer_than_the_program_is_left_alone(
    place: Place, old: Desk, server: tuple[Server, str]
) -> None:
    newer = open_desk(server[1])
    with newer.database.transaction() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    newer.database.close()
    for attempt in (lambda: try_server(server[1], desk=old), lambda: open_desk(server[1])):
        with pytest.raises(CannotDo) as no:
            attempt()
        assert no.value.code == "database-newer"


def test_only_an_owner_moves_the_database(place: Place, old: Desk, server: tuple[Server, str]) -> None:
    old.actor = replace(old.actor, role=Role.MANAGER)
    with pytest.raises(CannotDo) as no:
        move_to(server[1], desk=old, place=place)
    assert no.value.code == "not-allowed"


def test_the_password_lies_in_no_settings_and_only_its_owner_reads_where_it_does(
    place: Place, old: Desk, server: tuple[Server, str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = place.folder / "password"
    file.write_text("Secret-1\n")
    old.database.close()
    words = ["--data", str(place.folder), "--json", "move-to", server[1], "--password-file", str(file)]
    assert main(words) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert answer["password_in"] == "file"
    assert answer["moved_to"] == server[1]
    assert "comparing reservations" in told.err
    assert "Secret-1" not in told.out + told.err + (place.folder / "settings.json").read_text()
    secrets = place.folder / "secrets.json"
    assert "Secret-1" in secrets.read_text()
    assert os.name == "nt" or stat.S_IMODE(secrets.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert "Secret-1" in place.database
    assert main(["--data", str(place.folder), "verify"]) == 0
    assert "Secret-1" not in capsys.readouterr().out


def test_ctrl_c_stops_a_move_on_the_command_line_and_nothing_has_happened(
    place: Place, old: Desk, server: tuple[Server, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(old)
    monkeypatch.setattr(
        "controllers.command_joining._tell_step",
        lambda step, table: signal.raise_signal(signal.SIGINT) if table == "reservations" else None,
    )
    assert main(["--data", str(place.folder), "--json", "move-to", server[1]]) == 1
    assert_nothing_happened(place, old, server[1], before)
