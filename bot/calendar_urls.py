"""Where calendar programs read the maintenance of an organisation."""

FEED = "/api/v1/maintenances.ics"


def feed_url(base: str, token: str) -> str:
    """To be subscribed to; whoever knows it may read."""
    return f"{base}{FEED}?token={token}"
