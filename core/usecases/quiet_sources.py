"""What happens when an alert source has been silent for too long: it is flagged, once.

The timer of a source counts from when the source was heard last. Once it was flagged, it counts
from that moment: as long as the source was not heard since, it goes on counting and says nothing.
"""

from datetime import datetime, timedelta

from core.domain.actor import Actor
from core.domain.events import IntegrationQuiet
from core.domain.ids import IntegrationId
from core.domain.integration import Integration
from core.domain.quiet import expected_by
from core.domain.timer import Timer, TimerKind
from core.ports import UnitOfWork


async def look_out_for(integration: Integration, uow: UnitOfWork) -> None:
    """From now on, as its settings say."""
    heard = await uow.deliveries.last_heard(integration.id)
    by = expected_by(integration, heard)
    if by is None:
        await uow.timers.cancel(TimerKind.QUIET, integration.id)
    else:
        await uow.timers.set(_timer(integration, by))


async def source_quiet(subject_id: str, uow: UnitOfWork, now: datetime, actor: Actor) -> None:
    """The timer of a source is due."""
    timer = await uow.timers.get(TimerKind.QUIET, subject_id)
    if timer is None or timer.due_at > now:
        return
    integration = await uow.integrations.get(IntegrationId(subject_id))
    heard = await uow.deliveries.last_heard(integration.id)
    by = expected_by(integration, heard)
    if by is None:
        await uow.timers.cancel(TimerKind.QUIET, subject_id)
        return
    if by > now:
        await uow.timers.set(_timer(integration, by))
        return
    patience = timedelta(seconds=integration.settings.quiet_after)
    since = by - patience
    if since >= timer.due_at - patience:
        event = IntegrationQuiet(
            by=actor, at=now, integration_id=integration.id, name=integration.name, since=since
        )
        await uow.integrations.save(integration, because=event)
    await uow.timers.set(_timer(integration, now + patience))


def _timer(integration: Integration, due_at: datetime) -> Timer:
    return Timer(kind=TimerKind.QUIET, subject_id=integration.id, due_at=due_at)
