"""Reads one reservation whole: facts, party, money, tickets, letters, messages, decisions and history.

Contacts and companions come only when the reader asks for them (`reveal`, which the caller
journals) and only once the reservation has been confirmed; free texts are masked before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, select

from models.catalogue import product_facts
from models.claims import Claim
from models.companions import companions_of
from models.decisions import STATUS, Stand, why_kept
from models.deeds import Standing, why_not
from models.details import (
    Contact,
    DecisionFacts,
    Details,
    HistoryLine,
    LetterFacts,
    LineFacts,
    MessageFacts,
    PaymentFacts,
    RefundFacts,
    ScanFacts,
    TicketFacts,
    Viewpoint,
)
from models.leaving import over_at
from models.money import Money
from models.orders import Collector
from models.outbox import MAY_HAVE_LEFT, Letter
from models.pages import row_of, rows_query
from models.payments import DEFAULT_TIERS, MoneyState, tiers_of
from models.privacy import may_see, without_traveler
from models.products import ConfirmFrom
from models.promise import Promise, counts_from_departure, sum_of
from models.refusals import CannotDo
from models.reservations import Status, Verb
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
    Review,
    ScanRow,
    Staff,
    Ticket,
)
from models.tables.reviews import COUNTS

_R: Table = Reservation.__table__  # type: ignore[assignment]


def details(look: Connection, reservation_id: int, at: Viewpoint, *, reveal: bool = False) -> Details:
    """One reservation as somebody sees it. Raises CannotDo("not-found")."""
    found = look.execute(rows_query().where(_R.c.id == reservation_id)).first()
    if found is None:
        raise CannotDo("not-found", reference=f"CF-{reservation_id}")
    whole = look.execute(select(_R).where(_R.c.id == reservation_id)).one()
    companions = companions_of(look, [reservation_id])[reservation_id]
    seen = may_see(whole.first_confirmed_at, whole.channel, whole.via)
    known = () if seen else (whole.lead, whole.email, whole.phone, *companions)
    product = product_facts(look, whole.product_id)
    seats = _seats(look, whole.departure_id)
    row = row_of(found)
    payments, letters = payments_told(look, reservation_id), letters_told(look, reservation_id)
    counts_from = product.confirm_from if product else ConfirmFrom.ORDER
    return Details(
        row=row,
        seen_by=at,
        contact=_contact(whole, companions) if seen and reveal else None,
        may_reveal=seen,
        language=whole.language,
        attention=whole.attention if seen else without_traveler(whole.attention, known),
        request=whole.request if seen else without_traveler(whole.request, known),
        pickup=whole.pickup if seen else without_traveler(whole.pickup, known),
        reason=whole.reason if seen else without_traveler(whole.reason, known),
        cause=whole.cause,
        meeting_point=product.meeting_point if product else "",
        validity=product.validity if product else None,
        valid_from=product.valid_from if product else None,
        valid_until=whole.valid_until,
        expires_at=whole.expires_at.astimezone(ZoneInfo(at.zone)) if whole.expires_at else None,
        promise=_promise(whole, counts_from, at),
        counts_from=counts_from,
        claim=_claim(look, whole),
        seats_taken=seats[0],
        capacity=seats[1],
        closed=seats[2],
        lines=lines_told(look, reservation_id, whole.currency),
        tickets=_tickets(look, reservation_id),
        payments=payments,
        refunds=refunds_told(look, reservation_id),
        tiers=tiers_of(product.refund if product else DEFAULT_TIERS),
        letters=letters,
        reviewed=_is_reviewed(look, reservation_id),
        messages=_messages(look, reservation_id, known),
        scans=_scans(look, reservation_id),
        decisions=_decisions(look, whole),
        history=history(look, f"reservation:{reservation_id}"),
        why_not=_why_not(whole, payments, letters, at),
    )


def _is_reviewed(look: Connection, reservation_id: int) -> bool:
    asked = select(Review.id).where(Review.reservation_id == reservation_id, COUNTS)
    return look.execute(asked.limit(1)).first() is not None


def history(look: Connection, subject: str) -> tuple[HistoryLine, ...]:
    """The journal of one thing, newest first."""
    asked = (
        select(JournalEntry.at, JournalEntry.action, JournalEntry.details, Staff.name, Counter.name)
        .join(Counter, Counter.id == JournalEntry.counter_id)
        .outerjoin(Staff, Staff.id == JournalEntry.staff_id)
        .where(JournalEntry.subject == subject)
        .order_by(JournalEntry.at.desc(), JournalEntry.counter_id, JournalEntry.seq.desc())
    )
    lines = [(*line[:2], json.loads(line.details), *line[3:]) for line in look.execute(asked)]
    if any("from_staff" in facts for _, _, facts, _, _ in lines):
        names = {row.id: row.name for row in look.execute(select(Staff.id, Staff.name))}
        for _, _, facts, _, _ in lines:
            if "from_staff" in facts:
                facts["from"] = names.get(facts["from_staff"], "")
    return tuple(
        HistoryLine(datetime.fromisoformat(at), who or "", counter, action, facts)
        for at, action, facts, who, counter in lines
    )


def decision_stand(look: Connection, row: Any) -> Stand:
    """What deciding about a newer file's word depends on."""
    left = select(func.count()).where(
        OutboxRow.reservation_id == row.id,
        OutboxRow.kind == Letter.CONFIRMATION,
        OutboxRow.state.in_(MAY_HAVE_LEFT),
    )
    promised = select(func.count()).where(Refund.reservation_id == row.id)
    counts = look.execute(select(left.scalar_subquery(), promised.scalar_subquery())).one()
    return Stand(row.status, row.arrived_heads, counts[0] > 0, counts[1] > 0)


