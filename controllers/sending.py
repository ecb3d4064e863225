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
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, and_, exists, not_, or_, select, update
from sqlalchemy.exc import OperationalError

from controllers.bounces import is_bad
from controllers.carriers.carrier import Carrier, Line, NoLine, Parcel, Refused, Unclear
from controllers.carriers.keeping import kept, say_trouble
from controllers.desk import Desk, Work
from controllers.rights import needs
from controllers.sending_rest import may_try, pause_of, try_again_now
from controllers.sending_settle import HOLDER, Outcome, settle, tell_what_is_known
from models.faults import fault_words
from models.frozen import frozen
from models.outbox import HOLDS_BACK, SENDER_GONE, LetterState, Trouble, pause_after
from models.refusals import CannotDo
from models.rights import Right
from models.server_words import unnamed
from models.tables import OutboxRow
from models.unreachable import cannot_be_asked

log = logging.getLogger(__name__)

_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_E = _O.alias("earlier")
MOST_AT_ONCE = 50
TURN_S = 60.0
"""After so long the next letters wait for the next turn: a slow server keeps no other route waiting."""
NOT_WANTED = "not-wanted"
"""What a route's `parcel` says of a letter that has become pointless: it is dropped."""


@frozen
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


@needs(Right.ROUTES)
def send_due(route: Route, *, desk: Desk, gone_after: timedelta = SENDER_GONE) -> bool:
    """Sends what is due on one route; whether anything was done. Never within anybody's transaction."""
    tell_what_is_known(desk=desk)
    with desk.reading() as look:
        found = _is_left_behind(look, route, desk.now(), gone_after)
        rests = not may_try(route.word, desk.database, lambda: kept(look, route.kept_as).version)
        rows = [] if rests else _due(look, route, desk.now())
        carrier = route.carrier(look, desk) if rows else None
    if found:
        _give_up(route, desk, gone_after)
    if carrier is None:
        return found
    pause, until = pause_of(route.word, desk.database), time.monotonic() + TURN_S
    blamed = None
    try:
        with carrier.open() as line:
            for row in sorted(rows, key=lambda row: bool(row.id == pause.blamed)):
                blamed = row.id
                _send(route, desk, line, row)
                blamed = None
                if time.monotonic() > until:
                    break
    except NoLine as no:
        _no_line(route, desk, no, blamed)
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


def _left_behind(route: Route, now: datetime, gone_after: timedelta) -> Any:
    """Rows whose sender died in the middle: nobody knows what became of their letters."""
    leaving = and_(_O.c.state == LetterState.LEAVING, _O.c.leave_at <= now)  # the time finds it by an index
    return and_(leaving, _O.c.carrier == route.word, _O.c.claimed_at <= now - gone_after)


def _is_left_behind(look: Connection, route: Route, now: datetime, gone_after: timedelta) -> bool:
    return (
        look.execute(select(_O.c.id).where(_left_behind(route, now, gone_after)).limit(1)).first() is not None
    )


def _give_up(route: Route, desk: Desk, gone_after: timedelta) -> None:
    with desk.work(by_clock=True) as work:
        uncertain = {"state": LetterState.UNCERTAIN, "trouble": Trouble.SENDER_GONE}
        orphaned = _left_behind(route, work.now, gone_after)
        work.connection.execute(update(_O).where(orphaned).values(uncertain))
        work.changed.update(("letters", "messages"))


# --- one letter -------------------------------------------------------------------------------


def _send(route: Route, desk: Desk, line: Line, row: Any) -> None:
    """One letter, from its words to what became of it. Raises NoLine where all must wait."""
    parcel = _parcel(route, desk, row)
    if isinstance(parcel, Outcome):
        settle(row, parcel, LetterState.WAITING, desk=desk)
    elif _claim(desk, row, parcel):
        pause = pause_of(route.word, desk.database)
        try:
            outcome = _not_any_more(route, desk, row) or _hand_over(line, parcel, row.tries)
        except NoLine as no:
            if not pause.is_to_blame(row.id):
                settle(row, Outcome(LetterState.WAITING, row.trouble, counts=False), desk=desk)
                raise
            outcome = _put_off(Refused(no.words, again=True), row.tries)
        if outcome.state is LetterState.SENT:
            pause.others_left = True
        has_left = partial(_has_left, route, row, parcel, outcome.number)
        settle(row, outcome, desk=desk, tell=has_left if outcome.may_have_left else None)


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
        if cannot_be_asked(no):
            raise
        if no.code == NOT_WANTED:
            return Outcome(LetterState.DROPPED, counts=False)
        return Outcome(LetterState.FAILED, no.sentence)
    except OperationalError:  # the database's fault, and no letter's
        raise
    except Exception as error:  # one letter's fault must not keep all others here
        log.error("a letter could not be written: %s", fault_words(error))
        return Outcome(LetterState.FAILED, Trouble.NOT_WRITTEN)


def _not_any_more(route: Route, desk: Desk, row: Any) -> Outcome | None:
    """Asked once more while the row is ours: of two written at the same moment one may make the other vain.

    Where that cannot be asked the letter stays here, for certain.
    """
    try:
        with desk.reading() as look:
            why = route.why_not(look, row)
    except (CannotDo, OperationalError) as no:
        log.warning("a letter waits, the database did not answer: %s", fault_words(no))
        return Outcome(LetterState.WAITING, row.trouble, counts=False)
    except Exception as error:  # a bug of ours, before anything was handed over
        log.error("a letter could not be asked about: %s", fault_words(error))
        return Outcome(LetterState.FAILED, Trouble.NOT_WRITTEN)
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
    except Refused as no:
        no.words = unnamed(no.words, parcel.address, str(parcel.facts.get("webhook") or ""))
        if isinstance(no, NoLine):
            raise
        return _put_off(no, tries)
    except Unclear:
        return Outcome(LetterState.UNCERTAIN, Trouble.LINE_CUT)
    except Exception as error:  # a bug of ours, after the row was claimed: nobody knows how far it came
        log.error("a letter was not handed over: %s", fault_words(error))
        return Outcome(LetterState.UNCERTAIN, Trouble.LINE_CUT)
    return Outcome(LetterState.SENT, number=number)


def _has_left(route: Route, row: Any, parcel: Parcel, number: str, work: Work) -> None:
    route.has_left(work, row, parcel, number)


def _put_off(no: Refused, tries: int) -> Outcome:
    """It waits, longer each time; or it has failed."""
    pause = pause_after(tries + 1) if no.again else None
    return Outcome(LetterState.FAILED if pause is None else LetterState.WAITING, no.words, pause)


# --- a server that is not there ---------------------------------------------------------------


def _no_line(route: Route, desk: Desk, no: NoLine, blamed: int | None) -> None:
    """All wait, longer each time; the route says why."""
    with desk.reading() as look:
        version = kept(look, route.kept_as).version
    pause_of(route.word, desk.database).begin(blamed, version)
    say_trouble(route.kept_as, no.words, desk=desk)


def _line_again(route: Route, desk: Desk) -> None:
    try_again_now(route.word, database=desk.database)
    say_trouble(route.kept_as, "", desk=desk)
