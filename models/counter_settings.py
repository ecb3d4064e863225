"""What a counter is set up with: which devices stand there, and how it likes to work.

Kept as JSON on the counter's row. What is missing, of another kind or out of bounds is read as the default:
a setting never keeps a desk from opening.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from models import keyboards

LOUDEST = 100
QUICKEST_MS, SLOWEST_MS = 30, 60


@dataclass(frozen=True, slots=True)
class CounterSettings:
    """`look_first`: a good scan is shown, and Enter lets in. `volume` in percent, 0 is silent."""

    look_first: bool = False
    volume: int = 80
    scanner_layout: str = "us"
    """The country whose keyboard the handheld scanner believes in."""
    scanner_gap_ms: int = 30
    """How long a handheld scanner may take from key to key; more for a slow one."""
    scanner_port: str = ""
    """The serial line a scanner speaks over; '' for none."""
    camera: str = ""
    """The name of the camera, '' the first there is; or the path of a film or of a folder of pictures to play."""
    camera_on: bool = True
    """Whether it watches while check-in is in front."""
    guest_screen: str = ""
    """The name of the screen that faces the guests; '' for none."""

    def as_kept(self) -> dict[str, Any]:
        """What stands in the database."""
        return asdict(self)


def settings_of(kept: object) -> CounterSettings:
    """The settings that were kept, each as far as it can be believed."""
    if not isinstance(kept, Mapping):
        return CounterSettings()
    usual = CounterSettings()
    believed = {
        one.name: kept[one.name]
        for one in fields(CounterSettings)
        if one.name in kept and _is_like(kept[one.name], getattr(usual, one.name))
    }
    if not 0 <= believed.get("volume", 0) <= LOUDEST:
        del believed["volume"]
    if believed.get("scanner_layout", "us") not in keyboards.LAYOUTS:
        del believed["scanner_layout"]
    if not QUICKEST_MS <= believed.get("scanner_gap_ms", QUICKEST_MS) <= SLOWEST_MS:
        del believed["scanner_gap_ms"]
    return CounterSettings(**believed)


def _is_like(value: object, usual: object) -> bool:
    if isinstance(usual, dict):
        return isinstance(value, dict) and all(isinstance(part, str) for part in (*value, *value.values()))
    return type(value) is type(usual)
