"""What every screen is given: the lanes, the desk behind its door, the deeds, the time, the gate, and the sounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from controllers.background import Background
from models.frozen import frozen
from ui.asking import DeskDoor

if TYPE_CHECKING:
    from controllers.place import Place
    from ui.at_gate import AtGate
    from ui.deeds import Deeds
    from ui.scanners import Scanners
    from ui.sounds import Sounds


def _no_gate() -> AtGate:
    raise LookupError("whoever makes the window also makes its gate")


def _no_scanners() -> Scanners:
    raise LookupError("whoever makes the window also listens to its scanners")


def _no_sounds() -> Sounds:
    raise LookupError("whoever makes the window also makes its sounds")


def _no_place() -> Place:
    raise LookupError("whoever opens the desk also knows its place")


@frozen
class AtDesk:
    """Handed to each screen's constructor. `now` is the practice clock's time where practice has one.

    `gate` gives what judges scans, `scanners` what hears the handheld ones, `sounds` what is heard at this counter;
    each is made when first needed. `place` is
    where the data of this computer live.
    """

    background: Background
    desk: DeskDoor
    deeds: Deeds
    now: Callable[[], datetime]
    gate: Callable[[], AtGate] = _no_gate
    scanners: Callable[[], Scanners] = _no_scanners
    sounds: Callable[[], Sounds] = _no_sounds
    place: Callable[[], Place] = _no_place
