"""What waits for one person: what they lead, what is theirs to see, what they have to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Protocol

from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, UserId
from core.domain.particulars import Mode
from core.domain.reminder_times import SERIOUS, WATCHED
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
    def mode(self) -> Mode: ...
    @property
    def created_by(self) -> UserId | None: ...
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
    LEAD = 2
    """Somebody is at it, and nobody leads."""
    TASK_DUE = 3
    UPDATE_SOON = 4
    TASK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """`at` is when it is or was due; a task without a due time has none. `service` is the reader's
    own that an incident is about; `declared` is what waits for them because they declared it."""

    wait: Wait
    at: datetime | None
    incident_id: IncidentId
    severity: Severity | None = None
    task: FollowUp | None = None
    service: str = ""
    declared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom things wait for; `leads` says whether their organisation wants somebody to lead."""

    id: UserId
    own_services: frozenset[str] = frozenset()
    leads: bool = True


def needs_of(
    reader: Reader | None,
    incidents: Iterable[Active],
    news_due: Mapping[IncidentId, datetime],
    tasks: Sequence[FollowUp],
    now: datetime,
) -> list[Need]:
    """The most urgent first, and of each incident what is most urgent of it. `news_due` says when
    news of what they lead is expected."""
    if reader is None:
        return []
    needs = [need for one in incidents if (need := _need(one, reader, news_due, now))]
    return sorted([*needs, *(_task(one, now) for one in tasks)], key=_urgency)


def _need(
    one: Active, reader: Reader, due: Mapping[IncidentId, datetime], now: datetime
) -> Need | None:
    needs = (_news(one, due, now), _unseen(one, reader), _unled(one, reader))
    return min((need for need in needs if need), key=_urgency, default=None)


def _news(one: Active, due: Mapping[IncidentId, datetime], now: datetime) -> Need | None:
    at = due.get(one.id)
    if at is None or at > now + SOON:
        return None
    wait = Wait.UPDATE if at <= now else Wait.UPDATE_SOON
    return Need(wait=wait, at=at, incident_id=one.id, severity=one.severity)


def _unseen(one: Active, reader: Reader) -> Need | None:
    """Whoever it was given to; as long as it was given to nobody, the owners of a service and
    whoever declared it."""
    service = next((name for id, name in one.services if id in reader.own_services), "")
    declared = one.created_by == reader.id and not service
    theirs = one.assignee_id == reader.id or (one.assignee_id is None and (service or declared))
    if one.state is not State.OPEN or not theirs:
        return None
    return Need(
        wait=Wait.ACKNOWLEDGE,
        at=one.created_at,
        incident_id=one.id,
        severity=one.severity,
        service=service,
        declared=declared and one.assignee_id is None,
    )


def _unled(one: Active, reader: Reader) -> Need | None:
    """Whoever declared it, as reminders of it go to them as well."""
    attended = one.state in WATCHED and one.mode in SERIOUS
    if one.created_by != reader.id or one.assignee_id or not (attended and reader.leads):
        return None
    return Need(
        wait=Wait.LEAD,
        at=one.created_at,
        incident_id=one.id,
        severity=one.severity,
        declared=True,
    )


def _task(one: FollowUp, now: datetime) -> Need:
    late = one.due_at is not None and one.due_at <= now
    wait = Wait.TASK_DUE if late else Wait.TASK
    return Need(wait=wait, at=one.due_at, incident_id=one.incident_id, task=one)


def _urgency(need: Need) -> tuple[int, int, bool, float]:
    """Of two alike the worse incident, then what was due first; what is never due comes last."""
    rank = need.severity.rank if need.severity else 0
    return (need.wait, -rank, need.at is None, need.at.timestamp() if need.at else 0.0)
