"""Talking: how far a letter is on its way, who carries it, what travelers wrote and the mails that arrived."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_WAITS = sa.text("waits_since IS NOT NULL")
_WANTS_A_PERSON = sa.text("became = 'unread'")


def upgrade() -> None:
    _outbox()
    _routes()
    _messages()
    _arrived()


def _outbox() -> None:
    with op.batch_alter_table("outbox") as table:
        table.alter_column("reservation_id", existing_type=Id, nullable=True)
        table.add_column(sa.Column("carrier", sa.String(20), server_default="mail", nullable=False))
        table.add_column(sa.Column("staff_id", Id))
        table.add_column(sa.Column("message_id", sa.String(255), server_default="", nullable=False))
        table.add_column(sa.Column("tries", sa.Integer, server_default="0", nullable=False))
        table.add_column(sa.Column("claimed_by", sa.String(80), server_default="", nullable=False))
        table.add_column(sa.Column("claimed_at", Instant))
        table.create_foreign_key("fk_outbox_staff_id", "staff", ["staff_id"], ["id"])
    op.create_index("ix_outbox_message_id", "outbox", ["message_id"])
    op.create_index("ix_outbox_made", "outbox", ["made_at", "id"])


def _routes() -> None:
    op.create_table(
        "carriers",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("settings", sa.JSON, server_default="{}", nullable=False),
        sa.Column("secret", sa.LargeBinary),
        sa.Column("version", sa.Integer, server_default="1", nullable=False),
        sa.Column("trouble", sa.Text, server_default="", nullable=False),
        sa.Column("trouble_since", Instant),
        sa.PrimaryKeyConstraint("name", name="pk_carriers"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("holder", sa.String(80), server_default="", nullable=False),
        sa.Column("counter_id", Id),
        sa.Column("since", Instant, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_leases_counter_id"),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "bad_addresses",
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("status", sa.String(20), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_bad_addresses"),
    )


def _messages() -> None:
    with op.batch_alter_table("messages") as table:
        table.add_column(sa.Column("outbox_id", Id))
        table.add_column(sa.Column("whole", sa.Text, server_default="", nullable=False))
        table.add_column(sa.Column("language", sa.String(20), server_default="", nullable=False))
        table.add_column(sa.Column("sender_name", sa.String(200), server_default="", nullable=False))
        table.add_column(sa.Column("sender", sa.String(320), server_default="", nullable=False))
        table.add_column(sa.Column("message_id", sa.String(255), server_default="", nullable=False))
        table.add_column(sa.Column("thread", sa.Text, server_default="", nullable=False))
        table.add_column(sa.Column("auto", sa.Boolean, server_default=sa.false(), nullable=False))
        table.create_foreign_key("fk_messages_outbox_id", "outbox", ["outbox_id"], ["id"])
    op.create_index("ix_messages_message_id", "messages", ["message_id"])
    op.create_table(
        "attachments",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("message_id", Id, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("name", sa.String(200), server_default="", nullable=False),
        sa.Column("kind", sa.String(80), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("data", sa.LargeBinary),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_attachments_message_id"),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_attachments_reservation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
    )
    op.create_index("ix_attachments_message_id", "attachments", ["message_id"])
    op.create_table(
        "conversations",
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("last_at", Instant, nullable=False),
        sa.Column("last_message", Id, nullable=False),
        sa.Column("unread", sa.Integer, server_default="0", nullable=False),
        sa.Column("waits_since", Instant),
        sa.Column("complaint_at", Instant),
        sa.Column("version", sa.Integer, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_conversations_reservation_id"
        ),
        sa.PrimaryKeyConstraint("reservation_id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_last", "conversations", ["last_at", "reservation_id"])
    op.create_index(
        "ix_conversations_waiting", "conversations", ["waits_since", "reservation_id"],
        sqlite_where=_WAITS, postgresql_where=_WAITS,
    )  # fmt: skip


def _arrived() -> None:
    op.create_table(
        "arrived_mails",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("validity", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("uid", sa.BigInteger, server_default="0", nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(255), server_default="", nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("became", sa.String(20), nullable=False),
        sa.Column("why", sa.String(80), server_default="", nullable=False),
        sa.Column("reservation_id", Id),
        sa.Column("subject", sa.String(500), server_default="", nullable=False),
        sa.Column("sender", sa.String(320), server_default="", nullable=False),
        sa.Column("raw", sa.LargeBinary),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_arrived_mails_reservation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_arrived_mails"),
        sa.UniqueConstraint("digest", name="uq_arrived_mails_digest"),
    )
    op.create_index("ix_arrived_mails_message_id", "arrived_mails", ["message_id"])
    op.create_index("ix_arrived_mails_place", "arrived_mails", ["source", "validity", "uid"])
    op.create_index(
        "ix_arrived_mails_unread", "arrived_mails", ["at", "id"],
        sqlite_where=_WANTS_A_PERSON, postgresql_where=_WANTS_A_PERSON,
    )  # fmt: skip
