"""Answers a traveler's own request: what is known of the person, as a file, or that the person is forgotten.

Both are done by who may (Right.PRIVACY) and noted in the journal. Forgetting is done in two steps: first it is
shown what would go and what must stay, and only an order that still stands as it was shown is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, or_, select

from controllers import erasing
from controllers.desk import Desk
from controllers.exporting import table_file
from controllers.finding import all_named
from controllers.known import known_of
from controllers.reservations import take
from controllers.rights import needs
from models.erasing import REQUEST, Stand, why_stays
from models.journal import keyed_digest
from models.pages import rows_of
from models.privacy import may_see
from models.refusals import CannotDo
from models.rights import Right
from models.rows import ReservationRow
from models.search import finding
from models.tables import (
    Decision,
    Erasure,
    JournalEntry,
    Message,
    OutboxRow,
    Payment,
    RawRow,
    Refund,
    Reservation,
    Review,
    ScanRow,
    Ticket,
    Traveler,
)
from models.tables.money import NOT_THERE, WE_OWE
from models.traveler import Goes, Person, PersonFound, Preview

_R: Table = Reservation.__table__  # type: ignore[assignment]
_MOST = 50


@needs(Right.PRIVACY)
def find_people(text: str, *, desk: Desk) -> tuple[PersonFound, ...]:
    """The people a name, an address, a telephone or a number of an order finds. The search is journaled."""
    with desk.reading() as look:
        found = finding.find(look, text, desk.now(), limit=_MOST)
        people = [one for find in found.items for one in _people(look, find.row, find.kind, find.detail)]
        if not people:
            named = rows_of(look, all_named(look, text))
            people = [one for row in named for one in _people(look, row, "number", "")]
    with desk.work() as work:
        digest = keyed_digest(desk.digest_secret, text.strip().casefold())
        work.record("search", "search", text=digest, found=len(people))
    return tuple(people)


@needs(Right.PRIVACY)
def preview(people: Sequence[Person], *, desk: Desk) -> tuple[Preview, ...]:
    """What erasing these people would take away, what stays, and whether it can be done now."""
    with desk.reading() as look:
        return tuple(_preview(look, person, desk) for person in people)


@needs(Right.PRIVACY)
def hand_out(people: Sequence[Person], path: Path, *, desk: Desk) -> int:
    """Writes everything that is known of these people into a table, readable; how many lines.

    That it was handed out stands in the journal before the file has its name.
    """
    with desk.reading() as look:
        rows = [line for person in people for line in known_of(look, person)]
    with table_file(path) as table:
        table.write(("Order", "Part", "What", "Value"))
        for line in rows:
            table.write(line)
        with desk.work() as work:
            for person in people:
                whose = "lead" if person.is_lead else "companion"
                work.record(f"reservation:{person.reservation_id}", "hand-out", whose=whose)
    return len(rows)


@needs(Right.PRIVACY)
def forget(shown: Sequence[Preview], *, desk: Desk) -> int:
    """Erases the people of these previews, all of them or none; how many.

    Raises CannotDo("changed-meanwhile") where an order is no more as it was shown, and CannotDo("still-needed").
    """
    with desk.work() as work:
        versions: dict[int, int] = {}
        for one in shown:
            person = one.found.person
            row = take(work, person.reservation_id)
            if row.version != versions.get(row.id, one.version):
                raise CannotDo("changed-meanwhile", number=one.found.number)
            stays = why_stays(row, _stand(work.connection, row.id), work.now)
            if stays:
                raise CannotDo("still-needed", number=one.found.number, why=stays[0].value)
            if person.traveler_id is not None and not _is_there(work.connection, person):
                raise CannotDo("changed-meanwhile", number=one.found.number)
            erasing.erase_one(work, row, person.traveler_id, REQUEST)
            versions[row.id] = row.version + 1
    return len(shown)


def stands(look: Connection, reservation_ids: Sequence[int]) -> dict[int, Stand]:
    """What of some orders is still open."""
    return {one: _stand(look, one) for one in reservation_ids}


def _stand(look: Connection, reservation_id: int) -> Stand:
    def any_of(table: Any, *where: Any) -> Any:
        return select(func.count()).where(table.reservation_id == reservation_id, *where).scalar_subquery()

    row = look.execute(
        select(
            any_of(Refund, or_(WE_OWE, NOT_THERE)),
            any_of(Decision, Decision.decided_at.is_(None)),
        )
    ).one()
    return Stand(*(count > 0 for count in row))


def _is_there(look: Connection, person: Person) -> bool:
    asked = select(Traveler.id).where(
        Traveler.id == person.traveler_id, Traveler.reservation_id == person.reservation_id
    )
    return look.execute(asked).first() is not None


def _people(look: Connection, row: ReservationRow, kind: str, detail: str) -> Iterable[PersonFound]:
    """Of an order found by a companion's name that companion; by its number everybody; else who ordered it."""
    asked = select(Traveler.id, Traveler.name).where(Traveler.reservation_id == row.id).order_by(Traveler.id)
    companions = look.execute(asked).all() if kind not in ("name", "email", "phone") else []
    seen = row.traveler is not None
    if kind != "companion":
        yield _found(row, Person(row.id), row.traveler)
    for one in companions:
        if kind != "companion" or one.name == detail:
            yield _found(row, Person(row.id, one.id), one.name if seen else None)


