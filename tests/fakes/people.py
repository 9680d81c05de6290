"""Callers for tests: who they are, and what their role allows."""

from core.bus import CommandBus
from core.commands import AddUser
from core.domain.account import Role
from core.domain.actor import Actor, Caller, Permission, Surface
from core.domain.ids import OrganizationId, UserId
from core.permissions import INGEST, OPERATOR, RELAY, ROLES


def a_caller(
    organization_id: OrganizationId,
    role: Role = Role.ADMIN,
    *,
    name: str = "Alice Archer",
    user_id: UserId | None = None,
    surface: Surface = Surface.SLACK,
) -> Caller:
    return Caller(
        organization_id=organization_id,
        actor=Actor(surface=surface, name=name, user_id=user_id),
        permissions=ROLES[role],
    )


def the_operator(organization_id: OrganizationId) -> Caller:
    """At the machine's own command line; may do everything."""
    return _robot(organization_id, "the operator", Surface.CLI, OPERATOR)


def the_relay(organization_id: OrganizationId) -> Caller:
    return _robot(organization_id, "Tocsin", Surface.RELAY, RELAY)


def the_source(organization_id: OrganizationId) -> Caller:
    """An alert source at its webhook."""
    return _robot(organization_id, "Alertmanager", Surface.WEBHOOK, INGEST)


async def hire(
    bus: CommandBus, organization_id: OrganizationId, name: str, role: Role = Role.ADMIN
) -> Caller:
    """A person with an account; their address is their first name at example.com."""
    user = await bus.execute(
        AddUser(
            caller=the_operator(organization_id),
            email=f"{name.split()[0]}@example.com",
            name=name,
            role=role,
        )
    )
    return a_caller(organization_id, role, name=name, user_id=user.id)


def _robot(
    organization_id: OrganizationId, name: str, surface: Surface, may: frozenset[Permission]
) -> Caller:
    actor = Actor(surface=surface, name=name)
    return Caller(organization_id=organization_id, actor=actor, permissions=may)
