"""Where an alert source sends its alerts."""

from core.domain.ids import IntegrationId


def webhook_url(base: str, source: str, id: IntegrationId | None = None) -> str:
    """Of a source of this kind; some have their id in it."""
    match source:
        case "pagerduty":
            return f"{base}/api/events"
        case "incident_io":
            return f"{base}/v2/alert_events/http/{id}"
        case _:
            return f"{base}/webhooks/{source}"
