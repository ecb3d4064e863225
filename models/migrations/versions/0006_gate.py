"""What a counter is set up with, what must be read at the gate before a reservation comes in, and who was refused."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("counters") as table:
        table.add_column(sa.Column("settings", sa.JSON, server_default="{}", nullable=False))
    op.add_column("reservations", sa.Column("attention", sa.Text, server_default="", nullable=False))
    refused = sa.text("kind NOT IN ('ADMIT', 'PARTLY_IN', 'CHECK', 'UNREADABLE')")
    op.create_index("ix_scans_refused", "scans", ["at", "id"], sqlite_where=refused, postgresql_where=refused)
