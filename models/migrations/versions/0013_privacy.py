"""Privacy: how long travelers are remembered, whom we forgot, and the nightly look at the journal."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OPENED = sa.text(
    "action IN ('view', 'search', 'voucher', 'vouchers', 'print', 'manifest', 'export', 'hand-out')"
)
_OPEN = sa.text("acknowledged_at IS NULL")


def upgrade() -> None:
    op.add_column("operator", sa.Column("retention_days", sa.Integer))
    op.add_column("operator", sa.Column("night_hour", sa.Integer, server_default="3", nullable=False))
    op.create_index(
        "ix_journal_opened", "journal", ["at", "counter_id", "seq"],
        sqlite_where=_OPENED, postgresql_where=_OPENED,
    )  # fmt: skip
    op.create_table(
        "erasures",
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("whose", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_erasures_reservation_id"),
        sa.PrimaryKeyConstraint("reservation_id", "whose", "digest", name="pk_erasures"),
    )
    op.create_table(
        "nights",
        sa.Column("night", sa.Date, nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("began_at", Instant, nullable=False),
        sa.Column("checked_at", Instant),
        sa.Column("entries", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("place", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("erased", sa.Integer, server_default="0", nullable=False),
        sa.Column("done_at", Instant),
        sa.PrimaryKeyConstraint("night", name="pk_nights"),
    )
    _journal_tables()


def _journal_tables() -> None:
    op.create_table(
        "journal_marks",
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("head", sa.String(64), server_default="", nullable=False),
        sa.Column("began", sa.Date),
        sa.Column("ended", sa.Date),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_journal_marks_counter_id"),
        sa.PrimaryKeyConstraint("counter_id", name="pk_journal_marks"),
    )
    op.create_table(
        "journal_breaks",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("found", sa.String(64), server_default="", nullable=False),
        sa.Column("found_at", Instant, nullable=False),
        sa.Column("acknowledged_at", Instant),
        sa.Column("acknowledged_by", Id),
        sa.Column("reason", sa.Text, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_journal_breaks_counter_id"),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["staff.id"], name="fk_journal_breaks_acknowledged_by"),
        sa.PrimaryKeyConstraint("id", name="pk_journal_breaks"),
    )
    op.create_index(
        "uq_journal_breaks_found", "journal_breaks", ["counter_id", "seq", "kind", "found"], unique=True
    )
    op.create_index(
        "ix_journal_breaks_open", "journal_breaks", ["found_at"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
