"""Who we are: the operator, its people and counters, its secret keys and its number rolls."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, LargeBinary, String, UniqueConstraint, false

from models.base import Base, Holds, Id, Instant, column, given_id, own_id, told


class About(Base):
    """What this database is: 'practice' or 'real', and facts the program keeps about it."""

    __tablename__ = "about"
    name: Holds[str] = column(String(40), primary_key=True)
    value: Holds[str] = told()


class Operator(Base):
    """The company at the desk: one row, id 1. `zone` is an IANA name, `country` two letters."""

    __tablename__ = "operator"
    id: Holds[int] = given_id()
    name: Holds[str] = told(200)
    contact: Holds[str] = told(400)
    country: Holds[str] = told(2)
    zone: Holds[str] = column(String(64), default="UTC")
    currency: Holds[str] = column(String(3), default="USD")
    holidays: Holds[str] = told(40)
    """The calendar observed: 'KR' or 'DE-BY' as the package `holidays` names it, '' for none."""
    currencies: Holds[list[Any]] = column(JSON, default=list, server_default="[]")
    """What the till takes besides `currency`, see `models.tender`."""
    retention_days: Holds[int | None] = column()
    """So many days after the trip its travelers are forgotten; None for never."""
    night_hour: Holds[int] = column(default=3, server_default="3")
    """From this hour of the operator's day on the night's work is done."""


class ClosedDay(Base):
    """A day on which the office is closed: promises and refunds do not count it.

    With `worked` it is the other way round: a holiday of the calendar on which the office works.
    """

    __tablename__ = "closed_days"
    day: Holds[date] = column(Date, primary_key=True)
    name: Holds[str] = told(200)
    worked: Holds[bool] = column(default=False, server_default=false())


class Staff(Base):
    """A person who acts at the desk."""

    __tablename__ = "staff"
    id: Holds[int] = own_id()
    name: Holds[str] = column(String(200), unique=True)
    role: Holds[str] = column(String(20), default="owner")
    active: Holds[bool] = column(default=True)
    password: Holds[str] = told(200)
    """Its argon2id hash; '' where none was chosen yet."""
    pin: Holds[str] = told(200)
    """The hash of the short number for a quick change of person; '' for none."""
    first_until: Holds[datetime | None] = column(Instant)
    """The password was given out by a manager and counts until then; its person must choose another one."""


class Presence(Base):
    """When somebody last signed in at a counter: with the password (`proven_at`), or in any way (`at`)."""

    __tablename__ = "presences"
    staff_id: Holds[int] = column(Id, ForeignKey("staff.id"), primary_key=True)
    counter_id: Holds[int] = column(Id, ForeignKey("counters.id"), primary_key=True)
    at: Holds[datetime] = column(Instant)
    proven_at: Holds[datetime] = column(Instant)


class WrongTry(Base):
    """Wrong tries to sign in. `who` is a keyed digest of the name: unknown names are counted like known ones."""

    __tablename__ = "wrong_tries"
    who: Holds[str] = column(String(24), primary_key=True)
    wrong: Holds[int] = column()
    at: Holds[datetime] = column(Instant)


class RedeemGroup(Base):
    """These people redeem these products, and no others: ids of staff, and names of products by our number."""

    __tablename__ = "redeem_groups"
    id: Holds[int] = own_id()
    name: Holds[str] = column(String(80), unique=True)
    people: Holds[list[int]] = column(JSON)
    products: Holds[dict[str, str]] = column(JSON)


class SavedView(Base):
    """A list as one person wants it: `state` holds filters, columns, widths and order as JSON."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("staff_id", "name"),)
    id: Holds[int] = own_id()
    staff_id: Holds[int] = column(Id, ForeignKey("staff.id"))
    name: Holds[str] = column(String(80))
    place: Holds[int] = column()
    state: Holds[dict[str, Any]] = column(JSON)


class Counter(Base):
    """A place that acts: a desk, the worker, the command line. Keeps the head of its own journal chain.

    `settings` are its devices and habits, see `models.counter_settings`.
    """

    __tablename__ = "counters"
    id: Holds[int] = own_id()
    name: Holds[str] = column(String(120), unique=True)
    journal_seq: Holds[int] = column(default=0)
    journal_hash: Holds[str] = told(64)
    settings: Holds[dict[str, Any]] = column(JSON, default=dict, server_default="{}")
    ended_at: Holds[datetime | None] = column(Instant)
    """When a manager ended its access: from then on it writes nothing any more."""


class Key(Base):
    """A secret that signs voucher codes (versions 1 to 9) or digests personal values (version 0)."""

    __tablename__ = "keys"
    version: Holds[int] = column(primary_key=True, autoincrement=False)
    secret: Holds[bytes] = column(LargeBinary(64))
    made_at: Holds[datetime] = column(Instant)


class Sequence(Base):
    """A roll of numbers, torn off in the transaction that uses them: `next` is the first free one."""

    __tablename__ = "sequences"
    name: Holds[str] = column(String(40), primary_key=True)
    next: Holds[int] = column(default=1)
