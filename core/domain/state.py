"""The incident's life: states, the moves between them, and the phases of its messages."""

from collections.abc import Mapping
from enum import StrEnum

from core.domain.choice_words import worded
from core.errors import InvalidInput
from core.language import say, to_say


class State(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    SUPPRESSED = "suppressed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELED = "canceled"


class Phase(StrEnum):
    """Where the work stands: the kind of the newest message."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


MOVES: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.OPEN, State.RESOLVED}),
    State.OPEN: frozenset(
        {State.ACKNOWLEDGED, State.SNOOZED, State.SUPPRESSED, State.RESOLVED, State.CANCELED}
    ),
    State.ACKNOWLEDGED: frozenset({State.OPEN, State.SNOOZED, State.RESOLVED, State.CANCELED}),
    State.SNOOZED: frozenset({State.OPEN, State.ACKNOWLEDGED, State.RESOLVED, State.CANCELED}),
    State.SUPPRESSED: frozenset({State.OPEN, State.ACKNOWLEDGED, State.RESOLVED, State.CANCELED}),
    State.RESOLVED: frozenset({State.OPEN, State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN}),
    State.CANCELED: frozenset(),
}

_WAYS = (State.RESOLVED, State.OPEN)
"""Through which a state is reached that has no move of its own."""


def refusal_of(reference: str, here: State, there: State) -> str:
    """Why it cannot become that, and what to do first where that would lead there."""
    words = to_say("{reference} is {state}; it cannot become {target}.")
    reason = say(words, reference=reference, state=worded(here), target=worded(there))
    return f"{reason} {way_to(here, there)}".rstrip()


def draft_refusal(reference: str) -> str:
    return say("{reference} is a draft; publish it instead.", reference=reference)


def merged_refusal(reference: str) -> str:
    return say(
        "{reference} was merged into another incident, where it goes on.", reference=reference
    )


def way_to(here: State, there: State) -> str:
    """What to do first, in a sentence; empty where nothing leads there."""
    for first in _WAYS:
        if first in MOVES[here] and there in MOVES[first]:
            return _advice(here, first)
    return ""


def _advice(here: State, first: State) -> str:
    if first is State.RESOLVED:
        return say("Resolve it first.")
    if here is State.DRAFT:
        return say("Publish it first.")
    return say("Reopen it first.")


ACTIVE = frozenset({State.OPEN, State.ACKNOWLEDGED, State.SNOOZED, State.SUPPRESSED})
"""States in which somebody may still have work to do."""

OVER = frozenset({State.RESOLVED, State.CLOSED, State.CANCELED})


def phase_named(word: str, *, field: str = "phase") -> Phase:
    try:
        return Phase(word.strip().lower())
    except ValueError:
        raise InvalidInput(
            say("“{word}” is not a phase; use {phase}.", word=word, phase=", ".join(Phase)),
            field=field,
        ) from None
