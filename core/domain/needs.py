"""What waits for one person: what they lead, what is theirs to see, what they have to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Protocol

from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, UserId
from core.domain.severity import Severity
from core.domain.state import State

SOON = timedelta(minutes=15)
"""So long before it is due an update is thought of."""


class Active(Protocol):
    """An incident that goes on, as lists have it."""

    @property
    def id(self) -> IncidentId: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def state(self) -> State: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def assignee_id(self) -> UserId | None: ...
    @property
    def services(self) -> tuple[tuple[str, str], ...]: ...


class Wait(IntEnum):
    """What for; the most urgent first."""

    UPDATE = 0
    """Others wait for news, and have for some time."""
    ACKNOWLEDGE = 1
    """Nobody said yet that they are at it."""
    TASK_DUE = 2
    UPDATE_SOON = 3
    TASK = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """`at` is when it is or was due; a task without a due time has none. `service` is the reader's
    own that an incident is about."""

    wait: Wait
    at: datetime | None
    incident_id: IncidentId
    severity: Severity | None = None
    task: FollowUp | None = None
    service: str = ""


def needs_of(
    reader: UserId | None,
    incidents: Iterable[Active],
    news_due: Mapping[IncidentId, datetime],
    own_services: frozenset[str],
    tasks: Sequence[FollowUp],
    now: datetime,
) -> list[Need]:
    """The most urgent first, and of each incident what is most urgent of it. `news_due` says when
    news of what they lead is expected."""
    if reader is None:
        return []
    needs = [
        need
        for one in incidents
        if (need := _most_urgent(_news(one, news_due, now), _unseen(one, reader, own_services)))
    ]
    return sorted([*needs, *(_task(one, now) for one in tasks)], key=_urgency)


def _news(one: Active, due: Mapping[IncidentId, datetime], now: datetime) -> Need | None:
    at = due.get(one.id)
    if at is None or at > now + SOON:
        return None
    wait = Wait.UPDATE if at <= now else Wait.UPDATE_SOON
    return Need(wait=wait, at=at, incident_id=one.id, severity=one.severity)


def _unseen(one: Active, reader: UserId, own_services: frozenset[str]) -> Need | None:
    """Whoever it was given to, and the owners of a service as long as it was given to nobody."""
    service = next((name for id, name in one.services if id in own_services), "")
    theirs = one.assignee_id == reader or (one.assignee_id is None and service)
    if one.state is not State.OPEN or not theirs:
        return None
    return Need(
        wait=Wait.ACKNOWLEDGE,
        at=one.created_at,
        incident_id=one.id,
        severity=one.severity,
        service=service,
    )


def _most_urgent(*needs: Need | None) -> Need | None:
    return min((need for need in needs if need), key=_urgency, default=None)


def _task(one: FollowUp, now: datetime) -> Need:
    late = one.due_at is not None and one.due_at <= now
    wait = Wait.TASK_DUE if late else Wait.TASK
    return Need(wait=wait, at=one.due_at, incident_id=one.incident_id, task=one)


def _urgency(need: Need) -> tuple[int, int, bool, float]:
    """Of two alike the worse incident, then what was due first; what is never due comes last."""
    rank = need.severity.rank if need.severity else 0
    return (need.wait, -rank, need.at is None, need.at.timestamp() if need.at else 0.0)
