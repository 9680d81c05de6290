"""Use cases on the channels of incidents: what befalls them, and when they are archived."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.commands import LinkChannel
from core.commands.rooms import FollowChannel, MoveChannel
from core.domain.actor import Actor
from core.domain.channel_moves import befallen
from core.domain.events import ChannelArchiveDue
from core.domain.ids import ChannelId, IncidentId
from core.domain.incident import Incident
from core.domain.incident_settings import ONLY, IncidentSettings
from core.domain.kept_message import KeptMessage
from core.domain.reminder_times import due_for_archive
from core.domain.routing_rule import RoutingRule
from core.domain.subscription import Subscription
from core.domain.timer import Timer, TimerKind
from core.errors import IllegalTransition, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.incident_checks import load
from core.usecases.settings import settings_in

FIRST, APART = timedelta(days=1), timedelta(minutes=1)


async def link_channel(command: LinkChannel, uow: UnitOfWork, now: datetime) -> Incident:
    """What became private meanwhile gets no channel where everybody reads."""
    incident = await load(command, uow)
    if incident.private and not command.private:
        raise IllegalTransition(
            say(
                "{reference} is private, and #{name} is not; open a private channel.",
                reference=incident.reference,
                name=command.channel_name,
            )
        )
    incident, event = incident.link_channel(
        command.channel_id, command.channel_name, by=command.caller.actor, at=now
    )
    return await uow.incidents.save(incident, because=event)


async def follow_channel(command: FollowChannel, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    if incident.channel_id != command.channel_id:
        return incident
    incident, event = befallen(
        incident,
        command.fate,
        name=command.channel_name,
        moved_to=command.moved_to,
        by=command.caller.actor,
        at=now,
    )
    if command.moved_to:
        await _move_kept(incident, command, uow, now)
    return await uow.incidents.save(incident, because=event)


async def move_channel(command: MoveChannel, uow: UnitOfWork, now: datetime) -> None:
    """The settings of the organisation name channels, too, and so do rules; and channels follow
    what they like."""
    await _move_followers(command, uow, now)
    await _move_rules(command, uow, now)
    settings = await uow.records(IncidentSettings).named(ONLY)
    if settings is None:
        return
    moved = replace(
        settings,
        announcement_channel=_moved(settings.announcement_channel, command),
        digest_channel=_moved(settings.digest_channel, command),
    )
    await records.change(settings, moved, uow, by=command.caller.actor, at=now)


async def archive_due(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """The timer of an incident is due: its channel has served, if it has been over for so long."""
    timer = await uow.timers.get(TimerKind.ARCHIVE, subject_id)
    if timer is None or timer.due_at > now:
        return
    incident = await _with_channel(IncidentId(subject_id), uow)
    due = due_for_archive(incident, await settings_in(uow, now), now) if incident else None
    if incident is None or due is None:
        await uow.timers.cancel(TimerKind.ARCHIVE, subject_id)
    elif due > now:
        await uow.timers.set(replace(timer, due_at=due))
    else:
        await uow.timers.cancel(TimerKind.ARCHIVE, subject_id)
        event = ChannelArchiveDue(incident_id=incident.id, by=actor, at=now)
        await uow.incidents.save(incident, because=event)


async def await_archiving(
    before: IncidentSettings, after: IncidentSettings, uow: UnitOfWork, now: datetime
) -> None:
    """Where channels were kept until now, those there are begin to wait as well. Each is looked at
    when its timer rings, one after the other; whoever changes their mind has a day."""
    if before.archive_days or not after.archive_days:
        return
    for place, id in enumerate(await uow.timers.unawaited_channels()):
        due_at = now + FIRST + place * APART
        await uow.timers.set(Timer(kind=TimerKind.ARCHIVE, subject_id=id, due_at=due_at))


async def _move_kept(
    incident: Incident, command: FollowChannel, uow: UnitOfWork, now: datetime
) -> None:
    """What was said there keeps its time, by which it is found again."""
    for kept in await uow.records(KeptMessage).children(incident.id):
        if command.moved_to and kept.channel_id == command.channel_id:
            moved = replace(kept, channel_id=command.moved_to)
            await records.change(kept, moved, uow, by=command.caller.actor, at=now)


async def _move_followers(command: MoveChannel, uow: UnitOfWork, now: datetime) -> None:
    """Where the channel is a follower under its new id already, that one is enough."""
    following, by = uow.records(Subscription), command.caller.actor
    for one in await following.all():
        if one.follower != command.channel_id:
            continue
        moved = replace(one, follower=command.moved_to)
        if await following.named(moved.unique_key or ""):
            await records.remove(one, uow, by=by, at=now)
        else:
            await records.change(one, moved, uow, by=by, at=now)


async def _move_rules(command: MoveChannel, uow: UnitOfWork, now: datetime) -> None:
    for rule in await uow.records(RoutingRule).all():
        moved = replace(rule, channel=_moved(rule.channel, command))
        await records.change(rule, moved, uow, by=command.caller.actor, at=now)


async def _with_channel(id: IncidentId, uow: UnitOfWork) -> Incident | None:
    """None where there is nothing to put away any more."""
    try:
        incident = await uow.incidents.get(id)
    except NotFound:
        return None
    return incident if incident.channel_id and incident.archived_at is None else None


def _moved(channel: str, command: MoveChannel) -> str:
    return command.moved_to if ChannelId(channel.lstrip("#")) == command.channel_id else channel
