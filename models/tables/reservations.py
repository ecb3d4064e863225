"""The reservations: what was ordered, by whom, how it stands, and the rows it came from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, String, UniqueConstraint, text

from models.base import Base, Holds, Id, Instant, choice, column, given_id, index_of, own_id, told
from models.payments import PaymentStatus
from models.reservations import Cause, Status

ANSWER_WANTED = text("status IN ('UNCONFIRMED', 'PENDING', 'CANCEL_REQUESTED')")
PAYMENT_AWAITED = text("status = 'AWAITING_PAYMENT' AND expires_at IS NOT NULL")
SOMETHING_TO_DO = text("to_do <> ''")
NOWHERE_MATCHED = text("unmatched <> ''")
PROMISED_BY_US = text("confirm_by IS NOT NULL AND (first_confirmed_at IS NULL OR status_before IS NOT NULL)")
CONFIRMED_BY_US = text("first_confirmed_at IS NOT NULL AND status_before IS NOT NULL")
SPENT_TICKET = text("open_dated AND arrived_heads > 0 AND status || '' = 'CONFIRMED'")  # not by all confirmed
HAS_ADDRESS = text("email <> ''")
BROKEN_OFF = text("cancelled_at IS NOT NULL AND cause IS NOT NULL")
"""What the dashboard's indexes hold; a query that says the same words is answered from the index alone."""


DATED_TICKET = text("open_dated AND status || '' = 'CONFIRMED'")
"""Open-dated tickets that may still be used; the index of them is asked whose last day is over."""


def _only(name: str, which: Any, *columns: str) -> Index:
    """An index of those rows only for which a condition is true."""
    return index_of(f"ix_reservations_{name}", which, *columns)


_LISTED = ("channel", "product_id", "departs_on", "payment")
"""What lists are narrowed by stands in their indexes, so that a row that is passed over is never read."""

_GROUPS = ("status", "payment", "channel", "product_id")
"""What few orders may have in common; lists of few are read from their group and sorted."""


class Reservation(Base):
    """One order of one traveler for one option on one departure, or an open-dated ticket.

    Our number is 'CF-' and the id. `heads` are the seats it takes: `party`, or 1 where the party is unknown.
    `sort_at` is the instant lists are ordered by: the departure, the start of its day, or far away.
    `attention` is what staff want read at the gate before anybody of it comes in.
    `status_at` is when it was last moved to another status here, None while it stands as it arrived.
    Names and contacts may leave the database layer only through `models.privacy`.
    """

    __tablename__ = "reservations"
    __table_args__ = (
        UniqueConstraint("channel", "reference_key", "via", "via_reference", name="uq_reservations_identity"),
        Index("ix_reservations_reference_key", "reference_key"),
        Index("ix_reservations_via_reference", "via_reference"),  # of those that have one
        Index("ix_reservations_sort", "sort_at", "id"),
        Index("ix_reservations_by_departure", "status", "sort_at", "id", *_LISTED, "ordered_at"),
        Index("ix_reservations_by_order", "status", "ordered_at", "id", *_LISTED, "sort_at"),
        Index("ix_reservations_by_group", *_GROUPS, "sort_at", "ordered_at", "departs_on", "id"),
        Index(
            "ix_reservations_calendar",
            "departs_on",
            "departure_id",
            "status",
            "heads",
            "arrived_heads",
            "channel",
        ),
        Index("ix_reservations_departure", "departure_id", "status", "heads", "arrived_heads"),
        Index("ix_reservations_ordered", "ordered_at", "id", "currency", "amount_minor"),
        _only(
            "answer", ANSWER_WANTED,
            "status", "sort_at", "departs_at", "confirm_by", "status_at", "received_at", "id",
        ),
        _only("expiring", PAYMENT_AWAITED, "expires_at", "own_sale", "id"),
        _only("to_do", SOMETHING_TO_DO, "sort_at", "id", "to_do", "channel", "status_at", "received_at"),
        _only("unmatched", NOWHERE_MATCHED, "sort_at", "id", "unmatched", "status", "received_at"),
        _only(
            "promised", PROMISED_BY_US,
            "confirm_by", "first_confirmed_at", "status_before", "received_at", "cancelled_at", "cause", "status",
        ),
        _only("confirmed", CONFIRMED_BY_US, "first_confirmed_at", "status_before", "ordered_at"),
        _only("broken_off", BROKEN_OFF, "cancelled_at", "cause"),
        _only("spent", SPENT_TICKET, "arrived_at", "product_id", "id"),
        _only("out_of_date", DATED_TICKET, "valid_until", "product_id", "id"),
        _only("email", HAS_ADDRESS, "email"),
    )  # fmt: skip
    id: Holds[int] = given_id()
    channel: Holds[str] = column(String(40), ForeignKey("channels.key"))
    via: Holds[str] = told(40)
    reference: Holds[str] = told(120)
    reference_key: Holds[str] = told(120)
    via_reference: Holds[str] = told(120)
    status: Holds[Status] = column(choice(Status))
    status_before: Holds[Status | None] = column(choice(Status))
    status_at: Holds[datetime | None] = column(Instant)
    channel_status: Holds[str] = told(120)
    product_id: Holds[int | None] = column(Id, ForeignKey("products.id"))
    option_id: Holds[int | None] = column(Id, ForeignKey("options.id"))
    departure_id: Holds[int | None] = column(Id, ForeignKey("departures.id"))
    unmatched: Holds[str] = told(20)
    product_text: Holds[str] = told(500)
    option_text: Holds[str] = told(500)
    zone: Holds[str] = told(64)
    departs_on: Holds[date | None] = column(Date)
    departs_at: Holds[datetime | None] = column(Instant)
    ends_at: Holds[datetime | None] = column(Instant)
    sort_at: Holds[datetime] = column(Instant)
    open_dated: Holds[bool] = column(default=False)
    valid_until: Holds[date | None] = column(Date)
    party: Holds[int | None] = column()
    heads: Holds[int] = column(default=1)
    own_sale: Holds[bool] = column(default=False)
    lead: Holds[str] = told(500)
    email: Holds[str] = told(320)
    phone: Holds[str] = told(80)
    language: Holds[str] = told(20)
    country: Holds[str] = told(80)
    request: Holds[str] = told()
    pickup: Holds[str] = told()
    attention: Holds[str] = told()
    amount_minor: Holds[int | None] = column(BigInteger)
    currency: Holds[str] = told(3)
    payment: Holds[PaymentStatus] = column(
        choice(PaymentStatus), default=PaymentStatus.NOTHING, server_default=PaymentStatus.NOTHING.value
    )
    ordered_at: Holds[datetime] = column(Instant)
    received_at: Holds[datetime] = column(Instant)
    confirm_by: Holds[datetime | None] = column(Instant)
    expires_at: Holds[datetime | None] = column(Instant)
    first_confirmed_at: Holds[datetime | None] = column(Instant)
    confirmed_at: Holds[datetime | None] = column(Instant)
    arrived_heads: Holds[int] = column(default=0)
    arrived_at: Holds[datetime | None] = column(Instant)
    redeemed_at: Holds[datetime | None] = column(Instant)
    redeemed_by_scan: Holds[str] = told(36)
    cancelled_at: Holds[datetime | None] = column(Instant)
    cause: Holds[Cause | None] = column(choice(Cause))
    reason: Holds[str] = told()
    to_do: Holds[str] = told(20)
    claimed_by: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    claimed_at: Holds[datetime | None] = column(Instant)
    version: Holds[int] = column(default=1)


