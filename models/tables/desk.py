"""Who we are: the operator, its people and counters, its secret keys and its number rolls."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, given_id, own_id, told


class About(Base):
    """What this database is: 'practice' or 'real', and facts the program keeps about it."""

    __tablename__ = "about"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = told()


class Operator(Base):
    """The company at the desk: one row, id 1. `zone` is an IANA name, `country` two letters."""

    __tablename__ = "operator"
    id: Mapped[int] = given_id()
    name: Mapped[str] = told(200)
    contact: Mapped[str] = told(400)
    country: Mapped[str] = told(2)
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    holidays: Mapped[str] = told(40)
    """The calendar observed: 'KR' or 'DE-BY' as the package `holidays` names it, '' for none."""
    currencies: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    """What the till takes besides `currency`, see `models.tender`."""
    retention_days: Mapped[int | None] = mapped_column()
    """So many days after the trip its travelers are forgotten; None for never."""
    night_hour: Mapped[int] = mapped_column(default=3, server_default="3")
    """From this hour of the operator's day on the night's work is done."""


class ClosedDay(Base):
    """A day on which the office is closed: promises and refunds do not count it.

    With `worked` it is the other way round: a holiday of the calendar on which the office works.
    """

    __tablename__ = "closed_days"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    name: Mapped[str] = told(200)
    worked: Mapped[bool] = mapped_column(default=False, server_default=false())


class Staff(Base):
    """A person who acts at the desk."""

    __tablename__ = "staff"
    id: Mapped[int] = own_id()
    name: Mapped[str] = mapped_column(String(200), unique=True)
    role: Mapped[str] = mapped_column(String(20), default="owner")
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str] = told(200)
    """Its argon2id hash; '' where none was chosen yet."""
    pin: Mapped[str] = told(200)
    """The hash of the short number for a quick change of person; '' for none."""
    first_until: Mapped[datetime | None] = mapped_column(Instant)
    """The password was given out by a manager and counts until then; its person must choose another one."""


class Presence(Base):
    """When somebody last signed in at a counter: with the password (`proven_at`), or in any way (`at`)."""

    __tablename__ = "presences"
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"), primary_key=True)
    counter_id: Mapped[int] = mapped_column(Id, ForeignKey("counters.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    proven_at: Mapped[datetime] = mapped_column(Instant)


class WrongTry(Base):
    """Wrong tries to sign in. `who` is a keyed digest of the name: unknown names are counted like known ones."""

    __tablename__ = "wrong_tries"
    who: Mapped[str] = mapped_column(String(24), primary_key=True)
    wrong: Mapped[int] = mapped_column()
    at: Mapped[datetime] = mapped_column(Instant)


class RedeemGroup(Base):
    """These people redeem these products, and no others: ids of staff, and names of products by our number."""

    __tablename__ = "redeem_groups"
    id: Mapped[int] = own_id()
    name: Mapped[str] = mapped_column(String(80), unique=True)
    people: Mapped[list[int]] = mapped_column(JSON)
    products: Mapped[dict[str, str]] = mapped_column(JSON)


class SavedView(Base):
    """A list as one person wants it: `state` holds filters, columns, widths and order as JSON."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("staff_id", "name"),)
    id: Mapped[int] = own_id()
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(String(80))
    place: Mapped[int] = mapped_column()
    state: Mapped[dict[str, Any]] = mapped_column(JSON)


class Counter(Base):
    """A place that acts: a desk, the worker, the command line. Keeps the head of its own journal chain.

    `settings` are its devices and habits, see `models.counter_settings`.
    """

    __tablename__ = "counters"
    id: Mapped[int] = own_id()
    name: Mapped[str] = mapped_column(String(120), unique=True)
    journal_seq: Mapped[int] = mapped_column(default=0)
    journal_hash: Mapped[str] = told(64)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """When a manager ended its access: from then on it writes nothing any more."""


class Key(Base):
    """A secret that signs voucher codes (versions 1 to 9) or digests personal values (version 0)."""

    __tablename__ = "keys"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    secret: Mapped[bytes] = mapped_column(LargeBinary(64))
    made_at: Mapped[datetime] = mapped_column(Instant)


class Sequence(Base):
    """A roll of numbers, torn off in the transaction that uses them: `next` is the first free one."""

    __tablename__ = "sequences"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    next: Mapped[int] = mapped_column(default=1)
