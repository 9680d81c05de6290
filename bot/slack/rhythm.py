"""When news of an incident is due next, where nobody promised any: as its severity asks."""

from dataclasses import replace

from core.domain.ids import OrganizationId
from core.domain.timer import TimerKind
from core.ports import ReadModels
from core.views import IncidentCard


async def with_rhythm(
    card: IncidentCard, reads: ReadModels, organization_id: OrganizationId
) -> IncidentCard:
    """The card as it is shown."""
    incident = card.incident
    if incident.update_due_at or not incident.active:
        return card
    timers = await reads.timers_of(organization_id, [incident.id])
    due = (one.due_at for one in timers if one.kind is TimerKind.UPDATE)
    return replace(card, news_due=next(due, None))
