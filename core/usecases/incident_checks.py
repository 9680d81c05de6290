"""What every use case on incidents asks first: that what is spoken of is there, and who may."""

from collections.abc import Iterable

from core.commands import AddNote, IncidentCommand
from core.domain.actor import Caller, Permission
from core.domain.ids import ServiceId, UserId
from core.domain.incident import Incident
from core.domain.particulars import RoleAssignment
from core.errors import Conflict, InvalidInput, NotFound
from core.permissions import require
from core.ports import UnitOfWork


async def load(command: IncidentCommand | AddNote, uow: UnitOfWork) -> Incident:
    incident = await uow.incidents.get(command.incident_id)
    if command.expected_version not in (None, incident.version):
        raise Conflict(f"{incident.reference} was changed since you read it; read it again.")
    return incident


async def require_assignee(assignee_id: UserId | None, caller: Caller, uow: UnitOfWork) -> str:
    """The assignee's name. Everybody may take an incident; giving it away takes a permission."""
    if assignee_id is None or assignee_id != caller.actor.user_id:
        require(caller, Permission.ASSIGN_INCIDENTS)
    return await _name_of(assignee_id, "assignee_id", uow) if assignee_id else ""


async def require_services(ids: Iterable[ServiceId], uow: UnitOfWork) -> None:
    wanted = frozenset(ids)
    missing = sorted(wanted - await uow.services.known(wanted)) if wanted else []
    if missing:
        raise InvalidInput(
            f"There is no service {missing[0]}; list them with GET /api/v1/services.",
            field="service_ids",
        )


async def require_players(roles: Iterable[RoleAssignment], uow: UnitOfWork) -> None:
    """Whoever plays a role is one of the organisation's people."""
    for user_id in dict.fromkeys(one.user_id for one in roles):
        await _name_of(user_id, "roles", uow)


async def _name_of(id: UserId, field: str, uow: UnitOfWork) -> str:
    try:
        return (await uow.users.get(id)).name
    except NotFound as error:
        raise InvalidInput(
            f"There is no user {id}; list them with GET /api/v1/users.", field=field
        ) from error
