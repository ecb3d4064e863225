"""One reservation, whole: facts, party, money, tickets, letters, messages, decisions and history.

Contacts and companions come only when the reader asks for them (`reveal`, which the caller
journals) and only once the reservation has been confirmed; free texts are masked before.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from models.catalogue import product_facts
from models.money import Money
from models.orders import Collector
from models.outbox import Letter, LetterState
from models.pages import row_of, rows_query
from models.payments import DEFAULT_TIERS, MoneyState, Tier, tiers_of
from models.privacy import may_see, without_traveler
from models.refusals import CannotDo
from models.reservations import Cause, Verb, may
from models.rows import ReservationRow
from models.tables import (
    Counter,
    Decision,
    Departure,
    JournalEntry,
    Message,
    OutboxRow,
    Payment,
    Refund,
    Reservation,
    ReservationLine,
    ScanRow,
    Staff,
    Ticket,
    Traveler,
)
from models.tickets import TicketState

_R: Table = Reservation.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class LineFacts:
    """So many of one unit, and what one costs where it was told."""

    unit: str
    quantity: int
    heads: int
    price: Money | None


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """One ticket. The code itself is made by whoever holds the keys."""

    number: int
    key_version: int
    label: str
    heads: int
    uses: int
    uses_left: int
    arrived: int
    state: TicketState


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """Money of the traveler, due or done."""

    method: str
    amount: Money
    state: MoneyState
    collector: Collector
    at: datetime


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """Money that goes back, and the days in which it should be seen."""

    amount: Money
    state: MoneyState
    collector: Collector
    cause: Cause
    tier: str
    expected_from: date
    expected_to: date


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter and how far it is."""

    kind: Letter
    state: LetterState
    leave_at: datetime
    made_at: datetime
    has_address: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """What was said, masked where it must be."""

    at: datetime
    direction: str
    author: str
    body: str


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """One scan at a counter."""

    id: str
    at: datetime
    counter: str
    kind: str
    admitted: int
    message: str
    undone: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One journal entry: a verb and its facts; the screen finds the words."""

    at: datetime
    who: str
    counter: str
    action: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What a newer file says against what stands here."""

    id: int
    question: str
    ours: dict[str, Any]
    theirs: dict[str, Any]
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """The traveler's data, as far as it may be shown now."""

    lead: str
    companions: tuple[str, ...]
    email: str
    phone: str
    country: str


@dataclass(frozen=True, slots=True)
class Details:
    """Everything the details screen shows. `contact` is None while hidden or not asked for."""

    row: ReservationRow
    contact: Contact | None
    may_reveal: bool
    language: str
    request: str
    pickup: str
    reason: str
    cause: Cause | None
    meeting_point: str
    valid_until: date | None
    seats_taken: int | None
    capacity: int | None
    lines: tuple[LineFacts, ...]
    tickets: tuple[TicketFacts, ...]
    payments: tuple[PaymentFacts, ...]
    refunds: tuple[RefundFacts, ...]
    tiers: tuple[Tier, ...]
    letters: tuple[LetterFacts, ...]
    messages: tuple[MessageFacts, ...]
    scans: tuple[ScanFacts, ...]
    decisions: tuple[DecisionFacts, ...]
    history: tuple[HistoryLine, ...]
    verbs: frozenset[Verb]

    @property
    def number(self) -> str:
        """Our number."""
        return self.row.number


def details(look: Connection, reservation_id: int, *, reveal: bool = False) -> Details:
    """One reservation. Raises CannotDo("not-found")."""
    found = look.execute(rows_query().where(_R.c.id == reservation_id)).first()
    if found is None:
        raise CannotDo("not-found", reference=f"CF-{reservation_id}")
    whole = look.execute(select(_R).where(_R.c.id == reservation_id)).one()
    companions = _companions(look, reservation_id)
    seen = may_see(whole.first_confirmed_at, whole.channel, whole.via)
    known = () if seen else (whole.lead, whole.email, whole.phone, *companions)
    product = product_facts(look, whole.product_id)
    seats = _seats(look, whole.departure_id)
    row = row_of(found)
    return Details(
        row=row,
        contact=_contact(whole, companions) if seen and reveal else None,
        may_reveal=seen,
        language=whole.language,
        request=whole.request if seen else without_traveler(whole.request, known),
        pickup=whole.pickup if seen else without_traveler(whole.pickup, known),
        reason=whole.reason if seen else without_traveler(whole.reason, known),
        cause=whole.cause,
        meeting_point=product.meeting_point if product else "",
        valid_until=whole.valid_until,
        seats_taken=seats[0],
        capacity=seats[1],
        lines=_lines(look, reservation_id, whole.currency),
        tickets=_tickets(look, reservation_id),
        payments=_payments(look, reservation_id),
        refunds=_refunds(look, reservation_id),
        tiers=tiers_of(product.refund if product else DEFAULT_TIERS),
        letters=_letters(look, reservation_id),
        messages=_messages(look, reservation_id, known),
        scans=_scans(look, reservation_id),
        decisions=_decisions(look, reservation_id),
        history=history(look, f"reservation:{reservation_id}"),
        verbs=frozenset(verb for verb in Verb if may(row.status, verb)),
    )


