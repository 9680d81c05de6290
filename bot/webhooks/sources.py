"""The tools that can ring, by the name in their URL."""

from collections.abc import Mapping

from bot.webhooks.alertmanager import ALERTMANAGER
from bot.webhooks.source import Source

SOURCES: Mapping[str, Source] = {source.name: source for source in (ALERTMANAGER,)}
