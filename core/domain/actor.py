"""Who acts, through which surface, and on whose behalf."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.ids import OrganizationId, UserId
from core.domain.viewer import EVERYTHING, Viewer


class Surface(StrEnum):
    SLACK = "slack"
    REST = "rest"
    WEBHOOK = "webhook"
    SCHEDULER = "scheduler"
    RELAY = "relay"
    CLI = "cli"


class Permission(StrEnum):
    """What a caller may be allowed to do; the policy is in `core.permissions`."""

    READ_INCIDENTS = "incidents:read"
    READ_PRIVATE = "incidents:private"
    READ_SERVICES = "services:read"
    WRITE_INCIDENTS = "incidents:write"
    ASSIGN_INCIDENTS = "incidents:assign"
    DELETE_INCIDENTS = "incidents:delete"
    WRITE_SERVICES = "services:write"
    READ_MAINTENANCES = "maintenances:read"
    WRITE_MAINTENANCES = "maintenances:write"
    READ_METRICS = "metrics:read"
    WRITE_METRICS = "metrics:write"
    READ_PROCEDURES = "procedures:read"
    WRITE_PROCEDURES = "procedures:write"
    EXECUTE_PROCEDURES = "procedures:execute"
    READ_ARTICLES = "articles:read"
    WRITE_ARTICLES = "articles:write"
    READ_INTEGRATIONS = "integrations:read"
    WRITE_INTEGRATIONS = "integrations:write"
    READ_USERS = "users:read"
    WRITE_USERS = "users:write"
    READ_ORGANIZATIONS = "organizations:read"
    WRITE_ORGANIZATIONS = "organizations:write"
    SEND_EVENTS = "events:write"
    INGEST_ALERTS = "alerts:ingest"
    ADMINISTER = "administer"
    OPERATE = "operate"


SEEING_ALL = frozenset({Permission.READ_PRIVATE, Permission.OPERATE})
"""Whoever may do one of these knows of private incidents without being a member of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The author of a change, as the timeline remembers them."""

    surface: Surface
    name: str
    user_id: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody at the door: the actor, their organisation, and what they may do there. A `program`
    acts in the name of whoever gave it its key, but is no member of anything."""

    organization_id: OrganizationId
    actor: Actor
    permissions: frozenset[Permission]
    program: bool = False

    @property
    def viewer(self) -> Viewer:
        """Through whose eyes it sees incidents."""
        if not SEEING_ALL.isdisjoint(self.permissions):
            return EVERYTHING
        return Viewer(user_id=None if self.program else self.actor.user_id)