def history(look: Connection, subject: str) -> tuple[HistoryLine, ...]:
    """The journal of one thing, newest first."""
    asked = (
        select(JournalEntry.at, JournalEntry.action, JournalEntry.details, Staff.name, Counter.name)
        .join(Counter, Counter.id == JournalEntry.counter_id)
        .outerjoin(Staff, Staff.id == JournalEntry.staff_id)
        .where(JournalEntry.subject == subject)
        .order_by(JournalEntry.at.desc(), JournalEntry.counter_id, JournalEntry.seq.desc())
    )
    return tuple(
        HistoryLine(datetime.fromisoformat(at), who or "", counter, action, json.loads(facts))
        for at, action, facts, who, counter in look.execute(asked)
    )


def _contact(whole: Any, companions: tuple[str, ...]) -> Contact:
    return Contact(whole.lead, companions, whole.email, whole.phone, whole.country)


def _companions(look: Connection, reservation_id: int) -> tuple[str, ...]:
    asked = select(Traveler.name).where(Traveler.reservation_id == reservation_id).order_by(Traveler.id)
    return tuple(look.execute(asked).scalars())


def _seats(look: Connection, departure_id: int | None) -> tuple[int | None, int | None]:
    if departure_id is None:
        return None, None
    row = look.execute(
        select(Departure.seats_taken, Departure.capacity).where(Departure.id == departure_id)
    ).one()
    return row.seats_taken, row.capacity


def _lines(look: Connection, reservation_id: int, currency: str) -> tuple[LineFacts, ...]:
    asked = (
        select(ReservationLine)
        .where(ReservationLine.reservation_id == reservation_id)
        .order_by(ReservationLine.id)
    )
    return tuple(
        LineFacts(
            row.unit,
            row.quantity,
            row.quantity * row.heads_each,
            Money(row.price_minor, currency) if row.price_minor is not None else None,
        )
        for row in look.execute(asked)
    )


def _tickets(look: Connection, reservation_id: int) -> tuple[TicketFacts, ...]:
    asked = select(Ticket).where(Ticket.reservation_id == reservation_id).order_by(Ticket.number)
    return tuple(
        TicketFacts(
            row.number,
            row.key_version,
            row.label,
            row.heads,
            row.uses,
            row.uses_left,
            row.arrived_heads,
            row.state,
        )
        for row in look.execute(asked)
    )


def _payments(look: Connection, reservation_id: int) -> tuple[PaymentFacts, ...]:
    asked = select(Payment).where(Payment.reservation_id == reservation_id).order_by(Payment.id)
    return tuple(
        PaymentFacts(row.method, Money(row.amount_minor, row.currency), row.state, row.collector, row.at)
        for row in look.execute(asked)
    )


def _refunds(look: Connection, reservation_id: int) -> tuple[RefundFacts, ...]:
    asked = select(Refund).where(Refund.reservation_id == reservation_id).order_by(Refund.id)
    return tuple(
        RefundFacts(
            Money(row.amount_minor, row.currency),
            row.state,
            row.collector,
            row.cause,
            row.tier,
            row.expected_from,
            row.expected_to,
        )
        for row in look.execute(asked)
    )


def _letters(look: Connection, reservation_id: int) -> tuple[LetterFacts, ...]:
    asked = select(OutboxRow).where(OutboxRow.reservation_id == reservation_id).order_by(OutboxRow.id)
    return tuple(
        LetterFacts(row.kind, row.state, row.leave_at, row.made_at, bool(row.address), row.trouble)
        for row in look.execute(asked)
    )


def _messages(look: Connection, reservation_id: int, known: tuple[str, ...]) -> tuple[MessageFacts, ...]:
    asked = (
        select(Message.at, Message.direction, Message.body, Staff.name)
        .outerjoin(Staff, Staff.id == Message.staff_id)
        .where(Message.reservation_id == reservation_id)
        .order_by(Message.at, Message.id)
    )
    return tuple(
        MessageFacts(at, direction, author or "", without_traveler(body, known) if known else body)
        for at, direction, body, author in look.execute(asked)
    )


def _scans(look: Connection, reservation_id: int) -> tuple[ScanFacts, ...]:
    asked = (
        select(
            ScanRow.id,
            ScanRow.at,
            Counter.name,
            ScanRow.kind,
            ScanRow.admitted,
            ScanRow.facts,
            ScanRow.undone_at,
        )
        .join(Counter, Counter.id == ScanRow.counter_id)
        .where(ScanRow.reservation_id == reservation_id)
        .order_by(ScanRow.at.desc())
    )
    return tuple(
        ScanFacts(i, at, counter, kind, admitted, facts.get("message", ""), undone is not None)
        for i, at, counter, kind, admitted, facts, undone in look.execute(asked)
    )


def _decisions(look: Connection, reservation_id: int) -> tuple[DecisionFacts, ...]:
    asked = (
        select(Decision)
        .where(Decision.reservation_id == reservation_id, Decision.decided_at.is_(None))
        .order_by(Decision.id)
    )
    return tuple(
        DecisionFacts(row.id, row.question, row.ours, row.theirs, row.asked_at) for row in look.execute(asked)
    )
