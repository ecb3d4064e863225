"""Tells a handheld scanner from a person by the times and places of their keys.

    key arrives ──► quick enough? ──no──► what was held goes back, in order, then this key
                        │yes
                        ▼
                    held back ──Enter, Tab or silence──► is_scan? ──yes──► a Burst, its keys are gone
                                                            └─no──► all of it goes back, in order

A key that begins something is held for `FIRST_MS`, less than anybody sees between a key and its letter; only
what follows as quickly as no hand can is held on. So a person's keys all arrive, and a scanner's never.

A foreign code may be a text of several lines. Where text can be written it goes there, each break as a space: an Enter
of a machine never presses a button. What follows a scan as quickly belongs to it.

A scanner as slow as a person is told by its rhythm, where it was learned: a key is held until the next one of that
scanner would have to be there. One that comes earlier or not at all is a person's, and so is whatever is pressed in
the middle of writing: a scan begins and ends with a pause.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from controllers.scanning.burst import (
    LEAST,
    QUICK_MS,
    Burst,
    Rhythm,
    burst_of,
    gaps_of,
    is_machines,
    is_our_code,
    is_scan,
    is_slow_scan,
    may_grow,
    strays,
)
from controllers.scanning.keys import Key, Place, as_space, elapsed
from models import keyboards
from models.codes import LENGTH
from models.frozen import frozen

FIRST_MS = 40
SECOND_MS = 60
SHIFT_MS = 120
"""Shift alone writes nothing, so nobody waits for it."""
SURE_MS = 150
OURS_MS = 250
_PAUSE = 4
"""So many of a slow scanner's gaps are a pause."""
TAIL_MS = 60
"""A scanner may send a second Enter (CR and LF); nobody presses Enter so soon after a scan."""


@frozen
class Outcome:
    """`held`: the key goes no further for now. `back` goes to who has the keyboard, in this order.

    Where something goes back before a key that is not held, the key stands at the end of `back`.
    """

    held: bool
    back: tuple[Key, ...] = ()
    burst: Burst | None = None


_PASSES, _HELD = Outcome(held=False), Outcome(held=True)


