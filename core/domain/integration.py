"""A configured alert source: which tool rings, for which service, with which token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.ids import IntegrationId, ServiceId
from core.domain.source_settings import SourceSettings
from core.errors import InvalidInput

SOURCES = (
    "alertmanager",
    "prometheus",
    "grafana",
    "signoz",
    "elasticsearch",
    "datadog",
    "newrelic",
    "cloudwatch",
    "azure",
    "googlecloud",
    "sentry",
    "zabbix",
    "uptime_kuma",
    "uptimerobot",
    "pingdom",
    "apprise",
    "cloudevents",
    "generic",
    "pagerduty",
    "opsgenie",
    "incident_io",
)
"""Tools that can ring; each has a parser and a page in the documentation."""

HEARTBEAT = "heartbeat"
"""The source of our own that rings when a heartbeat stays out; nobody sets it up by hand."""

ALIASES: Mapping[str, str] = {
    "new_relic": "newrelic",
    "aws_cloudwatch": "cloudwatch",
    "aws": "cloudwatch",
    "sns": "cloudwatch",
    "azure_monitor": "azure",
    "google_cloud": "googlecloud",
    "google_cloud_monitoring": "googlecloud",
    "gcp": "googlecloud",
    "stackdriver": "googlecloud",
    "uptimekuma": "uptime_kuma",
    "uptime_robot": "uptimerobot",
    "cloud_events": "cloudevents",
    "cloudevent": "cloudevents",
    "webhook": "generic",
    "elastic": "elasticsearch",
    "kibana": "elasticsearch",
    "incidentio": "incident_io",
}
"""Other names for them."""

_OF_EVENTS = "int_events_"


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
        return self.source in SOURCES or self.source == HEARTBEAT

    @property
    def given_name(self) -> str:
        """What people call it to tell it from others of its kind; empty where nobody did."""
        by_itself = self.source == HEARTBEAT or self.id.startswith(_OF_EVENTS)
        return "" if by_itself or source_called(self.name) == self.source else self.name


def events_source_id(service_id: ServiceId) -> IntegrationId:
    """Of the source that stands for all the programs which send events about one service with
    a key of the API."""
    return IntegrationId(f"{_OF_EVENTS}{service_id}")


def source_called(word: str) -> str | None:
    """The source by any of its names, however it is spelled; None where nothing is called so."""
    name = word.strip().lower().replace("-", "_").replace(" ", "_").replace(".", "_")
    source = ALIASES.get(name, name)
    return source if source in SOURCES else None


def source_named(word: str) -> str:
    """As `source_called`; `InvalidInput` names those there are."""
    source = source_called(word)
    if source is None:
        known = ", ".join(sorted(SOURCES))
        raise InvalidInput(
            f"“{word[:80]}” is not a known alert source; use {known}.", field="source"
        )
    return source
