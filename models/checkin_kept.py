"""Keeps what a verdict spoke of beside its scan, so that the answer can be told again word by word, days later.

Only what is not at its default is kept. Nothing of it is personal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any

from models.checkin import Window
from models.checkin_words import Told
from models.reservations import Status

_DAYS = frozenset({"day", "valid_from", "valid_until"})


def kept(told: Told) -> dict[str, Any]:
    """What a scan remembers, as JSON."""
    return _kept(told)


def told_of(remembered: Mapping[str, Any]) -> Told:
    """The way back."""
    found = dict(remembered)
    if "window" in found:
        found["window"] = Window(**{name: _read(name, value) for name, value in found["window"].items()})
    if "status" in found:
        found["status"] = Status(found["status"])
    found = {name: _read(name, value) for name, value in found.items()}
    return Told(**{**found, "numbers": tuple(found.get("numbers", ()))})


def _kept(thing: Any) -> dict[str, Any]:
    kind: Any = type(thing)
    found = ((name, getattr(thing, name), usual) for name, usual in _usual(kind))
    return {name: _written(value) for name, value, usual in found if value != usual}


@cache
def _usual(kind: Any) -> tuple[tuple[str, Any], ...]:
    """What each part is called, and what it is where nothing was said; MISSING is like nothing else."""
    return tuple((one.name, one.default) for one in fields(kind))


def _written(value: Any) -> Any:
    return _WRITERS.get(type(value), _as_it_is)(value)


def _as_it_is(value: Any) -> Any:
    return value


def _read(name: str, value: Any) -> Any:
    if name in _DAYS and isinstance(value, str):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if name.endswith("_at") and isinstance(value, str) else value


_WRITERS: dict[type, Callable[[Any], Any]] = {
    Window: _kept,
    Status: str,
    datetime: datetime.isoformat,
    date: date.isoformat,
    tuple: list,
}
