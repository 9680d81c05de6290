"""The words of `/api/v1`, where two products share the paths: all of both, from anyone."""

from collections.abc import Mapping

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


def states_named(word: str, *, field: str) -> frozenset[State]:
    try:
        return STATUSES[word.strip().lower()]
    except KeyError:
        raise InvalidInput(
            f"“{word[:40]}” is not a {field}; use {', '.join(STATUSES)}.", field=field
        ) from None


def state_named(word: str, now: State, *, field: str) -> State:
    """Where the word leads from `now`: nowhere, if that is one of the states it means."""
    meant = states_named(word, field=field)
    if now in meant:
        return now
    (only, *others) = meant
    return TARGETS[word.strip().lower()] if others else only


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
