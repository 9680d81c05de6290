"""What every use case on incidents asks first: that what is spoken of is there, and who may."""

from collections.abc import Iterable

from core.commands import AddNote, IncidentCommand
from core.domain.actor import Caller, Permission
from core.domain.alert import Episode
from core.domain.ids import EpisodeId, IncidentId, ServiceId, UserId
from core.domain.incident import Incident
from core.domain.particulars import RoleAssignment
from core.domain.viewer import NOBODY
from core.errors import Conflict, InvalidInput, NotFound, NotPermitted
from core.language import say
from core.permissions import require
from core.ports import UnitOfWork
from core.ports.records import K


async def load(command: IncidentCommand | AddNote, uow: UnitOfWork) -> Incident:
    incident = await incident_for(command.caller, command.incident_id, uow)
    if command.expected_version not in (None, incident.version):
        raise Conflict(
            say(
                "{reference} was changed since you read it; read it again.",
                reference=incident.reference,
            )
        )
    return incident


async def incident_for(caller: Caller, id: IncidentId, uow: UnitOfWork) -> Incident:
    """The incident, or `NotFound`, as well for whom it is kept from. An alert source may move what
    its alerts are in, and is told nothing of it."""
    incident = await uow.incidents.get(id)
    if Permission.INGEST_ALERTS in caller.permissions or caller.viewer.sees(incident):
        return incident
    raise NotFound(say("There is no incident {id}.", id=id))


async def record_for(caller: Caller, kind: type[K], id: str, uow: UnitOfWork) -> K:
    """What belongs to an incident or speaks of one, or `NotFound`, as well for whom that is kept
    from."""
    record = await uow.records(kind).get(id)
    incident_id = getattr(record, "incident_id", None)
    if incident_id and await uow.incidents.is_kept_from(caller.viewer, incident_id):
        raise NotFound(say("There is no {noun} {id}.", noun=kind.NOUN, id=id))
    return record


async def alert_for(caller: Caller, id: EpisodeId, uow: UnitOfWork) -> Episode:
    """An alert to do something with. Anybody sees that it fires; whoever may not know of its
    incident does not move that through it, and is not told of it by being refused."""
    episode = await uow.alerts.get(id)
    if episode.incident_id is None or Permission.INGEST_ALERTS in caller.permissions:
        return episode
    if await uow.incidents.is_kept_from(caller.viewer, episode.incident_id):
        raise NotPermitted(say("This alert is for others to change; you may not."))
    return episode


async def require_known(caller: Caller, found: object, uow: UnitOfWork) -> None:
    """`NotFound` where what an earlier command did is kept from the caller by now. An alert is
    everybody's."""
    if Permission.INGEST_ALERTS in caller.permissions or isinstance(found, Episode):
        return
    id = found.id if isinstance(found, Incident) else getattr(found, "incident_id", None)
    if id and await uow.incidents.is_kept_from(caller.viewer, id):
        raise NotFound(say("There is no incident {id}.", id=id))


def require_member(caller: Caller) -> None:
    """Nobody declares what would be kept from them at once."""
    if caller.viewer == NOBODY:
        raise NotPermitted(
            say(
                "An API key declares private incidents only with the scope incidents:private; it "
                "is a member of none."
            )
        )


def require_may_give(wanted: UserId | None, present: Iterable[UserId], caller: Caller) -> None:
    """Everybody may take an incident or a role in it, and hand over what is theirs; giving away
    what is not takes a permission."""
    own = caller.actor.user_id
    if own is None or (wanted != own and own not in present):
        require(caller, Permission.ASSIGN_INCIDENTS)


async def require_assignee(
    assignee_id: UserId | None, caller: Caller, uow: UnitOfWork, present: UserId | None = None
) -> str:
    """The assignee's name. `present` is whose it is by now."""
    require_may_give(assignee_id, [present] if present else [], caller)
    return await _name_of(assignee_id, "assignee_id", uow) if assignee_id else ""


async def require_services(ids: Iterable[ServiceId], uow: UnitOfWork) -> None:
    wanted = frozenset(ids)
    missing = sorted(wanted - await uow.services.known(wanted)) if wanted else []
    if missing:
        raise InvalidInput(
            say(
                "There is no service {missing}; list them with GET /api/v1/services.",
                missing=missing[0],
            ),
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
            say("There is no user {id}; list them with GET /api/v1/users.", id=id), field=field
        ) from error
