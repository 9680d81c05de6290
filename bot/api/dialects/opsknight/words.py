"""OpsKnight's words: statuses, urgencies, priorities, and what became of an event."""

from collections.abc import Mapping

from core.domain.severity import Severity
from core.domain.state import State
from core.domain.urgency import Urgency
from core.errors import InvalidInput

TRIGGERED = "triggered"
"""What an open incident is called, unless the settings prefer OPEN."""

STATUS: Mapping[State, str] = {
    State.ACKNOWLEDGED: "ACKNOWLEDGED",
    State.SNOOZED: "SNOOZED",
    State.SUPPRESSED: "SUPPRESSED",
    State.RESOLVED: "RESOLVED",
    State.CLOSED: "RESOLVED",
    State.CANCELED: "RESOLVED",
}

TARGETS: Mapping[str, State] = {
    "triggered": State.OPEN,
    "open": State.OPEN,
    "new": State.OPEN,
    "acknowledged": State.ACKNOWLEDGED,
    "snoozed": State.SNOOZED,
    "suppressed": State.SUPPRESSED,
    "resolved": State.RESOLVED,
}
"""What an incident becomes by a word."""

SHOWN = frozenset(State) - {State.DRAFT}

_RESOLVED = frozenset({State.RESOLVED, State.CLOSED, State.CANCELED})

URGENCY: Mapping[Urgency, str] = {urgency: urgency.name for urgency in Urgency}

SEVERITY_OF_PRIORITY: Mapping[str, Severity] = {
    "p1": Severity.CRITICAL,
    "p2": Severity.HIGH,
    "p3": Severity.MEDIUM,
    "p4": Severity.LOW,
    "p5": Severity.LOW,
}
SEVERITY_OF_URGENCY: Mapping[Urgency, Severity] = {
    Urgency.HIGH: Severity.HIGH,
    Urgency.MEDIUM: Severity.MEDIUM,
    Urgency.LOW: Severity.LOW,
}
USUAL = Urgency.HIGH
"""The urgency of an incident of which nobody says any."""

REPEATED = "deduplicated"
"""Of an event that changes nothing."""

_OUTCOMES: Mapping[str, tuple[str, str]] = {
    "trigger": ("triggered", REPEATED),
    "acknowledge": ("ignored", "acknowledged"),
    "resolve": ("ignored", "resolved"),
}


def status_word(state: State, open_word: str = TRIGGERED) -> str:
    return STATUS.get(state, open_word)


def state_named(word: str) -> State:
    """What an incident shall become."""
    try:
        return TARGETS[word.strip().lower()]
    except KeyError:
        choices = "OPEN, ACKNOWLEDGED, RESOLVED, SNOOZED or SUPPRESSED"
        raise InvalidInput(
            f"“{word[:40]}” is not a status; use {choices}.", field="status"
        ) from None


def states_named(word: str) -> frozenset[State]:
    """Those a filter means; an incident that is over in any way is RESOLVED here."""
    state = state_named(word)
    return _RESOLVED if state is State.RESOLVED else frozenset({state})


def severity_of(priority: str, urgency: Urgency) -> Severity:
    """The priority says it more exactly."""
    known = SEVERITY_OF_PRIORITY.get(priority.strip().lower())
    return known or SEVERITY_OF_URGENCY[urgency]


def outcome(action: str, *, fires: bool, suppressed: bool = False) -> str:
    """What an event does to an alert that fires already, or does not; while a window suppresses
    it, there is nothing to acknowledge."""
    return _OUTCOMES[action][fires and not (suppressed and action == "acknowledge")]
