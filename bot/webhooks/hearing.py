"""What a payload would be taken for, if it came now."""

from datetime import datetime
from typing import Any

from bot.web.problems import Refusal
from bot.webhooks.source import Heard, NotUnderstood
from bot.webhooks.sources import SOURCES
from core.domain.alert import Alert
from core.domain.integration import Integration
from core.errors import InvalidInput


def hear(integration: Integration, payload: Any, received_at: datetime) -> list[Alert]:
    """As triage will read it; a `bot.alert_hearing.Hearing`."""
    source = SOURCES.get(integration.source)
    if source is None:
        raise InvalidInput(f"{integration.name} is sent no payloads.", field="payload")
    try:
        heard = Heard(received_at=received_at, settings=integration.settings)
        return source.parse(payload, heard)
    except (NotUnderstood, Refusal) as error:
        raise InvalidInput(str(error), field="payload") from error
