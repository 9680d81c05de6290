"""What one alert means for the episodes known so far: a decision is a value, others act on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from core.domain.alert import Alert, AlertStatus, Episode


@dataclass(frozen=True, slots=True)
class Begin:
    """A new episode; the one before it, still open, ended when this one began."""

    supersedes: Episode | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The open episode is over."""

    episode: Episode
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """It was over before we heard of it; remembered, so that its late firing stays quiet.

    The one before it, still open, ended when this one began.
    """

    ends_at: datetime
    supersedes: Episode | None = None


@dataclass(frozen=True, slots=True)
class Ignore:
    because: str


Verdict: TypeAlias = Begin | End | Record | Ignore


def triage(alert: Alert, latest: Episode | None, now: datetime) -> Verdict:
    """`latest` is the episode of this fingerprint with the latest start, if any."""
    if alert.status is AlertStatus.FIRING:
        return _firing(alert, latest)
    return _resolved(alert, latest, now)


def _firing(alert: Alert, latest: Episode | None) -> Verdict:
    if latest is None:
        return Begin()
    if alert.starts_at == latest.starts_at:
        return Ignore("It is known already.")
    if alert.starts_at < latest.starts_at:
        return Ignore("A later episode of it is known already.")
    return Begin(supersedes=latest if latest.firing else None)


def _resolved(alert: Alert, latest: Episode | None, now: datetime) -> Verdict:
    ends_at = max(alert.ends_at or alert.starts_at, alert.starts_at)
    if latest is None:
        return Record(ends_at)
    if alert.starts_at > latest.starts_at:
        return Record(ends_at, supersedes=latest if latest.firing else None)
    if alert.starts_at < latest.starts_at and not _reaches(ends_at, latest, now):
        return Ignore("A later episode of it is known already.")
    if not latest.firing:
        return Ignore("It has ended already.")
    return End(latest, max(ends_at, latest.starts_at))


def _reaches(ends_at: datetime, latest: Episode, now: datetime) -> bool:
    """Whether an end that names an earlier start ends `latest` all the same.

    Alertmanager dates an alert back when a second Prometheus has known it for longer, so the
    start alone does not tell episodes apart. And a start in the future was never meant as one:
    an alert sent with an end only is given that end for its start.
    """
    return ends_at >= latest.starts_at or latest.starts_at > now
