"""What the search box is answered: plain frozen rows, known to every layer."""

from __future__ import annotations

import enum

from models.frozen import frozen
from models.rows import ReservationRow

Marks = tuple[tuple[int, int], ...]


class Section(enum.IntEnum):
    """Where a find is shown, from the top."""

    WHOLE = 0  # the text is this reservation's number
    TODAY = 1
    UPCOMING = 2
    PAST = 3


@frozen
class Find:
    """One reservation, and by what it was found.

    `detail` is a companion's name, the address or the telephone's tail; `marks` are the signs that were
    typed: in `detail`, or else in the traveler's name, the reference or our number, as `kind` says.
    """

    row: ReservationRow
    section: Section
    kind: str  # name, companion, email, phone, number, reference, voucher
    detail: str = ""
    marks: Marks = ()


@frozen
class Finds:
    """What a text finds, in order. `more` says that there are others; `personal` that people were searched."""

    text: str
    items: tuple[Find, ...] = ()
    more: bool = False
    personal: bool = False
