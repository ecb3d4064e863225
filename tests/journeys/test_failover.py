"""The server a counter works on dies, and the one that followed it takes its place: nothing that was said is lost.

A sample of what `test_cluster_soak` does with Patroni: here the follower is promoted by hand.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from controllers import journal
from controllers.desk import Desk, open_desk
from controllers.offline.door import Door
from controllers.offline.replica import Replica
from models.checkin import Kind
from models.codes import code_for
from models.tables import ScanRow
from tests.bench.desks import NOW
from tests.bench.stock import stocked
from tests.conftest import PATIENCE_MS
from tests.postgresql import newest_programs
from tests.standby import Pair, a_pair

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(newest_programs() is None, reason="PostgreSQL's server programs are not here"),
]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two servers, in a folder that the servers' own user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-pair-"))
    folder.chmod(0o755)
    try:
        with a_pair(folder) as made:
            yield made
    finally:
        shutil.rmtree(folder)


def test_the_follower_takes_the_place_of_a_dead_server_and_has_every_scan(pair: Pair, tmp_path: Path) -> None:
    pair.first.server.tell("create database desk")
    numbers = stocked(pair.first.server.url("desk"), 9, tmp_path)
    pair.wait_for_follower()
    desk = open_desk(pair.url("desk"), practice=True, clock=lambda: NOW)
    door = Door(desk, Replica(tmp_path / "replica", desk.clock), deadline_s=PATIENCE_MS / 1000)
    door.look_after()
    codes = [code_for(number, version=1, secret=desk.code_secrets[1]) for number in numbers]
    answers = [door.scan(code, scan_id=str(uuid.uuid4())) for code in codes[:3]]
    pair.first.kill()
    answers += [door.scan(code, scan_id=str(uuid.uuid4())) for code in codes[3:6]]
    assert [answer.alone is not None for answer in answers] == [False] * 3 + [True] * 3
    assert door.look_after().is_offline  # the follower only reads as yet
    pair.promote()
    assert not door.look_after(seconds=20).is_offline
    answers += [door.scan(code, scan_id=str(uuid.uuid4())) for code in codes[6:]]
    assert {answer.kind for answer in answers} == {Kind.ADMIT}
    assert _kept(desk) == {answer.scan_id: 2 for answer in answers}
    assert [chain.broken_at for chain in journal.verify(desk=desk)] == [None]
    door.close()
    desk.database.close()


def _kept(desk: Desk) -> dict[str, int]:
    with desk.reading() as look:
        return {row.id: row.admitted for row in look.execute(select(ScanRow.id, ScanRow.admitted))}
