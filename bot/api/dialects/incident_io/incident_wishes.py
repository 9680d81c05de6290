"""What may be asked of incidents in incident.io's words; unknown keys are ignored."""

from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.api.dialects.incident_io.field_shapes import CustomFieldEntryPayload
from bot.api.dialects.incident_io.incident_shapes import StatusV1
from bot.api.dialects.incident_io.people_shapes import UserReference
from bot.api.idempotency import LONGEST, checked_key
from bot.api.shape import Shape
from bot.web.validation import REQUIRED
from core.domain.incident import MAX_DESCRIPTION, MAX_TITLE
from core.domain.status_option import TRIAGE
from core.domain.update import MAX_TEXT
from core.errors import InvalidInput


def _key(given: str) -> str:
    if not given.strip():
        raise PydanticCustomError(REQUIRED, "An idempotency key is required.")
    try:
        return checked_key(given.strip(), field="idempotency_key")
    except InvalidInput as error:
        raise ValueError(str(error)) from error


def _text(given: object) -> object:
    """What is null counts as absent."""
    return "" if given is None else given


IdempotencyKey: TypeAlias = Annotated[
    str,
    AfterValidator(_key),
    Field(
        min_length=1, max_length=LONGEST, description="The same key again: the first result again."
    ),
]
Visibility: TypeAlias = Annotated[
    Literal["public", "private"],
    Field(
        description="Of a private one only its people know; a key declares it with the scope "
        "incidents:private."
    ),
]
Entries: TypeAlias = Annotated[list[CustomFieldEntryPayload] | None, Field(max_length=100)]


Name: TypeAlias = Annotated[str | None, Field(max_length=MAX_TITLE)]
Summary: TypeAlias = Annotated[str | None, Field(max_length=MAX_DESCRIPTION)]


class RoleAssignmentPayload(Shape):
    """Without an assignee: nobody has the role any more."""

    incident_role_id: str
    assignee: UserReference | None = None


Assignments: TypeAlias = Annotated[list[RoleAssignmentPayload] | None, Field(max_length=100)]


class RetrospectiveOptions(Shape):
    postmortem_document_url: str | None = None


class NewIncidentBase(Shape):
    idempotency_key: IdempotencyKey
    visibility: Visibility
    name: Name = None
    summary: Summary = None
    incident_type_id: str | None = None
    incident_role_assignments: Assignments = None
    custom_field_entries: Entries = None


class NewIncidentV2(NewIncidentBase):
    mode: Literal["standard", "retrospective", "test", "tutorial"] | None = None
    incident_status_id: str | None = None
    severity_id: Annotated[
        str,
        BeforeValidator(_text),
        Field(validate_default=True, description="Required unless the status is Triage."),
    ] = ""
    retrospective_incident_options: RetrospectiveOptions | None = None

    @field_validator("severity_id")
    @classmethod
    def _required(cls, given: str, info: ValidationInfo) -> str:
        return _severity(given, triage=info.data.get("incident_status_id") == TRIAGE)


class NewIncidentV1(NewIncidentBase):
    mode: Literal["real", "test"] | None = None
    status: StatusV1 | None = None
    severity_id: Annotated[
        str,
        BeforeValidator(_text),
        Field(validate_default=True, description="Required unless the status is triage."),
    ] = ""

    @field_validator("severity_id")
    @classmethod
    def _required(cls, given: str, info: ValidationInfo) -> str:
        return _severity(given, triage=info.data.get("status") == "triage")


class IncidentEdit(Shape):
    """What is absent or null stays; roles and fields that are not named stay too."""

    name: Name = None
    summary: Summary = None
    severity_id: str | None = None
    incident_status_id: str | None = None
    call_url: str | None = None
    incident_role_assignments: Assignments = None
    custom_field_entries: Entries = None


class IncidentEditBody(Shape):
    incident: IncidentEdit
    notify_incident_channel: Annotated[
        StrictBool, Field(description="The channel shows every change, whatever this says.")
    ]


class NewIncidentUpdate(Shape):
    """At least one of the last three."""

    idempotency_key: IdempotencyKey
    incident_id: str
    message: Annotated[str | None, Field(max_length=MAX_TEXT)] = None
    to_incident_status_id: str | None = None
    to_severity_id: str | None = None

    @model_validator(mode="after")
    def _something(self) -> "NewIncidentUpdate":
        if not ((self.message or "").strip() or self.to_incident_status_id or self.to_severity_id):
            raise ValueError(
                "The update is empty; send a message, to_incident_status_id or to_severity_id."
            )
        return self


def _severity(given: str, *, triage: bool) -> str:
    if not (given or triage):
        raise PydanticCustomError(REQUIRED, "A severity is required to open an incident")
    return given
