"""What is said again of an alert: as little as must be known of it to pass it over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.alert import Alert, AlertStatus, Dating
from core.domain.severity import Severity


class Known(Protocol):
    """What both an episode and a glimpse of it tell."""

    @property
    def severity(self) -> Severity: ...
    @property
    def firing(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Of the episode of a fingerprint with the latest start; in a flood most of what comes is
    known, and nothing else of the episode matters then."""

    starts_at: datetime
    severity: Severity
    firing: bool


def may_repeat(alert: Alert) -> bool:
    """Whether a glimpse can be enough to pass it over."""
    return alert.status is AlertStatus.FIRING and alert.dating is Dating.START


def repeats(alert: Alert, known: Glimpse | None) -> bool:
    """Whether one that may repeat something does, so that triage would ignore it; what is over may
    fire again since the same moment."""
    if known is None or not known.firing or alert.starts_at > known.starts_at:
        return False
    return alert.starts_at < known.starts_at or not worse(alert, known)


def worse(alert: Alert, known: Known) -> bool:
    """Where nobody says how bad it is, it counts as medium, which says nothing."""
    if alert.severity is known.severity or not known.firing:
        return False
    said = bool(alert.severity_word) or alert.severity is not Severity.MEDIUM
    return said and alert.severity.rank > known.severity.rank
