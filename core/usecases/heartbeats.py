"""Use cases on heartbeats: something says that it lives, and its silence rings."""

from dataclasses import replace
from datetime import datetime

from core.commands import alerting as a
from core.domain.account import MAX_NAME
from core.domain.actor import Actor
from core.domain.alert import AlertStatus
from core.domain.events import IntegrationCreated
from core.domain.heartbeat import Heartbeat
from core.domain.ids import IntegrationId, OrganizationId, ServiceId
from core.domain.integration import HEARTBEAT, Integration
from core.domain.severity import severity_named
from core.domain.text import one_line, paragraphs
from core.domain.timer import TimerKind
from core.errors import InvalidInput, NotFound
from core.flaws import Flaws
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.heartbeat_signs import expect, last_ping, tell

LEAST_INTERVAL = 10
MOST_SECONDS = 31 * 86_400
MAX_DESCRIPTION = 5_000
MOST_HEARTBEATS = 1_000
TOKENLESS = "none:"


async def add(command: a.AddHeartbeat, uow: UnitOfWork, now: datetime) -> Heartbeat:
    flaws = Flaws()
    if command.service_id:
        await flaws.awaited(_require_service(command.service_id, uow), None)
    source = await _source(command.caller.organization_id, command.caller.actor, uow, now)
    heartbeat = Heartbeat(
        id=uow.new_id(Heartbeat.PREFIX),
        created_at=now,
        updated_at=now,
        name=flaws.checked(lambda: one_line(command.name, field="name", limit=MAX_NAME), ""),
        interval=flaws.checked(lambda: _interval(command.interval), LEAST_INTERVAL),
        grace=flaws.checked(lambda: _grace(command.grace), 0),
        severity=flaws.checked(lambda: severity_named(command.severity), severity_named("high")),
        description=flaws.checked(lambda: _description(command.description), ""),
        service_id=command.service_id,
        integration_id=source.id,
        token_hash=command.token_hash,
    )
    flaws.refuse()
    if len(await uow.records(Heartbeat).all()) >= MOST_HEARTBEATS:
        message = f"There are {MOST_HEARTBEATS:,} heartbeats, which is the most; delete one."
        raise InvalidInput(message, field="name")
    return await records.add(heartbeat, uow, by=command.caller.actor, at=now)


async def edit(command: a.EditHeartbeat, uow: UnitOfWork, now: datetime) -> Heartbeat:
    """What rings goes on ringing, unless it is switched off."""
    before = await find(command.heartbeat_id, uow)
    after = _edited(before, command)
    pinged_at = last_ping(before, await uow.timers.get(TimerKind.HEARTBEAT, before.id))
    after = replace(after, last_ping_at=pinged_at if not after.enabled else after.last_ping_at)
    if before.ringing and not after.enabled:
        after = replace(after, ringing=False)
        await tell(after, AlertStatus.RESOLVED, uow, now, command.caller.actor)
    if not after.enabled:
        await uow.timers.cancel(TimerKind.HEARTBEAT, after.id)
    elif not after.ringing and pinged_at and before.enabled:
        await expect(after, pinged_at, uow)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: a.DeleteHeartbeat, uow: UnitOfWork, now: datetime) -> Heartbeat:
    heartbeat = await find(command.heartbeat_id, uow)
    await uow.timers.cancel(TimerKind.HEARTBEAT, heartbeat.id)
    if heartbeat.ringing:
        await tell(heartbeat, AlertStatus.RESOLVED, uow, now, command.caller.actor)
    return await records.remove(heartbeat, uow, by=command.caller.actor, at=now)


async def ping(command: a.PingHeartbeat, uow: UnitOfWork, now: datetime) -> Heartbeat:
    """One that is switched off takes no notice."""
    heartbeat = await find(command.heartbeat_id, uow)
    if not heartbeat.enabled:
        return heartbeat
    await expect(heartbeat, now, uow)
    if heartbeat.ringing:
        actor = command.caller.actor
        await tell(heartbeat, AlertStatus.RESOLVED, uow, now, actor)
        well = replace(heartbeat, ringing=False, last_ping_at=now)
        heartbeat = await records.change(heartbeat, well, uow, by=actor, at=now)
    return replace(heartbeat, last_ping_at=now)


async def find(id_or_name: str, uow: UnitOfWork) -> Heartbeat:
    """By id, or by its name in any case."""
    try:
        return await uow.records(Heartbeat).get(id_or_name)
    except NotFound:
        named = await uow.records(Heartbeat).named(id_or_name)
        if named is None:
            raise
        return named


def _edited(before: Heartbeat, command: a.EditHeartbeat) -> Heartbeat:
    flaws, after = Flaws(), before
    if (name := command.name) is not None:
        checked = flaws.checked(lambda: one_line(name, field="name", limit=MAX_NAME), "")
        after = replace(after, name=checked)
    if (interval := command.interval) is not None:
        after = replace(after, interval=flaws.checked(lambda: _interval(interval), 0))
    if (grace := command.grace) is not None:
        after = replace(after, grace=flaws.checked(lambda: _grace(grace), 0))
    if (word := command.severity) is not None:
        severity = flaws.checked(lambda: severity_named(word), before.severity)
        after = replace(after, severity=severity)
    if (text := command.description) is not None:
        after = replace(after, description=flaws.checked(lambda: _description(text), ""))
    if command.enabled is not None:
        after = replace(after, enabled=command.enabled)
    flaws.refuse()
    return after


def _interval(seconds: int) -> int:
    return _seconds(seconds, "interval", LEAST_INTERVAL)


def _grace(seconds: int) -> int:
    return _seconds(seconds, "grace", 0)


def _seconds(seconds: int, field: str, least: int) -> int:
    if not least <= seconds <= MOST_SECONDS:
        message = f"The {field} is from {least:,} to {MOST_SECONDS:,} seconds."
        raise InvalidInput(message, field=field)
    return seconds


def _description(text: str) -> str:
    return paragraphs(text, field="description", limit=MAX_DESCRIPTION)


async def _require_service(id: ServiceId, uow: UnitOfWork) -> None:
    try:
        await uow.services.get(id)
    except NotFound as error:
        raise InvalidInput(str(error), field="service_id") from error


async def _source(
    organization_id: OrganizationId, actor: Actor, uow: UnitOfWork, now: datetime
) -> Integration:
    """The source in whose name all heartbeats ring, made at first use."""
    id = IntegrationId(f"int_heartbeats_{organization_id}")
    try:
        return await uow.integrations.get(id)
    except NotFound:
        made = Integration(
            id=id,
            source=HEARTBEAT,
            name="Heartbeats",
            # The hash of no token at all: each heartbeat has one of its own.
            token_hash=f"{TOKENLESS}{id}",
            created_at=now,
        )
    event = IntegrationCreated(by=actor, at=now, integration_id=id, name=made.name)
    return await uow.integrations.save(made, because=event)
