"""How a trip was closed, and what can be taken back of it; and who closes the trips of a product.

Refunds are found by their day, for the sheet at its end; and the rehearsals of the mornings are kept.
"""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("products") as table:
        table.add_column(sa.Column("trip_closes", sa.String(32), server_default="staff", nullable=False))
        table.add_column(sa.Column("trip_grace_minutes", sa.Integer, server_default="60", nullable=False))
    _closings()
    _rehearsals()
    for column in ("made_at", "done_at"):
        op.create_index(f"ix_refunds_{column}", "refunds", [column])
    spent = sa.text("open_dated AND arrived_heads > 0 AND status || '' = 'CONFIRMED'")
    op.create_index(
        "ix_reservations_spent", "reservations", ["arrived_at", "product_id", "id"],
        sqlite_where=spent, postgresql_where=spent,
    )  # fmt: skip
    dated = sa.text("open_dated AND status || '' = 'CONFIRMED'")
    op.create_index(
        "ix_reservations_out_of_date", "reservations", ["valid_until", "product_id", "id"],
        sqlite_where=dated, postgresql_where=dated,
    )  # fmt: skip


def _closings() -> None:
    op.create_table(
        "closings",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("trip", sa.String(40), nullable=False),
        sa.Column("departure_id", Id),
        sa.Column("at", Instant, nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("staff_id", Id),
        sa.Column("by_clock", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.Column("undone_at", Instant),
        sa.Column("undone_by", Id),
        sa.Column("undo_reason", sa.String(200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["departure_id"], ["departures.id"], name="fk_closings_departure_id"),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_closings_counter_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_closings_staff_id"),
        sa.ForeignKeyConstraint(["undone_by"], ["staff.id"], name="fk_closings_undone_by"),
        sa.PrimaryKeyConstraint("id", name="pk_closings"),
    )
    op.create_index("ix_closings_at", "closings", ["at"])
    op.create_index("ix_closings_trip", "closings", ["trip"])
    op.create_table(
        "closed_orders",
        sa.Column("closing_id", Id, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("became", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["closing_id"], ["closings.id"], name="fk_closed_orders_closing_id"),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_closed_orders_reservation_id"
        ),
        sa.PrimaryKeyConstraint("closing_id", "reservation_id", name="pk_closed_orders"),
    )
    op.create_index("ix_closed_orders_reservation_id", "closed_orders", ["reservation_id"])


def _rehearsals() -> None:
    op.create_table(
        "rehearsals",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("checked", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_rehearsals_counter_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_rehearsals_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rehearsals"),
    )
    op.create_index("ix_rehearsals_counter_id_at", "rehearsals", ["counter_id", "at"])
