"""Tells how SQLite means to find what a use case asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from controllers.desk import Desk


def plans_of(desk: Desk, see: Callable[[], object]) -> list[str]:
    """The lines of SQLite's plan for every statement that `see` sends."""
    asked: list[tuple[str, Any]] = []

    def remember(_c: Any, _cursor: Any, statement: str, told: Any, *_rest: Any) -> None:
        asked.append((statement, told))

    event.listen(desk.database.engine, "before_cursor_execute", remember)
    try:
        see()
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", remember)
    with desk.reading() as look:
        return [
            row[3]
            for statement, told in asked
            for row in look.exec_driver_sql(f"explain query plan {statement}", told)
        ]
