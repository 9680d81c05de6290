"""Overwatch's words: statuses and severities, in and out."""

from collections.abc import Mapping

from core.domain.severity import Severity
from core.domain.state import ACTIVE, State

STATUS: Mapping[State, str] = {
    State.DRAFT: "draft",
    State.OPEN: "active",
    State.ACKNOWLEDGED: "active",
    State.SNOOZED: "active",
    State.SUPPRESSED: "active",
    State.RESOLVED: "resolved",
    State.CLOSED: "closed",
    State.CANCELED: "closed",
}

STATUSES_IN: Mapping[str, frozenset[State]] = {
    "active": ACTIVE,
    "new": frozenset({State.OPEN}),
    "open": frozenset({State.OPEN}),
    "triggered": frozenset({State.OPEN}),
    "in_progress": frozenset({State.ACKNOWLEDGED}),
    "acknowledged": frozenset({State.ACKNOWLEDGED}),
    "snoozed": frozenset({State.SNOOZED}),
    "suppressed": frozenset({State.SUPPRESSED}),
    "resolved": frozenset({State.RESOLVED}),
    "closed": frozenset({State.CLOSED, State.CANCELED}),
    "canceled": frozenset({State.CANCELED}),
    "cancelled": frozenset({State.CANCELED}),
}


def severity_word(severity: Severity) -> str:
    """Its four levels are ours."""
    return severity.value
