"""Everything the fakes remember: one set of rows per organisation, copied for each transaction."""

from copy import copy
from dataclasses import dataclass, field, fields
from typing import Self

from core.domain.account import ApiKey, Organization, User
from core.domain.alert import AlertGroup, Episode, GroupKey
from core.domain.ids import (
    ApiKeyId,
    EpisodeId,
    IncidentId,
    IntegrationId,
    OrganizationId,
    ServiceId,
    UserId,
)
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.service import Service
from core.domain.update import StatusUpdate
from core.ports import Processed
from core.views import TimelineEntry


@dataclass(slots=True)
class OrganizationRows:
    numbers: int = 0
    incidents: dict[IncidentId, Incident] = field(default_factory=dict)
    updates: dict[str, StatusUpdate] = field(default_factory=dict)
    services: dict[ServiceId, Service] = field(default_factory=dict)
    users: dict[UserId, User] = field(default_factory=dict)
    api_keys: dict[ApiKeyId, ApiKey] = field(default_factory=dict)
    integrations: dict[IntegrationId, Integration] = field(default_factory=dict)
    episodes: dict[EpisodeId, Episode] = field(default_factory=dict)
    groups: dict[tuple[IntegrationId, GroupKey], AlertGroup] = field(default_factory=dict)
    timeline: list[TimelineEntry] = field(default_factory=list)
    processed: dict[str, Processed] = field(default_factory=dict)

    def copied(self) -> Self:
        """The same values in containers of their own."""
        return type(self)(**{f.name: copy(getattr(self, f.name)) for f in fields(self)})


@dataclass(slots=True)
class Rows:
    """`commits` counts what was committed, by anybody."""

    organizations: dict[OrganizationId, Organization] = field(default_factory=dict)
    of_organization: dict[OrganizationId, OrganizationRows] = field(default_factory=dict)
    commits: int = 0

    def of(self, organization_id: OrganizationId) -> OrganizationRows:
        return self.of_organization.setdefault(organization_id, OrganizationRows())
