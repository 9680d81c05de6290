"""Use cases on incidents that have to do with each other, and on who may know of one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.commands.together import ChangeMembers, LinkIncidents, MergeIncident, UnlinkIncidents
from core.domain.actor import Caller
from core.domain.alert import Fate
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.domain.ids import IncidentId, UserId
from core.domain.incident import Incident
from core.domain.incident_role import STANDARD_ROLES, IncidentRole
from core.domain.incident_together import (
    Named,
    change_members,
    may_tell_of,
    merge,
    relate,
    turn,
    unrelate,
)
from core.domain.mentions import JOINING, joined_with
from core.domain.subscription import MOST_TOLD, Subscription
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases import follow_ups, records
from core.usecases.incident_checks import (
    admitted,
    incident_for,
    load,
    require_member,
    require_somebody,
)


async def merge_incident(command: MergeIncident, uow: UnitOfWork, now: datetime) -> Incident:
    gone = await load(command, uow)
    if gone.merged_into == command.into_id:
        return gone
    stays = await _other(command.into_id, "into_id", command.caller, uow)
    merged = merge(gone, stays, by=command.caller.actor, at=now)
    await _move_alerts(gone, stays, uow)
    await _move_tasks(gone, stays, command.caller, uow, now)
    await _copy_followers(gone, stays, command.caller, uow, now)
    on = merged.stays
    if merged.worse:
        on = await uow.incidents.save(on, because=merged.worse)
    await uow.incidents.save(on, because=merged.absorbed)
    return await uow.incidents.save(merged.gone, because=merged.because)


async def link_incidents(command: LinkIncidents, uow: UnitOfWork, now: datetime) -> Incident:
    one = await load(command, uow)
    other = await _other(command.other_id, "other_id", command.caller, uow)
    _require_linkable(one, other)
    by = command.caller.actor
    if may_tell_of(other, one):
        after, back = relate(other, one, by=by, at=now)
        await uow.incidents.save(after, because=back)
    if not may_tell_of(one, other):
        return one
    one, event = relate(one, other, by=by, at=now)
    return await uow.incidents.save(one, because=event)


async def unlink_incidents(command: UnlinkIncidents, uow: UnitOfWork, now: datetime) -> Incident:
    one = await load(command, uow)
    other = await _other(command.other_id, "other_id", command.caller, uow)
    by = command.caller.actor
    after, back = unrelate(other, one.id, _told(other, one), by=by, at=now)
    await uow.incidents.save(after, because=back)
    one, event = unrelate(one, other.id, _told(one, other), by=by, at=now)
    return await uow.incidents.save(one, because=event)


def _told(one: Incident, other: Incident) -> str:
    """As the one may call the other."""
    return other.reference if may_tell_of(one, other) else ""


async def change(command: ChangeMembers, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    if command.private:
        require_member(command.caller)
    add = await _named(command.add, "add", uow)
    remove = await _named(command.remove, "remove", uow)
    by = command.caller.actor
    if command.private is not None:
        incident, turned = turn(incident, command.private, by=by, at=now)
        if turned:
            shown = tuple(await uow.likenesses.shown_in(incident.id)) if incident.private else ()
            turned = replace(turned, shown_in=shown, beside=await _beside(incident, uow))
        incident = await uow.incidents.save(incident, because=turned)
    before = incident
    incident = await _freed(incident, remove, uow)
    incident, event = change_members(incident, add, remove, by=by, at=now)
    await require_somebody(before, incident, "remove", uow)
    if event and incident.private:
        event = replace(event, beside=await _beside(incident, uow))
    return await uow.incidents.save(incident, because=event)


async def _freed(incident: Incident, remove: Iterable[Named], uow: UnitOfWork) -> Incident:
    """Nobody is bound by a role that was removed from the organisation, and nobody can give it to
    somebody else: whoever played it is a member like others."""
    named = {one.id for one in remove}
    known = {*STANDARD_ROLES, *(one.id for one in await uow.records(IncidentRole).all())}
    lost = [one for one in incident.roles if one.user_id in named and one.role_id not in known]
    if not lost:
        return incident
    members = dict.fromkeys([*incident.members, *(one.user_id for one in lost)])
    roles = tuple(one for one in incident.roles if one not in lost)
    return replace(incident, roles=roles, members=tuple(members))


async def _beside(incident: Incident, uow: UnitOfWork) -> tuple[IncidentId, ...]:
    """The others that it has, or had, to do with."""
    told = await uow.timeline.of_kinds(incident.id, JOINING)
    return tuple(dict.fromkeys(id for one in told if (id := joined_with(one.event))))


def _require_linkable(one: Incident, other: Incident) -> None:
    if one.id == other.id:
        raise InvalidInput(
            say("{reference} cannot be linked to itself; name another.", reference=one.reference),
            field="other_id",
        )
    if not may_tell_of(one, other) and not may_tell_of(other, one):
        raise InvalidInput(
            say(
                "{one} and {other} are both private and have other members, so neither may tell of "
                "the other; let the same people in first.",
                one=one.reference,
                other=other.reference,
            ),
            field="other_id",
        )


async def _other(id: IncidentId, field: str, caller: Caller, uow: UnitOfWork) -> Incident:
    try:
        return await incident_for(caller, id, uow)
    except NotFound as error:
        raise InvalidInput(
            say("There is no incident with the id {id}.", id=id[:80]), field=field
        ) from error


async def _move_alerts(gone: Incident, stays: Incident, uow: UnitOfWork) -> None:
    """What fires, and what will join it: the alerts that ended stay where they were."""
    note = _merged_note(gone)
    firing = await uow.alerts.firing_within(gone.id)
    moved = [one.joined(stays.id, Fate.ATTACHED, note) for one in firing]
    if moved:
        await uow.alerts.put(moved)
    for group in await uow.alerts.groups_of(gone.id):
        await uow.alerts.save_group(replace(group, incident_id=stays.id))


def _merged_note(gone: Incident) -> str:
    """Anybody reads it at the alert."""
    if gone.private:
        return say("when another incident was merged into it")
    return say("when {reference} was merged into it", reference=gone.reference)


async def _move_tasks(
    gone: Incident, stays: Incident, caller: Caller, uow: UnitOfWork, now: datetime
) -> None:
    tasks = await uow.records(FollowUp).children(gone.id)
    left = [one for one in tasks if one.status is FollowUpStatus.OUTSTANDING]
    for one in left:
        moved = replace(one, incident_id=stays.id)
        await records.change(one, moved, uow, by=caller.actor, at=now)
    if left:
        await follow_ups.watch_left(stays.id, uow, now)


async def _copy_followers(
    gone: Incident, stays: Incident, caller: Caller, uow: UnitOfWork, now: datetime
) -> None:
    """They go on following the one that is over, too: they hear what became of it."""
    subscriptions = uow.records(Subscription)
    present = {one.key for one in await subscriptions.children(stays.id)}
    wanted = [
        replace(one, version=0, subject=stays.id, name=stays.reference)
        for one in await subscriptions.children(gone.id)
    ]
    missing = [one for one in wanted if one.key not in present]
    for one in missing[: max(MOST_TOLD - len(present), 0)]:
        anew = replace(one, id=uow.new_id(Subscription.PREFIX))
        made, event = records.created(anew, by=caller.actor, at=now)
        await subscriptions.save(made, because=event)


async def _named(ids: Iterable[UserId], field: str, uow: UnitOfWork) -> list[Named]:
    named = []
    for id in dict.fromkeys(ids):
        try:
            user = await uow.users.get(id)
        except NotFound as error:
            raise InvalidInput(
                say("There is no user {id}; list them with GET /api/v1/users.", id=id), field=field
            ) from error
        if field == "add":
            admitted(user, field)
        named.append(Named(id=id, name=user.name))
    return named
