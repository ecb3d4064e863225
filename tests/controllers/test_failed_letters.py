"""The few letters that need somebody are found among a million that went well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from controllers import messages, viewing
from controllers.desk import Desk
from models.rows import Filter
from models.talk import Tab
from tests.plans import plans_of

PLACES: dict[str, Callable[[Desk], Any]] = {
    "counts": lambda desk: messages.count_talks(desk=desk),
    "conversations": lambda desk: messages.see_talks(Tab.FAILED, desk=desk),
    "reservations": lambda desk: viewing.see_page(Filter(needs="letters"), desk=desk),
}


@pytest.mark.parametrize("place", PLACES)
def test_no_question_for_failed_letters_reads_the_whole_outbox(a_desk: Desk, place: str) -> None:
    _as_if_a_million_of_few_states(a_desk)
    plans = plans_of(a_desk, lambda: PLACES[place](a_desk))
    assert any(plan.startswith("SEARCH outbox") for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN outbox")] == []


def _as_if_a_million_of_few_states(desk: Desk) -> None:
    with desk.database.transaction() as connection:
        connection.exec_driver_sql("analyze")
        connection.exec_driver_sql("delete from sqlite_stat1 where tbl = 'outbox'")
        for index, told in (
            ("ix_outbox_state_leave_at", "1000000 333334 1"),
            ("ix_outbox_reservation_id", "1000000 2"),
        ):
            connection.exec_driver_sql("insert into sqlite_stat1 values ('outbox', ?, ?)", (index, told))
        connection.exec_driver_sql("analyze sqlite_schema")
