"""Copies of the database: sealed, one a day, no half files, and each can be brought back."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from controllers import backup, sealed
from controllers.backup import (
    back_up,
    back_up_by_clock,
    is_backup_due,
    keep_passphrase,
    plan_backups,
    see_backups,
)
from controllers.desk import Desk, open_desk
from controllers.journal import verify
from controllers.restoring import rehearse_restore, restore, unlock
from models.database import sqlite_url
from models.recovery import Why
from models.recovery_reading import late_since
from models.refusals import CannotDo
from models.reservations import Status
from tests.builders import a_product, a_reservation, everything, reservation
from tests.fakes import StillClock

PHRASE = "an example phrase"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "_COST", 4)


@pytest.fixture
def ready(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with a guest, whose computer knows a passphrase."""
    desk.folder = tmp_path / "home"
    a_product(desk)
    a_reservation(desk, Status.CONFIRMED)
    keep_passphrase(PHRASE, desk=desk)
    return desk


@pytest.fixture
def alone(a_desk: Desk, tmp_path: Path) -> Desk:
    """The same in a file alone."""
    a_desk.folder = tmp_path / "home"
    keep_passphrase(PHRASE, desk=a_desk)
    return a_desk


def copies(desk: Desk) -> list[str]:
    folder = desk.home / "backups"
    return sorted(os.listdir(folder)) if folder.exists() else []


def test_a_copy_is_sealed_and_only_its_owner_reads_it(ready: Desk) -> None:
    made = back_up(desk=ready)
    file = Path(made.folder) / made.file
    assert sealed.is_sealed(file)
    assert b"SQLite format" not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert made.bytes == file.stat().st_size
    assert not list(ready.home.rglob("*.part"))
    assert not list(ready.home.glob("counterfoil-room-*"))


def test_a_copy_brought_back_holds_all_that_was_there(ready: Desk, tmp_path: Path) -> None:
    made = back_up(desk=ready)
    there = sqlite_url(tmp_path / "there.sqlite")
    restore(Path(made.folder) / made.file, there, passphrase=PHRASE)
    back = open_desk(there, practice=True)
    tables = ("backups", "journal", "counters", "search_texts")
    assert everything(back, but=tables) == everything(ready, but=tables)
    assert all(chain.broken_at is None for chain in verify(desk=back))
    back.database.close()


def test_a_wrong_passphrase_changes_nothing(ready: Desk, tmp_path: Path) -> None:
    made = back_up(desk=ready)
    for phrase, code in ((PHRASE + "!", "passphrase-wrong"), ("", "passphrase-missing")):
        with pytest.raises(CannotDo) as no:
            restore(Path(made.folder) / made.file, sqlite_url(tmp_path / "there.sqlite"), passphrase=phrase)
        assert no.value.code == code
    assert not (tmp_path / "there.sqlite").exists()


def test_postgresql_gets_a_copy_of_its_own_tool_beside_ours(ready: Desk, tmp_path: Path) -> None:
    made = back_up(desk=ready)
    if ready.database.is_sqlite:
        assert (made.dump, made.facts) == ("", {})
        return
    assert made.dump, made.facts
    assert sealed.is_sealed(Path(made.folder) / made.dump)
    unlock(Path(made.folder) / made.dump, tmp_path / "plain.dump", PHRASE)
    assert (tmp_path / "plain.dump").read_bytes().startswith(b"PGDMP")


@pytest.mark.parametrize(
    ("version", "code"), [(0, "dump-no-tools"), (9, "dump-tools-old")], ids=["none", "old"]
)
def test_where_the_tools_do_not_fit_the_copy_says_so_and_is_made(
    ready: Desk, monkeypatch: pytest.MonkeyPatch, version: int, code: str
) -> None:
    monkeypatch.setattr("controllers.server_dump._version", lambda _program: version)
    made = back_up(desk=ready)
    assert made.dump == ""
    assert made.file in copies(ready)
    assert made.facts.get("dump") == (None if ready.database.is_sqlite else code)


