"""Options run by repeating rules with exceptions; one option may leave several times a day."""

import sqlalchemy as sa
from alembic import op

from models.base import Id

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_RULE = ("starts", "minutes", "capacity", "weekdays", "season_from", "season_until")
_CALENDAR = ["departs_on", "product_id", "departure_id", "status", "heads", "arrived_heads"]


def upgrade() -> None:
    _create()
    columns = ", ".join(_RULE)
    op.execute(f"insert into rules (option_id, {columns}) select id, {columns} from options order by id")
    with op.batch_alter_table("options") as table:
        for column in _RULE:
            table.drop_column(column)
    with op.batch_alter_table("departures") as table:
        table.add_column(sa.Column("by_hand", sa.Boolean, server_default=sa.false(), nullable=False))
        table.drop_constraint("uq_departures_option_id_departs_on", type_="unique")
        table.create_unique_constraint("uq_departures_option_id_departs_at", ["option_id", "departs_at"])
    op.create_index(
        "ix_departures_by_hand",
        "departures",
        ["option_id"],
        sqlite_where=sa.text("by_hand IS 1"),
        postgresql_where=sa.text("by_hand IS TRUE"),
    )
    op.drop_index("ix_reservations_calendar", "reservations")
    op.create_index("ix_reservations_calendar", "reservations", _CALENDAR)


def _create() -> None:
    op.create_table(
        "rules",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("option_id", Id, nullable=False),
        sa.Column("starts", sa.String(5), nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("weekdays", sa.Integer, nullable=False),
        sa.Column("season_from", sa.Date),
        sa.Column("season_until", sa.Date),
        sa.ForeignKeyConstraint(["option_id"], ["options.id"], name="fk_rules_option_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rules"),
    )
    op.create_index("ix_rules_option_id", "rules", ["option_id"])
    op.create_table(
        "exceptions",
        sa.Column("option_id", Id, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["option_id"], ["options.id"], name="fk_exceptions_option_id"),
        sa.PrimaryKeyConstraint("option_id", "day", name="pk_exceptions"),
    )
