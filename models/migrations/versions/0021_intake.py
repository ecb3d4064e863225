"""Intake: when a route was last gone with success, and whose address a mail comes from."""

import sqlalchemy as sa
from alembic import op

from models.base import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_HAS_ADDRESS = sa.text("email <> ''")
_IN_ANY_CASE = {"sqlite": "email COLLATE NOCASE", "postgresql": "lower(email)"}
_PLACED = sa.text("reservation_id IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_attachments_reservation_id", "attachments", ["reservation_id"])
    op.add_column("carriers", sa.Column("reached_at", Instant))
    op.create_index(
        "ix_reservations_email", "reservations", [sa.text(_IN_ANY_CASE[op.get_bind().dialect.name])],
        sqlite_where=_HAS_ADDRESS, postgresql_where=_HAS_ADDRESS,
    )  # fmt: skip
    op.create_index(
        "ix_arrived_mails_reservation", "arrived_mails", ["reservation_id"],
        sqlite_where=_PLACED, postgresql_where=_PLACED,
    )  # fmt: skip
