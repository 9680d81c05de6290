"""Commands on what an organisation decides about its incidents."""

from dataclasses import dataclass

from core.commands.base import Command
from core.domain.custom_field import CustomField
from core.domain.ids import UserId
from core.domain.incident_settings import (
    Broadcast,
    FormField,
    IncidentSettings,
    RoleInstructions,
    ServiceInvitees,
    SeveritySettings,
)
from core.domain.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChange:
    """What is None stays."""

    severity: Severity
    meaning: str | None = None
    update_minutes: int | None = None
    broadcast: Broadcast | None = None
    invitees: tuple[UserId, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIncidentSettings(Command[IncidentSettings]):
    """What is None stays. Of `severities`, `service_invitees` and `role_instructions` those that
    are given take the place of those for the same severity, service or role, and the others stay;
    without people, or with empty instructions, the usual holds again. `form_fields` are all of
    them. `expected_version` refuses it with `Conflict` when the settings were changed since they
    were read; those that nobody ever changed have the version 0.
    """

    expected_version: int | None = None
    announcement_channel: str | None = None
    digest_channel: str | None = None
    channel_name: str | None = None
    reaction: str | None = None
    language: str | None = None
    timezone: str | None = None
    severities: tuple[SeveritySettings | SeverityChange, ...] | None = None
    service_invitees: tuple[ServiceInvitees, ...] | None = None
    form_fields: tuple[FormField, ...] | None = None
    role_instructions: tuple[RoleInstructions, ...] | None = None
    lead_minutes: int | None = None
    stale_hours: int | None = None
    tasks_left_hours: int | None = None
    archive_days: int | None = None
    summary_weekday: int | None = None
    summary_hour: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddFormField(Command[CustomField]):
    """A custom field with its options, which the form to declare asks for last of all."""

    name: str
    type: str
    description: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
