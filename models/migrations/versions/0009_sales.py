"""Sales at the counter: who took which money with what, and the drawer's count of each shift."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
