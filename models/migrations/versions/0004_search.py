"""What a reservation can be found by: part of a name in any script, a telephone's tail, an address."""

import sqlalchemy as sa
from alembic import op

from models.base import Id
from models.search.keeping import rebuild

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The text is compared after the index has answered, so it needs neither its own copy nor places of words.
_SQLITE_INDEX = """
create virtual table search_grams using fts5 (grams, content = '', detail = none, columnsize = 0, tokenize = 'ascii')
"""
# A number is looked up by its beginning, and in most locales only these indexes know beginnings.
# What a hit needs beside its number stands in the index, so that two hundred of them are not two hundred reads.
_BEGINNINGS = (
    ("ix_reservations_reference_begins", "reservations", "reference_key", ["id", "sort_at"]),
    ("ix_foreign_codes_begins", "foreign_codes", "code", ["reservation_id"]),
)


def upgrade() -> None:
    lite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "search_texts",
        sa.Column("place", Id, autoincrement=False, nullable=False),
        sa.Column("reservation_id", Id, nullable=False),
        sa.Column("text", sa.Text, server_default="", nullable=False),
        sa.Column("phone", sa.String(40), server_default="", nullable=False),
        sa.Column("grams", sa.Text().with_variant(sa.ARRAY(sa.Integer), "postgresql"), nullable=True),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["reservations.id"], name="fk_search_texts_reservation_id"
        ),
        sa.PrimaryKeyConstraint("place", name="pk_search_texts"),
        sa.UniqueConstraint("reservation_id", name="uq_search_texts_reservation_id"),
    )
    if lite:
        op.execute(_SQLITE_INDEX)
    rebuild(op.get_bind())
    pattern = {"postgresql_ops": {"phone": "varchar_pattern_ops"}}
    op.create_index("ix_search_texts_phone", "search_texts", ["phone", "place"], **pattern)
    told = sa.text("via_reference <> ''")
    op.create_index(
        "ix_reservations_via_reference",
        "reservations",
        ["via_reference"],
        sqlite_where=told,
        postgresql_where=told,
        postgresql_ops={"via_reference": "varchar_pattern_ops"},
        postgresql_include=["id", "sort_at"],
    )
    if not lite:
        op.create_index("ix_search_texts_grams", "search_texts", ["grams"], postgresql_using="gin")
        for name, table, column, beside in _BEGINNINGS:
            ops = {column: "varchar_pattern_ops"}
            op.create_index(name, table, [column], postgresql_ops=ops, postgresql_include=beside)
