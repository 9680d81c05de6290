"""What happens when the week of an organisation is over: it is summed up, once."""

from datetime import datetime

from core.domain.actor import Actor
from core.domain.incident_settings import IncidentSettings
from core.domain.timer import Timer, TimerKind
from core.domain.weekly import WeeklySummary, next_summary, week_before
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.settings import settings_in

ORGANIZATION = "organization"
"""There is one such timer of each organisation."""


async def plan_summary(uow: UnitOfWork, settings: IncidentSettings, now: datetime) -> None:
    """From now on as the settings say: only where there is a channel to read it in. A
    week that is to be summed up by now still is."""
    if not settings.digest_channel:
        await uow.timers.cancel(TimerKind.SUMMARY, ORGANIZATION)
        return
    before = await uow.timers.get(TimerKind.SUMMARY, ORGANIZATION)
    if before is None or before.due_at > now:
        await _wait(before, settings, uow, now)


async def _wait(
    before: Timer | None, settings: IncidentSettings, uow: UnitOfWork, now: datetime
) -> None:
    due_at = next_summary(settings, now)
    timer = Timer(kind=TimerKind.SUMMARY, subject_id=ORGANIZATION, due_at=due_at)
    if before != timer:
        await uow.timers.set(timer)


async def week_over(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """The timer is due. After a long sleep only the last week is summed up."""
    timer = await uow.timers.get(TimerKind.SUMMARY, subject_id)
    if timer is None or timer.due_at > now:
        return
    settings = await settings_in(uow, now)
    if not settings.digest_channel:
        await uow.timers.cancel(TimerKind.SUMMARY, subject_id)
        return
    await _wait(timer, settings, uow, now)
    since, until = week_before(_last(settings, timer.due_at, now), settings.timezone)
    summary = WeeklySummary(
        id=uow.new_id(WeeklySummary.PREFIX),
        created_at=now,
        updated_at=now,
        since=since,
        until=until,
    )
    if await uow.records(WeeklySummary).named(str(summary.unique_key)) is None:
        await records.add(summary, uow, by=actor, at=now)


def _last(settings: IncidentSettings, due_at: datetime, now: datetime) -> datetime:
    """The latest moment by now at which a week was to be summed up."""
    until = due_at
    while (later := next_summary(settings, until)) <= now:
        until = later
    return until
