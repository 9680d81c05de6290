"""Use cases on maintenance: load, decide, save, and leave the commit to the bus."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core import commands as c
from core.domain.events import ProgressPosted
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.domain.maintenance_fields import MAX_PROGRESS, MAX_REASON
from core.domain.maintenance_series import skipped, whole
from core.domain.maintenance_times import require_moment, require_now, require_window, switch_named
from core.domain.text import paragraphs
from core.errors import IllegalTransition, InvalidInput
from core.flaws import Flaws
from core.language import say
from core.ports import UnitOfWork
from core.usecases.maintenance_checks import START, Checks, load
from core.usecases.maintenance_series import (
    begin,
    counted,
    first_of_series,
    save_and_follow,
    series_edited,
)
from core.usecases.maintenance_words import words_of


async def schedule(command: c.ScheduleMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    """Everything that is wrong with the wish is told at once."""
    actor, flaws = command.caller.actor, Flaws()
    id = MaintenanceId(uow.new_id("mnt"))
    words = await _wanted(command, id, uow, now, flaws)
    flaws.refuse()
    maintenance = Maintenance(
        id=id,
        number=await uow.maintenances.next_number(),
        created_by=actor.user_id,
        created_by_name=actor.name,
        created_at=now,
        updated_at=now,
        armed_at=now if words["scheduled_end_at"] > now else None,
        **words,
    )
    because = maintenance.scheduled(by=actor, at=now)
    saved = await uow.maintenances.save(maintenance, because=because)
    return await begin(saved, by=actor, uow=uow, now=now) if command.start_now else saved


async def edit(command: c.EditMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    before, flaws = await load(command, uow), Flaws()
    before.require_editable()
    words = words_of(command, flaws)
    rule = before.recurrence if command.recurrence is None else command.recurrence.strip()
    by = command.caller.actor
    checks = Checks(by=by, at=now, uow=uow, flaws=flaws)
    checks.times(words, before, bool(rule))
    await checks.names(words, before)
    words |= series_edited(command.recurrence, words, before, now, flaws)
    flaws.refuse()
    maintenance, event = before.edit(words, by=by, at=now)
    return await uow.maintenances.save(maintenance, because=event)


async def start(command: c.StartMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    maintenance = await load(command, uow)
    maintenance.require_startable(now)
    return await begin(maintenance, by=command.caller.actor, uow=uow, now=now)


async def extend(command: c.ExtendMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    maintenance = await load(command, uow)
    until = _new_end(command, maintenance, uow, now)
    maintenance, event = maintenance.extend(until, by=command.caller.actor, at=now)
    return await uow.maintenances.save(maintenance, because=event)


async def complete(command: c.CompleteMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    maintenance, event = (await load(command, uow)).complete(by=command.caller.actor, at=now)
    told = await counted(event, maintenance, uow) if event else None
    return await uow.maintenances.save(maintenance, because=told)


async def cancel(command: c.CancelMaintenance, uow: UnitOfWork, now: datetime) -> Maintenance:
    """With all that would follow it, even where it was skipped itself."""
    before = await load(command, uow)
    reason = paragraphs(command.reason, field="reason", limit=MAX_REASON)
    series = await uow.maintenances.in_series(before.series_id) if before.series_id else []
    canceled = await _canceled(before, reason, command, uow, now)
    for later in series:
        if later.number > before.number and later.scheduled_only:
            await _canceled(later, reason, command, uow, now)
    return canceled


async def skip(command: c.SkipOccurrence, uow: UnitOfWork, now: datetime) -> Maintenance:
    """Of an occurrence that another one follows already, the later ones are left out there."""
    maintenance, by = await load(command, uow), command.caller.actor
    if not maintenance.recurrence:
        raise IllegalTransition(
            say("{reference} does not recur; cancel it instead.", reference=maintenance.reference)
        )
    at = command.occurrence_at and require_moment(command.occurrence_at, field="occurrence_at")
    if at is not None and maintenance.followed and whole(at) != maintenance.occurrence_at:
        maintenance = await _last(maintenance, uow)
    if at is None or whole(at) == maintenance.occurrence_at:
        canceled, left_out = maintenance.cancel(by=by, at=now, skipped=True)
        if left_out is None:
            return canceled
        return await save_and_follow(canceled, because=left_out, uow=uow, now=now)
    maintenance, event = skipped(maintenance, at, by=by, at=now)
    return await uow.maintenances.save(maintenance, because=event)


async def post_progress(command: c.PostProgress, uow: UnitOfWork, now: datetime) -> Maintenance:
    maintenance = await load(command, uow)
    text = paragraphs(command.text, field="text", limit=MAX_PROGRESS)
    if not text:
        raise InvalidInput(say("The update is empty; write what is known."), field="text")
    event = ProgressPosted(**maintenance.fact(command.caller.actor, now), text=text)
    return await uow.maintenances.save(replace(maintenance, updated_at=now), because=event)


async def _wanted(
    command: c.ScheduleMaintenance,
    id: MaintenanceId,
    uow: UnitOfWork,
    now: datetime,
    flaws: Flaws,
) -> dict[str, Any]:
    words = words_of(command, flaws)
    if command.start_now:
        flaws.checked(lambda: require_now(words.get(START), now), None)
        words[START] = whole(now)
    elif command.scheduled_start_at is None:
        message = say(
            "Say when it starts, or start now{switch_named}.",
            switch_named=switch_named(command.caller.actor),
        )
        flaws.note(InvalidInput(message, field=START))
    words.setdefault("reminders", uow.policy.reminders)
    checks = Checks(by=command.caller.actor, at=now, uow=uow, flaws=flaws)
    checks.times(words, None, bool(command.recurrence.strip()))
    await checks.names(words, None)
    return words | first_of_series(command.recurrence, words, id, flaws)


def _new_end(
    command: c.ExtendMaintenance, window: Maintenance, uow: UnitOfWork, now: datetime
) -> datetime:
    """From its end on, or from now where that has passed."""
    if (command.by is None) == (command.until is None):
        raise InvalidInput(say("Say by how long, or until when: one of the two."), field="until")
    if command.until is not None:
        until, field = require_moment(command.until, field="until"), "until"
    else:
        field, by = "by", _extension(command.by or timedelta(0), uow)
        end = window.scheduled_end_at
        until = require_moment((max(end, now) if window.running else end) + by, field=field)
    if until > window.scheduled_end_at:
        require_window(window.scheduled_start_at, until, uow.policy, field=field)
    return until


def _extension(by: timedelta, uow: UnitOfWork) -> timedelta:
    if by <= timedelta(0):
        raise InvalidInput(say("The extension has to be longer than nothing."), field="by")
    longest = uow.policy.longest_maintenance
    if by > longest:
        days = f"{longest / timedelta(days=1):g}"
        message = say("A maintenance lasts {days} days at most; extend it by less.", days=days)
        raise InvalidInput(message, field="by")
    return by


async def _canceled(
    window: Maintenance,
    reason: str,
    command: c.CancelMaintenance,
    uow: UnitOfWork,
    now: datetime,
) -> Maintenance:
    window, event = window.cancel(by=command.caller.actor, at=now, reason=reason)
    told = await counted(event, window, uow) if event else None
    return await uow.maintenances.save(window, because=told)


async def _last(window: Maintenance, uow: UnitOfWork) -> Maintenance:
    """The occurrence of its series that is still ahead."""
    series = await uow.maintenances.in_series(window.series_id) if window.series_id else []
    ahead = [one for one in series if one.scheduled_only and one.number > window.number]
    return ahead[-1] if ahead else window
