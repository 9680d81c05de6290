"""Which incidents a list is asked for: the words of every product, in a query string."""

from collections.abc import Iterable
from typing import TypeVar

from bot.api.dialects import words
from bot.api.incident_shapes import IncidentsQuery
from bot.api.paging import Paging
from core.domain.account import Dialect
from core.domain.ids import UserId
from core.domain.severity import Severity
from core.domain.state import State
from core.views import IncidentQuery

T = TypeVar("T")


def incident_query(wish: IncidentsQuery, dialect: Dialect, paging: Paging) -> IncidentQuery:
    return IncidentQuery(
        states=_states(wish),
        severities=_severities(wish, dialect),
        service_id=wish.service_id or None,
        assignee_id=UserId(wish.assignee_id) if wish.assignee_id else None,
        search=(wish.search or wish.q or "").strip(),
        created_after=wish.since,
        limit=paging.limit,
        offset=paging.offset,
        after=paging.after,
    )


def _states(wish: IncidentsQuery) -> frozenset[State]:
    return _joined(
        words.states_named(word, field=field)
        for field, given in (("status", wish.status), ("state", wish.state))
        for word in _listed(given)
    )


def _severities(wish: IncidentsQuery, dialect: Dialect) -> frozenset[Severity]:
    return _joined(words.severities_named(word, dialect) for word in _listed(wish.severity))


def _listed(values: Iterable[str]) -> list[str]:
    """`a,b` and `name=a&name=b` alike."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def _joined(sets: Iterable[frozenset[T]]) -> frozenset[T]:
    return frozenset().union(*sets)
