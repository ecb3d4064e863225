"""Refunds: when and how money was given back, or why it was not; and the reasons travelers are told."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_OWED = sa.text("state = 'DUE' AND collector = 'us'")
_THEIRS = sa.text("state = 'DUE' AND collector = 'channel'")
_FAILED = sa.text("state = 'FAILED'")
_DONE = sa.text("done_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("refunds") as table:
        table.add_column(sa.Column("counted_from", sa.Date))
        table.add_column(sa.Column("method", sa.String(40), server_default="", nullable=False))
        table.add_column(sa.Column("reference", sa.String(80), server_default="", nullable=False))
        table.add_column(sa.Column("done_by", Id))
        table.add_column(sa.Column("counter_id", Id))
        table.add_column(sa.Column("failed_at", Instant))
        table.add_column(sa.Column("trouble", sa.Text, server_default="", nullable=False))
        table.add_column(sa.Column("version", sa.Integer, server_default="1", nullable=False))
        table.create_foreign_key("fk_refunds_done_by", "staff", ["done_by"], ["id"])
        table.create_foreign_key("fk_refunds_counter_id", "counters", ["counter_id"], ["id"])
    op.drop_index("ix_refunds_state", "refunds")  # most are done: what is asked for has an index of its own
    _keep_index("ix_refunds_owed", ["expected_to", "id", "made_at"], _OWED, instead=True)
    _keep_index("ix_refunds_theirs", ["made_at", "id"], _THEIRS)
    _keep_index("ix_refunds_failed", ["failed_at", "id", "made_at"], _FAILED)
    _keep_index("ix_refunds_given_back", ["done_at", "id"], _DONE)
    op.create_table(
        "cancel_reasons",
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("title", sa.String(60), server_default="", nullable=False),
        sa.Column("texts", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_cancel_reasons"),
    )


def _keep_index(name: str, columns: list[str], where: sa.TextClause, *, instead: bool = False) -> None:
    if instead:
        op.drop_index(name, "refunds")
    op.create_index(name, "refunds", columns, sqlite_where=where, postgresql_where=where)
