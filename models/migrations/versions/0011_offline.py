"""Offline: what was scanned without the server, and what two counters did against each other."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handed_over",
        sa.Column("scan_id", sa.String(36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("undone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("against", sa.String(20), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("scan_id", name="pk_handed_over"),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.Column("scan_id", sa.String(36), nullable=False),
        sa.Column("other_scan", sa.String(36), server_default="", nullable=False),
        sa.Column("reservation_id", Id),
        sa.Column("ticket", sa.BigInteger()),
        sa.Column("heads", sa.Integer(), server_default="0", nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("decided_at", Instant()),
        sa.Column("decided_by", Id),
        sa.Column("ruling", sa.String(20), server_default="", nullable=False),
        sa.Column("words", sa.String(200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_incidents_reservation_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name="fk_incidents_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    still_open = sa.text("decided_at IS NULL")
    op.create_index("ix_incidents_reservation_id", "incidents", ["reservation_id"])
    op.create_index(
        "ix_incidents_open", "incidents", ["at", "id"], sqlite_where=still_open, postgresql_where=still_open
    )
    op.create_index("ix_incidents_at", "incidents", ["at", "id"])
