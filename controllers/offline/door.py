"""The one way to scan and to take back: the server where it answers in time, else this counter's replica.

Both go through the very same use cases with the same scan id, so a server's answer that comes too late is known again
when the scans are handed over. Once the server has not answered, nobody waits for it any more: `look_after` asks it
from time to time, hands over what waits, and only then the server is asked about scans again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound, ProgrammingError

from controllers import checkin, last_scans, together, undoing
from controllers.answers import Alone, Answer
from controllers.desk import Desk, read_digest_secret
from controllers.last_scans import Scanned
from controllers.offline.handing import Handed, hand_over
from controllers.offline.looks import hand_over_looks
from controllers.offline.replica import Replica
from controllers.reservations import Done
from models.database import REVISION
from models.frozen import frozen
from models.offline import UNCHECKED
from models.references import number_of
from models.refusals import CannotDo
from models.tables import ScanRow
from models.unreachable import AWAY

T = TypeVar("T")
log = logging.getLogger(__name__)

DEADLINE_S = 1.6
"""So long the first scan waits for the server; with the replica's own answer it stays below two seconds."""
LOOK_S = 3.0
"""So long it is waited for a sign of life, while nobody waits for that."""
_SOME = 100  # scans handed over before it is looked whether any are left
_NOTHING = Handed()
_GOES_ON = AWAY | {"offline", "server-disk-full"}
"""Answers of the server after which scans go on without it."""


@frozen
class State:
    """How the counter stands: `since` the server has not answered, None where it does; how many scans wait for it.

    `synced_at` is when the replica last heard of the server, `trouble` the code of what keeps scans from being
    handed over, '' for nothing.
    """

    since: datetime | None
    waiting: int
    synced_at: datetime | None
    unchecked: tuple[str, ...] = ()
    trouble: str = ""
    can_check_in: bool = True
    is_returning: bool = False
    handed: Handed = _NOTHING
    """What was handed over when the counter came back last."""

    @property
    def is_offline(self) -> bool:
        """Whether scans are judged by the replica."""
        return self.since is not None


