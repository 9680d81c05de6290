"""Working on an incident: each step through the bus, each step twice."""

from datetime import timedelta

import pytest

from core import commands as c
from core.bus import CommandBus
from core.domain.actor import Caller
from core.domain.events import EffectBuried, IncidentResolved
from core.domain.ids import ChannelId, OrganizationId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.effects import PostUpdate, RefreshCard, TellDeclarer
from core.errors import IllegalTransition, InvalidInput, NotFound
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.people import the_relay
from tests.fakes.store import FakeStore


@pytest.fixture
async def incident(bus: CommandBus, alice: Caller) -> Incident:
    return await bus.execute(c.DeclareIncident(caller=alice, title="Slow", severity="high"))


STEPS: list[tuple[type[c.IncidentCommand], State]] = [
    (c.AcknowledgeIncident, State.ACKNOWLEDGED),
    (c.SnoozeIncident, State.SNOOZED),
    (c.SuppressIncident, State.SUPPRESSED),
    (c.ResolveIncident, State.RESOLVED),
    (c.CancelIncident, State.CANCELED),
]


@pytest.mark.parametrize(("command", "state"), STEPS)
async def test_a_step_taken_twice_is_taken_once(
    bus: CommandBus,
    store: FakeStore,
    alice: Caller,
    incident: Incident,
    command: type[c.IncidentCommand],
    state: State,
) -> None:
    once = await bus.execute(command(caller=alice, incident_id=incident.id))
    effects = store.effects

    twice = await bus.execute(command(caller=alice, incident_id=incident.id))

    assert once.state is state
    assert twice == once
    assert store.effects == effects


async def test_a_canceled_incident_goes_nowhere(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    await bus.execute(c.CancelIncident(caller=alice, incident_id=incident.id))

    with pytest.raises(IllegalTransition, match="INC-1 is canceled; it cannot become resolved"):
        await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))


async def test_resolving_with_a_summary_leaves_an_update(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await bus.execute(
        c.ResolveIncident(caller=alice, incident_id=incident.id, summary="Rolled back.")
    )

    card = await store.reads.card(alice.organization_id, incident.id)
    event = store.events(alice.organization_id)[-1]
    assert card.latest_update is not None
    assert (card.latest_update.phase, card.latest_update.text) == (Phase.RESOLVED, "Rolled back.")
    assert isinstance(event, IncidentResolved)
    assert (event.update_id, event.summary) == (card.latest_update.id, "Rolled back.")


async def test_resolving_again_with_another_summary_adds_no_update(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    for summary in ("Rolled back.", "Something else."):
        await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id, summary=summary))

    record = await store.reads.incident(alice.organization_id, incident.id)
    assert [update.text for update in record.updates] == ["Rolled back."]


async def test_resolving_without_a_summary_leaves_none(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id, summary=" \n"))

    assert (await store.reads.incident(alice.organization_id, incident.id)).updates == ()


async def test_an_update_moves_the_phase_and_is_posted(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    updated = await bus.execute(
        c.PostUpdate(
            caller=alice, incident_id=incident.id, text="Found it.", phase=Phase.IDENTIFIED
        )
    )

    record = await store.reads.incident(alice.organization_id, incident.id)
    [update] = record.updates
    assert updated.phase is Phase.IDENTIFIED
    assert PostUpdate(incident_id=incident.id, update_id=update.id) in store.effects


async def test_an_update_without_a_phase_keeps_the_incidents_own(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    for phase in (Phase.MONITORING, None):
        updated = await bus.execute(
            c.PostUpdate(caller=alice, incident_id=incident.id, text="Hm.", phase=phase)
        )

    assert updated.phase is Phase.MONITORING


async def test_an_update_that_says_resolved_resolves(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    wish = c.PostUpdate(caller=alice, incident_id=incident.id, text="Fixed.", phase=Phase.RESOLVED)

    resolved = await bus.execute(wish)

    record = await store.reads.incident(alice.organization_id, incident.id)
    assert resolved.state is State.RESOLVED
    assert [update.text for update in record.updates] == ["Fixed."]


@pytest.mark.parametrize("phase", [None, Phase.MONITORING, Phase.RESOLVED])
async def test_an_update_after_the_end_only_appends(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident, phase: Phase | None
) -> None:
    resolved = await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))

    updated = await bus.execute(
        c.PostUpdate(caller=alice, incident_id=incident.id, text="Still quiet.", phase=phase)
    )

    record = await store.reads.incident(alice.organization_id, incident.id)
    assert (updated.state, updated.phase) == (State.RESOLVED, Phase.RESOLVED)
    assert updated.resolved_at == resolved.resolved_at
    assert [update.text for update in record.updates] == ["Still quiet."]


async def test_an_update_for_what_goes_on_is_refused_once_it_is_over(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))

    with pytest.raises(IllegalTransition, match="is over by now"):
        await bus.execute(
            c.PostUpdate(caller=alice, incident_id=incident.id, text="Look.", while_active=True)
        )

    record = await store.reads.incident(alice.organization_id, incident.id)
    assert record.updates == ()


