"""What is recorded when something could not be shown: each reason once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import takewhile

from core import commands as c
from core.domain.channel_fate import ChannelFate
from core.domain.events import ChannelChanged, EffectBuried, Event, MembersChanged
from core.domain.incident import Incident
from core.effects import Withdraw
from core.ports import UnitOfWork
from core.usecases.incident_checks import load

WITHDRAW = Withdraw.__name__


async def record_burial(command: c.RecordBurial, uow: UnitOfWork, now: datetime) -> Incident:
    """What fails again for the same reason adds nothing. What others still read of it is another
    trouble than what is not shown, and another one each time that it turns private."""
    incident = await load(command, uow)
    events = [entry.event for entry in await uow.timeline.entries(incident.id)]
    taken_back = command.effect == WITHDRAW
    before = _since_it_turned(events) if taken_back else events
    if any(_tells(event, command.reason, taken_back=taken_back) for event in before):
        return incident
    event = EffectBuried(
        incident_id=incident.id,
        by=command.caller.actor,
        at=now,
        effect=command.effect,
        reason=command.reason,
    )
    return await uow.incidents.save(incident, because=event)


def _since_it_turned(events: Sequence[Event]) -> Iterable[Event]:
    return takewhile(lambda event: not _turned(event), reversed(events))


def _turned(event: Event) -> bool:
    """Something is taken back from then on."""
    match event:
        case MembersChanged(private=True, turned=True):
            return True
        case ChannelChanged(what=ChannelFate.MADE_PUBLIC):
            return True
        case _:
            return False


def _tells(event: Event, reason: str, *, taken_back: bool) -> bool:
    if not isinstance(event, EffectBuried) or event.reason != reason:
        return False
    return (event.effect == WITHDRAW) == taken_back
