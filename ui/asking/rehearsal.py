"""Asks for what a counter needs before it opens, and keeps how the rehearsal went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.rehearsal import Checked, Rehearsed
    from ui.asking.door import DeskDoor


def try_house(desk: DeskDoor, printers: Callable[[], Iterable[str]]) -> tuple[Checked, ...]:
    """What can be tried without a person; `printers` asks the system for their names."""
    from controllers import rehearsal

    return rehearsal.try_house(printers(), desk=desk())


def keep_rehearsal(desk: DeskDoor, checked: Sequence[Checked]) -> Rehearsed:
    """Keeps how it went."""
    from controllers import rehearsal

    return rehearsal.keep_rehearsal(checked, desk=desk())


def last_rehearsal(desk: DeskDoor) -> Rehearsed | None:
    """The last one at this counter."""
    from controllers import rehearsal

    return rehearsal.see_rehearsal(desk=desk())
