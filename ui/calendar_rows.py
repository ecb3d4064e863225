"""The rows of a day: each departure with the reservations that stand on it, those that wait first.

A departure shows everybody who waits and the first few of the others; the rest is one line that opens, and
Enter on the departure opens or shuts it too.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.calendar_facts import CalendarDay, CalendarLine
from models.frozen import frozen
from models.reservations import Status
from models.rows import ReservationRow
from ui.calendar_look import DayLook

WAITING = (Status.UNCONFIRMED, Status.PENDING)
FEW, MORE = 4, 12
"""So many of a departure are shown at first, beside the month and on a whole page."""
UNMATCHED = "unmatched"

Key = tuple[str, object]


@frozen
class Group:
    """The heading of a departure. `line` is None above the orders that have no departure of ours."""

    key: Key
    line: CalendarLine | None
    heads: int
    orders: int


@frozen
class Item:
    """One reservation below its departure, whose key is `group`."""

    row: ReservationRow
    group: Key = (UNMATCHED, 0)

    @property
    def key(self) -> Key:
        """What stays the same when it is read again."""
        return ("reservation", self.row.id)

    @property
    def waits(self) -> bool:
        """Whether somebody has to confirm it."""
        return self.row.status in WAITING


@frozen
class More:
    """So many more reservations of a departure, and how many of their heads are in."""

    key: Key
    group: Key
    count: int
    arrived: int


DayRow = Group | Item | More


def rows_of(found: DayLook, opened: frozenset[Key], few: int = FEW) -> list[DayRow]:
    """What the panel lists; departures of `opened` show everybody."""
    made: list[DayRow] = []
    for line in found.day.lines:
        if line.unmatched:
            continue
        key = group_key(line)
        here = found.rows.get(line.departure_id, ()) if line.departure_id is not None else ()
        made.append(Group(key, line, line.taken, len(here)))
        made += _shown(key, here, opened, few)
    if found.unmatched:
        heads = sum(1 if row.party is None else row.party for row in found.unmatched)
        key = (UNMATCHED, 0)
        made.append(Group(key, None, heads, len(found.unmatched)))
        made += [Item(row) for row in found.unmatched]
    return made


def group_key(line: CalendarLine) -> Key:
    """What stays the same about a departure, also when its row is made."""
    return ("departure", line.key)


def before_asked(day: CalendarDay) -> list[DayRow]:
    """The departures alone, while the reservations are on their way."""
    return rows_of(DayLook(day, {}, ()), frozenset())


def waiting(rows: Iterable[DayRow]) -> list[Item]:
    """The reservations that somebody has to confirm."""
    return [row for row in rows if isinstance(row, Item) and row.waits]


def _shown(key: Key, rows: tuple[ReservationRow, ...], opened: frozenset[Key], most: int) -> list[DayRow]:
    urgent = [row for row in rows if row.status in WAITING]
    others = [row for row in rows if row.status not in WAITING]
    few = max(0, most - len(urgent))
    if key in opened or len(others) <= few + 1:  # one more is as short as the words for it
        return [Item(row, key) for row in (*urgent, *others)]
    hidden = others[few:]
    arrived = sum(row.arrived for row in hidden)
    more = More(("more", key), key, len(hidden), arrived)
    return [*(Item(row, key) for row in (*urgent, *others[:few])), more]
