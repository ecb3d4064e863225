"""Four counters scan at once, each a program of its own: a voucher shown to all of them lets in once.

A sample of what `tests/bench` does with sixteen counters and 20,000 tickets.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from controllers.desk import open_desk
from models.tables import Ticket
from tests.bench.desks import NOW
from tests.bench.stock import stocked
from tests.conftest import DATABASES
from tests.counters import counters, offers, what_is_wrong


@pytest.mark.parametrize("kind", DATABASES)
def test_each_of_two_hundred_tickets_lets_in_once_though_forty_are_shown_at_four_counters(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    fresh: Callable[[], str] = request.getfixturevalue(f"fresh_{kind}")
    url = fresh()
    numbers = stocked(url, 200, tmp_path)
    desk = open_desk(url, practice=True)
    told = offers(numbers, shared=40, counters=4)
    with counters([url], desk, told, tmp_path, now=NOW) as at_work:
        at_work.begin()
        answers = at_work.finish(100)
    assert what_is_wrong(desk, told, answers) == []
    with desk.reading() as look:
        assert set(look.execute(select(Ticket.uses_left)).scalars()) == {0}
    desk.database.close()
