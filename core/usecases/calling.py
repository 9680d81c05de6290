"""Calling again whoever takes care of an incident already, once a minute at most."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.domain.actor import Actor
from core.domain.events import AlertsFired
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.state import State
from core.domain.timer import Timer, TimerKind
from core.ports import UnitOfWork
from core.usecases.ring import SHOWN_NAMES, found

NOT_BEFORE = timedelta(minutes=1)
"""After somebody was called to an incident."""

CARED_FOR = frozenset({State.ACKNOWLEDGED, State.SNOOZED})
"""Somebody has it, and would not look again without being called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What has to be told: so many alerts, a few of their names, and whether they had joined
    already and got worse."""

    count: int
    names: tuple[str, ...]
    worse: bool = False


async def call(
    incident: Incident, news: Call, uow: UnitOfWork, now: datetime, actor: Actor
) -> Incident:
    """Told at once, or as soon as it is time to call again."""
    if incident.state not in CARED_FOR:
        return incident if news.worse else await _tell(incident, news, uow, now, actor)
    if incident.rung_at and now < incident.rung_at + NOT_BEFORE:
        await _put_off(incident.id, news, uow, min(incident.rung_at, now) + NOT_BEFORE)
        return incident
    return await _ring(incident, news, uow, now, actor)


async def time_to_call(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """What joined since somebody was called is told in one line."""
    timer = await uow.timers.get(TimerKind.NOTIFY, subject_id)
    if timer is None or timer.due_at > now:
        return
    await uow.timers.cancel(TimerKind.NOTIFY, subject_id)
    incident = await found(IncidentId(subject_id), uow)
    if incident is None or not incident.active or not timer.names:
        return
    news = Call(count=timer.count or len(timer.names), names=timer.names, worse=not timer.count)
    if incident.state in CARED_FOR:
        await _ring(incident, news, uow, now, actor)
    else:
        await call(incident, news, uow, now, actor)


async def _ring(
    incident: Incident, news: Call, uow: UnitOfWork, now: datetime, actor: Actor
) -> Incident:
    """Whatever comes within the next minute finds a timer to be counted in."""
    due_at = now + NOT_BEFORE
    await uow.timers.set(Timer(kind=TimerKind.NOTIFY, subject_id=incident.id, due_at=due_at))
    rung = replace(incident, rung_at=now, updated_at=now)
    return await _tell(rung, news, uow, now, actor, calls=True)


async def _put_off(id: IncidentId, news: Call, uow: UnitOfWork, due_at: datetime) -> None:
    known = await uow.timers.get(TimerKind.NOTIFY, id)
    timer = known or Timer(kind=TimerKind.NOTIFY, subject_id=id, due_at=due_at)
    names = tuple(dict.fromkeys((*timer.names, *news.names)))[:SHOWN_NAMES]
    joined = 0 if news.worse else news.count
    await uow.timers.set(replace(timer, count=timer.count + joined, names=names))


async def _tell(
    incident: Incident,
    news: Call,
    uow: UnitOfWork,
    now: datetime,
    actor: Actor,
    *,
    calls: bool = False,
) -> Incident:
    event = AlertsFired(
        incident_id=incident.id,
        by=actor,
        at=now,
        count=news.count,
        names=news.names,
        calls=calls,
        worse=news.worse,
    )
    return await uow.incidents.save(incident, because=event)
