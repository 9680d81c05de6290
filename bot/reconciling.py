"""Asks alert sources what fires, and ends here what has ended there without anybody saying so.

A resolve is mentioned once. What hides it (a silence at the source, a changed route, a downtime of
ours) leaves an alert open for ever. So a source that can be asked is asked: what it has not had
for a while is over. A source that was just started knows nothing yet, which is no news; therefore
an alert has to be missing in every answer for that while.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog

from bot.office import clockwork
from core.bus import CommandBus
from core.commands.alerting import ReconcileAlerts
from core.domain.alert import AlertStatus, Fingerprint
from core.domain.ids import EpisodeId, IntegrationId, OrganizationId
from core.domain.integration import Integration
from core.errors import CoreError
from core.ports import AlertQuery, Chores, Clock, ReadModels

MISSING_FOR = timedelta(minutes=5)
"""So long every answer has to lack an alert. Prometheus repeats what fires once a minute."""

PAGE = 500

Ask: TypeAlias = Callable[[Integration], Awaitable[frozenset[Fingerprint]]]
"""What fires at a source; `NotAnswered` where it cannot be known."""

log = structlog.get_logger(__name__)


class NotAnswered(Exception):
    """A source did not say what fires; the message says why, to a person."""


@dataclass(slots=True)
class Absence:
    """Since when each alert of one source has been missing in its answers."""

    since: dict[Fingerprint, datetime] = field(default_factory=dict)

    def over(
        self, ours: Iterable[Fingerprint], theirs: frozenset[Fingerprint], now: datetime
    ) -> frozenset[Fingerprint]:
        """Of ours, what has been missing for long enough."""
        missing = [one for one in ours if one not in theirs]
        self.since = {one: self.since.get(one, now) for one in missing}
        return frozenset(one for one, at in self.since.items() if now - at >= MISSING_FOR)


class Reconciler:
    """Called now and then; several replicas may ask, and end the same thing once."""

    def __init__(
        self, *, bus: CommandBus, chores: Chores, reads: ReadModels, ask: Ask, clock: Clock
    ) -> None:
        self._bus = bus
        self._chores = chores
        self._reads = reads
        self._ask = ask
        self._clock = clock
        self._absences: dict[IntegrationId, Absence] = {}

    async def __call__(self) -> None:
        sources = await self._chores.sources_to_ask()
        known = {integration.id for _, integration in sources}
        self._absences = {id: one for id, one in self._absences.items() if id in known}
        for organization_id, integration in sources:
            try:
                await self._reconcile(organization_id, integration)
            except NotAnswered as error:
                # Nothing is known of what is missing there, so the waiting begins anew.
                self._absences.pop(integration.id, None)
                log.warning("source_not_asked", integration=integration.id, reason=str(error))
            except CoreError as error:
                log.warning("source_not_reconciled", integration=integration.id, reason=str(error))

    async def _reconcile(self, organization_id: OrganizationId, source: Integration) -> None:
        asked_at = self._clock()
        theirs = await self._ask(source)
        ours = await self._firing(organization_id, source.id)
        absence = self._absences.setdefault(source.id, Absence())
        over = absence.over(ours, theirs, asked_at)
        if not over:
            return
        ended = 0
        for some in _pieces(sorted(over)):
            gone = await self._bus.execute(
                ReconcileAlerts(
                    caller=clockwork(organization_id),
                    integration_id=source.id,
                    missing=frozenset(some),
                    asked_at=asked_at - MISSING_FOR,
                )
            )
            ended += len(gone)
        log.info("alerts_reconciled", integration=source.id, ended=ended)

    async def _firing(
        self, organization_id: OrganizationId, id: IntegrationId
    ) -> list[Fingerprint]:
        """What fires here, of one source."""
        found: list[Fingerprint] = []
        after: EpisodeId | None = None
        while True:
            query = AlertQuery(
                statuses=frozenset({AlertStatus.FIRING}),
                integration_ids=frozenset({id}),
                limit=PAGE,
                after=after,
            )
            page = await self._reads.alerts(organization_id, query)
            found += [row.episode.fingerprint for row in page.rows]
            if not page.more:
                return found
            after = page.rows[-1].episode.id


def _pieces(missing: Sequence[Fingerprint]) -> Iterator[Sequence[Fingerprint]]:
    """Each of them is ended in one commit."""
    for begin in range(0, len(missing), PAGE):
        yield missing[begin : begin + PAGE]
