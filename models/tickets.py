"""How many tickets a reservation gets, and how heads and uses are counted on them.

A use is one visit; arrivals count heads within it. A use is spent when all its heads are in.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

from models.frozen import frozen
from models.products import TicketsPer


class TicketState(enum.StrEnum):
    """Whether a ticket counts."""

    VALID = "VALID"
    VOID = "VOID"
    REPLACED = "REPLACED"


@frozen
class NewTicket:
    """A ticket to be issued."""

    heads: int
    label: str


@frozen
class TicketCount:
    """One ticket's counts: heads per visit, visits left, heads already in during this visit."""

    number: int
    heads: int
    uses_left: int
    arrived_heads: int


@frozen
class Admission:
    """What letting somebody in changes on one ticket."""

    number: int
    heads: int
    spends_use: bool


def tickets_for(per: TicketsPer, party: int | None, lines: Sequence[tuple[str, int]]) -> list[NewTicket]:
    """The tickets of a reservation: `lines` are (unit, heads). An unknown party gets one ticket for one head."""
    if per is TicketsPer.RESERVATION or party is None:
        return [NewTicket(max(party or 1, 1), "")]
    labels = [f"{unit} {n}" for unit, heads in lines for n in range(1, heads + 1)]
    labels += [""] * (party - len(labels))
    return [NewTicket(1, label) for label in labels[: max(party, 1)] or [""]]


def remaining(tickets: Sequence[TicketCount]) -> int:
    """The heads that can still come in during the current visit."""
    return sum(t.heads - t.arrived_heads for t in tickets if t.uses_left)


def admissions(tickets: Sequence[TicketCount], heads: int) -> list[Admission]:
    """How `heads` spread over the tickets, in order. Never more than remain."""
    made = []
    for ticket in tickets:
        here = min(heads, ticket.heads - ticket.arrived_heads) if ticket.uses_left else 0
        if here > 0:
            made.append(Admission(ticket.number, here, ticket.arrived_heads + here == ticket.heads))
            heads -= here
    return made
