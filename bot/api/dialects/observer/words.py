"""Observer's words: states, three severities and the types of messages."""

from collections.abc import Mapping

from core.domain.maintenance import MaintenanceState
from core.domain.severity import Severity
from core.domain.state import ACTIVE, Phase, State
from core.errors import InvalidInput

STATE: Mapping[State, str] = {
    State.DRAFT: "draft",
    State.OPEN: "published",
    State.ACKNOWLEDGED: "published",
    State.SNOOZED: "published",
    State.SUPPRESSED: "published",
    State.RESOLVED: "resolved",
    State.CLOSED: "resolved",
    State.CANCELED: "canceled",
}

STATES_IN: Mapping[str, frozenset[State]] = {
    "draft": frozenset({State.DRAFT}),
    "published": ACTIVE,
}

SEVERITY: Mapping[Severity, str] = {
    Severity.CRITICAL: "critical",
    Severity.HIGH: "major",
    Severity.MEDIUM: "minor",
    Severity.LOW: "minor",
}

MESSAGE_TYPE: Mapping[Phase, str] = {phase: phase.value.capitalize() for phase in Phase}


MAINTENANCE_STATES_IN: Mapping[str, MaintenanceState] = {
    **{state.value: state for state in MaintenanceState},
    "cancelled": MaintenanceState.CANCELED,
}


def maintenance_state_named(word: str, *, field: str) -> MaintenanceState:
    try:
        return MAINTENANCE_STATES_IN[word.strip().lower()]
    except KeyError:
        raise InvalidInput(
            f"“{word[:40]}” is not a {field} of maintenance; use {', '.join(MaintenanceState)}.",
            field=field,
        ) from None


def severities_shown_as(word: str) -> frozenset[Severity]:
    """Those a reader sees under the word: `minor` is medium and low."""
    return frozenset(severity for severity, shown in SEVERITY.items() if shown == word)
