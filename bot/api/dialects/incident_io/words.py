"""incident.io's words: statuses of both versions, modes, and the roles of people and keys."""

from collections.abc import Iterable, Mapping

from core.domain.account import Role
from core.domain.actor import Permission
from core.domain.state import Phase, State
from core.domain.status_option import live_phase

_LIVE: Mapping[Phase, str] = {
    Phase.INVESTIGATING: "investigating",
    Phase.IDENTIFIED: "fixing",
    Phase.MONITORING: "monitoring",
}

_ROWS: Mapping[State, str] = {
    State.DRAFT: "status_triage",
    State.SNOOZED: "status_paused",
    State.SUPPRESSED: "status_paused",
    State.RESOLVED: "status_post_incident",
    State.CLOSED: "status_closed",
    State.CANCELED: "status_canceled",
}

_V1: Mapping[State, str] = {
    State.DRAFT: "triage",
    State.SNOOZED: "investigating",
    State.SUPPRESSED: "investigating",
    State.RESOLVED: "closed",
    State.CLOSED: "closed",
    State.CANCELED: "declined",
}

STATUSES_V1 = ("triage", "investigating", "fixing", "monitoring", "closed", "declined")

ROW_OF_V1: Mapping[str, str] = {word: f"status_{word}" for word in STATUSES_V1}
"""The row that a status of the first version stands for when an incident is made."""

MODES_V1: Mapping[str, str] = {
    "standard": "real",
    "retrospective": "real",
    "test": "test",
    "tutorial": "tutorial",
}
MODE_OF_V1: Mapping[str, str] = {"real": "standard", "test": "test", "tutorial": "tutorial"}

BASE_ROLES: Mapping[Role, tuple[str, str]] = {
    Role.OWNER: ("owner", "owner"),
    Role.ADMIN: ("administrator", "admin"),
    Role.MANAGER: ("responder", "manager"),
    Role.ENGINEER: ("responder", "engineer"),
    Role.VIEWER: ("viewer", "viewer"),
}
"""Of a person: the word of their old `role`, and the slug of their base role."""

_KEY_ROLES: Mapping[Permission, tuple[str, ...]] = {
    Permission.READ_INCIDENTS: ("viewer",),
    Permission.WRITE_INCIDENTS: ("incident_creator", "incident_editor"),
    Permission.WRITE_ORGANIZATIONS: ("manage_settings",),
    Permission.ADMINISTER: ("global_access", "api_keys_manage"),
}


def standard_row(state: State, phase: Phase) -> str:
    """The id of the status that an incident has by itself."""
    return _ROWS.get(state) or f"status_{_LIVE[live_phase(phase)]}"


def status_v1(state: State, phase: Phase) -> str:
    return _V1.get(state) or _LIVE[live_phase(phase)]


def key_roles(permissions: Iterable[Permission]) -> list[str]:
    """What a key with these permissions is called there, the least first."""
    held = frozenset(permissions)
    return [
        role for permission, roles in _KEY_ROLES.items() if permission in held for role in roles
    ]
