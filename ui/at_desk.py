"""What every screen is given: the lanes, the desk behind its door, the deeds, the time, and the gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from controllers.background import Background
from ui.asking import DeskDoor

if TYPE_CHECKING:
    from ui.at_gate import AtGate
    from ui.deeds import Deeds


def _no_gate() -> AtGate:
    raise LookupError("whoever makes the window also makes its gate")


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Handed to each screen's constructor. `now` is the practice clock's time where practice has one.

    `gate` gives what judges scans, made when it is first needed.
    """

    background: Background
    desk: DeskDoor
    deeds: Deeds
    now: Callable[[], datetime]
    gate: Callable[[], AtGate] = _no_gate
