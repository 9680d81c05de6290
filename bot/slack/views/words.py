"""How states and phases are called and marked; never by colour alone."""

from collections.abc import Mapping

from core.domain.choice_words import labelled
from core.domain.severity import Severity
from core.domain.state import OVER, Phase, State
from core.language import to_say

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
    Phase.INVESTIGATING: to_say("We look for the cause"),
    Phase.IDENTIFIED: to_say("The cause is known"),
    Phase.MONITORING: to_say("A fix is in place; we watch"),
    Phase.RESOLVED: to_say("It is over; this also resolves the incident"),
}

SEVERITY_MEANINGS: Mapping[Severity, str] = {
    Severity.CRITICAL: to_say("Down, or data at risk: everybody needed comes now"),
    Severity.HIGH: to_say("An important part is broken for many"),
    Severity.MEDIUM: to_say("Something is broken, and people can work around it"),
    Severity.LOW: to_say("A nuisance; it can wait for office hours"),
}


def status(state: State, phase: Phase) -> str:
    """`Open · Investigating`; the phase says nothing more once it is over."""
    name = labelled(state)
    return name if state in OVER else f"{name} · {labelled(phase)}"


def marked_status(state: State, phase: Phase) -> str:
    return f"{STATE_ICONS[state]} {status(state, phase)}"
