"""What one alert means for the episodes known so far: a decision is a value, others act on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never

from core.domain.alert import Alert, AlertStatus, Dating, Episode


@dataclass(frozen=True, slots=True)
class Begin:
    """A new episode; the one before it, still open, ended when this one began.

    It starts when the alert says, unless it has to start later.
    """

    supersedes: Episode | None = None
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Somebody at the source takes care of the open episode."""

    episode: Episode


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


Verdict: TypeAlias = Begin | Acknowledge | End | Record | Ignore

_TICK = timedelta(microseconds=1)


def triage(alert: Alert, latest: Episode | None, now: datetime) -> Verdict:
    """`latest` is the episode of this fingerprint with the latest start, if any."""
    match alert.status:
        case AlertStatus.FIRING:
            return _firing(alert, latest)
        case AlertStatus.ACKNOWLEDGED:
            return _acknowledged(latest)
        case AlertStatus.RESOLVED if alert.dating is Dating.START:
            return _resolved(alert, latest, now)
        case AlertStatus.RESOLVED:
            return _over(alert, latest)
        case status:
            assert_never(status)


def _firing(alert: Alert, latest: Episode | None) -> Verdict:
    if latest is None:
        return Begin()
    if alert.dating is not Dating.START and latest.firing:
        return Ignore("It is known already.")
    if alert.dating is Dating.NONE:
        # The clock of an earlier statement may have been ahead of ours.
        return Begin(starts_at=max(alert.starts_at, latest.starts_at + _TICK))
    if alert.starts_at == latest.starts_at:
        return Ignore("It is known already.")
    if alert.starts_at < latest.starts_at:
        return Ignore("A later episode of it is known already.")
    return Begin(supersedes=latest if latest.firing else None)


def _acknowledged(latest: Episode | None) -> Verdict:
    if latest is None or not latest.firing:
        return Ignore("Nothing of it is open.")
    return Acknowledge(latest)


def _over(alert: Alert, latest: Episode | None) -> Verdict:
    """The end of whatever is open under its fingerprint."""
    at = alert.ends_at or alert.starts_at
    if latest is None:
        return Record(at)
    if not latest.firing:
        return Ignore("It has ended already.")
    if alert.dating is Dating.MOMENT and at < latest.starts_at:
        return Ignore("A later episode of it is known already.")
    return End(latest, max(at, latest.starts_at))


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
