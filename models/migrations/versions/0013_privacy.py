"""Privacy: how long travelers are remembered, and the nightly look at the journal."""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
