"""The first tables, and the triggers that keep the journal from being changed."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQLITE_GUARD = """
create trigger journal_no_{verb} before {verb} on journal
begin select raise(abort, 'the journal is never changed'); end
"""
_SQLITE_NO_REPLACE = """
create trigger journal_no_replace before insert on journal
when exists (select 1 from journal where counter_id = new.counter_id and seq = new.seq)
begin select raise(abort, 'the journal is never changed'); end
"""
_POSTGRES_GUARD = """
create function journal_is_final() returns trigger language plpgsql as
$$ begin raise exception 'the journal is never changed'; end $$;
create trigger journal_no_change before update or delete on journal
for each row execute function journal_is_final();
create trigger journal_no_truncate before truncate on journal
for each statement execute function journal_is_final();
"""


def upgrade() -> None:
    op.create_table(
        "about",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_about"),
    )
    op.create_table(
        "channels",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("mark", sa.String(length=2), server_default="", nullable=False),
        sa.Column("collector", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_channels"),
    )
    op.create_table(
        "closed_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_closed_days"),
    )
    op.create_table(
        "counters",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.Column("journal_hash", sa.String(length=64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_counters"),
        sa.UniqueConstraint("name", name="uq_counters_name"),
    )
    op.create_table(
        "header_names",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("header", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=40), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("channel", "header", name="pk_header_names"),
    )
    op.create_table(
        "keys",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.LargeBinary(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_keys"),
    )
    op.create_table(
        "operator",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("contact", sa.String(length=400), server_default="", nullable=False),
        sa.Column("country", sa.String(length=2), server_default="", nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operator"),
    )
    op.create_table(
        "products",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=300), server_default="", nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("confirmation", sa.String(length=32), nullable=False),
        sa.Column("confirm_days", sa.Integer(), nullable=False),
        sa.Column("confirm_from", sa.String(length=32), nullable=False),
        sa.Column("redeem", sa.String(length=32), nullable=False),
        sa.Column("tickets", sa.String(length=32), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("validity", sa.String(length=32), nullable=False),
        sa.Column("valid_days", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("opens_minutes_before", sa.Integer(), nullable=False),
        sa.Column("closes_minutes_after", sa.Integer(), nullable=False),
        sa.Column("comment_hours", sa.Integer(), nullable=False),
        sa.Column("meeting_point", sa.Text(), server_default="", nullable=False),
        sa.Column("refund", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_products"),
        sa.UniqueConstraint("code", name="uq_products_code"),
    )
    op.create_table(
        "sequences",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sequences"),
    )
    op.create_table(
        "staff",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    op.create_table(
        "journal",
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("seq", Id, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("staff_id", Id, nullable=True),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_journal_counter_id"),
        sa.PrimaryKeyConstraint("counter_id", "seq", name="pk_journal"),
    )
    op.create_index("ix_journal_subject", "journal", ["subject"], unique=False)
    op.create_table(
        "options",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("season_from", sa.Date(), nullable=True),
        sa.Column("season_until", sa.Date(), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_options_product_id"),
        sa.PrimaryKeyConstraint("id", name="pk_options"),
        sa.UniqueConstraint("product_id", "name", name="uq_options_product_id_name"),
    )
    op.create_table(
        "departures",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("option_id", Id, nullable=False),
        sa.Column("departs_on", sa.Date(), nullable=False),
        sa.Column("departs_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["option_id"], ["options.id"], name="fk_departures_option_id"),
        sa.PrimaryKeyConstraint("id", name="pk_departures"),
        sa.UniqueConstraint("option_id", "departs_on", name="uq_departures_option_id_departs_on"),
    )
    op.create_index("ix_departures_departs_on", "departures", ["departs_on"], unique=False)
    op.create_table(
        "units",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("option_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["option_id"], ["options.id"], name="fk_units_option_id"),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("option_id", "name", name="uq_units_option_id_name"),
    )
    op.create_table(
        "reservations",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("via", sa.String(length=40), server_default="", nullable=False),
        sa.Column("reference", sa.String(length=120), server_default="", nullable=False),
        sa.Column("reference_key", sa.String(length=120), server_default="", nullable=False),
        sa.Column("via_reference", sa.String(length=120), server_default="", nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("status_before", sa.String(length=32), nullable=True),
        sa.Column("channel_status", sa.String(length=120), server_default="", nullable=False),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("option_id", Id, nullable=True),
        sa.Column("departure_id", Id, nullable=True),
        sa.Column("unmatched", sa.String(length=20), server_default="", nullable=False),
        sa.Column("product_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("option_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("zone", sa.String(length=64), server_default="", nullable=False),
        sa.Column("departs_on", sa.Date(), nullable=True),
        sa.Column("departs_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("sort_at", Instant(), nullable=False),
        sa.Column("open_dated", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("party", sa.Integer(), nullable=True),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("own_sale", sa.Boolean(), nullable=False),
        sa.Column("lead", sa.String(length=500), server_default="", nullable=False),
        sa.Column("email", sa.String(length=320), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=80), server_default="", nullable=False),
        sa.Column("language", sa.String(length=20), server_default="", nullable=False),
        sa.Column("country", sa.String(length=80), server_default="", nullable=False),
        sa.Column("request", sa.Text(), server_default="", nullable=False),
        sa.Column("pickup", sa.Text(), server_default="", nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), server_default="", nullable=False),
        sa.Column("ordered_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("confirm_by", Instant(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("first_confirmed_at", Instant(), nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("arrived_heads", sa.Integer(), nullable=False),
        sa.Column("arrived_at", Instant(), nullable=True),
        sa.Column("redeemed_at", Instant(), nullable=True),
        sa.Column("redeemed_by_scan", sa.String(length=36), server_default="", nullable=False),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("cause", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("to_do", sa.String(length=20), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.key"], name="fk_reservations_channel"),
        sa.ForeignKeyConstraint(["departure_id"], ["departures.id"], name="fk_reservations_departure_id"),
        sa.ForeignKeyConstraint(["option_id"], ["options.id"], name="fk_reservations_option_id"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_reservations_product_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reservations"),
        sa.UniqueConstraint(
            "channel", "reference_key", "via", "via_reference", name="uq_reservations_identity"
        ),
    )
    op.create_index(
        "ix_reservations_calendar",
        "reservations",
        ["departs_on", "product_id", "option_id", "status", "heads", "arrived_heads"],
        unique=False,
    )
    op.create_index("ix_reservations_departure", "reservations", ["departure_id", "status"], unique=False)
    op.create_index("ix_reservations_ordered", "reservations", ["ordered_at", "id"], unique=False)
    op.create_index("ix_reservations_reference_key", "reservations", ["reference_key"], unique=False)
    op.create_index("ix_reservations_sort", "reservations", ["sort_at", "id"], unique=False)
    op.create_index("ix_reservations_status_sort", "reservations", ["status", "sort_at", "id"], unique=False)
    op.create_table(
        "spellings",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=40), server_default="", nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("option_id", Id, nullable=True),
        sa.Column("unit_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["option_id"], ["options.id"], name="fk_spellings_option_id"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_spellings_product_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_spellings_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_spellings"),
    )
    op.create_index("ix_spellings_product_id", "spellings", ["product_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("ours", sa.JSON(), nullable=False),
        sa.Column("theirs", sa.JSON(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("answer", sa.String(length=20), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_decisions_reservation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_reservation_id", "decisions", ["reservation_id"], unique=False)
    op.create_table(
        "foreign_codes",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_foreign_codes_reservation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_foreign_codes"),
    )
    op.create_index("ix_foreign_codes_code", "foreign_codes", ["code"], unique=False)
    op.create_index("ix_foreign_codes_reservation_id", "foreign_codes", ["reservation_id"], unique=False)
    op.create_table(
        "messages",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("staff_id", Id, nullable=True),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_messages_reservation_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_messages_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index("ix_messages_reservation_id", "messages", ["reservation_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("language", sa.String(length=20), server_default="", nullable=False),
        sa.Column("address", sa.String(length=320), server_default="", nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("leave_at", Instant(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_outbox_reservation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_reservation_id", "outbox", ["reservation_id"], unique=False)
    op.create_index("ix_outbox_state_leave_at", "outbox", ["state", "leave_at"], unique=False)
    op.create_table(
        "payments",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("method", sa.String(length=40), server_default="", nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("collector", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_payments_reservation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
    )
    op.create_index("ix_payments_reservation_id", "payments", ["reservation_id"], unique=False)
    op.create_table(
        "raw_rows",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("source", sa.String(length=40), server_default="", nullable=False),
        sa.Column("via", sa.String(length=40), server_default="", nullable=False),
        sa.Column("via_reference", sa.String(length=120), server_default="", nullable=False),
        sa.Column("telling", sa.String(length=12), server_default="", nullable=False),
        sa.Column("digest", sa.String(length=32), server_default="", nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_raw_rows_reservation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_raw_rows"),
    )
    op.create_index("ix_raw_rows_digest", "raw_rows", ["digest"], unique=False)
    op.create_index("ix_raw_rows_reservation_id", "raw_rows", ["reservation_id"], unique=False)
    op.create_table(
        "refunds",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("collector", sa.String(length=32), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("tier", sa.String(length=40), server_default="", nullable=False),
        sa.Column("expected_from", sa.Date(), nullable=False),
        sa.Column("expected_to", sa.Date(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_refunds_reservation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
    )
    op.create_index("ix_refunds_reservation_id", "refunds", ["reservation_id"], unique=False)
    op.create_index("ix_refunds_state", "refunds", ["state"], unique=False)
    op.create_table(
        "reservation_lines",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=True),
        sa.Column("unit", sa.String(length=120), server_default="", nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("heads_each", sa.Integer(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_reservation_lines_reservation_id"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_reservation_lines_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reservation_lines"),
    )
    op.create_index(
        "ix_reservation_lines_reservation_id", "reservation_lines", ["reservation_id"], unique=False
    )
    op.create_table(
        "reviews",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_reviews_reservation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
    )
    op.create_index("ix_reviews_reservation_id", "reviews", ["reservation_id"], unique=False)
    op.create_table(
        "scans",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("staff_id", Id, nullable=True),
        sa.Column("source", sa.String(length=40), server_default="", nullable=False),
        sa.Column("text", sa.String(length=200), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reservation_id", Id, nullable=True),
        sa.Column("admitted", sa.Integer(), nullable=False),
        sa.Column("forced", sa.String(length=200), server_default="", nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("did", sa.JSON(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_scans_counter_id"),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_scans_reservation_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_scans_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_scans"),
    )
    op.create_index("ix_scans_counter_id_at", "scans", ["counter_id", "at"], unique=False)
    op.create_index("ix_scans_reservation_id", "scans", ["reservation_id"], unique=False)
    op.create_table(
        "tickets",
        sa.Column("number", Id, autoincrement=False, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=120), server_default="", nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("arrived_heads", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("replaced_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_tickets_reservation_id"),
        sa.PrimaryKeyConstraint("number", name="pk_tickets"),
    )
    op.create_index("ix_tickets_reservation_id", "tickets", ["reservation_id"], unique=False)
    op.create_table(
        "travelers",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("name", sa.String(length=500), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservations.id"], name="fk_travelers_reservation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_travelers"),
    )
    op.create_index("ix_travelers_reservation_id", "travelers", ["reservation_id"], unique=False)
    _guard_the_journal()


def _guard_the_journal() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(_SQLITE_GUARD.format(verb=verb))
        op.execute(_SQLITE_NO_REPLACE)
    else:
        op.execute(_POSTGRES_GUARD)


def downgrade() -> None:
    raise NotImplementedError("the first tables are not taken away; restore a backup instead")
