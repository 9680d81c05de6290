"""An edit that also moves an incident on: status, message, severity and names, all or nothing."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import (
    AcknowledgeIncident,
    AddService,
    ChangeSeverity,
    DeclareIncident,
    EditIncident,
    PostUpdate,
    ResolveIncident,
)
from core.commands.roles import ChangeServices
from core.domain.actor import Caller
from core.domain.events import IncidentEdited, IncidentEvent, IncidentResolved, UpdatePosted
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.narration import narrate
from core.domain.particulars import FieldEntry, RoleAssignment
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.update import FirstMessage
from core.domain.urgency import Urgency
from core.effects import AddBookmarks, RefreshCard
from core.errors import IllegalTransition, InvalidInput, KeyReused
from tests.fakes.moment import NOON
from tests.fakes.store import FakeStore


@pytest.fixture
async def incident(bus: CommandBus, alice: Caller) -> Incident:
    return await bus.execute(
        DeclareIncident(
            caller=alice, title="Slow", severity="high", status_id="sta_1", severity_id="sev_1"
        )
    )


async def _edit(bus: CommandBus, caller: Caller, incident: Incident, **changes: Any) -> Incident:
    return await bus.execute(EditIncident(caller=caller, incident_id=incident.id, **changes))


def _since_birth(store: FakeStore, caller: Caller) -> list[str]:
    events = (e for e in store.events(caller.organization_id) if isinstance(e, IncidentEvent))
    return [type(event).__name__ for event in events][1:]


async def test_what_no_channel_shows_is_changed_quietly(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    effects = store.shown

    edited = await _edit(
        bus,
        alice,
        incident,
        urgency=Urgency.MEDIUM,
        tags=("database",),
        postmortem_url="https://wiki.example/1",
    )

    event = store.events(alice.organization_id)[-1]
    assert isinstance(event, IncidentEdited)
    assert store.shown == effects
    assert (edited.urgency, edited.tags) == (Urgency.MEDIUM, ("database",))
    assert narrate(event) == "Alice Archer changed the urgency, the postmortem link and the tags."


async def test_what_an_incident_points_at_is_shown_and_marked_in_its_channel(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    fields = (FieldEntry(field_id="fld_1", values=("one",)),)

    await _edit(bus, alice, incident, call_url="https://meet.example/1", fields=fields)

    event = store.events(alice.organization_id)[-1]
    assert narrate(event) == "Alice Archer changed the call link and the custom fields."
    assert [AddBookmarks(incident_id=incident.id)] == store.shown[-1:]


async def test_other_fields_are_shown_without_a_look_at_the_bookmarks(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    fields = (FieldEntry(field_id="fld_1", values=("one",)),)

    await _edit(bus, alice, incident, fields=fields)

    assert RefreshCard(incident_id=incident.id) in store.shown
    assert AddBookmarks(incident_id=incident.id) not in store.shown


async def test_services_are_told_by_name(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    checkout = await bus.execute(AddService(caller=alice, name="checkout"))
    search = await bus.execute(AddService(caller=alice, name="search"))

    await _edit(bus, alice, incident, service_ids=(checkout.id,))
    await bus.execute(
        ChangeServices(
            caller=alice, incident_id=incident.id, add=(search.id,), remove=(checkout.id,)
        )
    )

    told = [one for one in store.events(alice.organization_id) if isinstance(one, IncidentEdited)]
    assert [narrate(one) for one in told] == [
        "Alice Archer added checkout to the affected services.",
        "Alice Archer added search to the affected services and took checkout off.",
    ]


async def test_what_is_given_empty_is_emptied(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    filled = await _edit(bus, alice, incident, priority="P1", links=("https://x.example",))

    emptied = await _edit(bus, alice, filled, priority="", links=())

    assert (filled.priority, filled.links) == ("P1", ("https://x.example",))
    assert (emptied.priority, emptied.links) == ("", ())


async def test_a_message_a_severity_and_a_status_are_one_step(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    edited = await _edit(
        bus,
        alice,
        incident,
        severity="critical",
        severity_id="sev_2",
        status_id="sta_2",
        message=FirstMessage(phase=Phase.IDENTIFIED, text="Found it."),
    )

    assert _since_birth(store, alice) == ["SeverityChanged", "UpdatePosted"]
    assert (edited.severity, edited.severity_id) == (Severity.CRITICAL, "sev_2")
    assert (edited.phase, edited.status_id) == (Phase.IDENTIFIED, "sta_2")
    [update] = store.rows.of(alice.organization_id).updates.values()
    assert update.text == "Found it."


async def test_a_new_name_alone_is_told_as_such(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    edited = await _edit(bus, alice, incident, status_id="sta_2")

    assert edited.status_id == "sta_2"
    assert narrate(store.events(alice.organization_id)[-1]) == "Alice Archer changed the status."


async def test_names_are_gone_when_what_they_named_is(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    told = await bus.execute(
        PostUpdate(caller=alice, incident_id=incident.id, text="Still looking.")
    )
    rated = await bus.execute(ChangeSeverity(caller=alice, incident_id=incident.id, severity="low"))
    moved = await bus.execute(AcknowledgeIncident(caller=alice, incident_id=incident.id))

    assert (told.status_id, told.severity_id) == ("sta_1", "sev_1")
    assert (rated.status_id, rated.severity_id) == ("sta_1", None)
    assert moved.status_id is None


async def test_a_resolving_edit_has_a_last_message(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    edited = await _edit(
        bus,
        alice,
        incident,
        state=State.RESOLVED,
        status_id="sta_9",
        message=FirstMessage(text="Rolled back."),
    )

    [event] = [e for e in store.events(alice.organization_id) if isinstance(e, IncidentResolved)]
    [update] = store.rows.of(alice.organization_id).updates.values()
    assert (event.summary, event.update_id) == ("Rolled back.", update.id)
    assert (edited.state, edited.status_id, update.phase) == (
        State.RESOLVED,
        "sta_9",
        Phase.RESOLVED,
    )


async def test_closing_resolves_on_its_way_where_that_is_wished(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    with pytest.raises(IllegalTransition):
        await _edit(bus, alice, incident, state=State.CLOSED)

    closed = await _edit(
        bus,
        alice,
        incident,
        state=State.CLOSED,
        resolve_first=True,
        status_id="sta_9",
        message=FirstMessage(text="Done."),
    )

    assert _since_birth(store, alice) == ["IncidentResolved", "IncidentClosed"]
    assert (closed.state, closed.resolved_at, closed.closed_at) == (State.CLOSED, NOON, NOON)
    assert closed.status_id == "sta_9"


async def test_a_message_on_what_is_over_only_appends(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await bus.execute(ResolveIncident(caller=alice, incident_id=incident.id))
    late = FirstMessage(phase=Phase.MONITORING, text="Still fine.")

    edited = await _edit(bus, alice, incident, message=late)

    assert (edited.state, edited.phase) == (State.RESOLVED, Phase.RESOLVED)
    assert isinstance(store.events(alice.organization_id)[-1], UpdatePosted)


async def test_a_reopened_incident_is_in_the_phase_that_was_wished(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    await bus.execute(ResolveIncident(caller=alice, incident_id=incident.id))

    edited = await _edit(
        bus, alice, incident, state=State.OPEN, phase=Phase.MONITORING, status_id="sta_3"
    )

    assert (edited.state, edited.phase) == (State.OPEN, Phase.MONITORING)
    assert edited.status_id == "sta_3"


@pytest.mark.parametrize("phase", [Phase.IDENTIFIED, Phase.RESOLVED])
async def test_a_phase_is_reached_without_a_word(
    bus: CommandBus, alice: Caller, incident: Incident, phase: Phase
) -> None:
    edited = await _edit(bus, alice, incident, phase=phase)

    assert edited.phase is phase
    assert (edited.state is State.RESOLVED) is (phase is Phase.RESOLVED)


async def test_everything_that_is_wrong_is_told_at_once_and_nothing_changes(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    events = store.events(alice.organization_id)

    with pytest.raises(InvalidInput) as refusal:
        await _edit(
            bus,
            alice,
            incident,
            title="",
            severity="awful",
            call_url="javascript:alert(1)",
            assignee_id=UserId("usr_404"),
            roles=(RoleAssignment(role_id="rol_1", user_id=UserId("usr_404")),),
            message=FirstMessage(text=""),
        )

    assert {field for field, _ in refusal.value.flaws} == {
        *("title", "severity", "call_url", "assignee_id", "roles", "text")
    }
    assert store.events(alice.organization_id) == events


async def test_a_key_that_decides_answers_any_other_wish_with_the_first_ones_thing(
    bus: CommandBus, alice: Caller
) -> None:
    first, other = (
        DeclareIncident(caller=alice, key="k", key_decides=True, title=title, severity="low")
        for title in ("One", "Two")
    )

    made, again = await bus.execute(first), await bus.execute(other)

    assert again == made
    with pytest.raises(KeyReused):
        await bus.execute(
            EditIncident(
                caller=alice, key="k", key_decides=True, incident_id=made.id, title="Three"
            )
        )
    with pytest.raises(KeyReused):
        await bus.execute(DeclareIncident(caller=alice, key="k", title="One", severity="low"))
