"""Joining: the one-time codes by which a counter comes to a shared database, and when a counter's access ended."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("counters") as table:
        table.add_column(sa.Column("ended_at", Instant))
    op.create_table(
        "joinings",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("login", sa.String(63), server_default="", nullable=False),
        sa.Column("made_by", Id),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.Column("ended_at", Instant),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_joinings_counter_id"),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name="fk_joinings_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_joinings"),
        sa.UniqueConstraint("code_hash", name="uq_joinings_code_hash"),
    )
    op.create_index("ix_joinings_counter_id", "joinings", ["counter_id"])
