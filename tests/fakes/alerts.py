"""Episodes and groups in dicts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.alert import AlertGroup, Episode, Fingerprint, GroupKey
from core.domain.ids import EpisodeId, IncidentId, IntegrationId, MaintenanceId
from core.domain.repeats import Glimpse
from core.errors import Conflict, NotFound
from core.ports import SuppressedCount
from tests.fakes.quiet_alerts import FakeQuietAlerts
from tests.fakes.rows import OrganizationRows


@dataclass(frozen=True, slots=True)
class FakeAlerts(FakeQuietAlerts):
    async def get(self, id: EpisodeId) -> Episode:
        if id not in self.rows.episodes:
            raise NotFound(f"There is no alert {id}.")
        return self.rows.episodes[id]

    async def latest(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint]
    ) -> dict[Fingerprint, Episode]:
        wanted = frozenset(fingerprints)
        known: dict[Fingerprint, list[Episode]] = defaultdict(list)
        for episode in self.rows.episodes.values():
            if episode.integration_id == integration_id and episode.fingerprint in wanted:
                known[episode.fingerprint].append(episode)
        return {f: max(same, key=lambda e: e.starts_at) for f, same in known.items()}

    async def glimpses(
        self, integration_id: IntegrationId, fingerprints: Sequence[Fingerprint]
    ) -> dict[Fingerprint, Glimpse]:
        known = await self.latest(integration_id, fingerprints)
        return {f: Glimpse(e.starts_at, e.severity, e.firing) for f, e in known.items()}

    async def put(self, episodes: Sequence[Episode]) -> None:
        taken = {_slot(episode): episode.id for episode in self.rows.episodes.values()}
        for episode in episodes:
            if taken.setdefault(_slot(episode), episode.id) != episode.id:
                raise Conflict("Another episode of this alert starts at the same time.")
            self.rows.episodes[episode.id] = episode

    async def firing_in(self, incident_id: IncidentId) -> int:
        return sum(episode.firing for episode in episodes_of(self.rows, incident_id))

    async def suppressed_in(self, maintenance_id: MaintenanceId) -> SuppressedCount:
        return suppressed_in(self.rows, maintenance_id)

    async def still_suppressed(self, maintenance_id: MaintenanceId, limit: int) -> list[Episode]:
        held = [e for e in self.rows.episodes.values() if e.suppressed_by == maintenance_id]
        firing = sorted(filter(calls_nobody, held), key=lambda e: (e.starts_at, e.id))
        return firing[:limit]

    async def last_end(self, incident_id: IncidentId) -> datetime | None:
        ends = [e.ends_at for e in episodes_of(self.rows, incident_id) if e.ends_at]
        return max(ends, default=None)

    async def groups(
        self, integration_id: IntegrationId, keys: Sequence[GroupKey]
    ) -> dict[GroupKey, AlertGroup]:
        known = ((key, self.rows.groups.get((integration_id, key))) for key in keys)
        return {key: group for key, group in known if group}

    async def save_group(self, group: AlertGroup) -> AlertGroup:
        slot = (group.integration_id, group.key)
        stored = self.rows.groups.get(slot)
        if group.version != (stored.version if stored else 0):
            raise Conflict("The group was changed by somebody else.")
        self.rows.groups[slot] = replace(group, version=group.version + 1)
        return self.rows.groups[slot]


def episodes_of(rows: OrganizationRows, incident_id: IncidentId) -> list[Episode]:
    return [e for e in rows.episodes.values() if e.incident_id == incident_id]


def calls_nobody(episode: Episode) -> bool:
    """It fires, and a window keeps it from calling anybody."""
    return bool(episode.suppressed_by) and episode.firing and episode.incident_id is None


def suppressed_in(rows: OrganizationRows, id: MaintenanceId) -> SuppressedCount:
    held = [e for e in rows.episodes.values() if e.suppressed_by == id]
    ended = sorted((e for e in held if e.ends_at), key=lambda e: (e.starts_at, e.id))
    return SuppressedCount(
        total=len(held),
        firing=sum(map(calls_nobody, held)),
        names=tuple(dict.fromkeys(map(_says, ended)))[:5],
    )


def _says(episode: Episode) -> str:
    return episode.summary or episode.name


def _slot(episode: Episode) -> tuple[IntegrationId, Fingerprint, datetime]:
    return episode.integration_id, episode.fingerprint, episode.starts_at
