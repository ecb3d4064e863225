"""Reviews: what travelers said, our answers, and the codes that thank for it."""

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
