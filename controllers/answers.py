"""What a counter is told about one code, and about what else belongs to it."""

from __future__ import annotations

from datetime import date, datetime

from models.checkin import ADMITTING, Kind
from models.checkin_words import Told
from models.frozen import frozen
from models.repair import Wrong
from models.reservations import Status


@frozen
class Choice:
    """One of several reservations that a code names. `traveler` is '' where the name may not be shown."""

    reservation_id: int
    number: str
    traveler: str
    what: str
    departs_on: date | None
    departs_at: datetime | None
    zone: str
    party: int | None
    status: Status


@frozen
class Companion:
    """Another reservation of the same purchase: how many of it may come in now, or why none may."""

    reservation_id: int
    number: str
    kind: Kind
    offers: int


@frozen
class Alone:
    """What an answer without the server rests on: `unchecked` are the words of `models.offline.UNCHECKED`.

    `since` the server has not answered, and `synced_at` is when it was last heard.
    """

    since: datetime
    synced_at: datetime | None
    unchecked: tuple[str, ...]


@frozen
class Answer:
    """What the counter is told about one code. `traveler` is '' where the name may not be shown.

    `offers` is how many may come in where nobody was let in yet: it was only looked, or `note` must be read first.
    """

    kind: Kind
    text: str
    message: str
    scan_id: str
    source: str = ""
    reservation_id: int | None = None
    number: str = ""
    reference: str = ""
    admitted: int = 0
    arrived: int = 0
    party: int | None = None
    traveler: str = ""
    again: bool = False
    repaired: Wrong | None = None
    """What the scanner did wrong to the code, where it could be undone and the check digits agreed."""
    told: Told | None = None
    """What the message speaks of, for a screen with words of its own."""
    offers: int = 0
    note: str = ""
    force: str = ""
    """The reason that overrules the clock, where they wait to be let in with it."""
    choices: tuple[Choice, ...] = ()
    companions: tuple[Companion, ...] = ()
    alone: Alone | None = None
    """What was not checked, where the server did not answer in time."""

    @property
    def waits(self) -> bool:
        """Whether somebody may come in, and has not been let in yet."""
        return self.offers > 0 and self.kind in ADMITTING

    @property
    def offers_in_all(self) -> int:
        """How many may come in now with everything that was bought together."""
        return self.offers + sum(one.offers for one in self.companions)
