"""Incidents to look at, with whatever text a test wants in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.domain.actor import Actor, Surface
from core.domain.ids import EntryId, IncidentId, SlackUserId, UpdateId, UserId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.update import StatusUpdate
from core.views import IncidentCard, IncidentPage, IncidentRow, Person, TimelineEntry

THEN = datetime(2026, 11, 20, 12, 3, tzinfo=UTC)
ALICE = Person(
    id=UserId("usr_1"), name="Alice Archer", email="a@x.org", slack_user_id=SlackUserId("U0ALICE")
)


def an_incident(**changes: Any) -> Incident:
    incident = Incident(
        id=IncidentId("inc_7"),
        number=7,
        title="Checkout is down",
        severity=Severity.HIGH,
        created_at=THEN,
        updated_at=THEN + timedelta(minutes=5),
        source=Surface.SLACK,
    )
    return replace(incident, **changes)


def a_card(incident: Incident | None = None, **parts: Any) -> IncidentCard:
    return IncidentCard(incident=incident or an_incident(), **{"creator": ALICE, **parts})


def an_update(text: str, *, by: str = "Alice Archer") -> StatusUpdate:
    return StatusUpdate(
        id=UpdateId("upd_1"),
        incident_id=IncidentId("inc_7"),
        phase=Phase.IDENTIFIED,
        text=text,
        by=Actor(surface=Surface.SLACK, name=by),
        at=THEN,
    )


def hostile_card(text: str) -> IncidentCard:
    """The same text wherever somebody outside can put some."""
    person = Person(id=UserId("usr_2"), name=text[:200], email="b@x.org")
    incident = an_incident(title=text[:500], description=text, created_by_name=text[:200])
    return a_card(
        incident,
        creator=person,
        assignee=person,
        services={f"svc_{n}": text[:200] for n in range(20)},
        latest_update=an_update(text, by=text[:200]),
        alerts=3,
        firing=2,
        links={text[:100]: "https://x.org/"},
    )


def a_row(number: int, title: str, assignee: str | None = None) -> IncidentRow:
    return IncidentRow(
        id=IncidentId(f"inc_{number}"),
        number=number,
        title=title,
        description="",
        severity=Severity.HIGH,
        severity_word="high",
        state=State.OPEN,
        phase=Phase.INVESTIGATING,
        created_at=THEN,
        updated_at=THEN,
        published_at=THEN,
        acknowledged_at=None,
        resolved_at=None,
        canceled_at=None,
        created_by=None,
        assignee_id=None,
        assignee_name=assignee,
        channel_id=None,
        version=1,
    )


def a_page(*rows: IncidentRow) -> IncidentPage:
    return IncidentPage(rows=rows, total=len(rows), more=False)


def an_entry(event: Any) -> TimelineEntry:
    return TimelineEntry(id=EntryId("ent_1"), at=THEN, event=event)
