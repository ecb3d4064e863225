"""Puts what a newer file says otherwise before a person, and does what the person decides.

Keeping ours writes nothing but the answer. Taking theirs goes through the same steps as everything else: seats
are asked for and may be refused, tickets are issued anew, the journal keeps who decided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from controllers import letters, seats, tickets
from controllers.desk import Desk, Work
from controllers.following import (
    insert_rows,
    latest_rows,
    merged_facts,
    move_to,
    replace_place,
    restate_money,
)
from controllers.placing import Place, Places, places
from controllers.receiving import line_rows
from controllers.reservations import Done, may_overbook, say, take
from controllers.rights import needs
from models.catalogue import product_facts
from models.decisions import AMOUNT, DEPARTURE, OURS, PARTY, STATUS, SUPERSEDED, THEIRS, why_kept
from models.details_reading import decision_stand
from models.intake import DEPARTURE_FIELDS, PARTY_FIELDS, Facts, order_of
from models.orders import Order
from models.references import number_of
from models.refusals import CannotDo
from models.reservations import Status, holds_seats
from models.rights import Right
from models.tables import Decision, RawRow, Reservation, ReservationLine

_R: Table = Reservation.__table__  # type: ignore[assignment]
_D: Table = Decision.__table__  # type: ignore[assignment]
_W: Table = RawRow.__table__  # type: ignore[assignment]
_STILL_TRAVELS = (Status.CONFIRMED, Status.CANCEL_REQUESTED)


# --- asking -----------------------------------------------------------------------------------


def ask(work: Work, row: Any, question: str, ours: Facts, theirs: Facts) -> None:
    """Puts one question before a person; an older one of the same kind is overtaken by it."""
    older = (_D.c.reservation_id == row.id, _D.c.question == question, _D.c.decided_at.is_(None))
    work.connection.execute(update(_D).where(*older).values(decided_at=work.now, answer=SUPERSEDED))
    asked = {"reservation_id": row.id, "question": question, "ours": ours, "theirs": theirs}
    work.connection.execute(insert(Decision), {**asked, "asked_at": work.now, "answer": ""})
    work.changed.add("decisions")


def ask_contested(work: Work, row: Any, merged: Facts, fields: list[str]) -> bool:
    """Asks about the contested fields a row tells anew; whether there were any."""
    asked = False
    for question, group in ((DEPARTURE, DEPARTURE_FIELDS), (PARTY, PARTY_FIELDS), (AMOUNT, {"amount"})):
        told = sorted(group.intersection(fields))
        if told:
            ask(work, row, question, _ours(row, question), {name: merged[name] for name in told})
            asked = True
    return asked


def _ours(row: Any, question: str) -> Facts:
    if question == DEPARTURE:
        return {
            "product": row.product_text,
            "departs_on": row.departs_on.isoformat() if row.departs_on else None,
            "departs_at": row.departs_at.isoformat() if row.departs_at else None,
        }
    return {"party": row.party} if question == PARTY else {"amount": [row.amount_minor, row.currency]}


# --- deciding ---------------------------------------------------------------------------------


@needs(Right.FILES)
def keep_ours(decision_id: int, *, desk: Desk) -> Done:
    """It stays as it is here; the channel's word is not asked about again."""
    with desk.work() as work:
        asked, row = _open(work, decision_id)
        return _answer(work, asked, row, OURS)


@needs(Right.FILES)
def take_theirs(decision_id: int, *, desk: Desk, overbook: str = "") -> Done:
    """What the channel says is done here, too.

    Raises CannotDo with the reason where ours can only be kept, and CannotDo("no-seats") or
    CannotDo("departure-closed") unless `overbook` gives a manager's reason.
    """
    overbook = overbook.strip()
    may_overbook(desk, overbook)
    with desk.work() as work:
        asked, row = _open(work, decision_id)
        code = why_kept(asked.question, told_status(asked), decision_stand(work.connection, row))
        if code:
            raise CannotDo(code, number=number_of(row.id))
        moved = _TAKE[asked.question](_Taking(work, asked, row, bool(overbook)))
        if overbook and moved and (moved.over or moved.closed):
            say(work, row.id, "note", overbook)
        return _answer(work, asked, row, THEIRS, moved)


@needs(Right.FILES)
def preview_theirs(decision_id: int, *, desk: Desk) -> seats.SeatMove | None:
    """The seats that taking theirs would move, None where it moves none; it is the real thing, taken back."""
    moved = None
    try:
        with desk.work() as work:
            asked, row = _open(work, decision_id)
            moved = _TAKE[asked.question](_Taking(work, asked, row, overbook=True))
            raise _TakenBack
    except _TakenBack:
        return moved


class _TakenBack(Exception):
    pass


def told_status(asked: Any) -> Status | None:
    """The status the channel tells, where the question is about the status."""
    return Status(asked.theirs["status"]) if asked.question == STATUS else None


def _open(work: Work, decision_id: int) -> tuple[Any, Any]:
    """The question and its reservation, which is locked first, as an import locks it."""
    asked = select(_D).where(_D.c.id == decision_id)
    found = work.connection.execute(asked).first()
    if found is None:
        raise CannotDo("decided-already", number=decision_id)
    row = take(work, found.reservation_id)
    found = work.connection.execute(asked).one()
    if found.decided_at is not None:
        raise CannotDo("decided-already", number=number_of(row.id))
    return found, row


