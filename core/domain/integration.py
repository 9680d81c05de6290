"""A configured alert source: which tool rings, for which service, with which token."""

from dataclasses import dataclass, field
from datetime import datetime

from core.domain.ids import IntegrationId, ServiceId
from core.domain.source_settings import SourceSettings
from core.errors import InvalidInput

SOURCES = ("alertmanager", "pagerduty", "incident_io")
"""Tools that can ring today; each has a parser and a page in the documentation."""

PLANNED = ("cloudwatch", "datadog", "elasticsearch", "grafana", "newrelic", "signoz")
"""Tools that can be set up already, although what they send is refused until it can be read."""

_ALIASES = {"prometheus": "alertmanager", "new_relic": "newrelic", "aws_cloudwatch": "cloudwatch"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """`sealed_token` is its token, for signatures made with it; `sealed_secret` is what the tool
    itself signs with. The core can read neither. Empty where there is none."""

    id: IntegrationId
    source: str
    name: str
    token_hash: str = field(repr=False)
    created_at: datetime
    service_id: ServiceId | None = None
    auto_resolve: bool = True
    settings: SourceSettings = field(default_factory=SourceSettings)
    sealed_token: str = field(default="", repr=False)
    sealed_secret: str = field(default="", repr=False)
    deleted_at: datetime | None = None
    version: int = 0

    @property
    def heard(self) -> bool:
        """Whether what it sends can be read."""
        return self.source in SOURCES


def events_source_id(service_id: ServiceId) -> IntegrationId:
    """Of the source that stands for all the programs which send events about one service with
    a key of the API."""
    return IntegrationId(f"int_events_{service_id}")


def source_named(word: str) -> str:
    source = word.strip().lower()
    if source not in SOURCES:
        raise InvalidInput(
            f"“{word}” is not an alert source; use {', '.join(SOURCES)}.", field="source"
        )
    return source


def platform_named(word: str) -> str:
    """A tool that can be set up, by any of its names."""
    name = word.strip().lower().replace("-", "_").replace(" ", "_")
    source = _ALIASES.get(name, name)
    if source not in (*SOURCES, *PLANNED):
        known = ", ".join(sorted((*SOURCES, *PLANNED)))
        raise InvalidInput(
            f"“{word[:80]}” is not a known alert source; use {known}.", field="source"
        )
    return source
