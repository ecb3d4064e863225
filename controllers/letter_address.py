"""Keeps where a traveler's letters go and in which language, where staff were told it: by telephone, or at the counter.

What is known already is not shown again: a new address is typed over it unseen.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, update

from controllers.desk import Desk
from controllers.following import address_letters
from controllers.letter_words.facts import reservation
from controllers.reservations import Done, still_theirs, take
from controllers.rights import needs
from models.channels import channel_facts
from models.frozen import frozen
from models.letters import known_language, letter_language
from models.mail_server import is_address
from models.outbox import STILL_HERE
from models.privacy import may_see
from models.references import number_of
from models.refusals import CannotDo
from models.rights import Right
from models.search import keeping
from models.tables import OutboxRow, Reservation

_R: Table = Reservation.__table__  # type: ignore[assignment]
_O: Table = OutboxRow.__table__  # type: ignore[assignment]


@frozen
class LetterAddress:
    """Whether an address is known; the language the traveler told ('' for none), and that of their letters."""

    reservation_id: int
    number: str
    version: int
    has_address: bool
    told: str
    spoken: str
    hidden: bool
    """Who it is may not be known yet, so nobody can have been told an address."""


def address_of(row: Any) -> LetterAddress:
    """The same, of a row as letters read it."""
    spoken = letter_language(row.language, channel_facts(row.channel).language, row.languages)
    hidden = not may_see(row.first_confirmed_at, row.channel, row.via)
    told = known_language(row.language)
    return LetterAddress(row.id, number_of(row.id), row.version, bool(row.email), told, spoken, hidden)


@needs(Right.TALK)
def see_letter_address(reservation_id: int, *, desk: Desk) -> LetterAddress:
    """Where letters of a reservation go, without the address itself."""
    with desk.reading() as look:
        return _see(look, reservation_id)


@needs(Right.TALK)
def keep_letter_address(
    reservation_id: int, address: str, language: str, *, desk: Desk, seen: int | None = None
) -> Done:
    """From now on letters go there, those that waited for an address too; '' keeps what is known.

    Raises CannotDo("letter-address-wrong"), ("letter-address-hidden") or ("changed-meanwhile").
    """
    address = address.strip()
    if address and not is_address(address):
        raise CannotDo("letter-address-wrong", address=address)
    with desk.work() as work:
        row = take(work, reservation_id, seen)
        at = _see(work.connection, reservation_id)
        if address and at.hidden:
            raise CannotDo("letter-address-hidden", number=at.number)
        told: dict[str, Any] = {"email": address} if address and address != row.email else {}
        if known_language(language) != at.told:
            told["language"] = known_language(language)
        if told:
            _keep(work, row, told)
        return Done(row.id, at.number, row.status, {"fields": sorted(told)})


def _see(look: Connection, reservation_id: int) -> LetterAddress:
    return address_of(reservation(look, reservation_id))


def _keep(work: Any, row: Any, told: dict[str, Any]) -> None:
    values = {**told, "version": row.version + 1, **still_theirs(work, row)}
    work.connection.execute(update(_R).where(_R.c.id == row.id).values(**values))
    if "email" in told:
        keeping.renew(work.connection, [row.id])
        address_letters(work, row.id, told["email"])
        work.changed.add("letters")
    if "language" in told:
        waiting = (_O.c.reservation_id == row.id, _O.c.state.in_(STILL_HERE))
        work.connection.execute(update(_O).where(*waiting).values(language=told["language"]))
        work.changed.add("letters")
    work.record(f"reservation:{row.id}", "letter-address", fields=sorted(told))
    work.changed.add("reservations")
