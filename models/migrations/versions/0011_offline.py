"""Offline: what was scanned without the server, and what two counters did against each other."""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
