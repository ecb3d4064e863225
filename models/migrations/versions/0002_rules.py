"""Options run by repeating rules with exceptions; one option may leave several times a day."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
