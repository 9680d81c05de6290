"""What incidents have besides: facets, counters, words of other products."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Filled in by this change."""
