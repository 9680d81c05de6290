"""A flood of new groups from one source: one incident for all that is too much."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core.domain.actor import Surface
from core.domain.alert import AlertGroup, GroupKey
from core.domain.incident import MAX_TITLE, Incident
from core.domain.state import State
from core.domain.text import cut_line
from core.language import to_say
from core.usecases.alert_joins import join
from core.usecases.declaring import declare
from core.usecases.ring import Ring, found
from core.usecases.waves import Member, news_of

STORM = GroupKey("~storm")
"""The group of what has no incident of its own for now."""

COUNTED = timedelta(minutes=1)
"""Incidents of so long count against the limit of their source."""

CALMS = timedelta(minutes=5)
"""A storm goes on while more groups than the limit began within so long."""

SETTLES_WITHIN = timedelta(minutes=10)
"""A storm whose source resolved it goes on when it is back so soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """That of one source, as it stands: `incident` is the newest one of a storm, if any."""

    group: AlertGroup
    incident: Incident | None = None

    def is_of(self, incident: Incident) -> bool:
        return self.incident is not None and self.incident.id == incident.id

    async def room(self, ranks: Sequence[int], ring: Ring) -> int:
        """How many incidents may still be declared now for groups that are so bad, the worst
        first. What is too much at once is a storm altogether; of what comes bit by bit, that which
        is beyond the limit. While a storm goes on, only what is worse than it has room."""
        limit = ring.integration.settings.storm_limit
        if not limit:
            return len(ranks)
        if len(ranks) > limit:
            return 0
        left = max(limit - await self._opened(COUNTED, ring), 0)
        if self.incident and self.incident.active and await self._opened(CALMS, ring) > limit:
            worse = sum(rank > self.incident.severity.rank for rank in ranks)
            return min(left, worse)
        return min(left, len(ranks))

    async def _opened(self, span: timedelta, ring: Ring) -> int:
        """Groups that began within so long, in the storm or beside it."""
        return await ring.uow.alerts.opened_since(ring.integration.id, ring.now - span)

    async def take(self, members: Sequence[Member], ring: Ring) -> Incident:
        """The incident of the storm, with these in it as well."""
        incident = await self._incident(members, ring)
        opened = replace(self.group, incident_id=incident.id, opened_at=ring.now)
        await ring.uow.alerts.save_group(opened)
        return incident

    async def _incident(self, members: Sequence[Member], ring: Ring) -> Incident:
        current = await found(self.group.incident_id, ring.uow)
        if current is None or not self._may_go_on(current, ring):
            return await self._declare(members, ring)
        if current.active:
            return await join(current, news_of(members), ring)
        reopened, event = current.reopen(to_say("It goes on."), by=ring.actor, at=ring.now)
        return await ring.uow.incidents.save(reopened, because=event)

    def _may_go_on(self, current: Incident, ring: Ring) -> bool:
        """Its source resolved it just now, or nobody did."""
        by_source = current.resolved_by is Surface.WEBHOOK and current.state is State.RESOLVED
        return current.active or (by_source and self._fresh(ring))

    def _fresh(self, ring: Ring) -> bool:
        heard = self.group.opened_at
        return heard is not None and ring.now - heard < SETTLES_WITHIN

    async def _declare(self, members: Sequence[Member], ring: Ring) -> Incident:
        limit = ring.integration.settings.storm_limit
        return await declare(
            members,
            ring,
            title=cut_line(f"Alert storm: {ring.integration.name}", MAX_TITLE),
            description=f"More than {limit} incidents within a minute were on their way from "
            f"{ring.integration.name}. They are gathered here, but for those declared before.",
        )


async def storm_of(group: AlertGroup | None, ring: Ring) -> Storm:
    """As the group of storms says."""
    if group is None:
        return Storm(group=AlertGroup(integration_id=ring.integration.id, key=STORM))
    return Storm(group=group, incident=await found(group.incident_id, ring.uow))
