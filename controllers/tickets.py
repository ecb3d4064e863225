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
    rows = ticket_rows(work, row.id, product, row.party, lines_of(work, row.id))
    first = work.tear_off("ticket", len(rows))
    for offset, made in enumerate(rows):
        made["number"] = first + offset
    work.connection.execute(insert(Ticket), rows)


def lines_of(work: Work, reservation_id: int) -> list[tuple[str, int]]:
    """The units of a reservation and the heads of each."""
    rows = work.connection.execute(
        select(ReservationLine.unit, ReservationLine.quantity * ReservationLine.heads_each)
        .where(ReservationLine.reservation_id == reservation_id)
        .order_by(ReservationLine.id)
    )
    return [(unit, heads) for unit, heads in rows]


def reissue(work: Work, row: Any, product: ProductFacts | None) -> None:
    """New tickets where the old ones no longer fit the party or the product; the old say "replaced"."""
    wanted = ticket_rows(work, row.id, product, row.party, lines_of(work, row.id))
    have = work.connection.execute(
        select(Ticket.heads, Ticket.uses).where(
            Ticket.reservation_id == row.id, Ticket.state == TicketState.VALID
        )
    ).all()
    if sorted((t["heads"], t["uses"]) for t in wanted) == sorted((t.heads, t.uses) for t in have):
        return
    work.connection.execute(
        update(Ticket)
        .where(Ticket.reservation_id == row.id, Ticket.state == TicketState.VALID)
        .values(state=TicketState.REPLACED)
    )
    issue(work, row, product)


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
