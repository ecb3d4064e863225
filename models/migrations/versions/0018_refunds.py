"""Refunds: when money was given back, by whom and under which reference."""

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
