"""What one alert means for the episodes known so far: a decision is a value, others act on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from core.domain.afterwards import (
    TICK,
    belongs_to,
    ended_here,
    fires_again,
    goes_on_at,
    last_heard,
    overtakes_its_start,
    worth_hearing,
)
from core.domain.alert import Alert, AlertStatus, Dating, Episode
from core.domain.repeats import worse
from core.domain.severity import Severity


@dataclass(frozen=True, slots=True)
class Begin:
    """A new episode; the one before it, still open, ended when this one began.

    It starts when the alert says, unless it has to start later. `heard_at`: it fires on since
    before it was over, which is news since then.
    """

    supersedes: Episode | None = None
    starts_at: datetime | None = None
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Somebody at the source takes care of the open episode."""

    episode: Episode


@dataclass(frozen=True, slots=True)
class Amend:
    """What is known of an episode changes, or how often it was said; nobody is called for that."""

    episode: Episode


@dataclass(frozen=True, slots=True)
class Worsen:
    """The open episode is worse than it was."""

    episode: Episode
    severity: Severity


@dataclass(frozen=True, slots=True)
class Hear:
    """What is known was said again, later; remembered, because what was said before it is stale."""

    episode: Episode
    at: datetime


@dataclass(frozen=True, slots=True)
class End:
    """The open episode is over."""

    episode: Episode
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """It was over before we heard of it; remembered, so that its late firing stays quiet.

    The one before it, still open, ended when this one began. An orphan waits for its start.
    """

    ends_at: datetime
    supersedes: Episode | None = None
    orphan: bool = False


@dataclass(frozen=True, slots=True)
class Recall:
    """The end of an episode before the known one, told late."""

    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Complete:
    """The start of an orphan, come after its end: nobody is called for it."""

    orphan: Episode


@dataclass(frozen=True, slots=True)
class Ignore:
    because: str


Verdict: TypeAlias = (
    Begin | Acknowledge | Amend | Worsen | Hear | End | Record | Recall | Complete | Ignore
)

KNOWN = Ignore("It is known already.")
OVERTAKEN = Ignore("A later episode of it is known already.")
ENDED = Ignore("It has ended already.")


def triage(
    alert: Alert, latest: Episode | None, now: datetime, heard_at: datetime | None = None
) -> Verdict:
    """`latest` is the episode of this fingerprint with the latest start, if any; the alert was
    heard at `heard_at`, or right now."""
    match alert.status:
        case AlertStatus.FIRING if alert.dating is Dating.START:
            return _firing(alert, latest, heard_at or now)
        case AlertStatus.FIRING:
            return _fires(alert, latest)
        case AlertStatus.ACKNOWLEDGED:
            return _acknowledged(latest)
        case AlertStatus.RESOLVED if alert.dating is Dating.START:
            return _resolved(alert, latest, now, heard_at or now)
        case AlertStatus.RESOLVED:
            return _over(alert, latest)
        case AlertStatus.EDITED:
            return _edited(latest)
        case status:
            assert_never(status)


def _edited(latest: Episode | None) -> Verdict:
    if latest is None or latest.orphan:
        return Ignore("Nothing of it is known.")
    return Amend(latest)


def _firing(alert: Alert, latest: Episode | None, heard_at: datetime) -> Verdict:
    """Of a source that says when it began."""
    if latest is None:
        return Begin()
    if alert.starts_at > latest.starts_at:
        return Begin(supersedes=latest if latest.firing else None)
    if fires_again(latest, heard_at):
        return Begin(starts_at=goes_on_at(latest), heard_at=heard_at)
    if alert.starts_at == latest.starts_at:
        return Worsen(latest, alert.severity) if worse(alert, latest) else KNOWN
    return OVERTAKEN


def _fires(alert: Alert, latest: Episode | None) -> Verdict:
    """Of a source that names an alert by a key alone."""
    if latest is None:
        return Begin()
    if latest.firing:
        return _fires_on(alert, latest)
    if latest.orphan and belongs_to(alert, latest):
        return Complete(latest)
    if alert.dating is Dating.NONE:
        # The clock of an earlier statement may have been ahead of ours.
        return Begin(starts_at=max(alert.starts_at, latest.starts_at + TICK))
    return _fires_after(alert, latest)


def _fires_on(alert: Alert, latest: Episode) -> Verdict:
    dated = alert.dating is Dating.MOMENT
    if dated and alert.starts_at < latest.starts_at:
        return KNOWN
    if alert.counted:
        return Amend(latest)
    if worse(alert, latest):
        return Worsen(latest, alert.severity)
    if dated and alert.starts_at > last_heard(latest):
        return Hear(latest, alert.starts_at)
    return KNOWN


def _fires_after(alert: Alert, latest: Episode) -> Verdict:
    """Said at a known moment; what is known is over."""
    if alert.starts_at == latest.starts_at:
        return KNOWN
    if alert.starts_at < latest.starts_at:
        return OVERTAKEN
    if latest.ends_at and alert.starts_at < latest.ends_at:
        return ENDED
    if latest.last_at and alert.starts_at <= latest.last_at:
        return Record(latest.last_at)  # it ended again before we heard that it had begun
    return Begin()


def _acknowledged(latest: Episode | None) -> Verdict:
    if latest is None or not latest.firing:
        return Ignore("Nothing of it is open.")
    return Acknowledge(latest)


def _over(alert: Alert, latest: Episode | None) -> Verdict:
    """The end of whatever is open under its fingerprint."""
    at = alert.ends_at or alert.starts_at
    if latest is None:
        return Record(at, orphan=True)
    if not latest.firing:
        return _over_again(alert, latest, at)
    dated = alert.dating is Dating.MOMENT
    if dated and at < latest.starts_at:
        return OVERTAKEN
    if dated and at < last_heard(latest):
        return Ignore("It was said to fire after that.")
    return End(latest, max(at, latest.starts_at))


def _over_again(alert: Alert, latest: Episode, at: datetime) -> Verdict:
    """Its end said again; or, where nobody says when it was, the end of what is not known yet."""
    if alert.dating is Dating.MOMENT:
        return Hear(latest, at) if at > last_heard(latest) else ENDED
    if overtakes_its_start(alert, latest):
        return Record(max(at, alert.starts_at), orphan=True)
    return Hear(latest, alert.starts_at) if worth_hearing(alert, latest) else ENDED


def _resolved(alert: Alert, latest: Episode | None, now: datetime, heard_at: datetime) -> Verdict:
    ends_at = max(alert.ends_at or alert.starts_at, alert.starts_at)
    if latest is None:
        return Record(ends_at)
    if alert.starts_at > latest.starts_at:
        return Record(ends_at, supersedes=latest if latest.firing else None)
    if alert.starts_at < latest.starts_at and not _reaches(ends_at, latest, now):
        return Recall(ends_at)
    if not latest.firing:
        return Hear(latest, heard_at) if ended_here(latest) else ENDED
    return End(latest, max(ends_at, latest.starts_at))


def _reaches(ends_at: datetime, latest: Episode, now: datetime) -> bool:
    """Whether an end that names an earlier start ends `latest` all the same.

    Alertmanager dates an alert back when a second Prometheus has known it for longer, so the
    start alone does not tell episodes apart. And a start in the future was never meant as one:
    an alert sent with an end only is given that end for its start.
    """
    return ends_at >= latest.starts_at or latest.starts_at > now
