"""Issues the tickets of a reservation when it is confirmed, and voids them when it is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update

from controllers.desk import FIRST_CODE_KEY, Work
from models.products import ProductFacts, TicketsPer
from models.tables import ReservationLine, Ticket
from models.tickets import TicketState, tickets_for


def issue(work: Work, row: Any, product: ProductFacts | None) -> None:
    """New valid tickets for a reservation; an unknown product gets one for the party, one use."""
    lines = work.connection.execute(
        select(ReservationLine.unit, ReservationLine.quantity * ReservationLine.heads_each)
        .where(ReservationLine.reservation_id == row.id)
        .order_by(ReservationLine.id)
    ).all()
    rows = ticket_rows(work, row.id, product, row.party, [(unit, heads) for unit, heads in lines])
    first = work.tear_off("ticket", len(rows))
    for offset, made in enumerate(rows):
        made["number"] = first + offset
    work.connection.execute(insert(Ticket), rows)


def ticket_rows(
    work: Work,
    reservation_id: int,
    product: ProductFacts | None,
    party: int | None,
    lines: Sequence[tuple[str, int]],
) -> list[dict[str, Any]]:
    """The rows of a reservation's tickets, still without their numbers."""
    per = product.tickets if product else TicketsPer.RESERVATION
    uses = product.uses if product else 1
    return [
        {
            "reservation_id": reservation_id,
            "key_version": FIRST_CODE_KEY,
            "state": TicketState.VALID,
            "label": ticket.label,
            "heads": ticket.heads,
            "uses": uses,
            "uses_left": uses,
            "arrived_heads": 0,
            "made_at": work.now,
        }
        for ticket in tickets_for(per, party, lines)
    ]


def void(work: Work, reservation_id: int) -> None:
    """Takes the validity from every ticket of a reservation."""
    work.connection.execute(
        update(Ticket)
        .where(Ticket.reservation_id == reservation_id, Ticket.state == TicketState.VALID)
        .values(state=TicketState.VOID)
    )
