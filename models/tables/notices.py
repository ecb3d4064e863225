"""What staff were told, who of them hears what, and what became of it at the provider."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, false, text

from models.base import Base, Holds, Id, Instant, choice, column, index_of, own_id, told
from models.notices import DIGEST_HOUR, Event, Route

STILL_ON_ITS_WAY = text("state = 'accepted'")
"""Handed over to a provider that has not said yet whether it arrived."""


class NoticeRow(Base):
    """One thing staff should hear of, once each by its `key`; every counter's tray reads them from here.

    `facts` hold nothing of a traveler. With `staff_id` it is for that person only; `by_staff_id` is whose deed it was.
    One that was `gathered` is told by another with their number, and by itself to nobody.
    """

    __tablename__ = "notices"
    __table_args__ = (Index(None, "at"),)
    id: Holds[int] = own_id()
    key: Holds[str] = column(String(120), unique=True)
    event: Holds[Event] = column(choice(Event))
    reservation_id: Holds[int | None] = column(Id, ForeignKey("reservations.id"))
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    by_staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    at: Holds[datetime] = column(Instant)
    facts: Holds[dict[str, Any]] = column(JSON)
    gathered: Holds[bool] = column(default=False, server_default=false())


class NoticePerson(Base):
    """How one of the staff is reached and when not. `quiet` is one [from, until] or null for each weekday.

    `webhook` is an address with a secret in it, sealed like a password; the others are their owner's to see.
    """

    __tablename__ = "notice_people"
    staff_id: Holds[int] = column(Id, ForeignKey("staff.id"), primary_key=True, autoincrement=False)
    mail: Holds[str] = told(320)
    phone: Holds[str] = told(40)
    topic: Holds[str] = told(80)
    webhook: Holds[bytes | None] = column(LargeBinary)
    language: Holds[str] = told(20)
    quiet: Holds[list[Any]] = column(JSON, default=list, server_default="[]")
    urgent_passes: Holds[bool] = column(default=False, server_default=false())
    digest_hour: Holds[int] = column(default=DIGEST_HOUR, server_default=str(DIGEST_HOUR))


class NoticeRule(Base):
    """Whether one of the staff hears of an event by a route; without a row it is as `models.notices.by_itself` says."""

    __tablename__ = "notice_rules"
    staff_id: Holds[int] = column(Id, ForeignKey("staff.id"), primary_key=True, autoincrement=False)
    event: Holds[Event] = column(choice(Event), primary_key=True)
    route: Holds[Route] = column(choice(Route), primary_key=True)
    tells: Holds[bool] = column()


class NoticeDelivery(Base):
    """What a provider says of a notice it took: accepted, delivered or failed. `number` is its own number of it."""

    __tablename__ = "notice_deliveries"
    __table_args__ = (index_of("ix_notice_deliveries_open", STILL_ON_ITS_WAY, "ask_at"),)
    outbox_id: Holds[int] = column(Id, ForeignKey("outbox.id"), primary_key=True, autoincrement=False)
    carrier: Holds[str] = column(String(20))
    number: Holds[str] = told(120)
    state: Holds[str] = column(String(12))
    words: Holds[str] = told()
    at: Holds[datetime] = column(Instant)
    ask_at: Holds[datetime] = column(Instant)
    asked: Holds[int] = column(default=0, server_default="0")
