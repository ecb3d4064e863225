"""What travelers said afterwards, what we answered, and the codes that thank for it with their balance."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, LargeBinary, String, false, text

from models.base import Base, Holds, Id, Instant, column, index_of, own_id, told

COUNTS = text("NOT waits")
"""Reviews that count; the others wait for a person who says whether they are any."""

WANTS_A_LOOK = text("waits")

UNANSWERED = text("reply_at IS NULL AND NOT waits")

TAKEN_OFF = text("kind = 'spent'")


class Review(Base):
    """What a traveler said afterwards: 1 to 5, and words.

    `source` is staff, mail or channel; `message_id` the traveler's message it was read from. Product, departure and
    guide are kept as they were on that day. `waits`: it was read from a mail and is not sure, a person decides.
    Erasing takes words, pictures and our answer; the rating stays, so that averages still add up.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        Index(None, "reservation_id"),
        index_of("uq_reviews_one", COUNTS, "reservation_id", unique=True),
        Index("ix_reviews_at", "at", "id"),
        Index("ix_reviews_product", "product_id", "at", "id"),
        Index("ix_reviews_guide", "guide", "at", "id"),
        Index("ix_reviews_departure_id", "departure_id"),
        *(
            index_of(f"ix_reviews_by_{name}", COUNTS, name, "rating")
            for name in ("product_id", "departure_id", "guide")
        ),
        index_of("ix_reviews_unanswered", UNANSWERED, "at", "id"),
        index_of("ix_reviews_waiting", WANTS_A_LOOK, "at", "id"),
    )
    id: Holds[int] = own_id()
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    rating: Holds[int] = column()
    words: Holds[str] = told()
    at: Holds[datetime] = column(Instant)
    source: Holds[str] = column(String(10), default="staff", server_default="staff")
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    message_id: Holds[int | None] = column(Id, ForeignKey("messages.id"))
    product_id: Holds[int | None] = column(Id, ForeignKey("products.id"))
    departure_id: Holds[int | None] = column(Id, ForeignKey("departures.id"))
    guide: Holds[str] = told(200)
    language: Holds[str] = told(20)
    waits: Holds[bool] = column(default=False, server_default=false())
    reply: Holds[str] = told()
    reply_at: Holds[datetime | None] = column(Instant)
    reply_by: Holds[int | None] = column(Id, ForeignKey("staff.id"))
    version: Holds[int] = column(default=1, server_default="1")


class ReviewPhoto(Base):
    """A picture that came with a review: scaled down, and without what a camera writes into it."""

    __tablename__ = "review_photos"
    __table_args__ = (Index(None, "review_id"), Index(None, "reservation_id"))
    id: Holds[int] = own_id()
    review_id: Holds[int] = column(Id, ForeignKey("reviews.id"))
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"))
    image: Holds[bytes] = column(LargeBinary)
    thumb: Holds[bytes] = column(LargeBinary)


class Reward(Base):
    """A code that thanks for a review, one for an order.

    It takes an amount off (`balance` are minor units still on it), or once a percent (`balance` is 1, then 0). It is
    always the sum of its moves.
    """

    __tablename__ = "rewards"
    __table_args__ = (Index("ix_rewards_given_at", "given_at"),)
    id: Holds[int] = own_id()
    code: Holds[str] = column(String(16), unique=True)
    reservation_id: Holds[int] = column(Id, ForeignKey("reservations.id"), unique=True)
    percent: Holds[int] = column(default=0, server_default="0")
    amount_minor: Holds[int] = column(BigInteger, default=0, server_default="0")
    currency: Holds[str] = told(3)
    balance: Holds[int] = column(BigInteger)
    given_at: Holds[datetime] = column(Instant)
    valid_until: Holds[date] = column(Date)
    revoked_at: Holds[datetime | None] = column(Instant)


class RewardMove(Base):
    """One line of a code's ledger: given, spent, returned or revoked.

    `change` is what it does to the balance; `amount_minor` is the money by which prices fell (spent) or rose again
    (returned). `reservation_id` is the order that was paid with it.
    """

    __tablename__ = "reward_moves"
    __table_args__ = (
        Index(None, "reward_id"),
        Index("ix_reward_moves_at", "at"),
        Index("ix_reward_moves_reservation_id", "reservation_id"),
        index_of("uq_reward_moves_spent", TAKEN_OFF, "reservation_id", unique=True),
    )
    id: Holds[int] = own_id()
    reward_id: Holds[int] = column(Id, ForeignKey("rewards.id"))
    at: Holds[datetime] = column(Instant)
    kind: Holds[str] = column(String(10))
    change: Holds[int] = column(BigInteger)
    amount_minor: Holds[int] = column(BigInteger)
    currency: Holds[str] = column(String(3))
    reservation_id: Holds[int | None] = column(Id, ForeignKey("reservations.id"))
    counter_id: Holds[int | None] = column(Id, ForeignKey("counters.id"))
    staff_id: Holds[int | None] = column(Id, ForeignKey("staff.id"))
