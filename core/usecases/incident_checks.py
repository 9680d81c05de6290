"""What every use case on incidents asks first: that what is spoken of is there, and who may."""

from collections.abc import Iterable

from core.commands import AddNote, IncidentCommand
from core.domain.account import User
from core.domain.actor import Caller, Permission
from core.domain.alert import Episode
from core.domain.choice_words import worded
from core.domain.ids import EpisodeId, IncidentId, ServiceId, UserId
from core.domain.incident import Incident
from core.domain.particulars import RoleAssignment
from core.domain.viewer import NOBODY, knowing
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
    """The assignee's name. `present` is whose it is by now, and stays, whatever became of them."""
    require_may_give(assignee_id, [present] if present else [], caller)
    if assignee_id is None:
        return ""
    user = await _user(assignee_id, "assignee_id", uow)
    return user.name if assignee_id == present else admitted(user, "assignee_id").name


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


async def require_players(
    roles: Iterable[RoleAssignment], uow: UnitOfWork, present: Iterable[RoleAssignment] = ()
) -> None:
    """Whoever plays a role is one of the organisation's people; who plays one by now stays,
    whatever became of them."""
    kept = frozenset(one.user_id for one in present)
    for user_id in dict.fromkeys(one.user_id for one in roles):
        user = await _user(user_id, "roles", uow)
        if user_id not in kept:
            admitted(user, "roles")


async def require_somebody(before: Incident, after: Incident, field: str, uow: UnitOfWork) -> None:
    """What nobody may know of could be ended by nobody. Those do not count who can do nothing any
    more; where there was nobody else before, there is nobody to lose."""
    if not after.private or knowing(before) <= knowing(after):
        return
    if await _any_admitted(knowing(after), uow) or not await _any_admitted(knowing(before), uow):
        return
    raise InvalidInput(
        say(
            "Nobody could find {reference} any more, for it is private; let somebody else in "
            "first, or make it visible to everybody.",
            reference=after.reference,
        ),
        field=field,
    )


async def _any_admitted(ids: Iterable[UserId], uow: UnitOfWork) -> bool:
    for id in sorted(ids):
        try:
            user = await uow.users.get(id)
        except NotFound:
            continue
        if user.admitted:
            return True
    return False


def admitted(user: User, field: str) -> User:
    """Nobody is given anything who cannot do anything about it; `InvalidInput` then."""
    if not user.admitted:
        raise InvalidInput(
            say(
                "The account of {name} is {state}, so nothing can be given to them; name somebody "
                "else.",
                name=user.name,
                state=worded(user.state),
            ),
            field=field,
        )
    return user


async def _user(id: UserId, field: str, uow: UnitOfWork) -> User:
    try:
        return await uow.users.get(id)
    except NotFound as error:
        raise InvalidInput(
            say("There is no user {id}; list them with GET /api/v1/users.", id=id), field=field
        ) from error
