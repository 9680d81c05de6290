"""Where an alert source sends its alerts."""

SENDS_HEADERS = frozenset({"alertmanager"})
"""Tools that can send the token as a header, so that it need not stand in the URL."""


def webhook_url(base: str, source: str, token: str) -> str:
    url = f"{base}/webhooks/{source}"
    return url if source in SENDS_HEADERS else f"{url}/{token}"
