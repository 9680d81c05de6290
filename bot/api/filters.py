"""Which incidents a list is asked for: the words of every product, in a query string."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from multidict import MultiMapping

from bot.api.dialects import words
from bot.api.paging import Paging
from core.domain.account import Dialect
from core.domain.ids import UserId
from core.domain.severity import Severity
from core.domain.state import State
from core.errors import InvalidInput
from core.views import IncidentQuery

T = TypeVar("T")


def incident_query(query: MultiMapping[str], dialect: Dialect, paging: Paging) -> IncidentQuery:
    _require_plain(query)
    if query.get("since"):
        raise InvalidInput("Lists cannot be narrowed by time yet; leave since out.", field="since")
    return IncidentQuery(
        states=_states(query),
        severities=_severities(query, dialect),
        service_id=query.get("service_id") or None,
        assignee_id=UserId(query["assignee_id"]) if query.get("assignee_id") else None,
        search=(query.get("search") or query.get("q") or "").strip(),
        limit=paging.limit,
        offset=paging.offset,
        after=paging.after,
    )


def _require_plain(query: Mapping[str, str]) -> None:
    for name, value in query.items():
        if "\0" in value:
            raise InvalidInput("The character U+0000 cannot be searched for.", field=name)


def _states(query: MultiMapping[str]) -> frozenset[State]:
    return _joined(
        words.states_named(word, field=field)
        for field in ("status", "state")
        for word in _listed(query, field)
    )


def _severities(query: MultiMapping[str], dialect: Dialect) -> frozenset[Severity]:
    return _joined(words.severities_named(word, dialect) for word in _listed(query, "severity"))


def _listed(query: MultiMapping[str], name: str) -> list[str]:
    """`a,b` and `name=a&name=b` alike."""
    values = query.getall(name, [])
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def _joined(sets: Iterable[frozenset[T]]) -> frozenset[T]:
    return frozenset().union(*sets)
