"""Use cases on who follows incidents, services and severities."""

from datetime import datetime

from core.commands import subscriptions as s
from core.domain.actor import Caller, Permission
from core.domain.ids import IncidentId, ServiceId
from core.domain.severity import severity_named
from core.domain.subscription import Followed, Subscription
from core.permissions import require
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.incident_checks import incident_for, record_for


async def follow(command: s.Follow, uow: UnitOfWork, now: datetime) -> Subscription:
    subject, name = await _subject(command, uow)
    wanted = Subscription(
        id=uow.new_id(Subscription.PREFIX),
        created_at=now,
        updated_at=now,
        followed=command.followed,
        subject=subject,
        follower=command.follower,
        name=name,
    )
    _require_theirs(wanted, command.caller)
    known = await uow.records(Subscription).named(str(wanted.unique_key))
    return known or await records.add(wanted, uow, by=command.caller.actor, at=now)


async def unfollow(command: s.Unfollow, uow: UnitOfWork, now: datetime) -> Subscription:
    id = command.subscription_id
    subscription = await record_for(command.caller, Subscription, id, uow)
    _require_theirs(subscription, command.caller)
    return await records.remove(subscription, uow, by=command.caller.actor, at=now)


def _require_theirs(subscription: Subscription, caller: Caller) -> None:
    """What a whole channel is told is for those to decide who work on incidents."""
    if subscription.of_channel:
        require(caller, Permission.WRITE_INCIDENTS)


async def _subject(command: s.Follow, uow: UnitOfWork) -> tuple[str, str]:
    """Its id, and what people call it."""
    match command.followed:
        case Followed.INCIDENT:
            id = IncidentId(command.subject)
            incident = await incident_for(command.caller, id, uow)
            return incident.id, incident.reference
        case Followed.SERVICE:
            service = await uow.services.get(ServiceId(command.subject))
            return service.id, service.name
        case Followed.SEVERITY:
            severity = severity_named(command.subject)
            return severity.value, severity.label
