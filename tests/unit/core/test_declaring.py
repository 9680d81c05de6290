"""Declaring an incident, and taking or giving it."""

from dataclasses import replace

import pytest

from core.bus import CommandBus
from core.commands import (
    AddService,
    AssignIncident,
    CancelIncident,
    DeclareIncident,
    IncidentCommand,
    PublishIncident,
    ResolveIncident,
)
from core.domain.account import Role
from core.domain.actor import Caller, Surface
from core.domain.ids import OrganizationId, ServiceId, UserId
from core.domain.incident import MAX_TITLE, Incident
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.effects import FindLikenesses, InvitePeople, OpenChannel, PostNotice, RefreshAnnouncement
from core.errors import InvalidInput, NotPermitted
from tests.fakes.moment import NOON
from tests.fakes.people import hire
from tests.fakes.store import FakeStore


async def _declared(bus: CommandBus, caller: Caller) -> Incident:
    return await bus.execute(DeclareIncident(caller=caller, title="Slow", severity="high"))


async def test_a_declared_incident_is_open_and_known_by_its_number(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    incident = await bus.execute(
        DeclareIncident(
            caller=alice, title="  Checkout\nis slow ", severity="SEV2", description="p99\n is 2 s"
        )
    )

    assert (incident.reference, incident.title) == ("INC-1", "Checkout is slow")
    assert (incident.severity, incident.severity_word) == (Severity.HIGH, "sev2")
    assert (incident.state, incident.phase) == (State.OPEN, Phase.INVESTIGATING)
    assert (incident.created_by, incident.created_by_name) == (alice.actor.user_id, "Alice Archer")
    assert (incident.source, incident.published_at) == (Surface.SLACK, NOON)
    assert store.shown == [
        RefreshAnnouncement(incident_id=incident.id),
        OpenChannel(incident_id=incident.id),
        FindLikenesses(incident_id=incident.id),
    ]


async def test_a_draft_is_shown_once_it_is_published(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    draft = await bus.execute(
        DeclareIncident(caller=alice, title="Slow", severity="low", state=State.DRAFT)
    )
    assert (draft.state, draft.published_at, store.shown) == (State.DRAFT, None, [])

    await bus.execute(PublishIncident(caller=alice, incident_id=draft.id))

    assert OpenChannel(incident_id=draft.id) in store.shown


@pytest.mark.parametrize(
    ("title", "severity", "field"),
    [
        ("", "high", "title"),
        ("\u200b \n", "high", "title"),
        ("x" * (MAX_TITLE + 1), "high", "title"),
        ("Slow", "", "severity"),
        ("Slow", "urgent", "severity"),
    ],
)
async def test_what_cannot_be_declared_names_its_field(
    bus: CommandBus, store: FakeStore, alice: Caller, title: str, severity: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await bus.execute(DeclareIncident(caller=alice, title=title, severity=severity))

    assert refused.value.field == field
    assert store.shown == []


async def test_an_unknown_service_is_refused_and_no_number_is_lost(
    bus: CommandBus, alice: Caller
) -> None:
    nowhere = (ServiceId("svc_404"),)
    with pytest.raises(InvalidInput, match="There is no service svc_404; list them with"):
        await bus.execute(
            DeclareIncident(caller=alice, title="Slow", severity="high", service_ids=nowhere)
        )

    assert (await _declared(bus, alice)).number == 1


async def test_a_service_named_twice_is_affected_once(bus: CommandBus, alice: Caller) -> None:
    service = await bus.execute(AddService(caller=alice, name="checkout"))

    incident = await bus.execute(
        DeclareIncident(
            caller=alice, title="Slow", severity="high", service_ids=(service.id, service.id)
        )
    )

    assert incident.service_ids == (service.id,)


# Who | gives it to | may.
GIVING = [
    (Role.VIEWER, "self", False), (Role.VIEWER, "other", False), (Role.VIEWER, "nobody", False),
    (Role.ENGINEER, "self", True), (Role.ENGINEER, "other", False),
    (Role.ENGINEER, "nobody", False),
    (Role.MANAGER, "self", True), (Role.MANAGER, "other", True), (Role.MANAGER, "nobody", True),
    (Role.ADMIN, "self", True), (Role.ADMIN, "other", True), (Role.ADMIN, "nobody", True),
    (Role.OWNER, "self", True), (Role.OWNER, "other", True), (Role.OWNER, "nobody", True),
]  # fmt: skip


@pytest.mark.parametrize(("role", "to", "may"), GIVING)
async def test_taking_is_for_all_who_respond_and_giving_for_those_who_lead(
    bus: CommandBus, alice: Caller, organization_id: OrganizationId, role: Role, to: str, may: bool
) -> None:
    carol = await hire(bus, organization_id, "Carol Cook", role)
    incident = await _declared(bus, alice)
    whom = {"self": carol.actor.user_id, "other": alice.actor.user_id, "nobody": None}[to]
    wish = AssignIncident(caller=carol, incident_id=incident.id, assignee_id=whom)

    if may:
        assert (await bus.execute(wish)).assignee_id == whom
    else:
        with pytest.raises(NotPermitted):
            await bus.execute(wish)


async def test_whoever_is_assigned_is_invited_and_named(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller
) -> None:
    incident = await _declared(bus, alice)
    before = len(store.shown)

    await bus.execute(
        AssignIncident(caller=alice, incident_id=incident.id, assignee_id=bob.actor.user_id)
    )

    invited, notice, *_ = store.shown[before:]
    assert invited == InvitePeople(incident_id=incident.id)
    assert isinstance(notice, PostNotice)


async def test_an_unknown_person_cannot_be_assigned(bus: CommandBus, alice: Caller) -> None:
    incident = await _declared(bus, alice)
    stranger = UserId("usr_404")

    with pytest.raises(InvalidInput):
        await bus.execute(
            AssignIncident(caller=alice, incident_id=incident.id, assignee_id=stranger)
        )


@pytest.mark.parametrize("over", [ResolveIncident, CancelIncident])
async def test_what_is_over_is_not_taken_by_who_takes_only_what_is_free(
    bus: CommandBus, store: FakeStore, alice: Caller, over: type[IncidentCommand]
) -> None:
    incident = await _declared(bus, alice)
    ended = await bus.execute(over(caller=alice, incident_id=incident.id))
    effects = store.shown

    same = await bus.execute(_taking(alice, incident))

    assert (same, store.shown) == (ended, effects)


async def test_of_two_who_take_only_what_is_free_the_first_has_it(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    incident = await _declared(bus, alice)
    taken = await bus.execute(_taking(alice, incident))

    assert await bus.execute(_taking(bob, incident)) == taken
    assert taken.assignee_id == alice.actor.user_id


async def test_taking_without_that_care_takes_over(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    incident = await _declared(bus, alice)
    await bus.execute(_taking(alice, incident))

    over = await bus.execute(replace(_taking(bob, incident), only_if_unassigned=False))

    assert over.assignee_id == bob.actor.user_id


def _taking(who: Caller, incident: Incident) -> AssignIncident:
    return AssignIncident(
        caller=who,
        incident_id=incident.id,
        assignee_id=who.actor.user_id,
        only_if_unassigned=True,
    )
