"""Asks how this counter is set up, and changes it."""

from __future__ import annotations

from typing import Any

from models.counter_settings import CounterSettings
from ui.asking.door import DeskDoor


def counter_settings(desk: DeskDoor) -> CounterSettings:
    """How this counter is set up."""
    from controllers import counter

    return counter.counter_settings(desk=desk())


def set_up_counter(desk: DeskDoor, **changes: Any) -> CounterSettings:
    """Changes some settings of this counter."""
    from controllers import counter

    return counter.set_up_counter(desk=desk(), **changes)