def test_one_copy_a_day_whoever_looks_first(
    ready: Desk, second_desk: Desk, clock: StillClock, tmp_path: Path
) -> None:
    second_desk.folder = ready.folder
    assert is_backup_due(desk=ready)
    assert is_backup_due(desk=second_desk)
    made = back_up_by_clock(desk=ready)
    assert made is not None
    assert made.why is Why.DAILY
    assert back_up_by_clock(desk=second_desk) is None
    assert not is_backup_due(desk=second_desk)
    clock.forward(hours=24)
    assert back_up_by_clock(desk=second_desk) is not None
    page = see_backups(desk=ready)
    assert [one.counter for one in page.copies] == ["Second desk", "Desk"]


def test_while_one_counter_is_at_it_no_other_begins(
    ready: Desk, second_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_desk.folder = ready.folder
    meanwhile: list[Any] = []
    written = backup._written

    def slowly(*args: Any) -> dict[str, Any]:
        meanwhile.append(back_up_by_clock(desk=second_desk) if not meanwhile else "again")
        return written(*args)

    monkeypatch.setattr(backup, "_written", slowly)
    assert back_up_by_clock(desk=ready) is not None
    assert meanwhile == [None]


def test_a_counter_without_the_passphrase_leaves_the_copy_to_another(alone: Desk) -> None:
    keep_passphrase("", desk=alone)
    assert not is_backup_due(desk=alone)
    assert back_up_by_clock(desk=alone) is None
    with pytest.raises(CannotDo, match="no passphrase"):
        back_up(desk=alone)


def test_what_was_in_the_way_is_kept_and_tried_again_later(
    alone: Desk, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (alone.home / "backups").write_text("in the way")
    with pytest.raises(CannotDo):
        back_up_by_clock(desk=alone)
    (failed,) = see_backups(desk=alone).copies
    assert failed.problem == "folder-not-usable"
    assert not is_backup_due(desk=alone)
    (alone.home / "backups").unlink()
    clock.forward(minutes=31)
    assert back_up_by_clock(desk=alone) is not None


def test_a_counter_that_died_over_its_copy_does_not_keep_it_for_ever(alone: Desk, clock: StillClock) -> None:
    assert backup._claim(alone) is not None
    assert back_up_by_clock(desk=alone) is None
    clock.forward(hours=2, minutes=1)
    assert back_up_by_clock(desk=alone) is not None


def test_old_copies_go_and_what_is_not_ours_stays(alone: Desk, clock: StillClock) -> None:
    plan_backups(desk=alone, daily=True, at="03:00", keep_days=5, folder="")
    (alone.home / "backups").mkdir(parents=True)
    (alone.home / "backups" / "letter.txt").write_text("mine")
    for _ in range(10):
        back_up_by_clock(desk=alone)
        clock.forward(hours=24)
    assert len(copies(alone)) == 7
    assert "letter.txt" in copies(alone)


def test_two_copies_in_one_second_are_two_files(alone: Desk) -> None:
    back_up(desk=alone)
    back_up(desk=alone)
    assert len(copies(alone)) == 2


def test_a_full_disk_is_told_and_leaves_no_half_file(alone: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any, **_told: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "seal", full)
    with pytest.raises(CannotDo) as no:
        back_up(desk=alone)
    assert no.value.code == "disk-full"
    assert copies(alone) == []
    assert not list(alone.home.glob("counterfoil-room-*"))


def test_the_rehearsal_says_that_the_newest_copy_holds(ready: Desk) -> None:
    back_up(desk=ready)
    tried = rehearse_restore(desk=ready)
    assert (tried.problem, tried.counts["reservations"], tried.counts["tickets"]) == ("", 1, 1)
    assert tried.entries > 3
    assert see_backups(desk=ready).trial == tried
    assert not list(ready.home.glob("counterfoil-room-*"))


def test_the_rehearsal_finds_a_broken_chain_a_missing_row_and_a_damaged_file(alone: Desk) -> None:
    a_product(alone)
    a_reservation(alone, Status.CONFIRMED)
    made = back_up(desk=alone)
    file = Path(made.folder) / made.file
    plain = alone.home / "plain.sqlite"
    for statement, code in (
        ("delete from scans; delete from tickets", "counts-differ"),
        ("drop trigger journal_no_update; update journal set details = '{}' where seq = 2", "chain-broken"),
    ):
        unlock(file, plain, PHRASE)
        with closing(sqlite3.connect(plain)) as line:
            line.executescript(statement)
        resealed(plain, file)
        assert rehearse_restore(desk=alone).problem == code
        plain.unlink()
    file.write_bytes(file.read_bytes()[:-1])
    tried = rehearse_restore(desk=alone)
    assert tried.problem == "backup-damaged"
    assert CannotDo(tried.problem, **tried.facts).sentence.startswith(file.name)


def resealed(plain: Path, file: Path) -> None:
    with file.open("wb") as out:
        sealed.seal([plain.read_bytes()], out, PHRASE)


def test_a_copy_that_cannot_be_migrated_is_told(alone: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(desk=alone)

    def stumble(_database: Any) -> None:
        raise RuntimeError("stumbled")

    monkeypatch.setattr("models.database.Database.migrate", stumble)
    tried = rehearse_restore(desk=alone)
    assert tried.problem == "copy-not-migrated"
    assert "opens, but cannot be brought" in CannotDo(tried.problem, **tried.facts).sentence


def test_what_a_killed_program_left_half_written_goes(alone: Desk) -> None:
    folder = alone.home / "backups"
    folder.mkdir(parents=True)
    for name in ("counterfoil-20270101-000000.sqlite.sealed.part", "photo.part"):
        (folder / name).write_text("")
        os.utime(folder / name, (0, 0))
    room = alone.home / "counterfoil-room-abc"
    room.mkdir()
    (room / "copy.sqlite").write_text("")
    os.utime(room, (0, 0))
    back_up(desk=alone)
    assert [name for name in copies(alone) if name.endswith(".part")] == ["photo.part"]
    assert not room.exists()


def test_without_a_copy_there_is_nothing_to_rehearse(alone: Desk) -> None:
    with pytest.raises(CannotDo) as no:
        rehearse_restore(desk=alone)
    assert no.value.code == "no-backup"


def test_a_folder_that_cannot_be_used_is_not_planned(alone: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (str(tmp_path / "file" / "copies"), "copies"):
        with pytest.raises(CannotDo):
            plan_backups(desk=alone, daily=True, at="03:00", keep_days=5, folder=folder)
    assert see_backups(desk=alone).plan.folder == ""


def test_no_copy_for_two_days_is_told(alone: Desk, clock: StillClock) -> None:
    a_product(alone)
    back_up(desk=alone)

    def told() -> bool:
        with alone.reading() as look:
            return late_since(look, alone.now())[0]

    clock.forward(hours=47)
    assert not told()
    clock.forward(hours=2)
    assert told()
    back_up_by_clock(desk=alone)
    assert not told()


def test_bringing_back_a_copy_of_ours_to_postgresql(alone: Desk, fresh_postgresql: Any) -> None:
    a_product(alone)
    number = a_reservation(alone, Status.CONFIRMED)
    made = back_up(desk=alone)
    url = fresh_postgresql()
    restore(Path(made.folder) / made.file, url, replace=True, passphrase=PHRASE)
    back = open_desk(url, practice=True)
    assert reservation(back, number).status is Status.CONFIRMED
    assert all(chain.broken_at is None for chain in verify(desk=back))
    assert back_up_by_clock(desk=back) is None  # this computer has no passphrase for that data yet
    back.database.close()


def test_a_copy_as_large_as_it_likes_takes_little_memory(alone: Desk) -> None:
    import tracemalloc

    with alone.database.transaction() as there:
        there.execute(text("create table ballast (much blob)"))
        there.execute(text("insert into ballast values (randomblob(40000000))"))
    tracemalloc.start()
    made = back_up(desk=alone)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    with alone.database.transaction() as there:
        there.execute(text("drop table ballast"))
    assert made.bytes > 40_000_000
    assert most < 12_000_000


def test_the_clock_makes_the_copy_though_nobody_may_make_one_by_hand(alone: Desk, clock: StillClock) -> None:
    from dataclasses import replace

    alone.actor = replace(alone.actor, role="front-desk")
    with pytest.raises(CannotDo, match="Ask a manager"):
        back_up(desk=alone)
    made = back_up_by_clock(desk=alone)
    assert made is not None
    with alone.reading() as look:
        assert look.execute(text("select staff_id from backups")).scalar() is None


def test_a_copy_of_long_ago_is_migrated_in_the_rehearsal(alone: Desk, clock: StillClock) -> None:
    back_up(desk=alone)
    clock.forward(hours=24 * 30)
    assert rehearse_restore(desk=alone).from_revision
    assert timedelta(0) < clock() - see_backups(desk=alone).copies[0].at
