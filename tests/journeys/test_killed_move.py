"""A move to a server is killed in the middle: the desk opens, with everything, and the next try goes through."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from controllers import reservations
from controllers.desk import Desk
from controllers.journal import verify
from controllers.place import Place
from controllers.relocating import move_to
from models.refusals import CannotDo
from models.tables import Reservation
from tests.builders import a_product, a_reservation
from tests.postgresql import Server

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="moves are made by fork here"),
]
ROOT = Path(__file__).resolve().parents[2]
WITH_ITS_FILE = (
    "backup",
    "pouring:reservations",
    "pouring:journal",
    "search",
    "comparing",
    "switching",
    "kept",
)
AT_THE_SERVER = ("sealed", "switched")
_numbers = count(1)


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    """What makes moves."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.killed_move"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as made:
        yield made
        assert made.stdin is not None
        made.stdin.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk's folder with some orders in its file, to copy."""
    folder = tmp_path_factory.mktemp("filled")
    desk = Place(folder).open("Desk")
    a_product(desk)
    reservations.confirm(a_reservation(desk, name="Lee Example 민수"), desk=desk)
    a_reservation(desk)
    desk.database.close()
    return folder


@pytest.fixture
def place(filled: Path, tmp_path: Path) -> Place:
    return Place(Path(shutil.copytree(filled, tmp_path / "desk")))


@pytest.fixture
def address(postgresql: Server) -> Iterator[str]:
    """An empty database of its own."""
    name = f"killed_move_{next(_numbers)}"
    postgresql.tell(f"create database {name}")
    yield postgresql.url(name)
    postgresql.tell(f"drop database {name} with (force)")


def killed(nursery: subprocess.Popen[str], place: Place, address: str, moment: str) -> None:
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(f"{place.folder} {address} {moment}\n")
    nursery.stdin.flush()
    assert nursery.stdout.readline() == f"{signal.SIGKILL.value}\n", "it was not killed at that moment"


def rows_of(desk: Desk) -> list[Any]:
    with desk.reading() as look:
        asked = select(Reservation.id, Reservation.lead, Reservation.status, Reservation.version)
        return [tuple(row) for row in look.execute(asked.order_by(Reservation.id))]


def opened(place: Place, expected: list[Any]) -> Desk:
    """As the next start opens it: whole."""
    desk = Place(place.folder).open("Desk")
    assert rows_of(desk) == expected
    assert all(chain.broken_at is None for chain in verify(desk=desk))
    return desk


@pytest.fixture
def before(place: Place) -> list[Any]:
    """What was there before."""
    desk = place.open("Desk")
    rows = rows_of(desk)
    desk.database.close()
    return rows


@pytest.mark.parametrize("moment", WITH_ITS_FILE)
def test_killed_before_its_end_the_desk_goes_on_with_its_file_and_moves_again(
    nursery: subprocess.Popen[str], place: Place, address: str, before: list[Any], moment: str
) -> None:
    killed(nursery, place, address, moment)
    desk = opened(place, before)
    assert desk.database.is_sqlite
    a_reservation(desk)  # somebody works with it before anybody tries again
    now = rows_of(desk)
    move_to(address, desk=desk, place=place)
    moved = opened(place, now)
    assert not moved.database.is_sqlite
    moved.database.close()


@pytest.mark.parametrize("moment", AT_THE_SERVER)
def test_killed_at_its_end_the_desk_is_at_the_server(
    nursery: subprocess.Popen[str], place: Place, address: str, before: list[Any], moment: str
) -> None:
    killed(nursery, place, address, moment)
    moved = opened(place, before)
    assert not moved.database.is_sqlite
    a_reservation(moved)
    moved.database.close()


def test_what_somebody_did_at_the_server_since_is_not_poured_over(
    nursery: subprocess.Popen[str], place: Place, address: str, before: list[Any]
) -> None:
    killed(nursery, place, address, "kept")
    there = Place(place.folder / "other", told_database=address).open("Another counter")
    made = a_reservation(there)
    desk = opened(place, before)
    with pytest.raises(CannotDo, match="move-differs"):
        move_to(address, desk=desk, place=place)
    assert made in [number for number, *_ in rows_of(there)]
    desk.database.close()
    there.database.close()
