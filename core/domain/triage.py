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


def triage(alert: Alert, latest: Episode | None) -> Verdict:
    """`latest` is the episode of this fingerprint with the latest start, if any."""
    if alert.status is AlertStatus.FIRING:
        return _firing(alert, latest)
    return _resolved(alert, latest)


def _firing(alert: Alert, latest: Episode | None) -> Verdict:
    if latest is None:
        return Begin()
    if alert.starts_at == latest.starts_at:
        return Ignore("It is known already.")
    if alert.starts_at < latest.starts_at:
        return Ignore("A later episode of it is known already.")
    return Begin(supersedes=latest if latest.firing else None)


def _resolved(alert: Alert, latest: Episode | None) -> Verdict:
    ends_at = max(alert.ends_at or alert.starts_at, alert.starts_at)
    if latest is None:
        return Record(ends_at)
    if alert.starts_at > latest.starts_at:
        return Record(ends_at, supersedes=latest if latest.firing else None)
    if alert.starts_at < latest.starts_at:
        return Ignore("A later episode of it is known already.")
    if not latest.firing:
        return Ignore("It has ended already.")
    return End(latest, ends_at)
