"""Keeps this counter afloat when the shared database does not answer, and says how it stands.

One object for the whole window. It asks every few seconds whether the server answers, at once when anybody heard
nothing from it, and while a scan waits; when it does not, everything but check-in is refused in one sentence and
nobody waits for it any more. It tries to come back by itself, hands over what waits, and tells what came of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance

from controllers.background import Background, Lane
from models.frozen import frozen

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.offline.door import Door, State

BEAT_MS, AGAIN_MS = 2_000, 500
"""How often it is asked whether the server answers, while it does and while it does not."""
LOOK_S, PULSE_S = 3.0, 1.0
"""So long an answer may take: while nobody waits for a verdict, and half of what a first scan may wait where one does.

A server that is slow for a moment makes nobody's work stop in the middle as long as the gate is quiet.
"""
IMPATIENT_MS = 250
"""A scan that takes longer makes us ask at once, whatever it waits behind."""
CLOSING_S = 2.0


@frozen
class Standing:
    """How the counter stands: online where `since` is None; `waiting` scans are to be handed over."""

    since: datetime | None = None
    waiting: int = 0
    synced_at: datetime | None = None
    can_check_in: bool = True
    is_returning: bool = False
    trouble: str = ""

    @property
    def is_offline(self) -> bool:
        """Whether the server does not answer, or has not been handed everything yet."""
        return self.since is not None


class Afloat(QObject):
    """`changed` when it stands otherwise, `came_back` with what was handed over, `left` when the server went away."""

    changed = Signal()
    left = Signal()
    came_back = Signal(object)
    _told = Signal()
    _heard_nothing = Signal()

    def __init__(self, background: Background, desk: Desk, door: Door, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background, self._desk, self._door = background, desk, door
        self._standing = Standing()
        self._states: deque[State] = deque()
        self._looking = self._once_more = self._closed = False
        self._feeling: set[float] = set()
        self._beat = self._timer(BEAT_MS, self.look)
        self._impatient = self._timer(IMPATIENT_MS, self._feel_pulse)
        self._told.connect(self._take_told, Qt.ConnectionType.QueuedConnection)
        self._heard_nothing.connect(self.look, Qt.ConnectionType.QueuedConnection)
        door.changed.append(self._hear)
        desk.database.on_silence = self._say_heard_nothing

    @property
    def standing(self) -> Standing:
        """How it stands now."""
        return self._standing

    @property
    def where(self) -> str:
        """The shared database, without a password."""
        return self._desk.database.where

    def start(self) -> None:
        """From now on."""
        self.look()

    def look(self) -> None:
        """Ask the server now, and bring the replica up to date."""
        if self._closed:
            return
        self._beat.start(BEAT_MS)
        if self._looking:
            self._once_more = True
            self._feel_pulse(LOOK_S)  # what it is at may wait long for a server that is gone
            return
        self._looking = True
        work = partial(self._door.look_after, seconds=LOOK_S)
        self._background.run(Lane.LIFELINE, work, self._looked, self._not_looked)

    def expect(self, waits: bool) -> None:
        """Somebody waits for a verdict, or no longer does."""
        if waits and not self._standing.is_offline:
            self._impatient.start()
        else:
            self._impatient.stop()

    def close(self) -> None:
        """The window closes: what waits stays in the replica."""
        self._closed = True
        self._beat.stop()
        self._impatient.stop()
        self._door.changed.clear()
        self._desk.database.on_silence = None
        self._desk.database.hurry(CLOSING_S)

    def let_go(self) -> None:
        """Nothing works on the lanes any more."""
        self._door.close()

    # on the UI thread

    def _feel_pulse(self, seconds: float = PULSE_S) -> None:
        """Whether the server answers at all, beside whatever is asked of it."""
        if seconds in self._feeling or self._closed or self._standing.is_offline:
            return
        self._feeling.add(seconds)
        work = partial(self._door.feel_pulse, seconds=seconds)
        self._background.run(
            Lane.LIFELINE, work, partial(self._felt, seconds), partial(self._not_felt, seconds)
        )

    def _felt(self, seconds: float, _nothing: None) -> None:
        self._feeling.discard(seconds)

    def _not_felt(self, seconds: float, error: Exception) -> None:
        self._feeling.discard(seconds)
        self._background.trouble.emit(error)

    def _looked(self, state: State) -> None:
        self._looking = False
        self._take(state)
        self._go_on()

    def _not_looked(self, error: Exception) -> None:
        self._looking = False
        self._background.trouble.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        again, self._once_more = self._once_more, False
        if again and not self._standing.is_offline:
            self.look()
        elif not self._closed:
            self._beat.start(AGAIN_MS if self._standing.is_offline else BEAT_MS)

    def _take_told(self) -> None:
        while self._states and not self._closed:
            self._take(self._states.popleft())

    def _take(self, state: State) -> None:
        before, self._standing = self._standing, _standing(state)
        if self._standing == before or self._closed:
            return
        self.changed.emit()
        if self._standing.is_offline and not before.is_offline:
            self.left.emit()
        elif before.is_offline and not self._standing.is_offline:
            self.came_back.emit(state.handed)

    # from any lane

    def _hear(self, state: State) -> None:
        self._states.append(state)
        self._emit(self._told)

    def _say_heard_nothing(self) -> None:
        self._emit(self._heard_nothing)

    def _emit(self, signal: SignalInstance) -> None:
        try:
            signal.emit()
        except RuntimeError:  # the program has closed meanwhile
            return

    def _timer(self, milliseconds: int, slot: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setInterval(milliseconds)
        made.setSingleShot(True)
        made.timeout.connect(slot)
        return made


def _standing(state: State) -> Standing:
    return Standing(
        state.since, state.waiting, state.synced_at, state.can_check_in, state.is_returning, state.trouble
    )
