"""Sends what is promised, once: letters leave one by one, and each row tells at every moment how far its letter is.

The order of things, for each letter: its words are written; its row says LEAVING, kept before anything is handed
over; the carrier takes it, refuses it, or nobody can tell; the row says which. Whoever dies in the middle leaves a
row that says LEAVING: later it is UNCERTAIN, shown, and sent again only where a person says so. Several programs may
do this at once: of two that want the same row one gets it.

A later letter to the same traveler waits for an earlier one. A server that is not there is no letter's fault: all
wait, and the route says why.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Table, and_, exists, not_, or_, select, update

from controllers.bounces import is_bad
from controllers.carriers.carrier import Carrier, Line, NoLine, Parcel, Refused, Unclear
from controllers.carriers.keeping import say_trouble
from controllers.desk import Desk, Work
from controllers.rights import needs
from models.database import Database
from models.faults import fault_words
from models.outbox import HOLDS_BACK, SENDER_GONE, LetterState, Trouble, pause_after
from models.refusals import CannotDo
from models.rights import Right
from models.tables import OutboxRow

log = logging.getLogger(__name__)

_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_E = _O.alias("earlier")
MOST_AT_ONCE = 50
NOT_WANTED = "not-wanted"
"""What a route's `parcel` says of a letter that has become pointless: it is dropped."""
HOLDER = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
"""This program's name on the rows it hands over."""

_NO_LINE_FIRST, _NO_LINE_MOST = timedelta(seconds=10), timedelta(minutes=5)
_SETTLE_TRIES = 8


@dataclass(frozen=True, slots=True)
class Route:
    """One way out. `word` is what its rows name as their carrier, `kept_as` the carrier's row of the settings.

    `carrier` is asked on each turn (None: it is not set up, or switched off, and everything waits); `parcel` writes
    one row's letter and raises CannotDo where it cannot be written ("not-wanted" where nobody wants it any more);
    `has_left` is told within the last transaction, with the other side's own number of it.
    """

    word: str
    kept_as: str
    carrier: Callable[[Connection, Desk], Carrier | None]
    parcel: Callable[[Connection, Desk, Any], Parcel]
    has_left: Callable[[Work, Any, Parcel, str], object] = lambda _work, _row, _parcel, _number: None
    why_not: Callable[[Connection, Any], str] = lambda _look, _row: ""
    """Why a row must not leave any more, though it was promised; '' where it may."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter."""

    state: LetterState
    words: str = ""
    again: timedelta | None = None
    counts: bool = True
    number: str = ""


@needs(Right.ROUTES)
def send_due(route: Route, *, desk: Desk, gone_after: timedelta = SENDER_GONE) -> bool:
    """Sends what is due on one route; whether anything was done. Never within anybody's transaction."""
    found = _find_left_behind(route, desk, gone_after)
    with desk.reading() as look:
        rows = _due(look, route, desk.now()) if _may_try(route, desk) else []
        carrier = route.carrier(look, desk) if rows else None
    if carrier is None:
        return found
    try:
        with carrier.open() as line:
            for row in rows:
                _send(route, desk, line, row)
    except NoLine as no:
        _no_line(route, desk, no)
        return found
    _line_again(route, desk)
    return True


def new_message_id(row_id: int, domain: str) -> str:
    """A Message-ID as it stands in the mail; nobody else's is the same."""
    return f"<cf{row_id}.{secrets.token_hex(10)}@{domain}>"


# --- which ------------------------------------------------------------------------------------


def _is_free(now: datetime) -> Any:
    """A row that may leave now: its time has come, and no earlier letter to the same traveler is still to leave."""
    soon = and_(_E.c.state == LetterState.WAITING, or_(_E.c.tries > 0, _E.c.leave_at <= now + HOLDS_BACK))
    earlier = exists().where(
        _E.c.reservation_id == _O.c.reservation_id,
        _E.c.carrier == _O.c.carrier,
        _E.c.id < _O.c.id,
        or_(_E.c.state == LetterState.LEAVING, soon),
    )
    return and_(_O.c.state == LetterState.WAITING, _O.c.leave_at <= now, not_(earlier))


