"""How an incident begins: in which state, with which first words, and who is told of it."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddNote, CloseIncident, DeclareIncident, PostUpdate, ReopenIncident
from core.domain.actor import Caller
from core.domain.events import (
    Event,
    IncidentDeclared,
    IncidentEvent,
    IncidentResolved,
    NoteAdded,
    UpdatePosted,
)
from core.domain.ids import ServiceId, UserId
from core.domain.incident import Incident
from core.domain.particulars import FieldEntry, Mode, RoleAssignment
from core.domain.state import Phase, State
from core.domain.update import FirstMessage
from core.domain.urgency import Urgency
from core.effects import FindLikenesses, OpenChannel, PostNotice, RefreshAnnouncement
from core.effects import PostUpdate as ToPost
from core.errors import InvalidInput
from tests.fakes.moment import NOON
from tests.fakes.store import FakeStore

IDENTIFIED = FirstMessage(phase=Phase.IDENTIFIED, text="A bad deploy.")
RESOLVED = FirstMessage(phase=Phase.RESOLVED, text="Rolled back.")


async def _declared(bus: CommandBus, caller: Caller, **changes: Any) -> Incident:
    wish: dict[str, Any] = {"title": "Slow", "severity": "high", **changes}
    return await bus.execute(DeclareIncident(caller=caller, **wish))


def _events(store: FakeStore, caller: Caller) -> list[Event]:
    return [e for e in store.events(caller.organization_id) if isinstance(e, IncidentEvent)]


def _kinds(store: FakeStore) -> list[type[object]]:
    return [type(effect) for effect in store.shown]


async def test_an_incident_may_be_over_when_it_is_declared(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    resolved = await _declared(bus, alice, state=State.RESOLVED)
    closed = await _declared(bus, alice, state=State.CLOSED)

    assert (resolved.state, resolved.phase) == (State.RESOLVED, Phase.RESOLVED)
    assert (resolved.resolved_at, resolved.closed_at) == (NOON, None)
    assert (closed.state, closed.resolved_at, closed.closed_at) == (State.CLOSED, NOON, NOON)
    assert resolved.resolved_by is alice.actor.surface
    assert resolved.published_at == closed.published_at == NOON
    assert _kinds(store) == [RefreshAnnouncement, OpenChannel] * 2


@pytest.mark.parametrize(
    "state", [State.ACKNOWLEDGED, State.SNOOZED, State.SUPPRESSED, State.CANCELED]
)
async def test_it_begins_in_no_other_state(bus: CommandBus, alice: Caller, state: State) -> None:
    with pytest.raises(InvalidInput, match="does not begin") as refusal:
        await _declared(bus, alice, state=state)

    assert refusal.value.field == "state"


@pytest.mark.parametrize("mode", [Mode.RETROSPECTIVE, Mode.TEST, Mode.TUTORIAL])
async def test_nobody_is_told_of_what_was_no_alarm_and_is_over(
    bus: CommandBus, store: FakeStore, alice: Caller, mode: Mode
) -> None:
    over = await _declared(bus, alice, mode=mode, state=State.RESOLVED, first_message=IDENTIFIED)

    assert store.shown == []
    assert over.hidden
    [declared, told] = _events(store, alice)
    assert isinstance(declared, IncidentDeclared)
    assert isinstance(told, UpdatePosted)
    assert declared.over


async def test_a_rehearsal_that_goes_on_is_announced(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    drill = await _declared(bus, alice, mode=Mode.TEST)

    assert _kinds(store) == [RefreshAnnouncement, OpenChannel, FindLikenesses]
    assert not drill.hidden


async def test_a_retrospective_that_is_reopened_is_told(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    over = await _declared(bus, alice, mode=Mode.RETROSPECTIVE, state=State.RESOLVED)

    reopened = await bus.execute(ReopenIncident(caller=alice, incident_id=over.id))

    assert not reopened.hidden
    assert OpenChannel(incident_id=over.id) in store.shown


async def test_the_first_message_is_told_in_the_same_breath(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    incident = await _declared(bus, alice, first_message=IDENTIFIED)

    [update] = store.rows.of(alice.organization_id).updates.values()
    assert (update.phase, update.text, update.at) == (Phase.IDENTIFIED, "A bad deploy.", NOON)
    assert incident.phase is Phase.IDENTIFIED
    assert ToPost(incident_id=incident.id, update_id=update.id) in store.shown


async def test_a_first_message_without_a_phase_has_the_incidents(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    message = FirstMessage(text="Looking.")

    await _declared(bus, alice, phase=Phase.MONITORING, first_message=message)

    [update] = store.rows.of(alice.organization_id).updates.values()
    assert update.phase is Phase.MONITORING


async def test_a_drafts_message_is_kept_and_told_to_nobody(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    draft = await _declared(bus, alice, state=State.DRAFT, first_message=IDENTIFIED)
    await bus.execute(PostUpdate(caller=alice, incident_id=draft.id, text="Still."))
    await bus.execute(AddNote(caller=alice, incident_id=draft.id, text="Hm."))

    assert store.shown == []
    assert len(store.rows.of(alice.organization_id).updates) == 2
    assert (draft.state, draft.phase, draft.published_at) == (State.DRAFT, Phase.IDENTIFIED, None)


@pytest.mark.parametrize("state", [State.OPEN, State.DRAFT])
async def test_a_first_message_of_the_phase_resolved_resolves(
    bus: CommandBus, store: FakeStore, alice: Caller, state: State
) -> None:
    incident = await _declared(bus, alice, state=state, first_message=RESOLVED)

    [_, event] = _events(store, alice)
    [update] = store.rows.of(alice.organization_id).updates.values()
    assert isinstance(event, IncidentResolved)
    assert (event.update_id, event.quietly) == (update.id, state is State.DRAFT)
    assert (incident.state, incident.resolved_at) == (State.RESOLVED, NOON)


async def test_the_phase_resolved_is_the_state_resolved(bus: CommandBus, alice: Caller) -> None:
    incident = await _declared(bus, alice, phase=Phase.RESOLVED)

    assert (incident.state, incident.resolved_at) == (State.RESOLVED, NOON)


async def test_everything_that_was_said_is_kept_fit(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    assert bob.actor.user_id
    player = RoleAssignment(role_id="rol_1", user_id=bob.actor.user_id)

    incident = await _declared(
        bus,
        alice,
        urgency=Urgency.LOW,
        priority=" P1 ",
        postmortem_url="https://wiki.example/1",
        audience=("cus_1", "cus_1", " "),
        tags=("data\nbase",),
        links=(),
        status_id="sta_1",
        roles=(player, player),
        fields=(
            FieldEntry(field_id="fld_1", values=("old",)),
            FieldEntry(field_id="fld_1", values=(" new ", "new", "")),
            FieldEntry(field_id="fld_2", values=()),
        ),
    )

    assert (incident.urgency, incident.felt_urgency) == (Urgency.LOW, Urgency.LOW)
    assert (incident.priority, incident.postmortem_url) == ("P1", "https://wiki.example/1")
    assert (incident.audience, incident.tags) == (("cus_1",), ("data base",))
    assert (incident.status_id, incident.roles) == ("sta_1", (player,))
    assert incident.fields == (FieldEntry(field_id="fld_1", values=("new",)),)


async def test_everything_that_is_wrong_is_told_at_once(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await _declared(
            bus,
            alice,
            title=" ",
            severity="awful",
            description="x" * 10_001,
            priority="P" * 21,
            postmortem_url="ask Bob",
            tags=tuple(str(n) for n in range(101)),
            service_ids=(ServiceId("svc_404"),),
            assignee_id=UserId("usr_404"),
            roles=(RoleAssignment(role_id="rol_1", user_id=UserId("usr_404")),),
            first_message=FirstMessage(text=" "),
        )

    wrong = [field for field, _ in refusal.value.flaws]
    assert sorted(wrong) == sorted(
        [
            *("title", "severity", "description", "priority", "postmortem_url", "tags"),
            *("service_ids", "assignee_id", "roles", "text"),
        ]
    )
    assert all(message.endswith(".") for _, message in refusal.value.flaws)
    assert _events(store, alice) == []


async def test_a_refusal_can_be_put_in_the_words_of_the_caller() -> None:
    refusal = InvalidInput("One.", field="a", others=[("b", "Two."), ("c", "Three.")])

    renamed = refusal.renamed({"a": "A", "c": "C"})

    assert renamed.flaws == (("A", "One."), ("b", "Two."), ("C", "Three."))


async def test_a_note_is_told_in_the_channel_and_changes_no_phase(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    incident = await _declared(bus, alice)

    note = await bus.execute(AddNote(caller=alice, incident_id=incident.id, text=" The cache. "))

    [*_, event] = store.events(alice.organization_id)
    assert isinstance(event, NoteAdded)
    assert (note.text, event.note_id) == ("The cache.", note.id)
    assert _kinds(store)[3:] == [PostNotice]


async def test_an_empty_note_says_nothing(bus: CommandBus, alice: Caller) -> None:
    incident = await _declared(bus, alice)

    with pytest.raises(InvalidInput, match="empty"):
        await bus.execute(AddNote(caller=alice, incident_id=incident.id, text=" "))


async def test_what_is_closed_can_still_be_commented_on(bus: CommandBus, alice: Caller) -> None:
    incident = await _declared(bus, alice, state=State.RESOLVED)
    await bus.execute(CloseIncident(caller=alice, incident_id=incident.id))

    note = await bus.execute(AddNote(caller=alice, incident_id=incident.id, text="Learned."))

    assert note.incident_id == incident.id
