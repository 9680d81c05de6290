"""Sessions, invitations, password resets and plans."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Filled in by this change."""
