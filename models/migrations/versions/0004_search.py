"""What a reservation can be found by: part of a name in any script, a telephone's tail, an address."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
