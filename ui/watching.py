"""Lets the window know within a second what others changed, and at next to no cost while nobody does.

A file is asked four times a second. A shared PostgreSQL calls by itself; where its line is cut we ring
again, after longer and longer pauses, and where a pooler hands no calls on we ask once a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from controllers.background import Background, Lane
from models.refusals import CannotDo

if TYPE_CHECKING:
    from controllers.desk import Desk
    from controllers.watching import Line, Watch

FILE_MS, POOLER_MS = 250, 1_000
GATHER_MS = 20  # several changes in a row are told as one
PROOF_MS, PROVE_AGAIN_MS = 2_000, 60_000
PAUSES_MS = (1_000, 2_000, 4_000, 8_000, 15_000, 30_000)


class Watching(QObject):
    """Tells `background.announce_elsewhere`; `lost` and `found` say how the line to a server stands."""

    lost = Signal()
    found = Signal()

    def __init__(self, background: Background, desk: Desk, watch: Watch, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._desk, self._watch = background, desk, watch
        self._line: Line | None = None
        self._notifier: QSocketNotifier | None = None
        self._heard: set[str] = set()
        self._looking = self._was_lost = self._calls_come = self._closed = False
        self._tries = 0
        self._ask = self._timer(FILE_MS if desk.database.is_sqlite else POOLER_MS, self._look)
        self._tell = self._timer(GATHER_MS, self._announce, once=True)
        self._again = self._timer(0, self._open_line, once=True)
        self._prove_again = self._timer(PROVE_AGAIN_MS, self._prove)
        self._proof = self._timer(PROOF_MS, self._judge, once=True)

    def start(self) -> None:
        """From now on."""
        if self._desk.database.is_sqlite:
            self._ask.start()
        else:
            self._open_line()

    def ring(self) -> None:
        """The server is back: its line is opened now, not after the pause."""
        if self._again.isActive():
            self._tries = 0
            self._again.start(0)

    def close(self) -> None:
        """No more."""
        self._closed = True
        for timer in (self._ask, self._tell, self._again, self._prove_again, self._proof):
            timer.stop()
        self._hang_up()
        self._watch.close()

    @property
    def listens(self) -> bool:
        """Whether a line stands on which the server calls by itself, as far as is known."""
        return self._line is not None

    # asking

    def _look(self) -> None:
        if not self._looking and not self._closed:
            self._looking = True
            self._background.run(Lane.NETWORK, self._watch.look, self._saw, self._saw_nothing)

    def _saw(self, changed: frozenset[str]) -> None:
        self._looking = False
        self._take(changed)

    def _saw_nothing(self, error: Exception) -> None:
        self._looking = False
        if not self._expected(error):
            return
        if not self._desk.database.is_sqlite:
            self._lose()

    def _take(self, changed: frozenset[str]) -> None:
        """A change; those that follow at once are told together with it."""
        self._heard |= changed
        if self._heard and not self._tell.isActive() and not self._closed:
            self._tell.start()

    def _announce(self) -> None:
        heard, self._heard = frozenset(self._heard), set()
        self._background.announce_elsewhere(heard)

    # the line to a server

    def _open_line(self) -> None:
        from controllers.watching import Line

        desk = self._desk
        self._background.run(Lane.NETWORK, lambda: Line(desk), self._listen, self._no_line)

    def _listen(self, line: Line) -> None:
        if self._closed:
            line.close()
            return
        self._line = line
        self._notifier = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        if self._was_lost:
            self._was_lost = False
            self.found.emit()
        self._prove()
        self._prove_again.start()
        self._look()  # what was changed before the line stood

    def _hear(self) -> None:
        if self._line is None:
            return
        try:
            changed = self._line.hear()
        except CannotDo:
            self._lose()
            return
        if self._line.is_proven:
            self._calls_come, self._tries = True, 0
        self._take(changed)

    def _no_line(self, error: Exception) -> None:
        if self._expected(error):
            self._lose()

    def _lose(self) -> None:
        """The server is away: ring again later."""
        if self._closed:
            return
        self._hang_up()
        self._ask.stop()
        if not self._was_lost:
            self._was_lost = True
            self.lost.emit()
        self._again.start(PAUSES_MS[min(self._tries, len(PAUSES_MS) - 1)])
        self._tries += 1

    def _hang_up(self) -> None:
        self._prove_again.stop()
        self._proof.stop()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._line is not None:
            self._line.close()
            self._line = None

    # whether calls come through

    def _prove(self) -> None:
        if self._line is not None:
            self._background.run(Lane.NETWORK, self._line.prove, self._wait_for_proof, self._no_line)

    def _wait_for_proof(self, _nothing: object) -> None:
        self._proof.start()
        self._look()  # whoever changed something may have gone before telling of it

    def _judge(self) -> None:
        """Nothing came through: what was proven once is cut, what never was is behind a pooler."""
        if self._line is None or self._line.is_proven:
            return
        if self._calls_come:
            self._lose()
        else:
            self._hang_up()
            self._ask.start()

    def _expected(self, error: Exception) -> bool:
        """The world's refusal; a bug of ours goes to whoever listens for trouble."""
        if isinstance(error, CannotDo):
            return True
        self._background.trouble.emit(error)
        return False

    def _timer(self, milliseconds: int, slot: object, *, once: bool = False) -> QTimer:
        made = QTimer(self)
        made.setInterval(milliseconds)
        made.setSingleShot(once)
        made.timeout.connect(slot)
        return made
