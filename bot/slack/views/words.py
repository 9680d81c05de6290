"""How states and phases are called and marked; never by colour alone."""

from collections.abc import Mapping

from core.domain.severity import Severity
from core.domain.state import OVER, Phase, State

STATE_ICONS: Mapping[State, str] = {
    State.DRAFT: "📝",
    State.OPEN: "🔴",
    State.ACKNOWLEDGED: "🟠",
    State.SNOOZED: "💤",
    State.SUPPRESSED: "🔕",
    State.RESOLVED: "✅",
    State.CLOSED: "🔒",
    State.CANCELED: "🚫",
}

PHASE_MEANINGS: Mapping[Phase, str] = {
    Phase.INVESTIGATING: "We look for the cause",
    Phase.IDENTIFIED: "The cause is known",
    Phase.MONITORING: "A fix is in place; we watch",
    Phase.RESOLVED: "It is over; this also resolves the incident",
}

SEVERITY_MEANINGS: Mapping[Severity, str] = {
    Severity.CRITICAL: "Down, or data at risk: everybody needed comes now",
    Severity.HIGH: "An important part is broken for many",
    Severity.MEDIUM: "Something is broken, and people can work around it",
    Severity.LOW: "A nuisance; it can wait for office hours",
}


def status(state: State, phase: Phase) -> str:
    """`Open · Investigating`; the phase says nothing more once it is over."""
    name = state.value.capitalize()
    return name if state in OVER else f"{name} · {phase.value.capitalize()}"


def marked_status(state: State, phase: Phase) -> str:
    return f"{STATE_ICONS[state]} {status(state, phase)}"
