"""Writes down what became of a letter: what we know must not be lost, whatever the database does meanwhile.

A busy database is asked again and again. Where it does not hear us at all, what we know waits here and is told first
in the next turn. Who was thought dead meanwhile may still say what it knows: that the letter was taken, or was not.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Table, and_, update
from sqlalchemy.exc import OperationalError

from controllers.desk import Desk, Work
from controllers.rights import needs
from models.database import Database
from models.faults import fault_words
from models.frozen import frozen
from models.outbox import LetterState, Trouble
from models.refusals import CannotDo
from models.rights import Right
from models.tables import OutboxRow
from models.unreachable import cannot_be_asked

log = logging.getLogger(__name__)

_O: Table = OutboxRow.__table__  # type: ignore[assignment]
HOLDER = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
"""This program's name on the rows it hands over."""

_TRIES, _BETWEEN_S = 8, 0.25
Tell = Callable[[Work], object]


@frozen
class Outcome:
    """What became of one letter."""

    state: LetterState
    words: str = ""
    again: timedelta | None = None
    counts: bool = True
    number: str = ""

    @property
    def may_have_left(self) -> bool:
        """Whether somebody outside may have it."""
        return self.state in (LetterState.SENT, LetterState.UNCERTAIN)

    @property
    def late(self) -> Outcome:
        """The same, known after the letter was given up: later ones may have left, so it does not go by itself."""
        if self.state is not LetterState.WAITING:
            return self
        return replace(self, state=LetterState.FAILED, words=self.words or Trouble.TOO_LATE, again=None)


@frozen
class _Known:
    """What became of a letter, while the database would not hear it."""

    row: Any
    outcome: Outcome
    tell: Tell | None


_known: WeakKeyDictionary[Database, list[_Known]] = WeakKeyDictionary()


@needs(Right.ROUTES)
def settle(
    row: Any,
    outcome: Outcome,
    before: LetterState = LetterState.LEAVING,
    *,
    desk: Desk,
    tell: Tell | None = None,
) -> None:
    """Keeps what became of it, and whatever else is to `tell` in the same transaction."""
    for left in reversed(range(_TRIES)):
        try:
            _write(desk, row, outcome, before, tell)
        except (CannotDo, OperationalError) as no:
            if isinstance(no, CannotDo) and not cannot_be_asked(no):
                raise
            if not left:
                if before is LetterState.LEAVING:
                    _known.setdefault(desk.database, []).append(_Known(row, outcome, tell))
                raise
            time.sleep(_BETWEEN_S)
        else:
            return


@needs(Right.ROUTES)
def tell_what_is_known(*, desk: Desk) -> None:
    """What the database would not hear before. Raises where it still does not: then nothing is sent, either."""
    known = _known.get(desk.database, [])
    while known:
        _write(desk, known[0].row, known[0].outcome, LetterState.LEAVING, known[0].tell)
        del known[0]


def _write(desk: Desk, row: Any, outcome: Outcome, before: LetterState, tell: Tell | None) -> None:
    try:
        _write_down(desk, row, outcome, before, tell)
    except (CannotDo, OperationalError):
        raise
    except Exception as error:  # what we know of the letter is not lost for what else there is to write
        if tell is None:
            raise
        log.error("a letter that has left does not stand in its conversation: %s", fault_words(error))
        _write_down(desk, row, outcome, before, None)


def _write_down(desk: Desk, row: Any, outcome: Outcome, before: LetterState, tell: Tell | None) -> None:
    mine = and_(_O.c.id == row.id, _O.c.claimed_by == HOLDER)
    is_ours = before is LetterState.LEAVING
    as_seen = and_(_O.c.id == row.id, _O.c.address == row.address)  # it may have got another one meanwhile
    ours = and_(mine if is_ours else as_seen, _O.c.state == before)
    with desk.work(by_clock=True) as work:
        done = work.connection.execute(update(_O).where(ours).values(_columns(work, row, outcome)))
        if not done.rowcount and is_ours:  # somebody thought us dead meanwhile
            given_up = update(_O).where(mine, _O.c.state == LetterState.UNCERTAIN)
            done = work.connection.execute(given_up.values(_columns(work, row, outcome.late)))
        if done.rowcount and tell is not None:
            tell(work)
        work.changed.update(("letters", "messages"))


def _columns(work: Work, row: Any, outcome: Outcome) -> dict[str, Any]:
    values: dict[str, Any] = {"state": outcome.state, "trouble": str(outcome.words)[:500]}
    values |= {"claimed_by": "", "claimed_at": None, "tries": row.tries + int(outcome.counts)}
    if outcome.state is LetterState.SENT:
        values |= {"sent_at": work.now}
    elif outcome.again is not None:
        values |= {"leave_at": work.now + outcome.again}
    return values
