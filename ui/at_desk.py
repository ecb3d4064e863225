"""What every screen is given: the lanes, the desk behind its door, the deeds, and the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from controllers.background import Background
from ui.asking import DeskDoor

if TYPE_CHECKING:
    from ui.deeds import Deeds


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Handed to each screen's constructor. `now` is the practice clock's time where practice has one."""

    background: Background
    desk: DeskDoor
    deeds: Deeds
    now: Callable[[], datetime]
