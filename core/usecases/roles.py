"""Use cases on who does what in an incident, and on what it affects."""

from collections.abc import Iterable
from datetime import datetime

from core.commands.roles import ChangeServices, GiveRole, GiveRoles, RoleGift
from core.domain.actor import Caller
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.incident_role import IncidentRole, standard_roles
from core.domain.incident_together import require_somebody
from core.domain.role_moves import Handover, give_role, holders
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases.incident_checks import load, require_may_give, require_services
from core.usecases.incident_words import MOST_ENTRIES


async def give(command: GiveRole, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    gift = RoleGift(role_id=command.role_id, user_id=command.user_id)
    return await _given(incident, gift, command.caller, uow, now)


async def give_several(command: GiveRoles, uow: UnitOfWork, now: datetime) -> Incident:
    """What is wrong with one of them is told at that role, and nobody gets any."""
    incident = await load(command, uow)
    for gift in command.gifts:
        incident = await _given(incident, gift, command.caller, uow, now)
    return incident


async def change_services(command: ChangeServices, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    await require_services(command.add, uow)
    kept = [id for id in incident.service_ids if id not in command.remove]
    wanted = tuple(dict.fromkeys([*kept, *command.add]))
    if len(wanted) > MOST_ENTRIES:
        raise InvalidInput(
            say("An incident has {most} services at most.", most=MOST_ENTRIES),
            field="service_ids",
        )
    incident, event = incident.edit(by=command.caller.actor, at=now, service_ids=wanted)
    return await uow.incidents.save(incident, because=event)


async def _given(
    incident: Incident, gift: RoleGift, caller: Caller, uow: UnitOfWork, now: datetime
) -> Incident:
    role = await _role(gift.role_id, uow, now)
    present = holders(incident, role.id, leads=role.leads)
    require_may_give(gift.user_id, present, caller)
    names = await _names([*present, *([gift.user_id] if gift.user_id else [])], uow)
    if gift.user_id and gift.user_id not in names:
        raise InvalidInput(say("There is no user {id}.", id=gift.user_id[:80]), field=role.id)
    handover = Handover(
        user_id=gift.user_id,
        name=names[gift.user_id] if gift.user_id else "",
        before=tuple(names[one] for one in present if one in names),
    )
    moved, event = give_role(incident, role, handover, by=caller.actor, at=now)
    require_somebody(incident, moved, role.id)
    return await uow.incidents.save(moved, because=event)


async def _role(id: str, uow: UnitOfWork, now: datetime) -> IncidentRole:
    for role in standard_roles(now):
        if role.id == id:
            return role
    try:
        return await uow.records(IncidentRole).get(id)
    except NotFound as error:
        raise InvalidInput(say("There is no role {id}.", id=id[:80]), field="role_id") from error


async def _names(ids: Iterable[UserId], uow: UnitOfWork) -> dict[UserId, str]:
    """Of those who are there."""
    names: dict[UserId, str] = {}
    for id in dict.fromkeys(ids):
        try:
            user = await uow.users.get(id)
        except NotFound:
            continue
        if not user.gone:
            names[id] = user.name
    return names