def _due(look: Connection, route: Route, now: datetime) -> list[Any]:
    asked = select(_O).where(_is_free(now), _O.c.carrier == route.word)
    return list(look.execute(asked.order_by(_O.c.leave_at, _O.c.id).limit(MOST_AT_ONCE)))


def _find_left_behind(route: Route, desk: Desk, gone_after: timedelta) -> bool:
    """Rows whose sender died in the middle: nobody knows what became of their letters."""
    now = desk.now()
    leaving = and_(_O.c.state == LetterState.LEAVING, _O.c.leave_at <= now)  # the time finds it by an index
    orphaned = and_(leaving, _O.c.carrier == route.word, _O.c.claimed_at <= now - gone_after)
    with desk.reading() as look:
        if look.execute(select(_O.c.id).where(orphaned).limit(1)).first() is None:
            return False
    with desk.work(by_clock=True) as work:
        uncertain = {"state": LetterState.UNCERTAIN, "trouble": Trouble.SENDER_GONE}
        done = work.connection.execute(update(_O).where(orphaned).values(uncertain))
        work.changed.update(("letters", "messages"))
        return bool(done.rowcount)


# --- one letter -------------------------------------------------------------------------------


def _send(route: Route, desk: Desk, line: Line, row: Any) -> None:
    """One letter, from its words to what became of it. Raises NoLine where all must wait."""
    parcel = _parcel(route, desk, row)
    if isinstance(parcel, Outcome):
        _settle(route, desk, row, parcel, None, LetterState.WAITING)
    elif _claim(desk, row, parcel):
        try:
            outcome = _not_any_more(route, desk, row) or _hand_over(line, parcel, row.tries)
        except NoLine:
            _settle(route, desk, row, Outcome(LetterState.WAITING, row.trouble, counts=False), None)
            raise
        _settle(route, desk, row, outcome, parcel)


def _parcel(route: Route, desk: Desk, row: Any) -> Parcel | Outcome:
    """The letter as it leaves; where it cannot be written, that is told, and nobody waits for it."""
    try:
        with desk.reading() as look:
            if is_bad(look, row.address):
                return Outcome(LetterState.FAILED, Trouble.BAD_ADDRESS)
            why = route.why_not(look, row)
            if why:
                return Outcome(LetterState.DROPPED, why, counts=False)
            return route.parcel(look, desk, row)
    except CannotDo as no:
        if no.code.startswith("database-"):
            raise
        if no.code == NOT_WANTED:
            return Outcome(LetterState.DROPPED, counts=False)
        return Outcome(LetterState.FAILED, no.sentence)
    except Exception as error:  # one letter's fault must not keep all others here
        log.error("a letter could not be written: %s", fault_words(error))
        return Outcome(LetterState.FAILED, Trouble.NOT_WRITTEN)


def _not_any_more(route: Route, desk: Desk, row: Any) -> Outcome | None:
    """Asked once more while the row is ours: of two written at the same moment one may make the other vain."""
    with desk.reading() as look:
        why = route.why_not(look, row)
    return Outcome(LetterState.DROPPED, why, counts=False) if why else None


def _claim(desk: Desk, row: Any, parcel: Parcel) -> bool:
    """The row is ours from now on, unless somebody was quicker or took it back."""
    now = desk.now()
    ours = {"state": LetterState.LEAVING, "claimed_by": HOLDER, "claimed_at": now}
    with desk.database.transaction() as connection:
        done = connection.execute(
            update(_O)
            .where(_O.c.id == row.id, _O.c.address == row.address, _is_free(now))
            .values(**ours, message_id=parcel.message_id)
        )
        return bool(done.rowcount)