class Door:
    """Where scans are judged at one counter. `server` is the desk's own; its actor is who acts on both."""

    def __init__(self, server: Desk, replica: Replica, *, deadline_s: float = DEADLINE_S) -> None:
        """Goes on where the counter stopped: offline, where scans still wait in the replica."""
        self.server, self.replica = server, replica
        self.deadline_s = deadline_s
        self.changed: list[Callable[[State], None]] = []
        """Whoever wants to hear that the state changed; called on the lane on which it did."""
        self._here: Desk | None = None
        self._handing = threading.Lock()
        self._trouble = ""
        self._is_returning, self._handed = False, _NOTHING
        since = replica.told("offline-since")
        self._since = datetime.fromisoformat(since) if since else None
        if self._since is not None:
            self.server.database.set_away(_offline(self._since))
        if self._since is None and replica.count_waiting():
            self._go_offline()

    # --- what is done at the gate ---------------------------------------------------------------

    def scan(self, text: str, *, scan_id: str, **asked: Any) -> Answer:
        """As `controllers.checkin.scan`; the id is made by whoever scanned."""
        return self._answer(lambda desk: checkin.scan(text, desk=desk, scan_id=scan_id, **asked))

    def unreadable(self, source: str, *, scan_id: str, digits_read: int = 0) -> Answer:
        """As `controllers.checkin.unreadable`."""
        return self._answer(
            lambda desk: checkin.unreadable(source, desk=desk, scan_id=scan_id, digits_read=digits_read)
        )

    def let_in_together(
        self, text: str, others: Sequence[int], *, scan_id: str, **asked: Any
    ) -> list[Answer]:
        """As `controllers.together.let_in_together`."""
        return self._do(
            lambda desk: together.let_in_together(text, others, desk=desk, scan_id=scan_id, **asked),
            self._all_alone,
        )

    def let_in_only(self, scan_id: str, heads: int, *, new_id: str) -> Answer:
        """As `controllers.undoing.let_in_only`."""
        return self._answer(
            lambda desk: undoing.let_in_only(self._own(desk, scan_id), heads, desk=desk, new_id=new_id)
        )

    def undo(self, scan_id: str, *, reason: str = "") -> Done:
        """As `controllers.undoing.undo`; without the server one's own scans only."""
        return self._do(lambda desk: undoing.undo(self._own(desk, scan_id), desk=desk, reason=reason))

    def undo_last(self, reservation_id: int, *, reason: str = "") -> Done:
        """As `controllers.undoing.undo_last`; without the server one's own scans only."""
        return self._do(lambda desk: self._undo_last(desk, reservation_id, reason))

    def last_scans(self) -> tuple[Scanned, ...]:
        """As `controllers.last_scans.last_scans`; those that only the replica knows say what they rest on."""
        return self.read(lambda desk: self._say_what_waits(last_scans.last_scans(desk=desk), desk))

    # --- how it stands --------------------------------------------------------------------------

    @property
    def is_offline(self) -> bool:
        """Whether scans are judged by the replica. Asks nobody."""
        return self._since is not None

    def desk(self) -> Desk:
        """Where everything is read now: the server's desk, or the replica's while that does not answer."""
        return self._alone() if self.is_offline else self.server

    def read(self, look: Callable[[Desk], T]) -> T:
        """What check-in shows beside a verdict, from the server, or from the replica while that does not answer.

        It may take its time: whoever looks after the server lets go of it when that says nothing any more.
        """
        if not self.is_offline:
            try:
                return look(self.server)
            except CannotDo as no:
                if no.code not in _GOES_ON:
                    raise
                self.lost()
        if not self.replica.is_ready:
            raise CannotDo("replica-empty")
        return look(self._alone())

    def state(self) -> State:
        """How it stands, in facts; reads the replica, never the server."""
        return State(
            self._since,
            self.replica.count_waiting(),
            self.replica.synced_at,
            UNCHECKED if self._since is not None else (),
            self._trouble,
            self.replica.is_ready,
            self._is_returning,
            self._handed,
        )

    def lost(self) -> None:
        """Somebody else found that the server does not answer (a list, the line that listens): nobody waits again."""
        if not self.is_offline:
            self._go_offline()

    def look_after(self, *, seconds: float = LOOK_S) -> State:
        """Called from time to time on a lane where nobody waits: follows the server, or finds that it is back.

        Hands over what waits, and goes online when nothing does any more. Raises nothing that the server's absence
        explains; what keeps scans from being handed over stands in the state.
        """
        if not self._feel_pulse(seconds):
            return self.state()
        with self._handing:
            try:
                self._trouble = self._follow()
            except CannotDo as no:
                log.warning("the server was not followed: %s", no.code)
                self._trouble = "" if no.code in AWAY else no.code
                if no.code in AWAY:
                    self.lost()
        return self.state()

    def feel_pulse(self, *, seconds: float) -> None:
        """Only whether the server answers: for when somebody waits, and what else looks after it takes its time."""
        if not self.is_offline:
            self._feel_pulse(seconds)

    def close(self) -> None:
        """Lets go of the file; what waits stays there."""
        self.replica.close()

    # --- inside ---------------------------------------------------------------------------------

    def _answer(self, use_case: Callable[[Desk], Answer]) -> Answer:
        return self._do(use_case, self._with_what_it_rests_on)

    def _do(self, use_case: Callable[[Desk], T], alone: Callable[[T], T] | None = None) -> T:
        """By the server in its time, else by the replica."""
        while True:
            if not self.is_offline:
                try:
                    with self.server.database.within(self.deadline_s):
                        return use_case(self.server)
                except CannotDo as no:
                    if no.code not in _GOES_ON:
                        raise
                    log.warning("the server did not answer: %s", no.code)
                    self.lost()
            with self.replica.turn:
                if self.is_offline:  # else it came back while somebody waited for their turn
                    answer = self._do_alone(use_case)
                    return alone(answer) if alone else answer

    def _do_alone(self, use_case: Callable[[Desk], T]) -> T:
        if not self.replica.is_ready:
            raise CannotDo("replica-empty")
        self.replica.mark_waiting(True)
        return use_case(self._alone())

    def _alone(self) -> Desk:
        """The replica's desk, with whoever acts at the server's."""
        if self._here is None:
            self._here = self.replica.desk(self.server.actor.counter, self.server.actor)
            self._here.listeners = self.server.listeners
        elif self._here.actor is not self.server.actor:
            self.replica.make_known(self.server.actor)
        self._here.actor = self.server.actor
        return self._here

    def _with_what_it_rests_on(self, answer: Answer) -> Answer:
        since = self._since
        if since is None:
            return answer
        return replace(answer, alone=Alone(since, self.replica.synced_at, UNCHECKED))

    def _all_alone(self, answers: list[Answer]) -> list[Answer]:
        return [self._with_what_it_rests_on(one) for one in answers]

    def _say_what_waits(self, scans: tuple[Scanned, ...], desk: Desk) -> tuple[Scanned, ...]:
        if desk is self.server:
            return scans
        waits = {row.id for row in self.replica.waiting()}
        return tuple(
            replace(one, answer=self._with_what_it_rests_on(one.answer))
            if one.answer.scan_id in waits
            else one
            for one in scans
        )

    def _own(self, desk: Desk, scan_id: str) -> str:
        """A scan that may be taken back here: without the server no other counter's."""
        if desk is not self.server:
            with desk.reading() as look:
                asked = select(ScanRow.counter_id, ScanRow.reservation_id).where(ScanRow.id == scan_id)
                row = look.execute(asked).first()
            if row is not None and row.counter_id != desk.actor.counter_id:
                raise CannotDo("offline-not-yours", number=number_of(row.reservation_id))
        return scan_id

    def _undo_last(self, desk: Desk, reservation_id: int, reason: str) -> Done:
        if desk is not self.server:
            with desk.reading() as look:
                last = undoing.last_scan(look, reservation_id)
            if last:
                self._own(desk, last)
        return undoing.undo_last(reservation_id, desk=desk, reason=reason)

    def _go_offline(self) -> None:
        with self.replica.turn:
            if self._since is not None:
                return
            self._since = self.server.now()
            self.server.database.set_away(_offline(self._since))
            self.replica.note(offline_since=self._since.isoformat())
        self._tell()

    def _feel_pulse(self, seconds: float) -> bool:
        try:
            with self.server.database.within(seconds):
                self._sign_of_life()
        except CannotDo as no:
            self._trouble = "" if no.code in _GOES_ON else no.code
            if no.code in _GOES_ON or no.code == "database-changed":
                self.lost()
            return False
        return True

    def _sign_of_life(self) -> None:
        """Whether the server answers, and is the one at which this desk was opened: an address may lead elsewhere."""
        found = b""
        with (
            suppress(ProgrammingError, NoResultFound),  # one in which nothing of ours is
            self.server.database.asking_all_the_same(),
            self.server.reading() as look,
        ):
            found = read_digest_secret(look)
        if not found or vars(self.server).setdefault("digest_secret", found) != found:
            raise CannotDo("database-changed", where=self.server.database.where)

    def _follow(self) -> str:
        """Comes back first where it has to; what keeps the replica from following, '' for nothing."""
        if self.is_offline:
            with self.server.database.asking_all_the_same():
                self._come_back()
            self._tell()
        self.replica.follow(self.server)
        if self.replica.is_ready:
            here = self._alone()
            _ = here.code_secrets, here.zone  # the first scan without the server need not wait for them
        return ""

    def _come_back(self) -> None:
        """Hands over until nothing waits, and only then lets scans go to the server; they wait for no more than one."""
        if self.server.database.revision() != REVISION:
            self.server.database.migrate()
        self._is_returning = True
        try:
            hand_over_looks(self.replica, self.server)
            done = self._hand_over()
            hand_over_looks(self.replica, self.server)  # of the last moment; no scan waits for it any more
        finally:
            self._is_returning = False
        log.info("handed over %s scans, %s known, %s conflicts", done.taken, done.known, done.conflicts)

    def _hand_over(self) -> Handed:
        done = Handed()
        while True:
            if self.replica.count_waiting():
                self._tell()
            done += hand_over(self.replica, self.server, most=_SOME)
            with self.replica.turn:
                if not self.replica.count_waiting():
                    self.replica.note(offline_since="")
                    self.replica.mark_waiting(False)
                    self.server.database.set_away(
                        None
                    )  # first: who then reads there must not hear that it is away
                    self._since, self._trouble, self._handed = None, "", done
                    return done

    def _tell(self) -> None:
        for listener in list(self.changed):
            listener(self.state())


def _offline(since: datetime) -> CannotDo:
    """What everybody hears who asks the server for anything else; the time as the clock at the counter showed it."""
    return CannotDo("offline", since=since.astimezone().strftime("%H:%M"))


__all__ = ["DEADLINE_S", "Door", "Handed", "State"]
