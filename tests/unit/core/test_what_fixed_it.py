"""What fixed an incident, and why it happened, are kept with it."""

from core.bus import CommandBus
from core.commands import (
    CloseIncident,
    DeclareIncident,
    EditIncident,
    PostUpdate,
    ReopenIncident,
    ResolveIncident,
)
from core.domain.actor import Caller
from core.domain.events import IncidentEdited, IncidentResolved
from core.domain.incident import Incident
from core.domain.narration import narrate
from core.domain.state import Phase, State
from core.domain.update import FirstMessage
from tests.fakes.store import FakeStore


async def _declared(bus: CommandBus, by: Caller) -> Incident:
    return await bus.execute(
        DeclareIncident(caller=by, title="Checkout is slow", severity="critical")
    )


async def test_the_last_message_says_what_fixed_it(bus: CommandBus, alice: Caller) -> None:
    incident = await _declared(bus, alice)

    resolved = await bus.execute(
        ResolveIncident(
            caller=alice,
            incident_id=incident.id,
            summary=" Restarted PgBouncer. ",
            root_cause="A leak of\nconnections ",
        )
    )

    assert resolved.resolution == "Restarted PgBouncer."
    assert resolved.root_cause == "A leak of\nconnections"


async def test_a_message_of_the_phase_resolved_says_it_too(bus: CommandBus, alice: Caller) -> None:
    incident = await _declared(bus, alice)

    resolved = await bus.execute(
        PostUpdate(caller=alice, incident_id=incident.id, phase=Phase.RESOLVED, text="Rolled back.")
    )

    assert (resolved.state, resolved.resolution) == (State.RESOLVED, "Rolled back.")


async def test_what_is_reopened_keeps_it_until_something_else_fixes_it(
    bus: CommandBus, alice: Caller
) -> None:
    incident = await _declared(bus, alice)
    wish = ResolveIncident(caller=alice, incident_id=incident.id, summary="Rolled back.")
    await bus.execute(wish)

    reopened = await bus.execute(ReopenIncident(caller=alice, incident_id=incident.id))
    silent = await bus.execute(ResolveIncident(caller=alice, incident_id=incident.id))
    await bus.execute(ReopenIncident(caller=alice, incident_id=incident.id))
    other = await bus.execute(
        ResolveIncident(caller=alice, incident_id=incident.id, summary="Fixed forward.")
    )

    assert reopened.resolution == silent.resolution == "Rolled back."
    assert other.resolution == "Fixed forward."


async def test_what_is_resolved_already_is_only_explained(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    incident = await _declared(bus, alice)
    await bus.execute(ResolveIncident(caller=alice, incident_id=incident.id))

    explained = await bus.execute(
        ResolveIncident(
            caller=alice, incident_id=incident.id, summary="Rolled back.", root_cause="A deploy"
        )
    )

    [*_, event] = store.events(alice.organization_id)
    resolved = [
        one for one in store.events(alice.organization_id) if isinstance(one, IncidentResolved)
    ]
    assert (explained.resolution, explained.root_cause) == ("Rolled back.", "A deploy")
    assert isinstance(event, IncidentEdited)
    assert event.quietly
    assert narrate(event) == "Alice Archer changed the resolution and the root cause."
    assert len(resolved) == 1


async def test_resolving_twice_in_other_words_changes_nothing(
    bus: CommandBus, alice: Caller
) -> None:
    incident = await _declared(bus, alice)
    first = await bus.execute(
        ResolveIncident(caller=alice, incident_id=incident.id, summary="Rolled back.")
    )

    second = await bus.execute(
        ResolveIncident(caller=alice, incident_id=incident.id, summary="Really rolled back.")
    )

    assert second == first


async def test_both_are_edited_like_anything_else(bus: CommandBus, alice: Caller) -> None:
    incident = await _declared(bus, alice)
    await bus.execute(
        ResolveIncident(caller=alice, incident_id=incident.id, summary="Rolled back.")
    )
    await bus.execute(CloseIncident(caller=alice, incident_id=incident.id))

    edited = await bus.execute(
        EditIncident(
            caller=alice, incident_id=incident.id, resolution="", root_cause="A bad deploy"
        )
    )

    assert (edited.resolution, edited.root_cause) == ("", "A bad deploy")


async def test_an_edit_that_resolves_may_say_what_fixed_it_in_other_words_than_its_message(
    bus: CommandBus, alice: Caller
) -> None:
    incident = await _declared(bus, alice)

    resolved = await bus.execute(
        EditIncident(
            caller=alice,
            incident_id=incident.id,
            state=State.RESOLVED,
            message=FirstMessage(text="All is well again."),
            resolution="Rolled back.",
        )
    )

    assert (resolved.state, resolved.resolution) == (State.RESOLVED, "Rolled back.")


async def test_what_is_over_when_it_is_declared_may_come_with_both(
    bus: CommandBus, alice: Caller
) -> None:
    past = await bus.execute(
        DeclareIncident(
            caller=alice,
            title="Checkout was slow",
            severity="high",
            state=State.RESOLVED,
            resolution="Rolled back.",
            root_cause="A bad deploy",
        )
    )

    assert (past.resolution, past.root_cause) == ("Rolled back.", "A bad deploy")
