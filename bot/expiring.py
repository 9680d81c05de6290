"""Drafts that metrics made and nobody touched go away by themselves."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import structlog

from bot.office import clockwork
from core.bus import CommandBus
from core.commands import ExpireDrafts
from core.commands.drafts import DRAFT_LIFE
from core.domain.ids import IncidentId, OrganizationId
from core.ports import Chores, Clock

AT_ONCE = 100

log = structlog.get_logger(__name__)


class DraftExpiry:
    def __init__(self, bus: CommandBus, chores: Chores, clock: Clock) -> None:
        self._bus = bus
        self._chores = chores
        self._clock = clock

    async def __call__(self) -> None:
        """All that are due, some at a time; what somebody touches meanwhile stays."""
        while True:
            due = await self._chores.forgotten_drafts(self._clock() - DRAFT_LIFE, AT_ONCE)
            expired = [await self._expire(*one) for one in _by_organization(due).items()]
            if len(due) < AT_ONCE or not any(expired):
                return

    async def _expire(self, organization_id: OrganizationId, ids: Sequence[IncidentId]) -> int:
        expired = await self._bus.execute(
            ExpireDrafts(caller=clockwork(organization_id), incident_ids=tuple(ids))
        )
        if expired:
            log.info("drafts_expired", organization=organization_id, incidents=len(expired))
        return len(expired)


def _by_organization(
    due: Sequence[tuple[OrganizationId, IncidentId]],
) -> Mapping[OrganizationId, list[IncidentId]]:
    found: defaultdict[OrganizationId, list[IncidentId]] = defaultdict(list)
    for organization_id, id in due:
        found[organization_id].append(id)
    return found
