"""Reviews: what travelers said, our answers, and the codes that thank for it."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_COUNTS = sa.text("NOT waits")
_WAITS = sa.text("waits")
_UNANSWERED = sa.text("reply_at IS NULL AND NOT waits")
_SPENT = sa.text("kind = 'spent'")


def upgrade() -> None:
    _reviews()
    _photos()
    _rewards()
    _moves()
    with op.batch_alter_table("products") as table:
        table.add_column(sa.Column("reward", sa.JSON, server_default="{}", nullable=False))


def _reviews() -> None:
    with op.batch_alter_table("reviews") as table:
        table.add_column(sa.Column("source", sa.String(10), server_default="staff", nullable=False))
        table.add_column(sa.Column("staff_id", Id))
        table.add_column(sa.Column("message_id", Id))
        table.add_column(sa.Column("product_id", Id))
        table.add_column(sa.Column("departure_id", Id))
        table.add_column(sa.Column("guide", sa.String(200), server_default="", nullable=False))
        table.add_column(sa.Column("language", sa.String(20), server_default="", nullable=False))
        table.add_column(sa.Column("waits", sa.Boolean, server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("reply", sa.Text, server_default="", nullable=False))
        table.add_column(sa.Column("reply_at", Instant))
        table.add_column(sa.Column("reply_by", Id))
        table.add_column(sa.Column("version", sa.Integer, server_default="1", nullable=False))
        for name, to in (
            ("staff_id", "staff"), ("message_id", "messages"), ("product_id", "products"),
            ("departure_id", "departures"), ("reply_by", "staff"),
        ):  # fmt: skip
            table.create_foreign_key(f"fk_reviews_{name}", to, [name], ["id"])
    op.create_index(
        "uq_reviews_one", "reviews", ["reservation_id"], unique=True,
        sqlite_where=_COUNTS, postgresql_where=_COUNTS,
    )  # fmt: skip
    op.create_index("ix_reviews_at", "reviews", ["at", "id"])
    op.create_index("ix_reviews_product", "reviews", ["product_id", "at", "id"])
    op.create_index("ix_reviews_guide", "reviews", ["guide", "at", "id"])
    op.create_index("ix_reviews_departure_id", "reviews", ["departure_id"])
    for name in ("product_id", "departure_id", "guide"):
        op.create_index(
            f"ix_reviews_by_{name}", "reviews", [name, "rating"],
            sqlite_where=_COUNTS, postgresql_where=_COUNTS,
        )  # fmt: skip
    op.create_index(
        "ix_reviews_unanswered", "reviews", ["at", "id"],
        sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED,
    )  # fmt: skip
    op.create_index(
        "ix_reviews_waiting", "reviews", ["at", "id"], sqlite_where=_WAITS, postgresql_where=_WAITS
    )


def _photos() -> None:
    op.create_table(
        "review_photos",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("review_id", Id, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("image", sa.LargeBinary, nullable=False),
        sa.Column("thumb", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name="fk_review_photos_review_id"),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_review_photos_reservation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_photos"),
    )
    op.create_index("ix_review_photos_review_id", "review_photos", ["review_id"])
    op.create_index("ix_review_photos_reservation_id", "review_photos", ["reservation_id"])


def _rewards() -> None:
    op.create_table(
        "rewards",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("percent", sa.Integer, server_default="0", nullable=False),
        sa.Column("amount_minor", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("currency", sa.String(3), server_default="", nullable=False),
        sa.Column("balance", sa.BigInteger, nullable=False),
        sa.Column("given_at", Instant, nullable=False),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("revoked_at", Instant),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_rewards_reservation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rewards"),
        sa.UniqueConstraint("code", name="uq_rewards_code"),
        sa.UniqueConstraint("reservation_id", name="uq_rewards_reservation_id"),
    )
    op.create_index("ix_rewards_given_at", "rewards", ["given_at"])


def _moves() -> None:
    op.create_table(
        "reward_moves",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("reward_id", Id, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("reservation_id", Id),
        sa.Column("counter_id", Id),
        sa.Column("staff_id", Id),
        sa.ForeignKeyConstraint(["reward_id"], ["rewards.id"], name="fk_reward_moves_reward_id"),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_reward_moves_reservation_id"
        ),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_reward_moves_counter_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_reward_moves_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reward_moves"),
    )
    op.create_index("ix_reward_moves_reward_id", "reward_moves", ["reward_id"])
    op.create_index("ix_reward_moves_at", "reward_moves", ["at"])
    op.create_index("ix_reward_moves_reservation_id", "reward_moves", ["reservation_id"])
    op.create_index(
        "uq_reward_moves_spent", "reward_moves", ["reservation_id"], unique=True,
        sqlite_where=_SPENT, postgresql_where=_SPENT,
    )  # fmt: skip
