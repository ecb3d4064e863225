"""Lets staff send a letter from a reservation: which may be sent now, how it would read, and sending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, update

from controllers import letters
from controllers.desk import Desk, Work
from controllers.letter_address import LetterAddress, address_of
from controllers.letter_words import Composed, Wanted, draft
from controllers.letter_words.facts import reservation, standing_of
from controllers.reservations import Done, still_theirs, take
from controllers.rights import needs
from models.frozen import frozen
from models.letters import Offer, offers, why_not
from models.outbox import STILL_HERE, Letter
from models.references import number_of
from models.refusals import CannotDo
from models.rights import Right
from models.tables import Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]


@frozen
class LettersOffered:
    """The letters of one reservation, in the order of its life; `version` is the reservation as it was seen."""

    reservation_id: int
    number: str
    version: int
    offers: tuple[Offer, ...]
    address: LetterAddress


@frozen
class LetterSeen:
    """A letter as it would leave now, by day and by night; `version` is the reservation as it was seen."""

    wanted: Wanted
    number: str
    version: int
    letter: Composed
    by_night: str


@needs(Right.TALK)
def letters_offered(reservation_id: int, *, desk: Desk) -> LettersOffered:
    """Which letters may be sent now, and why the others may not."""
    with desk.reading() as look:
        row = reservation(look, reservation_id)
        offered = offers(standing_of(look, row))
        return LettersOffered(row.id, number_of(row.id), row.version, offered, address_of(row))


@needs(Right.TALK)
def see_letter(wanted: Wanted, *, desk: Desk) -> LetterSeen:
    """How a letter would read now: masked as long as the traveler is, with every gap shown."""
    with desk.reading() as look:
        row = reservation(look, wanted.reservation_id)
        made = draft(look, wanted, language=wanted.language)
        night = draft(look, wanted, language=wanted.language, by_night=True).html
        return LetterSeen(wanted, number_of(row.id), row.version, made, night)


@needs(Right.TALK)
def send_letter(
    reservation_id: int,
    kind: Letter,
    *,
    desk: Desk,
    seen: int | None = None,
    missing_seen: Sequence[str] = (),
) -> Done:
    """Promises a letter to the traveler; it leaves at once. `missing_seen` are the gaps whoever sends it has seen.

    Raises the reason why it may not be sent, ("letter-waits-already") and ("letter-incomplete").
    """
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        found = reservation(work.connection, reservation_id)
        why = why_not(kind, standing_of(work.connection, found))
        if why:
            raise CannotDo(why, number=number_of(row.id))
        if letters.count(work, row.id, kind, STILL_HERE):
            raise CannotDo("letter-waits-already", number=number_of(row.id))
        missing = draft(work.connection, Wanted(kind, row.id, row.language)).missing
        left = [name for name in missing if name not in missing_seen]
        if left:
            raise CannotDo("letter-incomplete", missing=", ".join(left))
        _promise(work, row, kind, {"by_hand": True, "missing_seen": list(missing)})
        return Done(row.id, number_of(row.id), row.status)


def _promise(work: Work, row: Any, kind: Letter, body: Mapping[str, Any]) -> None:
    letters.queue(work, row, kind, body=dict(body), by_hand=True)
    values = {"version": row.version + 1, **still_theirs(work, row)}
    work.connection.execute(update(_R).where(_R.c.id == row.id).values(**values))
    work.record(f"reservation:{row.id}", "letter", kind=kind)
    work.changed.add("reservations")
