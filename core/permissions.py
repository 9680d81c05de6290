"""Who may do what: roles, scopes of keys, and what each command asks for."""

from collections.abc import Mapping
from typing import Any

from core.commands import Command
from core.domain.account import Role
from core.domain.actor import Caller, Permission
from core.errors import NotPermitted
from core.language import known, say, to_say
from core.requirements import REQUIRED
from core.scopes import SCOPES, granted, normal_scope

__all__ = [
    "INGEST",
    "OPERATOR",
    "RELAY",
    "REQUIRED",
    "ROLES",
    "SCOPES",
    "check",
    "granted",
    "normal_scope",
    "require",
]

_VIEWER = frozenset(
    {
        Permission.READ_INCIDENTS,
        Permission.READ_SERVICES,
        Permission.READ_MAINTENANCES,
        Permission.READ_METRICS,
        Permission.READ_PROCEDURES,
        Permission.READ_ARTICLES,
        Permission.READ_USERS,
        Permission.READ_ORGANIZATIONS,
    }
)
_ENGINEER = _VIEWER | {
    Permission.WRITE_INCIDENTS,
    Permission.WRITE_MAINTENANCES,
    Permission.WRITE_METRICS,
    Permission.EXECUTE_PROCEDURES,
    Permission.WRITE_ARTICLES,
    Permission.SEND_EVENTS,
}
_MANAGER = _ENGINEER | {
    Permission.ASSIGN_INCIDENTS,
    Permission.DELETE_INCIDENTS,
    Permission.WRITE_SERVICES,
    Permission.WRITE_PROCEDURES,
    Permission.READ_INTEGRATIONS,
    Permission.WRITE_INTEGRATIONS,
}
_ADMIN = _MANAGER | {
    Permission.WRITE_USERS,
    Permission.WRITE_ORGANIZATIONS,
    Permission.ADMINISTER,
}

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: _ADMIN,
    Role.ADMIN: _ADMIN,
    Role.MANAGER: _MANAGER,
    Role.ENGINEER: _ENGINEER,
    Role.VIEWER: _VIEWER,
}

OPERATOR = frozenset(Permission)
"""The person at the machine's own command line."""

INGEST = frozenset({Permission.INGEST_ALERTS})
RELAY = frozenset({Permission.OPERATE})

_SPOKEN: Mapping[Permission, str] = {
    Permission.READ_INCIDENTS: to_say("see incidents"),
    Permission.READ_PRIVATE: to_say("see private incidents that you are no member of"),
    Permission.READ_SERVICES: to_say("see services"),
    Permission.WRITE_INCIDENTS: to_say("change incidents; ask an engineer, a manager or an admin"),
    Permission.ASSIGN_INCIDENTS: to_say(
        "assign incidents to others; take it yourself or ask a manager"
    ),
    Permission.DELETE_INCIDENTS: to_say("delete incidents; ask a manager or an admin"),
    Permission.WRITE_SERVICES: to_say("change services; ask a manager or an admin"),
    Permission.READ_MAINTENANCES: to_say("see maintenance"),
    Permission.WRITE_MAINTENANCES: to_say(
        "change maintenance; ask an engineer, a manager or an admin"
    ),
    Permission.READ_METRICS: to_say("see metrics"),
    Permission.WRITE_METRICS: to_say("change metrics; ask an engineer, a manager or an admin"),
    Permission.READ_PROCEDURES: to_say("see procedures"),
    Permission.WRITE_PROCEDURES: to_say("change procedures; ask a manager or an admin"),
    Permission.EXECUTE_PROCEDURES: to_say(
        "execute procedures; ask an engineer, a manager or an admin"
    ),
    Permission.READ_ARTICLES: to_say("see articles"),
    Permission.WRITE_ARTICLES: to_say("change articles; ask an engineer, a manager or an admin"),
    Permission.READ_INTEGRATIONS: to_say("see integrations; ask a manager or an admin"),
    Permission.WRITE_INTEGRATIONS: to_say("change integrations; ask a manager or an admin"),
    Permission.READ_USERS: to_say("see the people of this organisation"),
    Permission.WRITE_USERS: to_say("change the people of this organisation; ask an admin"),
    Permission.READ_ORGANIZATIONS: to_say("see the settings of this organisation"),
    Permission.WRITE_ORGANIZATIONS: to_say(
        "change the settings of this organisation; ask an admin"
    ),
    Permission.SEND_EVENTS: to_say("send events; ask an engineer, a manager or an admin"),
    Permission.INGEST_ALERTS: to_say("send alerts"),
    Permission.ADMINISTER: to_say("administer this organisation; ask an admin"),
    Permission.OPERATE: to_say("do what only Tocsin itself does"),
}


def check(command: Command[Any]) -> None:
    """`NotPermitted`, saying who could, unless the command's caller may give it."""
    require(command.caller, REQUIRED[type(command)])


def require(caller: Caller, permission: Permission) -> None:
    if permission not in caller.permissions:
        raise NotPermitted(refused(permission))


def refused(permission: Permission) -> str:
    """What somebody without it is told."""
    return say("You may not {what}.", what=known(_SPOKEN[permission]))
