"""What is sold: products, their options and units, the departures, and the channels that sell them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Instant, choice, given_id, own_id, told
from models.orders import Collector
from models.products import Confirmation, ConfirmFrom, RedeemWhen, TicketsPer, TripCloses, Validity


class Channel(Base):
    """A sales channel: its key, its name, its two-letter mark, and who takes the traveler's money."""

    __tablename__ = "channels"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = told(120)
    mark: Mapped[str] = told(2)
    collector: Mapped[Collector] = mapped_column(choice(Collector), default=Collector.CHANNEL)


class HeaderName(Base):
    """What a user taught us: this heading of that channel's file means that field."""

    __tablename__ = "header_names"
    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    header: Mapped[str] = mapped_column(String(200), primary_key=True)
    field: Mapped[str] = told(40)


class Product(Base):
    """A tour or activity. Times of its options are local to `zone`."""

    __tablename__ = "products"
    id: Mapped[int] = given_id()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = told(300)
    zone: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(3))
    confirmation: Mapped[Confirmation] = mapped_column(choice(Confirmation))
    confirm_days: Mapped[int] = mapped_column(default=1)
    confirm_from: Mapped[ConfirmFrom] = mapped_column(choice(ConfirmFrom))
    redeem: Mapped[RedeemWhen] = mapped_column(choice(RedeemWhen))
    tickets: Mapped[TicketsPer] = mapped_column(choice(TicketsPer))
    uses: Mapped[int] = mapped_column(default=1)
    validity: Mapped[Validity] = mapped_column(choice(Validity))
    valid_days: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    opens_minutes_before: Mapped[int] = mapped_column(default=60)
    closes_minutes_after: Mapped[int] = mapped_column(default=30)
    comment_hours: Mapped[int] = mapped_column(default=2)
    meeting_point: Mapped[str] = told()
    languages: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    refund: Mapped[list[Any]] = mapped_column(JSON, default=list)
    offered: Mapped[bool] = mapped_column(default=True, server_default=true())
    trip_closes: Mapped[TripCloses] = mapped_column(
        choice(TripCloses), default=TripCloses.STAFF, server_default=TripCloses.STAFF.value
    )
    trip_grace_minutes: Mapped[int] = mapped_column(default=60, server_default="60")


class Photo(Base):
    """The picture of a product, and the same small for lists; both JPEG."""

    __tablename__ = "photos"
    product_id: Mapped[int] = mapped_column(
        Id, ForeignKey("products.id"), primary_key=True, autoincrement=False
    )
    image: Mapped[bytes] = mapped_column(LargeBinary)
    thumb: Mapped[bytes] = mapped_column(LargeBinary)


class Option(Base):
    """One way to take the product: a language, a length, an hour. When it leaves is in its rules."""

    __tablename__ = "options"
    __table_args__ = (UniqueConstraint("product_id", "name"),)
    id: Mapped[int] = given_id()
    product_id: Mapped[int] = mapped_column(Id, ForeignKey("products.id"))
    name: Mapped[str] = mapped_column(String(200))
    offered: Mapped[bool] = mapped_column(default=True)


class Rule(Base):
    """When an option leaves again and again: a start time (local, 'HH:MM'), a length and a capacity.

    `weekdays` is a mask, Monday = 1 … Sunday = 64; the season's ends are included, NULL is open.
    """

    __tablename__ = "rules"
    __table_args__ = (Index(None, "option_id"),)
    id: Mapped[int] = own_id()
    option_id: Mapped[int] = mapped_column(Id, ForeignKey("options.id"))
    starts: Mapped[str] = mapped_column(String(5))
    minutes: Mapped[int] = mapped_column(default=60)
    capacity: Mapped[int] = mapped_column()
    weekdays: Mapped[int] = mapped_column(default=127)
    season_from: Mapped[date | None] = mapped_column(Date)
    season_until: Mapped[date | None] = mapped_column(Date)


class SkippedDay(Base):
    """A local day on which the rules of an option do not run, and why.

    `starts` are the only times that do not ('10:00 14:00'); '' is the whole day.
    """

    __tablename__ = "exceptions"
    option_id: Mapped[int] = mapped_column(Id, ForeignKey("options.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    starts: Mapped[str] = told()
    reason: Mapped[str] = told()


class Unit(Base):
    """Who takes part: Adult, Child, Family. `heads` seats each, `price_minor` in the product's currency."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("option_id", "name"),)
    id: Mapped[int] = given_id()
    option_id: Mapped[int] = mapped_column(Id, ForeignKey("options.id"))
    name: Mapped[str] = mapped_column(String(120))
    heads: Mapped[int] = mapped_column(default=1)
    price_minor: Mapped[int | None] = mapped_column(BigInteger)


class Spelling(Base):
    """Another name a source has for a product, an option or a unit. `name` is folded, `source` '' fits all."""

    __tablename__ = "spellings"
    __table_args__ = (Index(None, "product_id"),)
    id: Mapped[int] = own_id()
    source: Mapped[str] = told(40)
    name: Mapped[str] = mapped_column(String(400))
    product_id: Mapped[int] = mapped_column(Id, ForeignKey("products.id"))
    option_id: Mapped[int | None] = mapped_column(Id, ForeignKey("options.id"))
    unit_id: Mapped[int | None] = mapped_column(Id, ForeignKey("units.id"))


class Departure(Base):
    """One option at one instant. A row exists once somebody needs it; until then the option's rules are the truth.

    `seats_taken` always equals the heads of the reservations that hold seats here. One made `by_hand` runs
    whatever the rules say.
    """

    __tablename__ = "departures"
    __table_args__ = (
        UniqueConstraint("option_id", "departs_at"),
        Index(None, "departs_on"),
        Index(
            "ix_departures_by_hand",
            "option_id",
            sqlite_where=text("by_hand IS 1"),
            postgresql_where=text("by_hand IS TRUE"),
        ),
    )
    id: Mapped[int] = given_id()
    option_id: Mapped[int] = mapped_column(Id, ForeignKey("options.id"))
    departs_on: Mapped[date] = mapped_column(Date)
    departs_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    capacity: Mapped[int] = mapped_column()
    seats_taken: Mapped[int] = mapped_column(default=0)
    closed: Mapped[bool] = mapped_column(default=False)
    by_hand: Mapped[bool] = mapped_column(default=False, server_default=false())
    guide: Mapped[str] = told(200)