class RawRow(Base):
    """What a channel sent, as it was: `cells` the row itself, `facts` what we understood of it.

    The latest row of each sender (`via`) and kind of telling (a list, a booking mail, a cancellation mail)
    is what a newer one is compared with.
    """

    __tablename__ = "raw_rows"
    __table_args__ = (Index(None, "digest"), Index(None, "reservation_id"))
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    source: Holds[str] = told(40)
    via: Holds[str] = told(40)
    via_reference: Holds[str] = told(120)
    telling: Holds[str] = told(12)
    digest: Holds[str] = told(32)
    latest: Holds[bool] = column(default=True)
    cells: Holds[dict[str, Any]] = column(JSON)
    facts: Holds[dict[str, Any]] = column(JSON)
    received_at: Holds[datetime] = column(Instant)


class ReservationLine(Base):
    """So many of one unit, as the channel calls it; `unit_id` where we know it."""

    __tablename__ = "reservation_lines"
    __table_args__ = (Index(None, "reservation_id"),)
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    unit_id: Holds[int | None] = column(Id, ForeignKey("units.id"))
    unit: Holds[str] = told(120)
    quantity: Holds[int] = column()
    heads_each: Holds[int] = column(default=1)
    price_minor: Holds[int | None] = column(BigInteger)


class Traveler(Base):
    """A companion of the lead traveler, by name. `name_key` is folded, for the search."""

    __tablename__ = "travelers"
    __table_args__ = (Index(None, "reservation_id"),)
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    name: Holds[str] = told(500)


class Decision(Base):
    """Something a newer file says that we did not apply: a person decides, with both sides shown.

    `theirs` and `ours` hold the contested fields; `question` is a code.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index(None, "reservation_id"),
        index_of("ix_decisions_open", text("decided_at IS NULL"), "asked_at", "reservation_id"),
    )
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    question: Holds[str] = column(String(40))
    ours: Holds[dict[str, Any]] = column(JSON)
    theirs: Holds[dict[str, Any]] = column(JSON)
    asked_at: Holds[datetime] = column(Instant)
    decided_at: Holds[datetime | None] = column(Instant)
    answer: Holds[str] = told(20)
