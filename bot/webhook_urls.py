"""Where an alert source sends its alerts."""

from core.domain.ids import IntegrationId

TOKEN_IN_URL = frozenset({"azure", "cloudwatch", "googlecloud", "pingdom", "sentry", "uptimerobot"})
"""Tools that cannot send a header of ours."""


def webhook_url(
    base: str, source: str, id: IntegrationId | None = None, token: str | None = None
) -> str:
    """Of a source of this kind; some have their id in it, and some their token."""
    match source:
        case "pagerduty":
            return f"{base}/pagerduty/v2/enqueue"
        case "opsgenie":
            return f"{base}/opsgenie"
        case "incident_io":
            return f"{base}/v2/alert_events/http/{id}"
        case _ if token and source in TOKEN_IN_URL:
            return f"{base}/webhooks/{source}/{token}"
        case _:
            return f"{base}/webhooks/{source}"
