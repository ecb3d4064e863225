"""Keeps what a verdict spoke of beside its scan, so that the answer can be told again word by word, days later.

Only what is not at its default is kept. Nothing of it is personal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
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
    found = {one.name: getattr(thing, one.name) for one in fields(thing)}
    usual = {one.name: one.default for one in fields(thing) if one.default is not MISSING}
    return {
        name: _written(value) for name, value in found.items() if name not in usual or value != usual[name]
    }


def _written(value: Any) -> Any:
    writers: dict[type, Callable[[Any], Any]] = {
        Window: _kept,
        Status: str,
        datetime: datetime.isoformat,
        date: date.isoformat,
        tuple: list,
    }
    return writers.get(type(value), _as_it_is)(value)


def _as_it_is(value: Any) -> Any:
    return value


def _read(name: str, value: Any) -> Any:
    if name in _DAYS and isinstance(value, str):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if name.endswith("_at") and isinstance(value, str) else value
