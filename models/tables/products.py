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

from models.base import Base, Holds, Id, Instant, choice, column, given_id, index_of, own_id, told
from models.orders import Collector
from models.products import Confirmation, ConfirmFrom, RedeemWhen, TicketsPer, TripCloses, Validity


class Channel(Base):
    """A sales channel: its key, its name, its two-letter mark, and who takes the traveler's money."""

    __tablename__ = "channels"
    key: Holds[str] = column(String(40), primary_key=True)
    name: Holds[str] = told(120)
    mark: Holds[str] = told(2)
    collector: Holds[Collector] = column(choice(Collector), default=Collector.CHANNEL)


class HeaderName(Base):
    """What a user taught us: this heading of that channel's file means that field."""

    __tablename__ = "header_names"
    channel: Holds[str] = column(String(40), primary_key=True)
    header: Holds[str] = column(String(200), primary_key=True)
    field: Holds[str] = told(40)


class Product(Base):
    """A tour or activity. Times of its options are local to `zone`."""

    __tablename__ = "products"
    id: Holds[int] = given_id()
    code: Holds[str] = column(String(80), unique=True)
    name: Holds[str] = told(300)
    zone: Holds[str] = column(String(64))
    currency: Holds[str] = column(String(3))
    confirmation: Holds[Confirmation] = column(choice(Confirmation))
    confirm_days: Holds[int] = column(default=1)
    confirm_from: Holds[ConfirmFrom] = column(choice(ConfirmFrom))
    redeem: Holds[RedeemWhen] = column(choice(RedeemWhen))
    tickets: Holds[TicketsPer] = column(choice(TicketsPer))
    uses: Holds[int] = column(default=1)
    validity: Holds[Validity] = column(choice(Validity))
    valid_days: Holds[int] = column(default=0)
    valid_from: Holds[date | None] = column(Date)
    valid_until: Holds[date | None] = column(Date)
    opens_minutes_before: Holds[int] = column(default=60)
    closes_minutes_after: Holds[int] = column(default=30)
    comment_hours: Holds[int] = column(default=2)
    meeting_point: Holds[str] = told()
    languages: Holds[list[Any]] = column(JSON, default=list, server_default="[]")
    refund: Holds[list[Any]] = column(JSON, default=list)
    reward: Holds[dict[str, Any]] = column(JSON, default=dict, server_default="{}")
    offered: Holds[bool] = column(default=True, server_default=true())
    trip_closes: Holds[TripCloses] = column(
        choice(TripCloses), default=TripCloses.STAFF, server_default=TripCloses.STAFF.value
    )
    trip_grace_minutes: Holds[int] = column(default=60, server_default="60")


class Photo(Base):
    """The picture of a product, and the same small for lists; both JPEG."""

    __tablename__ = "photos"
    product_id: Holds[int] = column(Id, ForeignKey("products.id"), primary_key=True, autoincrement=False)
    image: Holds[bytes] = column(LargeBinary)
    thumb: Holds[bytes] = column(LargeBinary)


class Option(Base):
    """One way to take the product: a language, a length, an hour. When it leaves is in its rules."""

    __tablename__ = "options"
    __table_args__ = (UniqueConstraint("product_id", "name"),)
    id: Holds[int] = given_id()
    product_id: Holds[int] = column(Id, ForeignKey("products.id"))
    name: Holds[str] = column(String(200))
    offered: Holds[bool] = column(default=True)


class Rule(Base):
    """When an option leaves again and again: a start time (local, 'HH:MM'), a length and a capacity.

    `weekdays` is a mask, Monday = 1 … Sunday = 64; the season's ends are included, NULL is open.
    """

    __tablename__ = "rules"
    __table_args__ = (Index(None, "option_id"),)
    id: Holds[int] = own_id()
    option_id: Holds[int] = column(Id, ForeignKey("options.id"))
    starts: Holds[str] = column(String(5))
    minutes: Holds[int] = column(default=60)
    capacity: Holds[int] = column()
    weekdays: Holds[int] = column(default=127)
    season_from: Holds[date | None] = column(Date)
    season_until: Holds[date | None] = column(Date)


class SkippedDay(Base):
    """A local day on which the rules of an option do not run, and why.

    `starts` are the only times that do not ('10:00 14:00'); '' is the whole day.
    """

    __tablename__ = "exceptions"
    option_id: Holds[int] = column(Id, ForeignKey("options.id"), primary_key=True)
    day: Holds[date] = column(Date, primary_key=True)
    starts: Holds[str] = told()
    reason: Holds[str] = told()


class Unit(Base):
    """Who takes part: Adult, Child, Family. `heads` seats each, `price_minor` in the product's currency."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("option_id", "name"),)
    id: Holds[int] = given_id()
    option_id: Holds[int] = column(Id, ForeignKey("options.id"))
    name: Holds[str] = column(String(120))
    heads: Holds[int] = column(default=1)
    price_minor: Holds[int | None] = column(BigInteger)


class Spelling(Base):
    """Another name a source has for a product, an option or a unit. `name` is folded, `source` '' fits all."""

    __tablename__ = "spellings"
    __table_args__ = (Index(None, "product_id"),)
    id: Holds[int] = own_id()
    source: Holds[str] = told(40)
    name: Holds[str] = column(String(400))
    product_id: Holds[int] = column(Id, ForeignKey("products.id"))
    option_id: Holds[int | None] = column(Id, ForeignKey("options.id"))
    unit_id: Holds[int | None] = column(Id, ForeignKey("units.id"))


class Departure(Base):
    """One option at one instant. A row exists once somebody needs it; until then the option's rules are the truth.

    `seats_taken` always equals the heads of the reservations that hold seats here. One made `by_hand` runs
    whatever the rules say.
    """

    __tablename__ = "departures"
    __table_args__ = (
        UniqueConstraint("option_id", "departs_at"),
        Index(None, "departs_on"),
        index_of("ix_departures_by_hand", text("by_hand"), "option_id"),
    )
    id: Holds[int] = given_id()
    option_id: Holds[int] = column(Id, ForeignKey("options.id"))
    departs_on: Holds[date] = column(Date)
    departs_at: Holds[datetime] = column(Instant)
    ends_at: Holds[datetime] = column(Instant)
    capacity: Holds[int] = column()
    seats_taken: Holds[int] = column(default=0)
    closed: Holds[bool] = column(default=False)
    by_hand: Holds[bool] = column(default=False, server_default=false())
    guide: Holds[str] = told(200)