class Wedge:
    """Give it every key (`key`), and `silence` when none came for `wait_ms`.

    `layout` is the country the scanner is set to, `slowest_ms` the gap it may leave between its keys; `rhythm` is that
    of a scanner which is slower still.
    """

    def __init__(self, layout: str = "us", slowest_ms: int = QUICK_MS) -> None:
        self.layout = layout
        self.slowest_ms = slowest_ms
        self.rhythm: Rhythm | None = None
        self._beat: Key | None = None  # the last that wrote of those that are held
        self._before: Key | None = None  # the last that went down, whosever it was
        self._in_time = self._is_slow = False
        self._held: list[Key] = []
        self._gone: set[int] = set()  # keys of scans that are still down: their going up is ours too
        self._ended: Key | None = None
        self._broke: Key | None = None  # the end of a line that a machine wrote
        self._follows = False

    @property
    def wait_ms(self) -> int:
        """How long the next key may take; 0 while nothing is held."""
        if self.rhythm is None or not self._held or not self._in_time:
            return self._quick_ms
        if not self._is_slow:
            return max(self.rhythm.longest_ms, self._quick_ms)
        strokes = self._strokes(LENGTH + 1)
        goes_on = len(strokes) >= LEAST and not is_our_code(strokes)  # a person may: only a pause tells
        return self.rhythm.longest_ms * (_PAUSE if goes_on else 1)

    @property
    def _quick_ms(self) -> int:
        """How long the next key of a quick scanner may take."""
        strokes = self._strokes(LENGTH + 1)
        more = self.slowest_ms - QUICK_MS
        if not self._held:
            return 0
        if not strokes:
            return SHIFT_MS
        if len(strokes) < LEAST:
            return (FIRST_MS if len(strokes) < LEAST // 2 else SECOND_MS) + more
        if is_our_code(strokes):
            return SECOND_MS + more
        return OURS_MS if may_grow(strokes) else SURE_MS

    def key(self, key: Key, place: Place = Place.TEXT) -> Outcome:
        """A key went down or up while `place` had the keyboard."""
        if not self._held or not self._is_late(key):
            return self._next(key, place)
        before = self._end(place, "", cut=True)
        return _after(before, key, self._next(key, place))

    def _is_late(self, key: Key) -> bool:
        """Whether this key can be none of the scanner whose keys are held."""
        if not self._is_slow and elapsed(self._held[-1], key) <= self._quick_ms:
            return False
        if self.rhythm is None or self._beat is None or not self._in_time:
            return True
        gap = elapsed(self._beat, key)
        is_sign = key.pressed and key.writes
        return not self.rhythm.fits(gap) if is_sign else gap > self.rhythm.longest_ms

    def silence(self, place: Place = Place.TEXT) -> Outcome:
        """No key came any more."""
        return self._end(place, "") if self._held else _PASSES

    def _next(self, key: Key, place: Place) -> Outcome:
        if not key.pressed:
            return self._up(key)
        if self._is_tail(key):
            self._gone.add(key.code)
            return _HELD
        self._begin(key)
        self._ended = None  # or the clock comes round to it again, weeks later
        self._gone.discard(key.code)  # pressed anew: another window has seen it go up
        if key.repeat or not (key.plain or self._is_quick):
            return self._give_up(key)
        if key.ends:
            return self._end_by(key, place) if self._held else _PASSES
        beside = key.code in keyboards.BESIDE or not key.plain
        if key.writes or key.code in keyboards.SHIFTS or (self._held and beside):
            self._keep_time(key)
            self._held.append(key)
            return _HELD
        return self._give_up(key)

    def _begin(self, key: Key) -> None:
        """A key goes down; what is known of those before it, where it is the first of something."""
        before, self._before = self._before, key
        if self._held:
            return
        self._follows = self._broke is not None and elapsed(self._broke, key) <= TAIL_MS
        self._broke = self._beat = None
        self._is_slow = False
        pause = self.rhythm.longest_ms * _PAUSE if self.rhythm is not None else 0
        self._in_time = self.rhythm is not None and (before is None or elapsed(before, key) > pause)

    def _end_by(self, key: Key, place: Place) -> Outcome:
        """Enter or Tab: the end of a scan, a break in what a machine writes, or a person's."""
        breaks = self._is_break([*self._held, key], place)
        ended = self._end(place, key.ends, lost=breaks)
        if ended.burst is None and not breaks:
            return _after(ended, key, _PASSES)
        self._ended = self._broke = key
        self._gone.add(key.code)
        if ended.burst is None and place is not Place.KEYS:
            return replace(ended, back=(*ended.back, *as_space(key)))
        return ended

    def _is_break(self, keys: list[Key], place: Place) -> bool:
        """Whether the last of these would press something that nobody meant to press."""
        if place is Place.SECRET or (place is Place.LINES and keys[-1].ends == "Enter"):
            return False
        return self._belongs(keys) or is_machines(keys, slowest_ms=self.slowest_ms)

    def _belongs(self, keys: list[Key]) -> bool:
        """Whether these follow a scan, or a line of one, as quickly as no hand can."""
        gaps = gaps_of(keys)
        return self._follows and bool(gaps) and max(gaps) <= self.slowest_ms

    def _keep_time(self, key: Key) -> None:
        """Whether the signs that are held came in the rhythm that was learned, and slower than a quick scanner's."""
        if not key.writes:
            return
        if self._beat is not None and self.rhythm is not None:
            self._in_time = self._in_time and self.rhythm.fits(elapsed(self._beat, key))
            self._is_slow = self._in_time
        self._beat = key

    @property
    def _is_quick(self) -> bool:
        """Whether keys already came too quickly for a hand: then Ctrl with a letter is a sign between two fields."""
        return len(self._strokes(LEAST // 2)) == LEAST // 2

    def _strokes(self, most: int) -> list[keyboards.Stroke]:
        """The first that are held; not all, since a code may have thousands and this is asked with each of them."""
        strokes = (key.stroke for key in self._held if key.pressed and key.writes)
        return list(islice(strokes, most))

    def _up(self, key: Key) -> Outcome:
        if key.code in self._gone:
            self._gone.discard(key.code)
            return _HELD
        if self._held:
            self._held.append(key)
            return _HELD
        return _PASSES

    def _is_tail(self, key: Key) -> bool:
        return (
            bool(key.ends)
            and self._ended is not None
            and not self._held
            and elapsed(self._ended, key) < TAIL_MS
        )

    def _give_up(self, key: Key) -> Outcome:
        """No scanner sends this key: whatever was held is a person's."""
        held, self._held = self._held, []
        return Outcome(held=bool(held), back=(*held, key)) if held else _PASSES

    def _end(self, place: Place, ended_by: str, *, lost: bool = False, cut: bool = False) -> Outcome:
        """`lost`: what is no scan is no person's either; `cut`: the next key is there, and not in time."""
        held, self._held = self._held, []
        first = strays(held)
        person, keys = held[:first], held[first:]
        slowly = self._is_slow and is_slow_scan(keys, place, cut=cut)
        belongs = place is Place.KEYS and self._belongs(held)
        looked_at = Place.TEXT if belongs else place  # the next line of a text is no scan by its speed alone
        if not slowly and not is_scan(keys, looked_at, slowest_ms=self.slowest_ms):
            is_lost = belongs or (place is Place.KEYS and lost)
            return Outcome(held=True, back=tuple(self._swallow(held) if is_lost else held))
        self._ended = keys[-1]
        return Outcome(
            held=True, back=(*person, *self._swallow(keys)), burst=burst_of(keys, ended_by, self.layout)
        )

    def _swallow(self, keys: list[Key]) -> list[Key]:
        """Forget a scanner's keys. A key that a person let go meanwhile goes back."""
        down: set[int] = set()
        theirs = []
        for key in keys:
            if key.pressed:
                down.add(key.code)
            elif key.code in down:
                down.discard(key.code)
            else:
                theirs.append(key)
        self._gone |= down
        return theirs


def _after(before: Outcome, key: Key, now: Outcome) -> Outcome:
    """Two outcomes in one: what goes back first, then the key, unless it is held."""
    if not before.back:
        return replace(now, burst=before.burst)
    if now.held:
        return Outcome(True, (*before.back, *now.back), before.burst or now.burst)
    return Outcome(True, (*before.back, key), before.burst)
