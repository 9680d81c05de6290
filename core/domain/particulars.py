"""What an organisation says about its incidents in words of its own: roles, fields, modes."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.ids import UserId


class Mode(StrEnum):
    """How serious an incident is meant: only the first two ever hurt anybody."""

    STANDARD = "standard"
    RETROSPECTIVE = "retrospective"
    TEST = "test"
    TUTORIAL = "tutorial"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssignment:
    """Who plays a role in an incident."""

    role_id: str
    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEntry:
    """What a field of the organisation's own says of an incident."""

    field_id: str
    values: tuple[str, ...]
