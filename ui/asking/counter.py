"""Asks how this counter is set up, and changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.papers import Document
from ui.asking.door import DeskDoor, at_gate

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.printing import Draft
    from controllers.setup_sheet import SheetWords
    from models.counter_settings import CounterSettings


def counter_settings(desk: DeskDoor) -> CounterSettings:
    """How this counter is set up."""
    from controllers import counter

    return at_gate(desk, lambda at: counter.counter_settings(desk=at))


def set_up_counter(desk: DeskDoor, **changes: Any) -> CounterSettings:
    """Changes some settings of this counter."""
    from controllers import counter

    return counter.set_up_counter(desk=desk(), **changes)


def cameras() -> list[str]:
    """The names of the cameras that are plugged in."""
    from controllers.scanning.cameras import cameras

    return [one.name for one in cameras()]


def proof(desk: DeskDoor) -> Callable[[str], bool]:
    """How the camera tells a code of ours, which need not be read twice."""
    from controllers.scanning.proof import proof

    return at_gate(desk, lambda at: proof(desk=at))


def setup_sheet(words: SheetWords, language: str, desk: Desk) -> Draft:
    """The sheet with test codes for scanners."""
    from controllers import setup_sheet as sheet
    from controllers.printing import drawn_already

    return drawn_already(Document.TEST, sheet.setup_sheet(words, desk=desk, language=language))
