"""Who may do what: roles, scopes of keys, and what each command asks for."""

from collections.abc import Iterable, Mapping
from typing import Any

from core import commands as c
from core.commands import Command
from core.domain.account import Role
from core.domain.actor import Caller, Permission
from core.errors import InvalidInput, NotPermitted

_VIEWER = frozenset({Permission.READ_INCIDENTS, Permission.READ_SERVICES})
_ENGINEER = _VIEWER | {Permission.WRITE_INCIDENTS}
_MANAGER = _ENGINEER | {
    Permission.ASSIGN_INCIDENTS,
    Permission.DELETE_INCIDENTS,
    Permission.WRITE_SERVICES,
}

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: _MANAGER | {Permission.ADMINISTER},
    Role.ADMIN: _MANAGER | {Permission.ADMINISTER},
    Role.MANAGER: _MANAGER,
    Role.ENGINEER: _ENGINEER,
    Role.VIEWER: _VIEWER,
}

_RESOURCES = (
    "incidents",
    "maintenances",
    "services",
    "metrics",
    "procedures",
    "articles",
    "integrations",
    "users",
    "organizations",
)
SCOPES: frozenset[str] = frozenset(
    {f"{resource}:{verb}" for resource in _RESOURCES for verb in ("read", "write")}
    | {"procedures:execute", "events:write"}
)

_GRANTS: Mapping[str, frozenset[Permission]] = {
    "incidents:read": frozenset({Permission.READ_INCIDENTS}),
    "incidents:write": frozenset(
        {
            Permission.READ_INCIDENTS,
            Permission.WRITE_INCIDENTS,
            Permission.ASSIGN_INCIDENTS,
            Permission.DELETE_INCIDENTS,
        }
    ),
    "maintenances:write": frozenset({Permission.READ_INCIDENTS}),
    "services:read": frozenset({Permission.READ_SERVICES}),
    "services:write": frozenset({Permission.READ_SERVICES, Permission.WRITE_SERVICES}),
}

OPERATOR = frozenset(Permission)
"""The person at the machine's own command line."""

INGEST = frozenset({Permission.INGEST_ALERTS})
RELAY = frozenset({Permission.OPERATE})

REQUIRED: Mapping[type[Command[Any]], Permission] = {
    c.DeclareIncident: Permission.WRITE_INCIDENTS,
    c.PublishIncident: Permission.WRITE_INCIDENTS,
    c.AcknowledgeIncident: Permission.WRITE_INCIDENTS,
    c.ReopenIncident: Permission.WRITE_INCIDENTS,
    c.SnoozeIncident: Permission.WRITE_INCIDENTS,
    c.SuppressIncident: Permission.WRITE_INCIDENTS,
    c.ResolveIncident: Permission.WRITE_INCIDENTS,
    c.CloseIncident: Permission.WRITE_INCIDENTS,
    c.CancelIncident: Permission.WRITE_INCIDENTS,
    c.DeleteIncident: Permission.DELETE_INCIDENTS,
    c.PostUpdate: Permission.WRITE_INCIDENTS,
    c.ChangeSeverity: Permission.WRITE_INCIDENTS,
    c.AssignIncident: Permission.WRITE_INCIDENTS,
    c.EditIncident: Permission.WRITE_INCIDENTS,
    c.LinkChannel: Permission.OPERATE,
    c.RecordBurial: Permission.OPERATE,
    c.TriageAlerts: Permission.INGEST_ALERTS,
    c.RefuseDelivery: Permission.INGEST_ALERTS,
    c.AddService: Permission.WRITE_SERVICES,
    c.AddUser: Permission.ADMINISTER,
    c.LinkSlackUser: Permission.OPERATE,
    c.ChangePassword: Permission.ADMINISTER,
    c.CreateApiKey: Permission.ADMINISTER,
    c.RevokeApiKey: Permission.ADMINISTER,
    c.CreateIntegration: Permission.ADMINISTER,
}

_SPOKEN: Mapping[Permission, str] = {
    Permission.READ_INCIDENTS: "see incidents",
    Permission.READ_SERVICES: "see services",
    Permission.WRITE_INCIDENTS: "change incidents; ask an engineer, a manager or an admin",
    Permission.ASSIGN_INCIDENTS: "assign incidents to others; take it yourself or ask a manager",
    Permission.DELETE_INCIDENTS: "delete incidents; ask a manager or an admin",
    Permission.WRITE_SERVICES: "change services; ask a manager or an admin",
    Permission.INGEST_ALERTS: "send alerts",
    Permission.ADMINISTER: "administer this organisation; ask an admin",
    Permission.OPERATE: "do what only Tocsin itself does",
}


def check(command: Command[Any]) -> None:
    """`NotPermitted`, saying who could, unless the command's caller may give it."""
    require(command.caller, REQUIRED[type(command)])


def require(caller: Caller, permission: Permission) -> None:
    if permission not in caller.permissions:
        raise NotPermitted(f"You may not {_SPOKEN[permission]}.")


def granted(scopes: Iterable[str]) -> frozenset[Permission]:
    """What a key with these scopes may do."""
    return frozenset().union(*(_GRANTS.get(scope, frozenset()) for scope in scopes))


def normal_scope(word: str) -> str:
    """A scope as `resource:verb`; `InvalidInput` for one that does not exist.

    Accepts Observer's order (`write:incidents`) and Overwatch's verbs
    (`incidents:create`, `incidents:update`).
    """
    first, _, second = word.strip().lower().partition(":")
    pair = (second, first) if first in ("read", "write", "execute") else (first, second)
    verb = "write" if pair[1] in ("create", "update", "delete") else pair[1]
    scope = f"{pair[0]}:{verb}"
    if scope not in SCOPES:
        raise InvalidInput(
            f"“{word}” is not a scope; scopes are {', '.join(sorted(SCOPES))}.", field="scopes"
        )
    return scope
