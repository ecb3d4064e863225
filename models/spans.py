"""How many seconds lie between two instants, in each database's own words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class seconds_between(GenericFunction[float]):  # noqa: N801 - read as a function of the database
    """`seconds_between(later, earlier)`."""

    type = Float()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _sqlite(element: Any, compiler: Any, **how: Any) -> str:
    later, earlier = (compiler.process(clause, **how) for clause in element.clauses)
    return f"((julianday({later}) - julianday({earlier})) * 86400.0)"


@compiles(seconds_between, "postgresql")
def _postgresql(element: Any, compiler: Any, **how: Any) -> str:
    later, earlier = (compiler.process(clause, **how) for clause in element.clauses)
    return f"extract(epoch from ({later} - {earlier}))"
