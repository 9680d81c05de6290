"""The tools that can ring, by name."""

from collections.abc import Mapping

from bot.webhooks.alertmanager import ALERTMANAGER
from bot.webhooks.incident_io import INCIDENT_IO
from bot.webhooks.pagerduty import PAGERDUTY
from bot.webhooks.source import Source

SOURCES: Mapping[str, Source] = {
    source.name: source for source in (ALERTMANAGER, PAGERDUTY, INCIDENT_IO)
}
