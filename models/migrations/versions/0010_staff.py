"""People: how they prove who they are, where they were last, and for which products they redeem."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("password", sa.String(200), server_default="", nullable=False))
        table.add_column(sa.Column("pin", sa.String(200), server_default="", nullable=False))
        table.add_column(sa.Column("first_until", Instant))
    op.create_table(
        "presences",
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("counter_id", Id, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("proven_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_presences_staff_id"),
        sa.ForeignKeyConstraint(["counter_id"], ["counters.id"], name="fk_presences_counter_id"),
        sa.PrimaryKeyConstraint("staff_id", "counter_id", name="pk_presences"),
    )
    op.create_table(
        "wrong_tries",
        sa.Column("who", sa.String(24), nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("who", name="pk_wrong_tries"),
    )
    op.create_table(
        "redeem_groups",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("people", sa.JSON, nullable=False),
        sa.Column("products", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_redeem_groups"),
        sa.UniqueConstraint("name", name="uq_redeem_groups_name"),
    )
