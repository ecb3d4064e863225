"""Who has claimed a reservation and since when it stands as it does, everybody's saved views, guides, languages,
photos and named closed days."""

import sqlalchemy as sa
from alembic import op

from models.base import Id, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reservations") as table:
        table.add_column(sa.Column("claimed_by", Id))
        table.add_column(sa.Column("claimed_at", Instant))
        table.add_column(sa.Column("status_at", Instant))
        table.create_foreign_key("fk_reservations_claimed_by", "staff", ["claimed_by"], ["id"])
    with op.batch_alter_table("departures") as table:
        table.add_column(sa.Column("guide", sa.String(200), server_default="", nullable=False))
    with op.batch_alter_table("products") as table:
        table.add_column(sa.Column("languages", sa.JSON, server_default="[]", nullable=False))
        table.add_column(sa.Column("offered", sa.Boolean, server_default=sa.true(), nullable=False))
    with op.batch_alter_table("operator") as table:
        table.add_column(sa.Column("holidays", sa.String(40), server_default="", nullable=False))
    with op.batch_alter_table("closed_days") as table:
        table.add_column(sa.Column("name", sa.String(200), server_default="", nullable=False))
        table.add_column(sa.Column("worked", sa.Boolean, server_default=sa.false(), nullable=False))
    op.create_table(
        "photos",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("image", sa.LargeBinary, nullable=False),
        sa.Column("thumb", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_photos_product_id"),
        sa.PrimaryKeyConstraint("product_id", name="pk_photos"),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_saved_views_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
        sa.UniqueConstraint("staff_id", "name", name="uq_saved_views_staff_id_name"),
    )