def _promise(whole: Any, counts_from: ConfirmFrom, at: Viewpoint) -> Promise | None:
    start = whole.ordered_at
    if counts_from is ConfirmFrom.DEPARTURE:
        start = counts_from_departure(whole.departs_at, whole.departs_on, whole.sort_at)
    if whole.confirm_by is None or start is None:
        return None
    return sum_of(whole.confirm_by, start, zone=at.zone, closed=at.closed)


def _claim(look: Connection, whole: Any) -> Claim | None:
    if whole.claimed_by is None or whole.claimed_at is None:
        return None
    name = look.execute(select(Staff.name).where(Staff.id == whole.claimed_by)).scalar_one()
    return Claim(whole.claimed_by, name, whole.claimed_at)


def _why_not(
    whole: Any, payments: tuple[PaymentFacts, ...], letters: tuple[LetterFacts, ...], at: Viewpoint
) -> dict[Verb, str]:
    """For every verb why it cannot be done now."""
    payable = tuple(Collector) if whole.status is Status.AWAITING_PAYMENT else (Collector.US,)
    today = at.now.astimezone(ZoneInfo(whole.zone or "UTC")).date()
    facts = Standing(
        over=over_at(whole),
        on_its_day=whole.departs_on == today or (whole.open_dated and whole.departs_on is None),
        arrived=whole.arrived_heads,
        confirmed_by_us=whole.status_before is not None,
        letter_waits=not any(
            one.kind is Letter.CONFIRMATION and one.state in MAY_HAVE_LEFT for one in letters
        ),
        comment_left=any(one.kind is Letter.COMMENT and one.state in MAY_HAVE_LEFT for one in letters),
        redeemed_at=whole.redeemed_at,
        anything_due=any(one.state is MoneyState.DUE and one.collector in payable for one in payments),
    )
    return {verb: why_not(whole.status, verb, facts, at.now, at.role) for verb in Verb}


def _contact(whole: Any, companions: Sequence[str]) -> Contact:
    return Contact(whole.lead, tuple(companions), whole.email, whole.phone, whole.country)


def _seats(look: Connection, departure_id: int | None) -> tuple[int | None, int | None, bool]:
    if departure_id is None:
        return None, None, False
    asked = select(Departure.seats_taken, Departure.capacity, Departure.closed)
    row = look.execute(asked.where(Departure.id == departure_id)).one()
    return row.seats_taken, row.capacity, row.closed


def lines_told(look: Connection, reservation_id: int, currency: str) -> tuple[LineFacts, ...]:
    """The units of a reservation, in the order they were told."""
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


def payments_told(look: Connection, reservation_id: int) -> tuple[PaymentFacts, ...]:
    """Its payments, due and done."""
    asked = select(Payment).where(Payment.reservation_id == reservation_id).order_by(Payment.id)
    return tuple(
        PaymentFacts(row.method, Money(row.amount_minor, row.currency), row.state, row.collector, row.at)
        for row in look.execute(asked)
    )


def refunds_told(look: Connection, reservation_id: int) -> tuple[RefundFacts, ...]:
    """Its refunds."""
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
            row.done_at,
            row.id,
            row.method,
            row.reference,
            row.trouble,
        )
        for row in look.execute(asked)
    )


def letters_told(look: Connection, reservation_id: int) -> tuple[LetterFacts, ...]:
    """Its letters, in the order they were promised."""
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


def _decisions(look: Connection, whole: Any) -> tuple[DecisionFacts, ...]:
    asked = (
        select(Decision)
        .where(Decision.reservation_id == whole.id, Decision.decided_at.is_(None))
        .order_by(Decision.id)
    )
    found = look.execute(asked).all()
    at = decision_stand(look, whole) if found else None
    return tuple(
        DecisionFacts(row.id, row.question, row.ours, row.theirs, row.asked_at, _why_kept(row, at))
        for row in found
    )


def _why_kept(row: Any, at: Stand | None) -> str:
    assert at is not None
    return why_kept(row.question, Status(row.theirs["status"]) if row.question == STATUS else None, at)
