"""Who may do what: roles, scopes of keys, and every command."""

from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

from core import commands
from core.commands import Command, IncidentCommand, MaintenanceCommand
from core.domain.account import Role
from core.domain.actor import Permission
from core.domain.ids import OrganizationId
from core.errors import InvalidInput, NotPermitted
from core.handlers import HANDLERS
from core.permissions import INGEST, OPERATOR, RELAY, REQUIRED, ROLES, SCOPES, granted, normal_scope
from core.permissions import require as require_permission
from tests.fakes.people import a_caller

P = Permission
READS = {
    P.READ_INCIDENTS,
    P.READ_SERVICES,
    P.READ_MAINTENANCES,
    P.READ_METRICS,
    P.READ_PROCEDURES,
    P.READ_ARTICLES,
    P.READ_USERS,
    P.READ_ORGANIZATIONS,
}
RESPONDS = READS | {
    P.WRITE_INCIDENTS,
    P.WRITE_MAINTENANCES,
    P.WRITE_METRICS,
    P.EXECUTE_PROCEDURES,
    P.WRITE_ARTICLES,
    P.SEND_EVENTS,
}
LEADS = RESPONDS | {
    P.ASSIGN_INCIDENTS,
    P.DELETE_INCIDENTS,
    P.WRITE_SERVICES,
    P.WRITE_PROCEDURES,
    P.READ_INTEGRATIONS,
    P.WRITE_INTEGRATIONS,
}
RULES = LEADS | {P.WRITE_USERS, P.WRITE_ORGANIZATIONS, P.ADMINISTER}
MAY: dict[Role, set[Permission]] = {
    Role.VIEWER: READS,
    Role.ENGINEER: RESPONDS,
    Role.MANAGER: LEADS,
    Role.ADMIN: RULES,
    Role.OWNER: RULES,
}
DEFAULT = OrganizationId("org_1")
MATRIX = [(role, permission) for role in Role for permission in Permission]


def _every_command() -> set[type[Command[Any]]]:
    found = walk_packages(commands.__path__, f"{commands.__name__}.")
    modules = [import_module(module.name) for module in found]
    candidates = (getattr(module, name) for module in modules for name in dir(module))
    kinds = {c for c in candidates if isinstance(c, type) and issubclass(c, Command)}
    return kinds - {Command, IncidentCommand, MaintenanceCommand}


def test_every_command_can_be_carried_out_and_asks_for_a_permission() -> None:
    assert set(HANDLERS) == set(REQUIRED) == _every_command()


@pytest.mark.parametrize(("role", "permission"), MATRIX)
def test_a_role_may_do_what_the_table_says_and_nothing_else(
    role: Role, permission: Permission
) -> None:
    caller = a_caller(DEFAULT, role)

    if permission in MAY[role]:
        require_permission(caller, permission)
    else:
        with pytest.raises(NotPermitted, match=r"^You may not .+\.$"):
            require_permission(caller, permission)


def test_no_role_does_what_only_machines_do() -> None:
    assert not any((INGEST | RELAY) & may for may in ROLES.values())


def test_the_operator_may_do_everything() -> None:
    assert set(Permission) == OPERATOR


@pytest.mark.parametrize(
    ("scopes", "may"),
    [
        ((), set()),
        (("incidents:read",), {P.READ_INCIDENTS, P.READ_MAINTENANCES}),
        (
            ("incidents:write",),
            {
                P.READ_INCIDENTS,
                P.READ_MAINTENANCES,
                P.WRITE_INCIDENTS,
                P.ASSIGN_INCIDENTS,
                P.DELETE_INCIDENTS,
            },
        ),
        (
            ("maintenances:write",),
            {P.READ_INCIDENTS, P.READ_MAINTENANCES, P.WRITE_MAINTENANCES},
        ),
        (
            ("services:read", "incidents:read"),
            {P.READ_SERVICES, P.READ_INCIDENTS, P.READ_MAINTENANCES},
        ),
        (("services:write",), {P.READ_SERVICES, P.WRITE_SERVICES}),
        (("metrics:write", "users:read"), {P.READ_METRICS, P.WRITE_METRICS, P.READ_USERS}),
        (("procedures:execute",), {P.READ_PROCEDURES, P.EXECUTE_PROCEDURES}),
        (("events:write",), {P.SEND_EVENTS}),
        (("incidents:own", "administer", "alerts:ingest", "operate"), set()),
    ],
)
def test_a_key_may_do_what_its_scopes_say(scopes: tuple[str, ...], may: set[Permission]) -> None:
    assert granted(scopes) == may


@pytest.mark.parametrize("scope", sorted(SCOPES))
def test_no_scope_makes_an_administrator(scope: str) -> None:
    assert granted([scope]).isdisjoint({P.ADMINISTER, P.OPERATE, P.INGEST_ALERTS})


@pytest.mark.parametrize(
    ("word", "scope"),
    [
        ("incidents:read", "incidents:read"),
        (" Incidents:READ ", "incidents:read"),
        ("write:incidents", "incidents:write"),
        ("read:services", "services:read"),
        ("execute:procedures", "procedures:execute"),
        ("incidents:create", "incidents:write"),
        ("incidents:update", "incidents:write"),
        ("services:delete", "services:write"),
        ("events:write", "events:write"),
        ("viewer", "incidents:read"),
        ("incident_creator", "incidents:write"),
        ("incident_editor", "incidents:write"),
    ],
)
def test_scopes_of_other_products_are_understood(word: str, scope: str) -> None:
    assert normal_scope(word) == scope


@pytest.mark.parametrize("scope", sorted(SCOPES))
def test_a_scope_in_its_own_words_stays_as_it_is(scope: str) -> None:
    assert normal_scope(scope) == scope


@pytest.mark.parametrize(
    "word", ["", "incidents", "incidents:", ":read", "incidents:own", "read:write", "events:read"]
)
def test_a_scope_that_does_not_exist_is_refused_with_the_choices(word: str) -> None:
    with pytest.raises(InvalidInput, match=r"is not a scope; scopes are articles:read, ") as no:
        normal_scope(word)

    assert no.value.field == "scopes"
