"""Recovery: when and where copies are made, and what was tried with them."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backup_plans",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("daily", sa.Boolean, nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("keep_days", sa.Integer, nullable=False),
        sa.Column("folder", sa.Text, server_default="", nullable=False),
        sa.Column("claimed_until", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_backup_plans"),
    )
    op.create_table(
        "backups",
        *_who(),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("folder", sa.Text, server_default="", nullable=False),
        sa.Column("file", sa.Text, server_default="", nullable=False),
        sa.Column("dump", sa.Text, server_default="", nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("problem", sa.String(40), server_default="", nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        *_keys("backups"),
    )
    op.create_index("ix_backups_at", "backups", ["at"])
    op.create_table(
        "restore_trials",
        *_who(),
        sa.Column("file", sa.Text, server_default="", nullable=False),
        sa.Column("problem", sa.String(40), server_default="", nullable=False),
        sa.Column("found", sa.JSON, nullable=False),
        *_keys("restore_trials"),
    )
    op.create_index("ix_restore_trials_at", "restore_trials", ["at"])


def _who() -> list[sa.Column[object]]:
    return [
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("staff_id", Id),
    ]


def _keys(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name=f"fk_{table}_counter_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=f"fk_{table}_staff_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]
