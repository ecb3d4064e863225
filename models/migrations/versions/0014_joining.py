"""Joining: the one-time codes by which a counter comes to a shared database."""

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
