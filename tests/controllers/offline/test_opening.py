"""A desk is opened whose copy cannot be used though scans wait in it: the file is named, and nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from controllers.afloat import open_afloat
from controllers.desk import Desk
from controllers.place import Place
from models.refusals import CannotDo
from tests.alone import A, scans

pytestmark = pytest.mark.postgres
NOWHERE = "postgresql://nobody@127.0.0.1:9/nothing"


@pytest.fixture
def place(fresh_postgresql: Callable[[], str], tmp_path: Path) -> Place:
    """A counter that was closed while a scan waited in its copy."""
    made = Place(tmp_path, practice=True, told_database=fresh_postgresql())
    desk, _ = open_afloat(made, "Gate")
    assert desk.scans is not None
    desk.scans.look_after()
    desk.scans.lost()
    desk.scans.scan("nobody has this", scan_id=A)
    close(desk)
    return made


def close(desk: Desk) -> None:
    if desk.scans is not None:
        desk.scans.close()
    desk.database.close()


def made_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as there, there:
        there.execute("update alembic_version set version_num = '9999'")


def damaged(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:4096] + bytes(file.stat().st_size - 4096))


@pytest.mark.parametrize(("harm", "code"), [(made_newer, "replica-newer"), (damaged, "replica-damaged")])
def test_the_desk_works_at_its_server_and_what_waits_is_handed_over_when_the_file_is_right_again(
    place: Place, harm: Callable[[Path], None], code: str
) -> None:
    file = place.folder / "replica.sqlite"
    saved = file.read_bytes()
    harm(file)
    harmed = file.read_bytes()
    desk, no = open_afloat(place, "Gate")
    assert no is not None
    assert (no.code, desk.scans) == (code, None)
    assert str(file) in no.sentence
    assert "holds scans that the server does not have yet" in no.sentence
    assert scans(desk) == []
    close(desk)
    with pytest.raises(CannotDo, match=code):  # also where nobody would be there to ask
        open_afloat(replace(place, told_database=NOWHERE), "Gate")
    assert file.read_bytes() == harmed
    file.write_bytes(saved)
    again, no = open_afloat(place, "Gate")
    assert (no, again.scans is None) == (None, False)
    assert again.scans is not None
    assert not again.scans.look_after().is_offline
    assert scans(again) == [("a", 0, False)]
    close(again)
