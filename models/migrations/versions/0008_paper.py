"""What was printed where, and how an operator's vouchers look."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _prints()
    _looks()


def _prints() -> None:
    op.create_table(
        "prints",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("document", sa.String(32), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("name", sa.String(80), server_default="", nullable=False),
        sa.Column("reservation_id", Id),
        sa.Column("ticket", sa.BigInteger),
        sa.Column("paper", sa.String(32), nullable=False),
        sa.Column("printer", sa.String(200), server_default="", nullable=False),
        sa.Column("copy", sa.Integer, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("job", sa.String(200), server_default="", nullable=False),
        sa.Column("why", sa.String(40), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_prints_counter_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_prints_staff_id"),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_prints_reservation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_prints"),
    )
    op.create_index("ix_prints_reservation_id", "prints", ["reservation_id"])
    came_out = sa.text("state <> 'FAILED'")
    op.create_index(
        "uq_prints_copy", "prints", ["key", "copy"],
        unique=True, sqlite_where=came_out, postgresql_where=came_out,
    )  # fmt: skip
    still_open = sa.text("state IN ('SENT', 'WAITING')")
    op.create_index(
        "ix_prints_open", "prints", ["counter_id", "id"], sqlite_where=still_open, postgresql_where=still_open
    )


def _looks() -> None:
    op.create_table(
        "voucher_looks",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("look", sa.JSON, server_default="{}", nullable=False),
        sa.Column("logo", sa.LargeBinary),
        sa.ForeignKeyConstraint(["id"], ["operator.id"], name="fk_voucher_looks_id"),
        sa.PrimaryKeyConstraint("id", name="pk_voucher_looks"),
    )
