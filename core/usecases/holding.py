"""Alerts that have to fire for a while before they call anybody."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.alert import Fate
from core.domain.ids import IntegrationId
from core.domain.timer import Timer, TimerKind
from core.ports import UnitOfWork
from core.usecases.backlog import HELD_IN_A_BACKLOG
from core.usecases.ring import Ring
from core.usecases.waves import Member, Wave


async def take_what_is_held(wave: Wave, ring: Ring) -> None:
    if not _anything_to_hold(wave, ring):
        return
    held: list[datetime] = []
    for _, member in wave.each():
        due_at = _due_at(member, ring)
        if due_at > ring.now:
            wave.keep(replace(member.episode.quieted(Fate.HELD), due_at=due_at))
            held.append(due_at)
    if held:
        await hold_until(min(held), ring.integration.id, ring.uow)


async def hold_until(due_at: datetime, source: IntegrationId, uow: UnitOfWork) -> None:
    """Not later than this, those of the source that are due call somebody."""
    known = await uow.timers.get(TimerKind.HOLD, source)
    if known is None or known.due_at > due_at:
        await uow.timers.set(Timer(kind=TimerKind.HOLD, subject_id=source, due_at=due_at))


def _anything_to_hold(wave: Wave, ring: Ring) -> bool:
    everything = ring.late or ring.integration.settings.hold
    return bool(everything or any(member.hold for member in wave.members.values()))


def _due_at(member: Member, ring: Ring) -> datetime:
    """What its source fired for long before it told counts as well."""
    seconds = ring.integration.settings.hold if member.hold is None else member.hold
    due_at = min(member.said.starts_at, ring.now) + timedelta(seconds=seconds)
    return max(due_at, ring.now + HELD_IN_A_BACKLOG) if ring.late else due_at
