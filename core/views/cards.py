"""Everything one incident shows in a channel, and the people in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.ids import ChannelId, IncidentId, MaintenanceId, SlackUserId, UserId
from core.domain.incident import Incident
from core.domain.update import StatusUpdate


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as shown: by name, and by Slack mention where they are known there."""

    id: UserId
    name: str
    email: str
    slack_user_id: SlackUserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """Who plays which role of the organisation's; the lead is the assignee, and not among them."""

    role_id: str
    role: str
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowNote:
    """A window that was running on one of the incident's services when it was declared."""

    id: MaintenanceId
    reference: str
    title: str
    ends_at: datetime
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another incident that has to do with one."""

    id: IncidentId
    number: int
    title: str
    channel_id: ChannelId | None = None

    @property
    def reference(self) -> str:
        return f"INC-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCard:
    """Everything one incident shows, read in one go.

    `services` are id → name; `firing` counts alerts still on; `links` are label → URL
    of its alerts (runbook, graph); `own_fields` are name → what the organisation's fields say;
    `windows` ran on its services when it was declared. Of those
    that are `related` or that it was `merged_into` a private one is shown only to whom it may be:
    what everybody in a channel reads tells of none. When `news_due` is, though nobody promised
    any, is looked up by whoever shows it.
    """

    incident: Incident
    services: Mapping[str, str] = field(default_factory=dict)
    creator: Person | None = None
    assignee: Person | None = None
    acknowledger: Person | None = None
    owners: tuple[Person, ...] = ()
    players: tuple[Player, ...] = ()
    latest_update: StatusUpdate | None = None
    firing: int = 0
    alerts: int = 0
    links: Mapping[str, str] = field(default_factory=dict)
    windows: tuple[WindowNote, ...] = ()
    related: tuple[Neighbour, ...] = ()
    merged_into: Neighbour | None = None
    own_fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    news_due: datetime | None = None