def _found(row: ReservationRow, person: Person, name: str | None) -> PersonFound:
    day = row.departs_on.isoformat() if row.departs_on else ""
    return PersonFound(person, row.number, name, row.product, day, row.status.value)


def _preview(look: Connection, person: Person, desk: Desk) -> Preview:
    row = look.execute(select(_R).where(_R.c.id == person.reservation_id)).first()
    if row is None:
        raise CannotDo("not-found", reference=f"CF-{person.reservation_id}")
    names = dict(
        look.execute(select(Traveler.id, Traveler.name).where(Traveler.reservation_id == row.id)).all()
    )
    if person.traveler_id is not None and person.traveler_id not in names:
        raise CannotDo("changed-meanwhile", number=f"CF-{row.id}")
    name = row.lead if person.traveler_id is None else names[person.traveler_id]
    seen = may_see(row.first_confirmed_at, row.channel, row.via)
    listed = rows_of(look, [row.id])[0]
    return Preview(
        _found(listed, person, name if seen else None),
        row.version,
        goes=_goes(look, row, person, len(names)),
        keeps=_keeps(look, row.id),
        stays=why_stays(row, _stand(look, row.id), desk.now()),
        companions=len(names) if person.is_lead else max(0, len(names) - 1),
        done=person.is_lead and _is_forgotten(look, row),
    )


def _is_forgotten(look: Connection, row: Any) -> bool:
    asked = select(Erasure.whose).where(Erasure.reservation_id == row.id, Erasure.whose != "companion")
    return look.execute(asked).first() is not None and not row.lead


def _goes(look: Connection, row: Any, person: Person, companions: int) -> tuple[Goes, ...]:
    if not person.is_lead:
        return (Goes("name", 1),)
    contacts = sum(1 for name in ("lead", "email", "phone") if getattr(row, name))
    wishes = sum(1 for name in ("request", "pickup") if getattr(row, name))
    counted = (
        Goes("name", contacts),
        Goes("wishes", wishes),
        Goes("rows", _count(look, RawRow, row.id)),
        Goes("letters", _count(look, OutboxRow, row.id)),
        Goes("messages", _count(look, Message, row.id)),
        Goes("review", _count(look, Review, row.id)),
    )
    return tuple(one for one in counted if one.count)


def _keeps(look: Connection, reservation_id: int) -> tuple[Goes, ...]:
    entries = select(func.count()).where(JournalEntry.subject == f"reservation:{reservation_id}")
    money = _count(look, Payment, reservation_id) + _count(look, Refund, reservation_id)
    counted = (
        Goes("order", 1),
        Goes("rating", _count(look, Review, reservation_id)),
        Goes("money", money),
        Goes("tickets", _count(look, Ticket, reservation_id)),
        Goes("scans", _count(look, ScanRow, reservation_id)),
        Goes("journal", int(look.execute(entries).scalar_one())),
    )
    return tuple(one for one in counted if one.count)


def _count(look: Connection, table: Any, reservation_id: int) -> int:
    return int(look.execute(select(func.count()).where(table.reservation_id == reservation_id)).scalar_one())
