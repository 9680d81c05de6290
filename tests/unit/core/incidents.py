"""An incident in any state, and the move that leads into each state."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from core.domain.actor import Actor, Surface
from core.domain.events import IncidentFact
from core.domain.ids import IncidentId, UserId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import State
from tests.fakes.moment import NOON

ALICE = Actor(surface=Surface.SLACK, name="Alice Archer", user_id=UserId("usr_alice"))
LATER = NOON + timedelta(minutes=5)

Moved: TypeAlias = tuple[Incident, IncidentFact | None]
Move: TypeAlias = Callable[[Incident, Actor, datetime], Moved]

MOVERS: Mapping[State, Move] = {
    State.OPEN: lambda i, by, at: (
        i.publish(by=by, at=at) if i.state is State.DRAFT else i.reopen(by=by, at=at)
    ),
    State.ACKNOWLEDGED: lambda i, by, at: i.acknowledge(by=by, at=at),
    State.SNOOZED: lambda i, by, at: i.snooze(None, by=by, at=at),
    State.SUPPRESSED: lambda i, by, at: i.suppress(by=by, at=at),
    State.RESOLVED: lambda i, by, at: i.resolve(by=by, at=at),
    State.CLOSED: lambda i, by, at: i.close(by=by, at=at),
    State.CANCELED: lambda i, by, at: i.cancel(by=by, at=at),
}
"""By target; nothing leads into a draft."""

ROADS: Mapping[State, tuple[State, ...]] = {
    State.DRAFT: (),
    State.OPEN: (State.OPEN,),
    State.ACKNOWLEDGED: (State.OPEN, State.ACKNOWLEDGED),
    State.SNOOZED: (State.OPEN, State.SNOOZED),
    State.SUPPRESSED: (State.OPEN, State.SUPPRESSED),
    State.RESOLVED: (State.OPEN, State.RESOLVED),
    State.CLOSED: (State.OPEN, State.RESOLVED, State.CLOSED),
    State.CANCELED: (State.OPEN, State.CANCELED),
}
"""How a draft gets into each state."""


def a_draft() -> Incident:
    return Incident(
        id=IncidentId("inc_7"),
        number=7,
        title="Checkout is slow",
        severity=Severity.HIGH,
        state=State.DRAFT,
        source=Surface.SLACK,
        created_at=NOON,
        updated_at=NOON,
    )


def an_incident(state: State = State.OPEN) -> Incident:
    """One that came to `state` by legal moves, at noon."""
    incident = a_draft()
    for step in ROADS[state]:
        incident, _ = MOVERS[step](incident, ALICE, NOON)
    return replace(incident, version=1)
