"""Who may do what at the desk: one table. Each use case is judged by it; a grey button only says so early.

The clock and the owner's own machine act without a person (`Role.PROGRAM`): for them nothing is asked here, because
nobody chose anything.
"""

from __future__ import annotations

from enum import StrEnum

from models.refusals import CannotDo


class Role(StrEnum):
    """What somebody is at the desk, the mightiest first."""

    OWNER = "owner"
    MANAGER = "manager"
    FRONT_DESK = "front-desk"
    CLERK = "order-clerk"
    REDEEM = "redeem-only"
    PROGRAM = "program"


class Right(StrEnum):
    """What a use case needs; the value finishes the sentence "this needs the right to"."""

    OWN = "keep views of one's own"
    LOOK = "see reservations"
    SCAN = "let people in"
    OVERRULE = "decide against the clock, the seats or a promise"
    ORDERS = "confirm, change and cancel reservations"
    FILES = "take in files and decide about them"
    TRAVELERS = "open the data of travelers"
    PRINT = "print"
    EXPORT = "export lists"
    SELL = "sell and take money"
    TRIPS = "close trips"
    DEPARTURES = "close and open departures"
    CATALOGUE = "change products, departures and what channels mean"
    OPERATOR = "change what concerns the whole company"
    COUNTER = "set up a counter"
    REPORTS = "see the sheet of the day"
    STAFF = "invite and change people"
    JOURNAL = "read the journal"
    BACKUP = "make backups"
    DATABASE = "move the database or bring one back"
    JOINING = "let further counters join"
    PRIVACY = "hand out or erase what is known of a traveler"
    INCIDENTS = "decide what two counters did against each other"
    TALK = "write to travelers"
    REFUND = "give money back"
    ROUTES = "set up how letters and notices leave"


_LEADS = frozenset((Role.OWNER, Role.MANAGER))
_COUNTER = _LEADS | {Role.FRONT_DESK}
_ORDERS = _COUNTER | {Role.CLERK}
_ALL = _ORDERS | {Role.REDEEM}

TABLE: dict[Right, frozenset[Role]] = {
    Right.OWN: _ALL,
    Right.LOOK: _ORDERS,
    Right.SCAN: _COUNTER | {Role.REDEEM},
    Right.OVERRULE: _LEADS,
    Right.ORDERS: _ORDERS,
    Right.FILES: _ORDERS,
    Right.TRAVELERS: _ORDERS,
    Right.PRINT: _ORDERS,
    Right.EXPORT: _LEADS | {Role.CLERK},
    Right.SELL: _COUNTER,
    Right.TRIPS: _COUNTER,
    Right.DEPARTURES: _ORDERS,
    Right.CATALOGUE: _LEADS,
    Right.OPERATOR: _LEADS,
    Right.COUNTER: _COUNTER,
    Right.REPORTS: _COUNTER,
    Right.STAFF: _LEADS,
    Right.JOURNAL: _LEADS,
    Right.BACKUP: _LEADS,
    Right.DATABASE: frozenset((Role.OWNER,)),
    Right.JOINING: _LEADS,
    Right.PRIVACY: _LEADS,
    Right.INCIDENTS: _LEADS,
    Right.TALK: _ORDERS,
    Right.REFUND: _ORDERS,
    Right.ROUTES: _LEADS,
}
"""The whole of it: what is not here, nobody may."""


def may(role: str, right: Right) -> bool:
    """Whether somebody of this role may do it. An unknown role may nothing."""
    return role == Role.PROGRAM or role in TABLE[right]


def require(role: str, right: Right) -> None:
    """Raises CannotDo("not-allowed") for whoever may not, with who to ask."""
    if not may(role, right):
        raise CannotDo("not-allowed", action=right.value, who=who_may(right))


def who_may(right: Right) -> str:
    """The least of those who may, as somebody to be asked."""
    least = max(TABLE[right], key=list(Role).index)
    return {
        Role.OWNER: "the owner",
        Role.MANAGER: "a manager",
        Role.FRONT_DESK: "somebody at the front desk",
        Role.CLERK: "an order clerk",
        Role.REDEEM: "somebody at check-in",
    }[least]
