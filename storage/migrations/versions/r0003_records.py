"""Records: what an organisation keeps by name."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Filled in by this change."""
