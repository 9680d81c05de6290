"""What an administrator at the command line works with, and for which organisation."""

from dataclasses import dataclass

from core.bus import CommandBus
from core.domain.account import Organization
from core.domain.actor import Actor, Caller, Surface
from core.domain.ids import OrganizationId
from core.errors import NotFound
from core.permissions import OPERATOR, RELAY
from core.ports import Clock, Directory, Outbox, ReadModels

DEFAULT_ORGANIZATION = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The ports of one organisation, and a caller who may do everything there."""

    organization_id: OrganizationId
    caller: Caller
    clock: Clock
    bus: CommandBus
    reads: ReadModels
    directory: Directory
    outbox: Outbox


async def the_organization(directory: Directory, slug: str, *, found: bool) -> Organization:
    """`default` is made when somebody first asks for it, another one only when told so."""
    if found or slug == DEFAULT_ORGANIZATION:
        return await directory.ensure_organization(slug, slug.replace("-", " ").title())
    organization = await directory.organization(slug)
    if organization is None:
        raise NotFound(
            f"There is no organisation {slug}; `tocsin migrate --organization {slug}` makes it."
        )
    return organization


def operator(organization_id: OrganizationId) -> Caller:
    """Whoever may start the program may do everything."""
    return Caller(
        organization_id=organization_id,
        actor=Actor(surface=Surface.CLI, name="Administrator"),
        permissions=OPERATOR,
    )


def clockwork(organization_id: OrganizationId) -> Caller:
    """Tocsin itself, doing what is due."""
    actor = Actor(surface=Surface.SCHEDULER, name="Tocsin")
    return Caller(organization_id=organization_id, actor=actor, permissions=RELAY)
