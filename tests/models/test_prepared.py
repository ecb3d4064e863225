"""Tests that a write that was prepared leaves exactly what the statement itself would leave."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update

from controllers.desk import Desk
from models.checkin import Kind
from models.prepared import Prepared
from models.tables import About, Counter, ScanRow


def a_scan(desk: Desk, scan_id: str) -> dict[str, Any]:
    return {
        "id": scan_id,
        "at": desk.now(),
        "counter_id": desk.actor.counter_id,
        "staff_id": desk.actor.staff_id,
        "kind": Kind.UNREADABLE,
        "facts": {"message": "쿠폰을 읽을 수 없습니다", "arrived": 0},
        "did": {},
    }


def test_a_prepared_row_is_the_row_that_the_statement_leaves(desk: Desk) -> None:
    """Times, choices and JSON as ever, and what nobody told as its table says."""
    with desk.work() as work:
        work.connection.execute(insert(ScanRow), a_scan(desk, "one"))
        Prepared(insert(ScanRow)).run(work.connection, a_scan(desk, "two"))
        Prepared(insert(ScanRow)).run_all(work.connection, [a_scan(desk, "three"), a_scan(desk, "four")])
    with desk.reading() as look:
        rows = [dict(row) for row in look.execute(select(ScanRow)).mappings()]
    assert {row.pop("id") for row in rows} == {"one", "two", "three", "four"}
    assert all(row == rows[0] for row in rows)
    assert rows[0]["kind"] is Kind.UNREADABLE
    assert rows[0]["at"] == desk.now()


def test_it_says_how_many_rows_it_changed(desk: Desk) -> None:
    change = Prepared(update(About).where(About.name == bindparam("which")).values(value=bindparam("says")))
    with desk.work() as work:
        work.connection.execute(insert(About), {"name": "weather", "value": "rain"})
        assert change.run(work.connection, {"which": "weather", "says": "sun"}) == 1
        assert change.run(work.connection, {"which": "tide", "says": "low"}) == 0
        told = work.connection.execute(select(About.value).where(About.name == "weather"))
        assert told.scalar_one() == "sun"


def test_nothing_of_it_is_kept_when_the_use_case_fails(desk: Desk) -> None:
    def fail() -> None:
        with desk.work() as work:
            Prepared(insert(ScanRow)).run(work.connection, a_scan(desk, "one"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with desk.reading() as look:
        assert look.execute(select(ScanRow.id)).first() is None


def test_a_value_that_is_lacking_is_no_empty_one(a_desk: Desk) -> None:
    """Neither where Python makes one for every row, nor where a condition asks for it."""
    change = Prepared(update(About).where(About.name == bindparam("which")).values(value="sun"))
    with a_desk.work() as work:
        with pytest.raises(ValueError, match="settings"):
            Prepared(insert(Counter)).run(work.connection, {"name": "Jetty"})
        with pytest.raises(ValueError, match="which"):
            change.run(work.connection, {})
