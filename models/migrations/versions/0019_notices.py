"""Notices: who of the staff hears what, when and by which way."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TO_STAFF = sa.text("staff_id IS NOT NULL")
_ON_ITS_WAY = sa.text("state = 'accepted'")


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("reservation_id", Id),
        sa.Column("staff_id", Id),
        sa.Column("by_staff_id", Id),
        sa.Column("at", Instant, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("gathered", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_notices_reservation_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_notices_staff_id"),
        sa.ForeignKeyConstraint(["by_staff_id"], ["staff.id"], name="fk_notices_by_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("key", name="uq_notices_key"),
    )
    op.create_index("ix_notices_at", "notices", ["at"])
    _people()
    op.create_table(
        "notice_deliveries",
        sa.Column("outbox_id", Id, autoincrement=False, nullable=False),
        sa.Column("carrier", sa.String(20), nullable=False),
        sa.Column("number", sa.String(120), server_default="", nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("words", sa.Text, server_default="", nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("ask_at", Instant, nullable=False),
        sa.Column("asked", sa.Integer, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_notice_deliveries_outbox_id"),
        sa.PrimaryKeyConstraint("outbox_id", name="pk_notice_deliveries"),
    )
    op.create_index(
        "ix_notice_deliveries_open", "notice_deliveries", ["ask_at"],
        sqlite_where=_ON_ITS_WAY, postgresql_where=_ON_ITS_WAY,
    )  # fmt: skip

    op.create_index(
        "ix_outbox_to_staff", "outbox", ["made_at", "id"],
        sqlite_where=_TO_STAFF, postgresql_where=_TO_STAFF,
    )  # fmt: skip


def _people() -> None:
    op.create_table(
        "notice_people",
        sa.Column("staff_id", Id, autoincrement=False, nullable=False),
        sa.Column("mail", sa.String(320), server_default="", nullable=False),
        sa.Column("phone", sa.String(40), server_default="", nullable=False),
        sa.Column("topic", sa.String(80), server_default="", nullable=False),
        sa.Column("webhook", sa.LargeBinary),
        sa.Column("language", sa.String(20), server_default="", nullable=False),
        sa.Column("quiet", sa.JSON, server_default="[]", nullable=False),
        sa.Column("urgent_passes", sa.Boolean, server_default=sa.false(), nullable=False),
        sa.Column("digest_hour", sa.Integer, server_default="8", nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_notice_people_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_notice_people"),
    )
    op.create_table(
        "notice_rules",
        sa.Column("staff_id", Id, autoincrement=False, nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("route", sa.String(32), nullable=False),
        sa.Column("tells", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_notice_rules_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "event", "route", name="pk_notice_rules"),
    )
