"""Schema 1: stories, events and their quotes. No program makes such stores any more."""

revision = "1"
down_revision = None


def upgrade() -> None:
    """What is of schema 1 is there already."""
