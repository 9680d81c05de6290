"""When a webhook that failed is tried again, and when it is given up."""

from datetime import datetime, timedelta

from core.domain.webhook_delivery import WebhookDelivery

DELAYS = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800)
"""Seconds between one attempt and the next: eleven attempts in a day."""

A_DAY = timedelta(days=1)
LONGEST_ASKED = 3_600.0
"""Seconds that the other side may have us wait beyond what we should."""


def next_delay(
    delivery: WebhookDelivery, now: datetime, asked: float | None = None
) -> float | None:
    """Seconds to wait after one more failed attempt; None where that was the last. What is older
    than a day is tried once: an endpoint that stays away keeps nobody busy for ever."""
    made = delivery.attempts
    if made >= len(DELAYS) or now - delivery.created_at >= A_DAY:
        return None
    return max(float(DELAYS[made]), min(asked or 0.0, LONGEST_ASKED))
