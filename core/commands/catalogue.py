"""Commands on what an organisation names by itself: severities, statuses, roles, custom fields."""

from dataclasses import dataclass

from core.commands.base import Command
from core.domain.custom_field import USUAL_SORT_KEY, CustomField, FieldOption
from core.domain.incident_role import IncidentRole
from core.domain.severity_option import SeverityOption
from core.domain.status_option import StatusOption


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSeverityOption(Command[SeverityOption]):
    name: str
    description: str = ""
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSeverityOption(Command[SeverityOption]):
    """What is None stays."""

    severity_id: str
    name: str | None = None
    description: str | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteSeverityOption(Command[SeverityOption]):
    """Incidents that have it are shown with the level's own severity from then on."""

    severity_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStatusOption(Command[StatusOption]):
    """`category` is one of live, learning and closed; without `rank` it is the last of them."""

    name: str
    category: str
    description: str = ""
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditStatusOption(Command[StatusOption]):
    """What is None stays."""

    status_id: str
    name: str | None = None
    description: str | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteStatusOption(Command[StatusOption]):
    """Incidents that have it are shown with the status of their state from then on."""

    status_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddIncidentRole(Command[IncidentRole]):
    name: str
    shortform: str = ""
    description: str = ""
    instructions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIncidentRole(Command[IncidentRole]):
    """What is None stays."""

    role_id: str
    name: str | None = None
    shortform: str | None = None
    description: str | None = None
    instructions: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteIncidentRole(Command[IncidentRole]):
    """Nobody has it any more."""

    role_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCustomField(Command[CustomField]):
    """`type` is a word of `core.domain.custom_field.FieldType`."""

    name: str
    type: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCustomField(Command[CustomField]):
    """What is None stays; the type of a field never changes."""

    field_id: str
    name: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteCustomField(Command[CustomField]):
    """With its options; incidents no longer show it."""

    field_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddFieldOption(Command[FieldOption]):
    field_id: str
    value: str
    sort_key: int = USUAL_SORT_KEY


@dataclass(frozen=True, slots=True, kw_only=True)
class EditFieldOption(Command[FieldOption]):
    """What is None stays."""

    option_id: str
    value: str | None = None
    sort_key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteFieldOption(Command[FieldOption]):
    """Incidents no longer show it."""

    option_id: str