def _answer(work: Work, asked: Any, row: Any, answer: str, moved: seats.SeatMove | None = None) -> Done:
    work.connection.execute(update(_D).where(_D.c.id == asked.id).values(decided_at=work.now, answer=answer))
    facts: dict[str, Any] = moved.told() if moved else {}
    facts |= {"ours": asked.ours, "theirs": asked.theirs}
    if moved and moved.over and moved.after > moved.before:
        facts["overbooked"] = moved.over
    work.record(f"reservation:{row.id}", "decide", question=asked.question, answer=answer, **facts)
    work.changed.update(("decisions", "reservations"))
    status = work.connection.execute(select(_R.c.status).where(_R.c.id == row.id)).scalar_one()
    return Done(row.id, number_of(row.id), status, {"answer": answer, **facts})


class _Taking:
    """One question whose answer is theirs: what it is about, and the order as the channel tells it."""

    def __init__(self, work: Work, asked: Any, row: Any, overbook: bool) -> None:
        self.work, self.asked, self.row, self.overbook = work, asked, row, overbook
        self.where: Places = places(work)
        self.facts: Facts = {**self._sender_facts(), **asked.theirs}

    @property
    def order(self) -> Order:
        """The order with what was told anew."""
        row = self.row
        return order_of(
            self.facts,
            channel=row.channel,
            reference=row.reference,
            via=row.via,
            via_reference=row.via_reference,
        )

    @property
    def place(self) -> Place:
        """Where that order belongs."""
        return self.where.place(self.order, self.row.ordered_at)

    def _sender_facts(self) -> Facts:
        """All that the sender who tells it otherwise has told; our own sender's where nobody says it any more."""
        senders = self.work.connection.execute(
            select(_W.c.via, _W.c.via_reference)
            .where(_W.c.reservation_id == self.row.id, _W.c.latest.is_(True))
            .group_by(_W.c.via, _W.c.via_reference)
            .order_by(_W.c.via, _W.c.via_reference)
        ).all()
        told = [merged_facts(latest_rows(self.work, self.row.id, *sender)) for sender in senders]
        wanted = {name: value for name, value in self.asked.theirs.items() if name != "word"}
        agreeing = [facts for facts in told if wanted.items() <= {**facts}.items()] if told else []
        return (agreeing or told or [{}])[0]


def _take_status(taking: _Taking) -> seats.SeatMove | None:
    status = told_status(taking.asked)
    assert status is not None
    return move_to(taking.where, taking.row, status, taking.facts, overbook=taking.overbook)


def _take_departure(taking: _Taking) -> seats.SeatMove | None:
    """Another departure: its seats are asked for before the old ones are given back; the party stays."""
    row, work = taking.row, taking.work
    place = replace(taking.place, party=None, heads=row.heads, lines=())
    taking.where.prepare([place])
    moved = None
    there = taking.where.seats[place.departure] if place.departure else None
    if there is not None and there.id != row.departure_id and holds_seats(row.status, own_sale=row.own_sale):
        moved = seats.SeatMove(there.taken, there.taken + row.heads, there.capacity, there.closed)
        if not (there.has_room(row.heads) or taking.overbook):
            assert place.departs_on is not None
            code = "departure-closed" if there.closed else "no-seats"
            raise CannotDo(code, short=moved.over, departure=place.departs_on.isoformat())
    replace_place(taking.where, row, taking.order, place)
    _promise_anew(work, row)
    return moved


def _take_party(taking: _Taking) -> seats.SeatMove | None:
    """Other travelers on the same departure: more of them need seats, fewer give some back."""
    row, work, place = taking.row, taking.work, taking.place
    moved = None
    if row.departure_id is not None and holds_seats(row.status, own_sale=row.own_sale):
        more = place.heads - row.heads
        moved = seats.shift(work, row.departure_id, more, overbook=taking.overbook)
    work.connection.execute(
        update(_R)
        .where(_R.c.id == row.id)
        .values(party=place.party, heads=place.heads, version=row.version + 1)
    )
    work.connection.execute(delete(ReservationLine).where(ReservationLine.reservation_id == row.id))
    insert_rows(work, ReservationLine, line_rows(row.id, place))
    if row.status in _STILL_TRAVELS:
        tickets.reissue(work, take(work, row.id), product_facts(work.connection, row.product_id))
    _promise_anew(work, row)
    return moved


def _take_amount(taking: _Taking) -> None:
    """Another price: what the channel tells of payments is restated with it, what the desk took stays."""
    row, work, order = taking.row, taking.work, taking.order
    assert order.amount is not None
    money = {"amount_minor": order.amount.minor, "currency": order.amount.currency}
    work.connection.execute(update(_R).where(_R.c.id == row.id).values(**money, version=row.version + 1))
    restate_money(work, row, order)
    work.changed.add("payments")


def _promise_anew(work: Work, row: Any) -> None:
    """A voucher that has left tells the old facts, so the change and another voucher are promised."""
    if row.status in _STILL_TRAVELS:
        letters.queue_change(work, row)


_TAKE: dict[str, Callable[[_Taking], seats.SeatMove | None]] = {
    STATUS: _take_status,
    DEPARTURE: _take_departure,
    PARTY: _take_party,
    AMOUNT: _take_amount,
}
