"""How every table keeps time, choices and identity, decided once.

Times are instants: aware in Python, UTC in the database. Choices are stored by their value.
Money is a whole number of minor units beside a currency. '' means nothing told; NULL means unknown.
"""

from __future__ import annotations

import enum
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Enum,
    FromClause,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

from models.frozen import frozen

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


_T = TypeVar("_T")


class Holds(Generic[_T]):
    """What a column holds, said beside its name; asked of the table's class, the name is the column itself."""

    if TYPE_CHECKING:

        def __get__(self, instance: object, owner: Any) -> Column[_T]: ...


_PLAIN = {"Holds[int]": Integer, "Holds[int | None]": Integer, "Holds[bool]": Boolean}
"""Whose kind need not be said beside the annotation."""


@frozen
class _Wanted:
    """A column as a table's class tells it, before it has a name."""

    words: tuple[Any, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def made(self, name: str, annotation: str) -> Column[Any]:
        """The column; it may be NULL where its annotation says so."""
        words = self.words or (_PLAIN[annotation],)
        return Column(name, *words, nullable=annotation.endswith("| None]"), **self.more)


class _Named(type):
    """Lets a table's class stand in a statement as the table itself."""

    __table__: FromClause

    def __clause_element__(cls) -> FromClause:
        return cls.__table__


class Base(metaclass=_Named):
    """What all tables share: one metadata with settled constraint names.

    A class with annotated columns becomes a table, and each of its attributes the column itself. Nothing maps rows
    to objects: that would be loaded and built at every start, and nobody would use it.
    """

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Any, ...]] = ()
    __table__: ClassVar[FromClause]

    def __init_subclass__(cls) -> None:
        columns = [
            vars(cls).get(name, _Wanted()).made(name, annotation)
            for name, annotation in cls.__annotations__.items()
            if annotation.startswith("Holds[")
        ]
        if not columns:
            raise TypeError(
                f"{cls.__name__} has no column: each is annotated with what it holds, as Holds[int]"
            )
        cls.__table__ = Table(cls.__tablename__, cls.metadata, *columns, *cls.__table_args__)
        for made in columns:
            setattr(cls, made.name, made)


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


def column(*words: Any, **more: Any) -> Any:
    """A column of a table's class: what `sqlalchemy.Column` is told, without a name."""
    return _Wanted(words, more)


def index_of(name: str, which: Any, *columns: str, unique: bool = False) -> Index:
    """An index of those rows only for which a condition is true; the migrations make it so on each database.

    What a database itself is to be told would load PostgreSQL's half of the library at the start of every file.
    """
    return Index(name, *columns, unique=unique, info={"which": which})


def own_id() -> Any:
    """A primary key the database counts up."""
    return column(Id, primary_key=True, autoincrement=True)


def given_id() -> Any:
    """A primary key that we allocate (see `models.tables.desk.Sequence`)."""
    return column(Id, primary_key=True, autoincrement=False)


def told(length: int | None = None) -> Any:
    """A text that is '' when nothing was told."""
    return column(String(length) if length else Text, default="", server_default="")


__all__ = [
    "JSON",
    "Base",
    "Holds",
    "Id",
    "Instant",
    "choice",
    "column",
    "given_id",
    "index_of",
    "own_id",
    "told",
]
