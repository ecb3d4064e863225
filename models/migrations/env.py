"""Tells alembic where the tables are; the connection is handed over by `models.database`."""

from alembic import context

from models.base import Base
from models.tables import Reservation  # noqa: F401 - loads every table

connection = context.config.attributes.get("connection")

if connection is None:
    raise SystemExit("Migrations run through models.database.Database.migrate().")

context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