def _hand_over(line: Line, parcel: Parcel, tries: int) -> Outcome:
    """Hands it to the other side; what became of it. Raises NoLine."""
    try:
        number = line.hand_over(parcel)
    except NoLine:
        raise
    except Refused as no:
        pause = pause_after(tries + 1) if no.again else None
        state = LetterState.FAILED if pause is None else LetterState.WAITING
        return Outcome(state, no.words, pause)
    except Unclear:
        return Outcome(LetterState.UNCERTAIN, Trouble.LINE_CUT)
    except Exception as error:  # a bug of ours, after the row was claimed: nobody knows how far it came
        log.error("a letter was not handed over: %s", fault_words(error))
        return Outcome(LetterState.UNCERTAIN, Trouble.LINE_CUT)
    return Outcome(LetterState.SENT, number=number)


def _settle(
    route: Route,
    desk: Desk,
    row: Any,
    outcome: Outcome,
    parcel: Parcel | None,
    before: LetterState = LetterState.LEAVING,
) -> None:
    """Keeps what became of it. A busy database is asked again and again: what we know must not be lost."""
    for left in reversed(range(_SETTLE_TRIES)):
        try:
            _write(route, desk, row, outcome, parcel, before)
        except CannotDo as no:
            if not left or not no.code.startswith("database-"):
                raise
            time.sleep(0.25)
        else:
            return


def _write(
    route: Route, desk: Desk, row: Any, outcome: Outcome, parcel: Parcel | None, before: LetterState
) -> None:
    ours = and_(_O.c.id == row.id, _O.c.state == before)
    if before is LetterState.LEAVING:  # somebody may have thought us dead meanwhile
        mine = (LetterState.LEAVING, LetterState.UNCERTAIN)
        ours = and_(_O.c.id == row.id, _O.c.state.in_(mine), _O.c.claimed_by == HOLDER)
    with desk.work(by_clock=True) as work:
        values: dict[str, Any] = {"state": outcome.state, "trouble": str(outcome.words)[:500]}
        values |= {"claimed_by": "", "claimed_at": None, "tries": row.tries + int(outcome.counts)}
        if outcome.state is LetterState.SENT:
            values |= {"sent_at": work.now}
        elif outcome.again is not None:
            values |= {"leave_at": work.now + outcome.again}
        done = work.connection.execute(update(_O).where(ours).values(values))
        if (
            done.rowcount
            and parcel is not None
            and outcome.state in (LetterState.SENT, LetterState.UNCERTAIN)
        ):
            route.has_left(work, row, parcel, outcome.number)
        work.changed.update(("letters", "messages"))


# --- a server that is not there ---------------------------------------------------------------


@dataclass(slots=True)
class _Pause:
    """Until when a route is left alone, and how long that was."""

    until: float = 0.0
    lasts: timedelta = _NO_LINE_FIRST


_pauses: WeakKeyDictionary[Database, dict[str, _Pause]] = WeakKeyDictionary()


def _may_try(route: Route, desk: Desk) -> bool:
    pause = _pauses.get(desk.database, {}).get(route.word)
    return pause is None or time.monotonic() >= pause.until


def try_again_now(word: str, *, database: Database) -> None:
    """Its settings were changed: whatever was in the way may be gone."""
    _pauses.get(database, {}).pop(word, None)


def _no_line(route: Route, desk: Desk, no: NoLine) -> None:
    """All wait, longer each time; the route says why."""
    pause = _pauses.setdefault(desk.database, {}).setdefault(route.word, _Pause())
    pause.until = time.monotonic() + pause.lasts.total_seconds()
    pause.lasts = min(_NO_LINE_MOST, pause.lasts * 2)
    say_trouble(route.kept_as, no.words, desk=desk)


def _line_again(route: Route, desk: Desk) -> None:
    try_again_now(route.word, database=desk.database)
    say_trouble(route.kept_as, "", desk=desk)
