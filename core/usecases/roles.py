"""Use cases on who does what in an incident, and on what it affects."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from core.commands.roles import ChangeServices, GiveRole, GiveRoles, RoleGift
from core.domain.account import User
from core.domain.actor import Caller
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.incident_role import LEAD, IncidentRole, standard_roles
from core.domain.role_moves import Handover, give_role, holders
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases.affected import with_services
from core.usecases.incident_checks import (
    admitted,
    load,
    require_may_give,
    require_services,
    require_somebody,
)
from core.usecases.incident_words import MOST_ENTRIES


async def give(command: GiveRole, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    gift = RoleGift(role_id=command.role_id, user_id=command.user_id)
    return await _all_given(incident, [gift], command.caller, uow, now)


async def give_several(command: GiveRoles, uow: UnitOfWork, now: datetime) -> Incident:
    """What is wrong with one of them is told at that role, and nobody gets any."""
    incident = await load(command, uow)
    return await _all_given(incident, command.gifts, command.caller, uow, now)


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
    edited, event = incident.edit(by=command.caller.actor, at=now, service_ids=wanted)
    told = await with_services(event, incident, edited, uow)
    return await uow.incidents.save(edited, because=told)


async def _all_given(
    before: Incident, gifts: Sequence[RoleGift], caller: Caller, uow: UnitOfWork, now: datetime
) -> Incident:
    incident = before
    for gift in gifts:
        incident = await _given(incident, gift, caller, before.assignee_id, uow, now)
    changed = (one.role_id for one in gifts if _played(before, one) != _played(incident, one))
    await require_somebody(before, incident, next(changed, ""), uow)
    return incident


def _played(incident: Incident, gift: RoleGift) -> tuple[UserId, ...]:
    return holders(incident, gift.role_id, leads=gift.role_id == LEAD)


async def _given(
    incident: Incident,
    gift: RoleGift,
    caller: Caller,
    lead: UserId | None,
    uow: UnitOfWork,
    now: datetime,
) -> Incident:
    """Whoever leads the incident gives any role in it to anybody."""
    role = await _role(gift.role_id, uow, now)
    present = holders(incident, role.id, leads=role.leads)
    if lead is None or lead != caller.actor.user_id:
        require_may_give(gift.user_id, present, caller)
    names = {one: user.name for one, user in (await _there(present, uow)).items()}
    handover = Handover(
        user_id=gift.user_id,
        name=await _taker(gift.user_id, present, role, uow),
        before=tuple(names[one] for one in present if one in names),
    )
    moved, event = give_role(incident, role, handover, by=caller.actor, at=now)
    return await uow.incidents.save(moved, because=event)


async def _role(id: str, uow: UnitOfWork, now: datetime) -> IncidentRole:
    for role in standard_roles(now):
        if role.id == id:
            return role
    try:
        return await uow.records(IncidentRole).get(id)
    except NotFound as error:
        raise InvalidInput(say("There is no role {id}.", id=id[:80]), field="role_id") from error


async def _taker(
    user_id: UserId | None, present: Collection[UserId], role: IncidentRole, uow: UnitOfWork
) -> str:
    """The name of whoever gets it. Who has it keeps it, whatever became of their account."""
    if user_id is None:
        return ""
    there = await _there([user_id], uow)
    if user_id not in there:
        raise InvalidInput(say("There is no user {id}.", id=user_id[:80]), field=role.id)
    user = there[user_id]
    return user.name if user_id in present else admitted(user, role.id).name


async def _there(ids: Iterable[UserId], uow: UnitOfWork) -> dict[UserId, User]:
    """Those who were not deleted."""
    users: dict[UserId, User] = {}
    for id in dict.fromkeys(ids):
        try:
            user = await uow.users.get(id)
        except NotFound:
            continue
        if not user.gone:
            users[id] = user
    return users
