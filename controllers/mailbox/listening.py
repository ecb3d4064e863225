"""Waits on a line of its own until the mailbox calls, so that a traveler's mail is here at once.

The thread knows the database not at all: it only says that it is time to look. Where a server cannot call, or the
line is cut, the mailbox is looked into every minute. Who no longer asks (because somebody else does the work now) is
no longer listened for.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from threading import Event, Lock, Thread
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import select

from controllers.carriers.keeping import IMAP, kept, password_of
from controllers.desk import Desk
from controllers.mailbox.fetching import Fetched, fetch
from controllers.mailbox.line import MailLine, NoMailbox, open_mailbox
from controllers.rights import needs
from models.database import Database
from models.faults import fault_words
from models.mailbox import Mailbox
from models.rights import Right
from models.tables import CarrierRow

log = logging.getLogger(__name__)

ARRIVED = frozenset(("mailbox",))
"""The kind of change by which the mailbox calls."""
POLL_S, SURE_S = 60.0, 600.0
"""How often is looked without a line that calls, and with one. A password that was refused is tried no more often
than that: servers shut out who knocks every minute.
"""
CALL_AGAIN_S = 170.0
"""So often the line proves that it still stands: many a router drops a silent one within minutes, and tells nobody."""
_GLANCE_S = 1.0
_FORGOTTEN_S = 90.0
PAUSES_S = (2.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0)


class Ear:
    """Who listens for one database's mailbox. `is_due` and `looked` belong to the job, the rest to the thread."""

    def __init__(self) -> None:
        self._due_at = 0.0
        self._asked_at = monotonic()
        self._news = Event()
        self._stops = Event()
        self._stands = False
        self._thread: Thread | None = None
        self._version = 0

    def is_due(self, version: int) -> bool:
        """Whether it is time to look into the mailbox: it called, or was set up anew."""
        self._asked_at = monotonic()
        return self._news.is_set() or version != self._version or self._asked_at >= self._due_at

    def looks(self) -> None:
        """What calls from now on is news."""
        self._news.clear()

    def looked(self, fetched: Fetched, box: Mailbox, password: str, version: int, desk: Desk) -> None:
        """The mailbox was looked into: when to do it again, and who listens meanwhile."""
        rarely = self._stands or fetched.trouble == "mailbox-password"
        self._due_at = monotonic() + (SURE_S if rarely else POLL_S)
        if version != self._version:
            self.stop()
            self._version = version
        if fetched.can_call and (self._thread is None or not self._thread.is_alive()):
            self._stops = Event()
            self._thread = Thread(
                target=self._listen, args=(box, password, desk, self._stops), name="mailbox", daemon=True
            )
            self._thread.start()

    def stop(self, *, wait: bool = False) -> None:
        """Listens no more."""
        self._stops.set()
        if wait and self._thread is not None:
            self._thread.join()

    def _listen(self, box: Mailbox, password: str, desk: Desk, stops: Event) -> None:
        """On a thread of its own, until nobody asks any more."""
        tries = 0
        only_looks = replace(box, mark_seen=False)
        while not stops.is_set() and not self._is_forgotten():
            began = monotonic()
            try:
                with open_mailbox(only_looks, password) as line:
                    self._stands = True
                    self._call(desk)  # what came while nobody listened
                    self._wait(line, desk, stops)
            except NoMailbox as no:
                log.debug("the line to the mailbox: %s", no.word)
            except Exception as error:  # a library stumbled: the mailbox is still looked into
                log.warning("the line to the mailbox: %s", fault_words(error))
            self._stands = False
            self._due_at = min(self._due_at, monotonic() + POLL_S)
            tries = 0 if monotonic() - began > CALL_AGAIN_S / 2 else tries + 1
            stops.wait(PAUSES_S[min(tries, len(PAUSES_S) - 1)])

    def _wait(self, line: MailLine, desk: Desk, stops: Event) -> None:
        """Until the line is cut, or it is time to end."""
        while not stops.is_set() and not self._is_forgotten():
            if line.calls(CALL_AGAIN_S, lambda: stops.is_set() or self._is_forgotten(), _GLANCE_S):
                self._call(desk)

    def _call(self, desk: Desk) -> None:
        self._news.set()
        with suppress(RuntimeError):  # a window that has closed meanwhile hears nothing more
            desk.announce(ARRIVED)

    def _is_forgotten(self) -> bool:
        return monotonic() - self._asked_at > _FORGOTTEN_S


_EARS: WeakKeyDictionary[Database, Ear] = WeakKeyDictionary()
_ONE_AT_A_TIME = Lock()


@needs(Right.TALK)
def ear_of(*, desk: Desk) -> Ear:
    """Who listens for the mailbox of this database, in this program."""
    with _ONE_AT_A_TIME:
        return _EARS.setdefault(desk.database, Ear())


@needs(Right.TALK)
def look_into_mailbox(*, desk: Desk) -> bool:
    """Fetches what arrived, where it is time to; whether there is more. What the worker does again and again."""
    ear = ear_of(desk=desk)
    with desk.reading() as look:
        version = look.execute(select(CarrierRow.version).where(CarrierRow.name == IMAP)).scalar() or 0
    if not version or not ear.is_due(version):
        return False
    ear.looks()
    fetched = fetch(desk=desk)
    with desk.reading() as look:
        box, password = Mailbox.read(kept(look, IMAP).settings), password_of(look, IMAP)
    ear.looked(fetched, box, password, version, desk)
    return fetched.more
