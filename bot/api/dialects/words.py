"""The words of `/api/v1`, where two products share the paths: all of both, from anyone."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.api.dialects.observer import words as observer
from bot.api.dialects.overwatch import words as overwatch
from core.domain.account import Dialect
from core.domain.severity import Severity, severity_named
from core.domain.state import State
from core.errors import InvalidInput

STATUSES: Mapping[str, frozenset[State]] = {**overwatch.STATUSES_IN, **observer.STATES_IN}
"""Which states a word means in a filter."""

TARGETS: Mapping[str, State] = {
    "active": State.OPEN,
    "published": State.OPEN,
    "closed": State.CLOSED,
}
"""What an incident becomes by a word of several states; a word of one names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Where an incident shall be, and the states in which it is there already."""

    state: State | None = None
    unless: tuple[State, ...] = ()


def states_named(word: str, *, field: str) -> frozenset[State]:
    try:
        return STATUSES[word.strip().lower()]
    except KeyError:
        raise InvalidInput(
            f"“{word[:40]}” is not a {field}; use {', '.join(STATUSES)}.", field=field
        ) from None


def state_named(word: str, *, field: str) -> State:
    """Where the word leads from any state that it does not mean."""
    (only, *others) = states_named(word, field=field)
    return TARGETS[word.strip().lower()] if others else only


def wanted(status: str | None, state: str | None) -> Wanted:
    """What the words ask for; `InvalidInput` names `state` when they contradict each other."""
    if status is None:
        return Wanted() if state is None else _wanted(state, field="state")
    if state is None:
        return _wanted(status, field="status")
    meant = states_named(status, field="status") & _shown_as(state)
    if not meant:
        raise InvalidInput(
            "The status and the state contradict each other; send one of them.", field="state"
        )
    targets = (state_named(status, field="status"), state_named(state, field="state"))
    return Wanted(state=next(one for one in targets if one in meant), unless=tuple(sorted(meant)))


def _wanted(word: str, *, field: str) -> Wanted:
    unless = tuple(sorted(states_named(word, field=field)))
    return Wanted(state=state_named(word, field=field), unless=unless)


def _shown_as(word: str) -> frozenset[State]:
    """What a reader means who sends back what was shown: closed ones are shown as resolved."""
    shown = (state for state, name in observer.STATE.items() if name == word.strip().lower())
    return states_named(word, field="state").union(shown)


def severities_named(word: str, dialect: Dialect) -> frozenset[Severity]:
    """In a filter a word also finds what its reader is shown under it."""
    severity = frozenset({severity_named(word)})
    if dialect is Dialect.OBSERVER:
        return severity | observer.severities_shown_as(word.strip().lower())
    return severity


def severity_word(severity: Severity, given: str, dialect: Dialect) -> str:
    """As the dialect has it; in no dialect, the word it was given."""
    match dialect:
        case Dialect.OVERWATCH:
            return overwatch.severity_word(severity)
        case Dialect.OBSERVER:
            return observer.SEVERITY[severity]
        case Dialect.NEUTRAL | Dialect.OPSKNIGHT | Dialect.INCIDENT_IO:
            return given or severity.value
