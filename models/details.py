"""One reservation, whole, as small frozen facts: party, money, tickets, letters, messages, decisions, history."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime
from typing import Any

from models.claims import Claim
from models.frozen import frozen
from models.money import Money
from models.orders import Collector
from models.outbox import Letter, LetterState
from models.payments import MoneyState, Tier
from models.products import ConfirmFrom, Validity
from models.promise import Promise
from models.reservations import Cause, Verb
from models.rows import ReservationRow
from models.tickets import TicketState


@frozen
class Viewpoint:
    """Who looks, when, and from which office: its zone and the days on which it is closed."""

    staff_id: int
    role: str
    zone: str
    closed: Container[date]
    now: datetime


@frozen
class LineFacts:
    """So many of one unit, and what one costs where it was told."""

    unit: str
    quantity: int
    heads: int
    price: Money | None


@frozen
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


@frozen
class PaymentFacts:
    """Money of the traveler, due or done."""

    method: str
    amount: Money
    state: MoneyState
    collector: Collector
    at: datetime


@frozen
class RefundFacts:
    """Money that goes back, the days in which it should be seen, and what was marked of it."""

    amount: Money
    state: MoneyState
    collector: Collector
    cause: Cause
    tier: str
    expected_from: date
    expected_to: date
    done_at: datetime | None
    id: int = 0
    method: str = ""
    reference: str = ""
    trouble: str = ""


@frozen
class LetterFacts:
    """A letter and how far it is."""

    kind: Letter
    state: LetterState
    leave_at: datetime
    made_at: datetime
    has_address: bool
    trouble: str


@frozen
class MessageFacts:
    """What was said, masked where it must be."""

    at: datetime
    direction: str
    author: str
    body: str


@frozen
class ScanFacts:
    """One scan at a counter."""

    id: str
    at: datetime
    counter: str
    kind: str
    admitted: int
    message: str
    undone: bool


@frozen
class HistoryLine:
    """One journal entry: a verb and its facts; the screen finds the words."""

    at: datetime
    who: str
    counter: str
    action: str
    facts: dict[str, Any]


@frozen
class DecisionFacts:
    """What a newer file says against what stands here; `why_kept` is why theirs cannot be taken, '' if it can."""

    id: int
    question: str
    ours: dict[str, Any]
    theirs: dict[str, Any]
    asked_at: datetime
    why_kept: str


@frozen
class Contact:
    """The traveler's data, as far as it may be shown now."""

    lead: str
    companions: tuple[str, ...]
    email: str
    phone: str
    country: str


@frozen
class Details:
    """Everything the details screen shows. `contact` is None while hidden or not asked for.

    `why_not` says for every verb why it cannot be done now, '' where it can.
    """

    row: ReservationRow
    seen_by: Viewpoint
    contact: Contact | None
    may_reveal: bool
    language: str
    attention: str
    request: str
    pickup: str
    reason: str
    cause: Cause | None
    meeting_point: str
    validity: Validity | None
    valid_from: date | None
    valid_until: date | None
    expires_at: datetime | None
    promise: Promise | None
    counts_from: ConfirmFrom
    claim: Claim | None
    seats_taken: int | None
    capacity: int | None
    closed: bool
    lines: tuple[LineFacts, ...]
    tickets: tuple[TicketFacts, ...]
    payments: tuple[PaymentFacts, ...]
    refunds: tuple[RefundFacts, ...]
    tiers: tuple[Tier, ...]
    letters: tuple[LetterFacts, ...]
    reviewed: bool
    messages: tuple[MessageFacts, ...]
    scans: tuple[ScanFacts, ...]
    decisions: tuple[DecisionFacts, ...]
    history: tuple[HistoryLine, ...]
    why_not: dict[Verb, str]

    @property
    def number(self) -> str:
        """Our number."""
        return self.row.number

    @property
    def over(self) -> int:
        """How many more than its capacity the departure holds, 0 where it does not."""
        return max(0, (self.seats_taken or 0) - (self.capacity or 0)) if self.capacity is not None else 0

    def can(self, verb: Verb) -> bool:
        """Whether this can be done now, by whoever looks."""
        return not self.why_not[verb]
