"""Several changes in one wish: all of them, or none."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddService, DeclareIncident, EditIncident, ResolveIncident
from core.domain.actor import Caller
from core.domain.events import IncidentAssigned, IncidentEdited
from core.domain.ids import ServiceId, UserId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import State
from core.errors import CoreError, IllegalTransition, InvalidInput, NotPermitted
from tests.fakes.store import FakeStore


@pytest.fixture
async def incident(bus: CommandBus, alice: Caller) -> Incident:
    return await bus.execute(DeclareIncident(caller=alice, title="Slow", severity="high"))


async def test_everything_changes_at_once(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, incident: Incident
) -> None:
    service = await bus.execute(AddService(caller=alice, name="checkout"))

    edited = await bus.execute(
        EditIncident(
            caller=alice,
            incident_id=incident.id,
            title="Checkout is down",
            description="Since noon.",
            severity="sev1",
            service_ids=(service.id,),
            assignee_id=bob.actor.user_id,
            state=State.ACKNOWLEDGED,
        )
    )

    assert (edited.title, edited.description) == ("Checkout is down", "Since noon.")
    assert (edited.severity, edited.severity_word) == (Severity.CRITICAL, "sev1")
    assert (edited.service_ids, edited.assignee_id) == ((service.id,), bob.actor.user_id)
    assert edited.state is State.ACKNOWLEDGED
    assert [type(event).__name__ for event in store.events(alice.organization_id)[-4:]] == [
        "IncidentEdited",
        "SeverityChanged",
        "IncidentAssigned",
        "IncidentAcknowledged",
    ]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"severity": "awful"}, InvalidInput),
        ({"title": " "}, InvalidInput),
        ({"description": "x" * 10_001}, InvalidInput),
        ({"service_ids": (ServiceId("svc_404"),)}, InvalidInput),
        ({"assignee_id": UserId("usr_404")}, InvalidInput),
        ({"state": State.CLOSED}, IllegalTransition),
        ({"state": State.DRAFT}, IllegalTransition),
    ],
)
async def test_one_wrong_value_changes_nothing(
    bus: CommandBus,
    store: FakeStore,
    alice: Caller,
    incident: Incident,
    wrong: dict[str, Any],
    error: type[CoreError],
) -> None:
    events, effects = store.events(alice.organization_id), store.effects
    wish: dict[str, Any] = {"title": "Another", "severity": "low", **wrong}

    with pytest.raises(error):
        await bus.execute(EditIncident(caller=alice, incident_id=incident.id, **wish))

    assert store.rows.of(alice.organization_id).incidents[incident.id] == incident
    assert (store.events(alice.organization_id), store.effects) == (events, effects)


async def test_saying_what_is_so_already_changes_nothing(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    effects = store.effects

    same = await bus.execute(
        EditIncident(
            caller=alice,
            incident_id=incident.id,
            title="Slow",
            description="",
            severity="high",
            service_ids=(),
            unassign=True,
            state=State.OPEN,
        )
    )

    assert (same, store.effects) == (incident, effects)


@pytest.mark.parametrize(
    ("here", "there"), [("acknowledged", "acknowledged"), ("resolved", "open")]
)
async def test_an_incident_stays_where_it_is_wanted_already(
    bus: CommandBus, alice: Caller, incident: Incident, here: str, there: str
) -> None:
    wish = EditIncident(
        caller=alice,
        incident_id=incident.id,
        state=State.OPEN,
        unless=(State.OPEN, State.ACKNOWLEDGED),
    )
    await bus.execute(EditIncident(caller=alice, incident_id=incident.id, state=State(here)))

    assert (await bus.execute(wish)).state == there


async def test_an_empty_wish_changes_nothing(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    assert await bus.execute(EditIncident(caller=alice, incident_id=incident.id)) == incident


async def test_an_engineer_may_edit_but_not_give_it_away(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, incident: Incident
) -> None:
    with pytest.raises(NotPermitted, match="take it yourself or ask a manager"):
        await bus.execute(
            EditIncident(
                caller=bob,
                incident_id=incident.id,
                title="Another",
                assignee_id=alice.actor.user_id,
            )
        )

    taken = await bus.execute(
        EditIncident(caller=bob, incident_id=incident.id, assignee_id=bob.actor.user_id)
    )

    assert (taken.title, taken.assignee_id) == ("Slow", bob.actor.user_id)
    assert not any(isinstance(e, IncidentEdited) for e in store.events(bob.organization_id))


async def test_it_can_be_left_to_nobody(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    mine = EditIncident(caller=alice, incident_id=incident.id, assignee_id=alice.actor.user_id)
    await bus.execute(mine)

    left = await bus.execute(EditIncident(caller=alice, incident_id=incident.id, unassign=True))

    event = store.events(alice.organization_id)[-1]
    assert left.assignee_id is None
    assert isinstance(event, IncidentAssigned)
    assert event.assignee_id is None


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.CLOSED}))
async def test_a_state_is_reached_by_its_own_move(
    bus: CommandBus, alice: Caller, incident: Incident, state: State
) -> None:
    moved = await bus.execute(EditIncident(caller=alice, incident_id=incident.id, state=state))

    assert moved.state is state


async def test_a_draft_becomes_open_by_being_published(bus: CommandBus, alice: Caller) -> None:
    draft = await bus.execute(
        DeclareIncident(caller=alice, title="Slow", severity="low", state=State.DRAFT)
    )
    stays = EditIncident(caller=alice, incident_id=draft.id, state=State.DRAFT)
    opens = EditIncident(caller=alice, incident_id=draft.id, state=State.OPEN)

    assert (await bus.execute(stays)).state is State.DRAFT
    assert (await bus.execute(opens)).published_at is not None


async def test_a_resolved_incident_is_closed_by_an_edit(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    await bus.execute(ResolveIncident(caller=alice, incident_id=incident.id))

    closed = await bus.execute(
        EditIncident(caller=alice, incident_id=incident.id, state=State.CLOSED)
    )

    assert closed.state is State.CLOSED
