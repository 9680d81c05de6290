"""How states and phases are called and marked; never by colour alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.slack.text import literal, moment
from core.domain.choice_words import labelled, worded
from core.domain.ids import IncidentId
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import OVER, Phase, State
from core.language import say, to_say

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
MERGED_ICON = "🔀"
REHEARSED = frozenset({Mode.TEST, Mode.TUTORIAL})

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


class Marked(Protocol):
    """An incident in a list."""

    @property
    def title(self) -> str: ...

    @property
    def mode(self) -> Mode: ...

    @property
    def private(self) -> bool: ...


def marked_title(one: Marked, most: int) -> str:
    """With the marks of what is a test or private; escaped."""
    return f"{_marks(one)}{literal(one.title, most)}"


def plain_title(one: Marked) -> str:
    """The same where nothing is escaped, as in a choice."""
    return f"{_marks(one)}{one.title}"


def _marks(one: Marked) -> str:
    marks = [say("[TEST]")] * (one.mode in REHEARSED) + [say("🔒 Private")] * one.private
    return f"{' '.join(marks)} · " if marks else ""


class Standing(Protocol):
    """Of an incident, or of its line in a list."""

    @property
    def state(self) -> State: ...

    @property
    def phase(self) -> Phase: ...

    @property
    def snoozed_until(self) -> datetime | None: ...

    @property
    def merged_into(self) -> IncidentId | None: ...


def status(one: Standing) -> str:
    """`Open · Investigating`; the phase says nothing more once it is over."""
    if one.merged_into:
        return say("Merged")
    return _with_phase(one, labelled(one.state))


def marked_status(one: Standing, into: str = "") -> str:
    """The same with its mark, and until when it is left alone; escaped. `into` is what it was
    merged into, where the reader may know of that and what is shown can be taken back."""
    if one.merged_into:
        name = say("Merged into {other}", other=into) if into else say("Merged")
        return f"{MERGED_ICON} {name}"
    name = labelled(one.state)
    if one.state is State.SNOOZED and one.snoozed_until:
        name = say("Snoozed until {at}", at=moment(one.snoozed_until))
    return f"{STATE_ICONS[one.state]} {_with_phase(one, name)}"


def standing(one: Standing, into: str = "") -> str:
    """Within a sentence, behind “is”; escaped."""
    if one.merged_into and into:
        return say("merged into {other}", other=into)
    if one.merged_into:
        return say("merged into another incident")
    if one.state is State.SNOOZED and one.snoozed_until:
        return say("snoozed until {at}", at=moment(one.snoozed_until))
    return worded(one.state)


def _with_phase(one: Standing, name: str) -> str:
    return name if one.state in OVER else f"{name} · {labelled(one.phase)}"
