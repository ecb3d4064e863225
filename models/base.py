"""How every table keeps time, choices and identity, decided once.

Times are instants: aware in Python, UTC in the database. Choices are stored by their value.
Money is a whole number of minor units beside a currency. '' means nothing told; NULL means unknown.
"""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What all tables share: one metadata with settled constraint names."""

    metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. A naive one is refused: nobody knows when it was."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be kept")
        if value.tzinfo is not UTC:
            value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """SQLite keeps text: it is read in one step, for lists and months read thousands of times."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


# 64 bits everywhere; SQLite numbers rows by itself only where the type is plainly INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")


def choice(kind: type[enum.Enum]) -> Enum:
    """A column of one of `kind`, stored by value, without a native type to migrate."""
    return Enum(
        kind,
        native_enum=False,
        length=32,
        validate_strings=True,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )


def own_id() -> Any:
    """A primary key the database counts up."""
    return mapped_column(Id, primary_key=True, autoincrement=True)


def given_id() -> Any:
    """A primary key that we allocate (see `models.tables.desk.Sequence`)."""
    return mapped_column(Id, primary_key=True, autoincrement=False)


def told(length: int | None = None) -> Any:
    """A text that is '' when nothing was told."""
    return mapped_column(String(length) if length else Text, default="", server_default="")


__all__ = ["JSON", "Base", "Id", "Instant", "choice", "given_id", "own_id", "told"]
