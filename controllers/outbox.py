"""Looks after the letters that are promised: what waits, what did not go well, and what a person decides about it.

Sent again is only what a person says is to be sent again: a letter nobody knows the fate of either arrived, or goes
once more under the same Message-ID, by which a mail server may tell that it had it already.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select, update

from controllers.bounces import forget_bad
from controllers.carriers.keeping import SMTP, kept
from controllers.desk import Desk, Work
from controllers.letter_words import Wanted
from controllers.letter_words.facts import reservation, standing_of
from controllers.letters_by_hand import LetterSeen, see_letter
from controllers.mail_route import keep_letter, written_again
from controllers.rights import needs
from models.frozen import frozen
from models.letters import BY_HAND, why_not
from models.mail_server import MailServer
from models.outbox import STILL_HERE, Letter, LetterState, Trouble
from models.outbox_reading import PAGE, Key, OutboxLine, OutboxPage, line_of, page
from models.outbox_views import View
from models.references import number_of
from models.refusals import CannotDo
from models.rights import Right
from models.tables import OutboxRow, Reservation

_O: Table = OutboxRow.__table__  # type: ignore[assignment]
_TRIED_ANEW = frozenset(
    {
        LetterState.FAILED,
        LetterState.BOUNCED,
        LetterState.PUT_AWAY,
        LetterState.NO_ADDRESS,
        LetterState.WAITING,
    }
)


@frozen
class MailStanding:
    """Whether letters can leave at all. `pretends` while somebody practises without a mail server."""

    is_set_up: bool
    is_on: bool
    pretends: bool
    trouble: str
    since: datetime | None


@frozen
class Outbox:
    """A page of it and how the mail server stands."""

    page: OutboxPage
    mail: MailStanding
    zone: str


@needs(Right.LOOK)
def see_outbox(view: View, *, desk: Desk, after: Key | None = None, most: int = PAGE) -> Outbox:
    """One page of what is promised to the outside world."""
    with desk.reading() as look:
        found = kept(look, SMTP)
        server = MailServer.read(found.settings)
        pretends = desk.practice and not server.is_set_up
        mail = MailStanding(server.is_set_up, server.is_on, pretends, found.trouble, found.trouble_since)
        return Outbox(page(look, view, after, most), mail, desk.operator(look).zone)


@needs(Right.TALK)
def read(letter_id: int, *, desk: Desk) -> LetterSeen:
    """A letter as it would leave now, with what it tells of; masked as long as its traveler is."""
    with desk.reading() as look:
        asked = select(_O.c.kind, _O.c.reservation_id, _O.c.language, _O.c.body).where(_O.c.id == letter_id)
        row = look.execute(asked).first()
    if row is None or row.reservation_id is None:
        raise CannotDo("outbox-moved-on")
    return see_letter(Wanted(row.kind, row.reservation_id, row.language, row.body), desk=desk)


@needs(Right.TALK)
def retry(letter_id: int, *, desk: Desk) -> OutboxLine:
    """Lets a letter go once more, at once, to the address that is known now.

    Raises CannotDo("outbox-moved-on") where it has left meanwhile, ("no-address"), and why it says what is not so now.
    """
    with desk.work() as work:
        row = _taken(work, letter_id, _TRIED_ANEW)
        _refuse_untrue(work, row)
        address = _address(work, row)
        if not address:
            raise CannotDo("no-address", number=f"CF-{row.reservation_id}")
        forget_bad(work, address)
        again = {"state": LetterState.WAITING, "address": address, "leave_at": work.now, "tries": 0}
        return _kept(work, row, "letter-retry", again | {"trouble": ""})


@needs(Right.TALK)
def cancel(letter_id: int, *, desk: Desk) -> OutboxLine:
    """Takes back a letter that has not left. Raises CannotDo("outbox-moved-on") where it has."""
    with desk.work() as work:
        row = _taken(work, letter_id, STILL_HERE)
        return _kept(work, row, "letter-cancel", {"state": LetterState.DROPPED})


@needs(Right.TALK)
def put_away(letter_id: int, *, desk: Desk) -> OutboxLine:
    """Somebody has dealt with a letter that came back: it stays what it is, and waits for nobody any more.

    Raises CannotDo("outbox-moved-on") where it is no such letter now.
    """
    with desk.work() as work:
        row = _taken(work, letter_id, frozenset({LetterState.BOUNCED}))
        return _kept(work, row, "letter-put-away", {"state": LetterState.PUT_AWAY})


@needs(Right.TALK)
def put_back(letter_id: int, *, desk: Desk) -> OutboxLine:
    """It was put away by a slip: it waits for somebody again. Raises CannotDo("outbox-moved-on")."""
    with desk.work() as work:
        row = _taken(work, letter_id, frozenset({LetterState.PUT_AWAY}))
        return _kept(work, row, "letter-put-back", {"state": LetterState.BOUNCED})


@needs(Right.TALK)
def arrived(letter_id: int, *, desk: Desk) -> OutboxLine:
    """Somebody knows that a letter of uncertain fate is there. Raises CannotDo("outbox-moved-on")."""
    with desk.reading() as look:
        letter = written_again(look, letter_id, desk=desk)
    with desk.work() as work:
        row = _taken(work, letter_id, frozenset({LetterState.UNCERTAIN}))
        if letter is not None:
            keep_letter(work, row, letter)
        there = {"state": LetterState.SENT, "sent_at": row.claimed_at or row.leave_at}
        return _kept(work, row, "letter-arrived", there | {"trouble": Trouble.ARRIVED_SAYS})


@needs(Right.TALK)
def send_again(letter_id: int, *, desk: Desk) -> OutboxLine:
    """Somebody knows that it is not there, or wants it there twice rather than never: the same letter once more.

    Raises CannotDo("outbox-moved-on"), and why it says what is not so now.
    """
    with desk.work() as work:
        row = _taken(work, letter_id, frozenset({LetterState.UNCERTAIN}))
        _refuse_untrue(work, row)
        again = {"state": LetterState.WAITING, "leave_at": work.now, "tries": 0, "trouble": ""}
        return _kept(work, row, "letter-again", again)


def _taken(work: Work, letter_id: int, states: frozenset[LetterState]) -> Any:
    """The row, held; it must still be in one of these states."""
    row = work.connection.execute(select(_O).where(_O.c.id == letter_id).with_for_update()).first()
    if row is None or row.state not in states:
        raise CannotDo("outbox-moved-on")
    return row


def _refuse_untrue(work: Work, row: Any) -> None:
    """A confirmation of what is cancelled by now does not leave once more.

    The letter that asks for a comment is judged when it leaves.
    """
    if row.kind not in BY_HAND or row.kind == Letter.COMMENT:
        return
    stands = standing_of(work.connection, reservation(work.connection, row.reservation_id))
    why = why_not(row.kind, replace(stands, has_address=True))
    if why:
        raise CannotDo(why, number=number_of(row.reservation_id))


def _address(work: Work, row: Any) -> str:
    """Where it goes: to the traveler as known now; a notice keeps its own."""
    if row.reservation_id is None or row.staff_id is not None:
        return str(row.address)
    asked = select(Reservation.email).where(Reservation.id == row.reservation_id)
    return str(work.connection.execute(asked).scalar() or row.address)


def _kept(work: Work, row: Any, action: str, values: dict[str, Any]) -> OutboxLine:
    free = {"claimed_by": "", "claimed_at": None}
    moved = update(_O).where(_O.c.id == row.id, _O.c.state == row.state).values({**values, **free})
    if not work.connection.execute(moved).rowcount:
        raise CannotDo("outbox-moved-on")
    about = f"letter:{row.id}" if row.reservation_id is None else f"reservation:{row.reservation_id}"
    work.record(about, action, kind=row.kind)
    work.changed.update(("letters", "messages"))
    told = line_of(work.connection, row.id)
    assert told is not None
    return told
