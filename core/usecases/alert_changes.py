"""What one delivery of alerts changes, decided as a value before anything is saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from core.domain.afterwards import last_heard
from core.domain.alert import Alert, AlertStatus, Dating, Episode, Fingerprint
from core.domain.alert_edits import MAX_TOLD, amended
from core.domain.ids import EpisodeId, IncidentId, IntegrationId, ServiceId
from core.domain.text import shorten
from core.domain.triage import (
    Acknowledge,
    Amend,
    Begin,
    Complete,
    End,
    Hear,
    Ignore,
    Recall,
    Record,
    Worsen,
    triage,
)
from core.ports import NewId

ServiceOf: TypeAlias = Callable[[Alert], ServiceId | None]
"""Which service an alert is about."""


def no_service(_: Alert) -> ServiceId | None:
    return None


CAME_LATE = "Its end was heard before its start."


@dataclass(slots=True, kw_only=True)
class Changes:
    """Every episode that is new or ended, each once, in the shape it has in the end.

    What began and ended within the one delivery belongs to no incident: there is nobody to
    call for it any more. `before` is what was the latest when the delivery came, `starts` are
    those that it told of. All of it was heard from `heard_from` to `heard_until`.
    """

    integration_id: IntegrationId
    new_id: NewId
    now: datetime
    latest: dict[Fingerprint, Episode]
    service_of: ServiceOf = no_service
    heard_from: datetime | None = None
    heard_until: datetime | None = None
    begun: dict[EpisodeId, tuple[Alert, Episode]] = field(default_factory=dict)
    ended: dict[EpisodeId, Episode] = field(default_factory=dict)
    superseded: dict[EpisodeId, Episode] = field(default_factory=dict)
    acknowledged: dict[EpisodeId, Episode] = field(default_factory=dict)
    amended: dict[EpisodeId, Episode] = field(default_factory=dict)
    edits: list[tuple[EpisodeId, Alert]] = field(default_factory=list)
    """What was said besides, in order: notes, and edits that concern an incident."""
    worsened: dict[EpisodeId, Alert] = field(default_factory=dict)
    """What is worse than it was, and the last that said so."""
    starts: dict[Fingerprint, list[datetime]] = field(default_factory=dict)
    recalled: list[tuple[Alert, datetime]] = field(default_factory=list)
    """Ends of episodes before the known ones."""
    before: dict[Fingerprint, Episode] = field(init=False)

    def __post_init__(self) -> None:
        self.before = dict(self.latest)

    def end_with_its_incident(self, episode: Episode, over_at: datetime) -> None:
        """Nobody at the source said so, but to us it is over."""
        ended = episode.ended(max(over_at, last_heard(episode)))
        self.latest[episode.fingerprint] = self.ended[episode.id] = ended

    def note(self, alert: Alert) -> None:
        # When in doubt, what fires was heard before the end of it.
        firing = alert.status is AlertStatus.FIRING
        heard_at = self.heard_from if firing else self.heard_until
        verdict = triage(alert, self.latest.get(alert.fingerprint), self.now, heard_at)
        match verdict:
            case Ignore():
                return
            case Recall(ends_at=ends_at):
                self.recalled.append((alert, ends_at))
                return
            case Begin() | Record() | Complete():
                episode = self._add(verdict, alert)
            case Acknowledge() | Amend() | Worsen() | Hear() | End():
                episode = self._change(verdict, alert)
            case _:
                assert_never(verdict)
        self.latest[alert.fingerprint] = episode
        if alert.edit:
            self.edits.append((episode.id, alert))

    def _add(self, verdict: Begin | Record | Complete, alert: Alert) -> Episode:
        match verdict:
            case Begin(supersedes=before, starts_at=later, heard_at=heard_at):
                episode = self._began(_episode(alert, self, later or alert.starts_at))
                said = replace(alert, starts_at=heard_at) if heard_at else alert
                self.begun[episode.id] = said, episode
                if before:
                    self._put_away(before.ended(alert.starts_at), self.superseded)
            case Record(ends_at=ends_at, supersedes=before, orphan=orphan):
                told = _episode(alert, self, alert.starts_at).ended(ends_at)
                episode = replace(told, orphan=True) if orphan else self._began(told)
                self.ended[episode.id] = episode
                if before:
                    self._put_away(before.ended(alert.starts_at), self.ended)
            case Complete(orphan=known):
                episode = self._complete(known, alert)
        return episode

    def _change(self, verdict: Acknowledge | Amend | Worsen | Hear | End, alert: Alert) -> Episode:
        match verdict:
            case Acknowledge(episode=known):
                episode = self._keep(amended(known, alert))
                self.acknowledged[episode.id] = episode
            case Amend(episode=known):
                episode = self._keep(amended(known, alert))
                if episode.severity.rank > known.severity.rank:
                    self.worsened[known.id] = alert
            case Worsen(episode=known):
                episode = self._worsen(known, alert)
            case Hear(episode=known, at=at):
                episode = self._keep(replace(known, last_at=at))
            case End(episode=known, at=at):
                episode = self._end(known, alert, at)
                self._put_away(episode, self.ended)
        return episode

    def _end(self, known: Episode, alert: Alert, at: datetime) -> Episode:
        """Where its source does not date its statements, it is remembered when they were heard."""
        if alert.dating is Dating.MOMENT or alert.counted:
            return known.ended(at)
        undated = alert.dating is Dating.NONE
        return known.ended(at, alert.starts_at if undated else self.heard_until or self.now)

    def _put_away(self, episode: Episode, place: dict[EpisodeId, Episode]) -> None:
        self.begun.pop(episode.id, None)
        self.amended.pop(episode.id, None)
        place[episode.id] = episode

    def _worsen(self, known: Episode, alert: Alert) -> Episode:
        dated = alert.dating is Dating.MOMENT
        said = alert.starts_at if dated else known.last_at
        self.worsened[known.id] = alert
        return self._keep(replace(known, severity=alert.severity, last_at=said), alert)

    def _complete(self, orphan: Episode, alert: Alert) -> Episode:
        """Its start has come, and with it what it is about."""
        starts_at = min(alert.starts_at, orphan.starts_at)
        told = self._began(_episode(alert, self, starts_at))
        whole = replace(told, id=orphan.id, fate_note=CAME_LATE, last_at=orphan.last_at)
        self.ended[orphan.id] = whole.ended(orphan.ends_at or starts_at)
        return self.ended[orphan.id]

    def _keep(self, episode: Episode, said: Alert | None = None) -> Episode:
        """In whatever place the episode has by now."""
        if episode.id in self.begun:
            self.begun[episode.id] = said or self.begun[episode.id][0], episode
        else:
            place = self.ended if episode.id in self.ended else self.amended
            place[episode.id] = episode
        return episode

    def _began(self, episode: Episode) -> Episode:
        self.starts.setdefault(episode.fingerprint, []).append(episode.starts_at)
        return episode

    def came_before(self, episode: Episode) -> bool:
        """Whether it is known to have begun at another time."""
        return episode.fingerprint in self.before or len(self.starts[episode.fingerprint]) > 1

    def mark_flapping(self, episode: Episode) -> None:
        """One of those that began."""
        said, _ = self.begun[episode.id]
        self.begun[episode.id] = said, replace(episode, flapping=True)

    def recall(self, alert: Alert, ends_at: datetime, known: Episode | None) -> Episode:
        """An episode that was over before the latest began; `known` is what is known of it."""
        if known is None:
            episode = _episode(alert, self, alert.starts_at).ended(ends_at)
            self.ended[episode.id] = episode
            return episode
        if known.ends_at and ends_at < known.ends_at:
            return self._correct(replace(known, ends_at=ends_at))
        return known

    def _correct(self, episode: Episode) -> Episode:
        place = self.superseded if episode.id in self.superseded else self.ended
        place = place if episode.id in place else self.amended
        place[episode.id] = episode
        return episode

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
        tags=alert.tags,
        group=alert.group,
        group_title=alert.group_title,
        urgency=alert.urgency,
        service_id=changes.service_of(alert),
    )