async def test_an_update_that_ended_it_is_no_refusal_when_it_is_sent_once_more(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    wish = c.PostUpdate(
        caller=alice,
        key="form",
        incident_id=incident.id,
        text="Fixed.",
        phase=Phase.RESOLVED,
        while_active=True,
    )
    first = await bus.execute(wish)

    again = await bus.execute(wish)

    record = await store.reads.incident(alice.organization_id, incident.id)
    assert again.resolved_at == first.resolved_at
    assert [update.text for update in record.updates] == ["Fixed."]


async def test_an_empty_update_is_refused(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    with pytest.raises(InvalidInput, match="The update is empty; write what is known"):
        await bus.execute(c.PostUpdate(caller=alice, incident_id=incident.id, text=" "))


async def test_reopening_clears_what_was_set(
    bus: CommandBus, clock: FakeClock, alice: Caller, incident: Incident
) -> None:
    await bus.execute(c.AcknowledgeIncident(caller=alice, incident_id=incident.id))
    await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))
    clock.advance(minutes=1)

    reopened = await bus.execute(
        c.ReopenIncident(caller=alice, incident_id=incident.id, reason="It is back.")
    )

    assert (reopened.state, reopened.phase) == (State.OPEN, Phase.INVESTIGATING)
    assert (reopened.acknowledged_at, reopened.resolved_at) == (None, None)
    assert reopened.updated_at == clock()


async def test_snoozing_until_the_past_is_refused(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    with pytest.raises(InvalidInput, match="That time has passed") as refused:
        await bus.execute(c.SnoozeIncident(caller=alice, incident_id=incident.id, until=NOON))

    assert refused.value.field == "until"


async def test_closing_comes_after_resolving(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    close = c.CloseIncident(caller=alice, incident_id=incident.id)
    with pytest.raises(IllegalTransition, match="INC-1 is open; it cannot become closed"):
        await bus.execute(close)
    await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id))

    assert (await bus.execute(close)).state is State.CLOSED


async def test_changing_the_severity_to_itself_shows_nothing(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    effects = store.effects

    same = await bus.execute(
        c.ChangeSeverity(caller=alice, incident_id=incident.id, severity="major")
    )

    assert (same.severity, store.effects) == (Severity.HIGH, effects)


async def test_a_deleted_incident_is_gone_for_everybody(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    await bus.execute(c.DeleteIncident(caller=alice, incident_id=incident.id))

    with pytest.raises(NotFound):
        await bus.execute(c.AcknowledgeIncident(caller=alice, incident_id=incident.id))


async def test_a_linked_channel_gets_its_card(
    bus: CommandBus, store: FakeStore, incident: Incident, organization_id: OrganizationId
) -> None:
    relay = the_relay(organization_id)

    linked = await bus.execute(
        c.LinkChannel(
            caller=relay,
            incident_id=incident.id,
            channel_id=ChannelId("C1"),
            channel_name="inc-1",
        )
    )

    assert (linked.channel_id, linked.channel_name) == ("C1", "inc-1")
    assert RefreshCard(incident_id=incident.id) in store.effects


async def test_a_burial_is_told_once_per_reason(
    bus: CommandBus, store: FakeStore, incident: Incident, organization_id: OrganizationId
) -> None:
    for effect, reason in [
        ("RefreshCard", "The channel is archived."),
        ("RefreshTopic", "The channel is archived."),
        ("OpenChannel", "Slack forbids it."),
        ("RefreshCard", "The channel is archived."),
    ]:
        await bus.execute(
            c.RecordBurial(
                caller=the_relay(organization_id),
                incident_id=incident.id,
                effect=effect,
                reason=reason,
            )
        )

    told = [e for e in store.events(organization_id) if isinstance(e, EffectBuried)]
    assert [(e.effect, e.reason) for e in told] == [
        ("RefreshCard", "The channel is archived."),
        ("OpenChannel", "Slack forbids it."),
    ]
    assert sum(isinstance(effect, TellDeclarer) for effect in store.effects) == 2


async def test_the_version_counts_the_changes(
    bus: CommandBus, clock: FakeClock, alice: Caller, incident: Incident
) -> None:
    clock.advance(minutes=1)

    changed = await bus.execute(
        c.SnoozeIncident(caller=alice, incident_id=incident.id, until=clock() + timedelta(hours=1))
    )

    assert changed.version == incident.version + 1
