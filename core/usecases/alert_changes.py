"""What one delivery of alerts changes, decided as a value before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from core.domain.alert import Alert, Episode, Fingerprint, GroupKey
from core.domain.ids import EpisodeId, IncidentId, IntegrationId
from core.domain.text import shorten
from core.domain.triage import Acknowledge, Begin, End, Ignore, Record, triage
from core.ports import NewId

MAX_TOLD = 2_000
"""Characters of its description that each alert keeps; the incident keeps more of the first."""


@dataclass(slots=True, kw_only=True)
class Changes:
    """Every episode that is new or ended, each once, in the shape it has in the end.

    What began and ended within the one delivery belongs to no incident: there is nobody to
    call for it any more.
    """

    integration_id: IntegrationId
    new_id: NewId
    now: datetime
    latest: dict[Fingerprint, Episode]
    begun: dict[EpisodeId, tuple[Alert, Episode]] = field(default_factory=dict)
    ended: dict[EpisodeId, Episode] = field(default_factory=dict)
    superseded: dict[EpisodeId, Episode] = field(default_factory=dict)
    acknowledged: dict[EpisodeId, Episode] = field(default_factory=dict)

    def end_with_its_incident(self, episode: Episode) -> None:
        """Nobody at the source said so, but to us it is over."""
        ended = episode.ended(max(self.now, episode.starts_at))
        self.latest[episode.fingerprint] = self.ended[episode.id] = ended

    def note(self, alert: Alert) -> None:
        match triage(alert, self.latest.get(alert.fingerprint), self.now):
            case Begin(supersedes=before, starts_at=later):
                episode = _episode(alert, self, later or alert.starts_at)
                self.begun[episode.id] = alert, episode
                if before:
                    self._put_away(before.ended(alert.starts_at), self.superseded)
            case End(episode=open_episode, at=at):
                episode = open_episode.ended(at)
                self._put_away(episode, self.ended)
            case Record(ends_at=ends_at, supersedes=before):
                episode = _episode(alert, self, alert.starts_at).ended(ends_at)
                self.ended[episode.id] = episode
                if before:
                    self._put_away(before.ended(alert.starts_at), self.ended)
            case Acknowledge(episode=open_episode):
                self.acknowledged[open_episode.id] = open_episode
                return
            case Ignore():
                return
            case verdict:
                assert_never(verdict)
        self.latest[alert.fingerprint] = episode

    def _put_away(self, episode: Episode, place: dict[EpisodeId, Episode]) -> None:
        self.begun.pop(episode.id, None)
        place[episode.id] = episode

    def by_group(self) -> dict[GroupKey, list[tuple[Alert, Episode]]]:
        """What began, by the group it belongs to."""
        groups: dict[GroupKey, list[tuple[Alert, Episode]]] = {}
        for alert, episode in self.begun.values():
            groups.setdefault(alert.group, []).append((alert, episode))
        return groups

    def restarted_in(self, incident_id: IncidentId) -> frozenset[Fingerprint]:
        """Which of the incident's alerts fire anew without having been quiet in between."""
        return frozenset(
            episode.fingerprint
            for episode in self.superseded.values()
            if episode.incident_id == incident_id
        )

    def gone(self, begun: Sequence[Episode]) -> dict[IncidentId, list[Episode]]:
        """By incident, what is over there and does not go on there with one of `begun`."""
        went_on = {(episode.fingerprint, episode.incident_id) for episode in begun}
        over: dict[IncidentId, list[Episode]] = {}
        for episode in (*self.ended.values(), *self.superseded.values()):
            known = episode.incident_id
            if known and (episode.fingerprint, known) not in went_on:
                over.setdefault(known, []).append(episode)
        return over


def decide(changes: Changes, alerts: Sequence[Alert]) -> Changes:
    """`changes` with all that follows from `alerts`, taken in the order they were sent."""
    for alert in alerts:
        changes.note(alert)
    return changes


def _episode(alert: Alert, changes: Changes, starts_at: datetime) -> Episode:
    return Episode(
        id=EpisodeId(changes.new_id("alr")),
        integration_id=changes.integration_id,
        fingerprint=alert.fingerprint,
        starts_at=starts_at,
        name=alert.name,
        severity=alert.severity,
        summary=alert.summary,
        labels=alert.labels,
        links=alert.links,
        description=shorten(alert.description, MAX_TOLD),
    )
