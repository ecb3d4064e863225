"""What a counter is set up with: which devices stand there, and how it likes to work.

Kept as JSON on the counter's row. What is missing, of another kind or out of bounds is read as the default:
a setting never keeps a desk from opening.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, field, fields
from typing import Any

from models import keyboards
from models.frozen import frozen
from models.papers import SUITED, Document, Paper

LOUDEST = 100
LONGEST_IDLE = 240
QUICKEST_MS, SLOWEST_MS = 30, 60
SLOWEST_RHYTHM_MS = 200
"""A scanner slower than `SLOWEST_MS` is told from a person by its rhythm, down to this."""


@frozen
class CounterSettings:
    """`look_first`: a good scan is shown, and Enter lets in. `volume` in percent, 0 is silent."""

    look_first: bool = False
    not_here: dict[str, str] = field(default_factory=dict)
    """Products that are not let in at this counter: their names, by our number of them."""
    volume: int = 80
    scanner_layout: str = "us"
    """The country whose keyboard the handheld scanner believes in."""
    scanner_gap_ms: int = 30
    """How long a handheld scanner may take from key to key; more for a slow one."""
    scanner_rhythm_ms: int = 0
    scanner_swing_ms: int = 0
    """From key to key of a scanner as slow as a person, and how far off it may be, as they were measured; or 0."""
    scanner_port: str = ""
    """The serial line a scanner speaks over; '' for none."""
    camera: str = ""
    """The name of the camera, '' the first there is; or the path of a film or of a folder of pictures to play."""
    camera_on: bool = True
    """Whether it watches while check-in is in front."""
    guest_screen: str = ""
    """The screen that faces the guests, by its name and what tells it from others of its model; '' for none."""
    printers: dict[str, str] = field(default_factory=dict)
    """The printer of each paper, by the name the system knows it by."""
    papers: dict[str, str] = field(default_factory=dict)
    """The paper of each document, where it was chosen."""
    watched_folder: str = ""
    """A folder of this computer from which the files of channels are taken in; '' for none."""
    prints_voucher: bool = True
    prints_receipt: bool = True
    """What comes out by itself after a sale."""
    one_each: bool = True
    """Where each person has a ticket: a voucher for each, or one for all of them."""

    idle_minutes: int = 10
    """So long nobody touches anything until whoever is there is signed out; 0 for never."""

    def paper_for(self, document: Document) -> Paper:
        """The paper a document is printed on: the one chosen, else the first suited one that has a printer."""
        suited = SUITED[document]
        chosen = self.papers.get(document, "")
        if chosen in suited:
            return Paper(chosen)
        return next((paper for paper in suited if self.printer_of(paper)), suited[0])

    def printer_of(self, paper: Paper) -> str:
        """The printer of a paper, '' where none was chosen."""
        return self.printers.get(paper, "")

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
    if not 0 <= believed.get("idle_minutes", 0) <= LONGEST_IDLE:
        del believed["idle_minutes"]
    rhythm, swing = believed.get("scanner_rhythm_ms", 0), believed.get("scanner_swing_ms", 0)
    if not (SLOWEST_MS < rhythm <= SLOWEST_RHYTHM_MS and 0 < swing <= rhythm // 4):
        believed |= {"scanner_rhythm_ms": 0, "scanner_swing_ms": 0}
    return CounterSettings(**believed)


def _is_like(value: object, usual: object) -> bool:
    if isinstance(usual, dict):
        return isinstance(value, dict) and all(isinstance(part, str) for part in (*value, *value.values()))
    return type(value) is type(usual)
