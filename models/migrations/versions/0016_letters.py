"""Letters: the words of each, by product and language, and which go by themselves."""

import sqlalchemy as sa
from alembic import op

from models.base import Id

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OF_ALL = sa.text("product_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "templates",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("product_id", Id),
        sa.Column("subject", sa.String(200), server_default="", nullable=False),
        sa.Column("text", sa.Text, server_default="", nullable=False),
        sa.Column("version", sa.Integer, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_templates_product_id"),
        sa.PrimaryKeyConstraint("id", name="pk_templates"),
        sa.UniqueConstraint("kind", "language", "product_id", name="uq_templates_words"),
    )
    op.create_index(
        "uq_templates_of_all", "templates", ["kind", "language"],
        unique=True, sqlite_where=_OF_ALL, postgresql_where=_OF_ALL,
    )  # fmt: skip
    op.create_index("ix_templates_product_id", "templates", ["product_id"])
    op.create_table(
        "letter_ways",
        sa.Column("product_id", Id, autoincrement=False, nullable=False),
        sa.Column("switches", sa.JSON, server_default="{}", nullable=False),
        sa.Column("review_address", sa.String(500), server_default="", nullable=False),
        sa.Column("version", sa.Integer, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("product_id", name="pk_letter_ways"),
    )
