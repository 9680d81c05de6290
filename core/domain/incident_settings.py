"""What an organisation decides about its incidents."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from core.domain.ids import ServiceId, UserId
from core.domain.incident_role import IncidentRole
from core.domain.record import Record
from core.domain.severity import Severity

ONLY = "incident settings"
"""Of these there is one for each organisation; where it is missing, the usual ones hold."""

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""Which ones an organisation can choose among, each as it calls itself."""


class Broadcast(StrEnum):
    """Whom the announcement of an incident calls besides those who are invited."""

    NOBODY = "nobody"
    HERE = "here"
    """Everybody in the channel who is at work now."""
    CHANNEL = "channel"
    """Everybody in the channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveritySettings:
    """`meaning` is what the organisation says of it, empty for the usual words; news is expected
    every `update_minutes`, 0 for never; `invitees` come into every channel of that severity."""

    severity: Severity
    meaning: str = ""
    update_minutes: int = 0
    broadcast: Broadcast = Broadcast.NOBODY
    invitees: tuple[UserId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceInvitees:
    """Who comes into the channel of every incident of a service, besides its owners."""

    service_id: ServiceId
    user_ids: tuple[UserId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of the organisation's own that the form to declare asks for, in this order."""

    field_id: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleInstructions:
    """What whoever takes a role that comes with every organisation is told here."""

    role_id: str
    instructions: str


USUAL_UPDATES = {
    Severity.CRITICAL: 30,
    Severity.HIGH: 60,
    Severity.MEDIUM: 240,
    Severity.LOW: 0,
}
"""Minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSettings(Record):
    """Channels are names or ids of Slack; an empty `announcement_channel` means the one of the
    installation, an empty `digest_channel` none. `channel_name` is a template with {date},
    {number}, {severity} and {title}. `reaction` is an emoji's name. Of the waits, 0 means never:
    minutes until a lead is missed, hours until an incident is stale, hours until open tasks are
    told of after the end, days until the channel is archived. The week is summed up on
    `summary_weekday` (0 is Monday) at `summary_hour` in `timezone`."""

    NOUN: ClassVar[str] = "incident settings"
    PREFIX: ClassVar[str] = "set"

    announcement_channel: str = ""
    digest_channel: str = ""
    channel_name: str = "inc-{date}-{title}"
    reaction: str = "pushpin"
    language: str = "en"
    timezone: str = "UTC"
    severities: tuple[SeveritySettings, ...] = ()
    service_invitees: tuple[ServiceInvitees, ...] = ()
    form_fields: tuple[FormField, ...] = ()
    role_instructions: tuple[RoleInstructions, ...] = ()
    lead_minutes: int = 10
    stale_hours: int = 24
    tasks_left_hours: int = 24
    archive_days: int = 14
    summary_weekday: int = 0
    summary_hour: int = 9

    def of(self, severity: Severity) -> SeveritySettings:
        """What holds for a severity, the usual where nothing was decided."""
        usual = SeveritySettings(severity=severity, update_minutes=USUAL_UPDATES[severity])
        return next((one for one in self.severities if one.severity is severity), usual)

    def update_interval(self, severity: Severity) -> timedelta | None:
        minutes = self.of(severity).update_minutes
        return timedelta(minutes=minutes) if minutes else None

    def invited_for(self, service_id: ServiceId) -> tuple[UserId, ...]:
        """Who comes because of a service, besides its owners."""
        given = (one.user_ids for one in self.service_invitees if one.service_id == service_id)
        return next(given, ())

    def instructions(self, role: IncidentRole) -> str:
        """What whoever takes the role is told, the usual words where nothing was decided."""
        given = (one.instructions for one in self.role_instructions if one.role_id == role.id)
        return next(given, role.instructions)

    @property
    def label(self) -> str:
        return "incident settings"

    @property
    def unique_key(self) -> str | None:
        return ONLY


def usual_settings(at: datetime) -> IncidentSettings:
    """Those which hold as long as nobody decided otherwise."""
    return IncidentSettings(id="incident_settings", created_at=at, updated_at=at)
