"""Sales at the counter: who took which money with what, in which currencies, and the drawer's count of each shift.

And an exception of the rules may name the times of its day that do not run.
"""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("operator") as table:
        table.add_column(sa.Column("currencies", sa.JSON, server_default="[]", nullable=False))
    with op.batch_alter_table("payments") as table:
        table.add_column(sa.Column("counter_id", Id))
        table.add_column(sa.Column("staff_id", Id))
        table.add_column(sa.Column("slip", sa.String(80), server_default="", nullable=False))
        table.add_column(sa.Column("handed_minor", sa.BigInteger))
        table.add_column(sa.Column("handed_currency", sa.String(3), server_default="", nullable=False))
        table.add_column(sa.Column("change_minor", sa.BigInteger, server_default="0", nullable=False))
        table.create_foreign_key("fk_payments_counter_id", "counters", ["counter_id"], ["id"])
        table.create_foreign_key("fk_payments_staff_id", "staff", ["staff_id"], ["id"])
    with op.batch_alter_table("exceptions") as table:
        table.add_column(sa.Column("starts", sa.Text, server_default="", nullable=False))
    taken_here = sa.text("counter_id IS NOT NULL")
    op.create_index(
        "ix_payments_taken_here", "payments", ["counter_id", "at"],
        sqlite_where=taken_here, postgresql_where=taken_here,
    )  # fmt: skip
    _shifts()
    _moves()


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("opened_by", Id, nullable=False),
        sa.Column("opened_with", sa.JSON, nullable=False),
        sa.Column("closed_at", Instant),
        sa.Column("closed_by", Id),
        sa.Column("expected", sa.JSON),
        sa.Column("counted", sa.JSON),
        sa.Column("note", sa.Text, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_shifts_counter_id"),
        sa.ForeignKeyConstraint(["opened_by"], ["staff.id"], name="fk_shifts_opened_by"),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name="fk_shifts_closed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
    )
    op.create_index("ix_shifts_counter_id", "shifts", ["counter_id", "opened_at"])
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_shifts_open", "shifts", ["counter_id"],
        unique=True, sqlite_where=still_open, postgresql_where=still_open,
    )  # fmt: skip


def _moves() -> None:
    op.create_table(
        "drawer_moves",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("reason", sa.String(200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_drawer_moves_counter_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_drawer_moves_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drawer_moves"),
    )
    op.create_index("ix_drawer_moves_counter_id", "drawer_moves", ["counter_id", "at"])
