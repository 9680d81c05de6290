"""Who plays which role in an incident, how it changes hands, and what it affects."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.bus import CommandBus
from core.commands import (
    AddIncidentRole,
    AddService,
    AssignIncident,
    DeclareIncident,
    DeleteUser,
    LeftUndone,
    PostUpdate,
    ResolveIncident,
)
from core.commands.roles import ChangeServices, GiveRole, GiveRoles, RoleGift
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.events import IncidentAssigned, RoleGiven
from core.domain.follow_up import FollowUp
from core.domain.ids import OrganizationId, ServiceId, UserId
from core.domain.incident import Incident
from core.domain.incident_role import LEAD
from core.domain.particulars import RoleAssignment
from core.domain.role_moves import players
from core.effects import InvitePeople, TellRole
from core.errors import InvalidInput, NotPermitted
from core.ports import RecordQuery
from tests.fakes.moment import FakeClock
from tests.fakes.people import hire
from tests.fakes.store import FakeStore

SCRIBE, COMMS = "role_scribe", "role_communications"


@pytest.fixture
async def incident(bus: CommandBus, alice: Caller) -> Incident:
    return await bus.execute(DeclareIncident(caller=alice, title="Checkout", severity="high"))


@pytest.fixture
async def eve(bus: CommandBus, organization_id: OrganizationId) -> Caller:
    """An engineer, who may not give away what is not theirs."""
    return await hire(bus, organization_id, "Eve Engel", Role.ENGINEER)


def own_id(caller: Caller) -> UserId:
    assert caller.actor.user_id
    return caller.actor.user_id


async def test_a_role_is_given_and_its_instructions_follow(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, incident: Incident
) -> None:
    command = GiveRole(caller=alice, incident_id=incident.id, role_id=SCRIBE, user_id=own_id(bob))
    given = await bus.execute(command)

    assert given.roles == (RoleAssignment(role_id=SCRIBE, user_id=own_id(bob)),)
    [event] = [e for e in store.events(alice.organization_id) if isinstance(e, RoleGiven)]
    assert (event.role, event.user_name, event.before) == ("Scribe", "Bob Baker", "")
    kinds = [type(effect) for effect in store.effects]
    assert TellRole in kinds
    assert InvitePeople in kinds


async def test_a_role_is_one_persons_and_says_whose_it_was(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, incident: Incident
) -> None:
    for who in (alice, bob):
        given = await bus.execute(
            GiveRole(caller=alice, incident_id=incident.id, role_id=SCRIBE, user_id=own_id(who))
        )

    assert [one.user_id for one in given.roles] == [own_id(bob)]
    events = [e for e in store.events(alice.organization_id) if isinstance(e, RoleGiven)]
    assert events[-1].before == "Alice Archer"


async def test_giving_a_role_twice_is_giving_it_once(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    for _ in range(2):
        await bus.execute(
            GiveRole(caller=alice, incident_id=incident.id, role_id=SCRIBE, user_id=own_id(alice))
        )

    events = [e for e in store.events(alice.organization_id) if isinstance(e, RoleGiven)]
    assert len(events) == 1


async def test_the_lead_is_the_assignee(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, incident: Incident
) -> None:
    given = await bus.execute(
        GiveRole(caller=alice, incident_id=incident.id, role_id=LEAD, user_id=own_id(bob))
    )

    assert (given.assignee_id, given.roles) == (own_id(bob), ())
    events = store.events(alice.organization_id)
    assert isinstance(events[-1], IncidentAssigned)
    assert TellRole in [type(effect) for effect in store.effects]


async def test_the_lead_and_the_players_are_told_apart_from_nobody(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    roles = (
        RoleAssignment(role_id=SCRIBE, user_id=own_id(bob)),
        RoleAssignment(role_id=COMMS, user_id=own_id(alice)),
    )
    incident = await bus.execute(
        DeclareIncident(
            caller=alice, title="Down", severity="high", assignee_id=own_id(bob), roles=roles
        )
    )

    assert players(incident) == (own_id(bob), own_id(alice))


@pytest.mark.parametrize("role_id", [SCRIBE, LEAD])
async def test_everybody_may_take_a_role_and_hand_it_over(
    bus: CommandBus, eve: Caller, bob: Caller, incident: Incident, role_id: str
) -> None:
    await bus.execute(
        GiveRole(caller=eve, incident_id=incident.id, role_id=role_id, user_id=own_id(eve))
    )
    handed = await bus.execute(
        GiveRole(caller=eve, incident_id=incident.id, role_id=role_id, user_id=own_id(bob))
    )

    assert own_id(bob) in players(handed)


@pytest.mark.parametrize("role_id", [SCRIBE, LEAD])
async def test_what_is_not_ones_own_is_not_given_away_without_a_permission(
    bus: CommandBus, eve: Caller, bob: Caller, incident: Incident, role_id: str
) -> None:
    command = GiveRole(caller=eve, incident_id=incident.id, role_id=role_id, user_id=own_id(bob))

    with pytest.raises(NotPermitted):
        await bus.execute(command)


async def test_whoever_leads_may_also_assign_it_to_another(
    bus: CommandBus, eve: Caller, bob: Caller, incident: Incident
) -> None:
    await bus.execute(AssignIncident(caller=eve, incident_id=incident.id, assignee_id=own_id(eve)))
    handed = await bus.execute(
        AssignIncident(caller=eve, incident_id=incident.id, assignee_id=own_id(bob))
    )

    assert handed.assignee_id == own_id(bob)


async def test_whoever_leads_gives_the_other_roles_to_whom_they_like(
    bus: CommandBus, eve: Caller, bob: Caller, alice: Caller, incident: Incident
) -> None:
    await bus.execute(AssignIncident(caller=eve, incident_id=incident.id, assignee_id=own_id(eve)))
    gifts = (
        RoleGift(role_id=LEAD, user_id=own_id(alice)),
        RoleGift(role_id=SCRIBE, user_id=own_id(bob)),
    )

    given = await bus.execute(GiveRoles(caller=eve, incident_id=incident.id, gifts=gifts))

    assert (given.assignee_id, given.roles[0].user_id) == (own_id(alice), own_id(bob))
    with pytest.raises(NotPermitted):
        await bus.execute(
            GiveRole(caller=eve, incident_id=incident.id, role_id=SCRIBE, user_id=own_id(alice))
        )


async def test_a_role_may_be_left_to_nobody(
    bus: CommandBus, store: FakeStore, alice: Caller, incident: Incident
) -> None:
    await bus.execute(
        GiveRole(caller=alice, incident_id=incident.id, role_id=SCRIBE, user_id=own_id(alice))
    )
    left = await bus.execute(
        GiveRole(caller=alice, incident_id=incident.id, role_id=SCRIBE, user_id=None)
    )

    assert left.roles == ()
    events = [e for e in store.events(alice.organization_id) if isinstance(e, RoleGiven)]
    assert (events[-1].user_id, events[-1].before) == (None, "Alice Archer")


async def test_several_are_given_at_once_or_none(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, incident: Incident
) -> None:
    own = await bus.execute(AddIncidentRole(caller=alice, name="Runner"))
    gifts = (
        RoleGift(role_id=own.id, user_id=own_id(bob)),
        RoleGift(role_id=SCRIBE, user_id=UserId("usr_none")),
    )

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(GiveRoles(caller=alice, incident_id=incident.id, gifts=gifts))
    given = await bus.execute(GiveRoles(caller=alice, incident_id=incident.id, gifts=gifts[:1]))

    assert refused.value.field == SCRIBE
    assert [one.role_id for one in given.roles] == [own.id]
    assert len([e for e in store.events(alice.organization_id) if isinstance(e, RoleGiven)]) == 1


async def test_nobody_who_was_deleted_gets_a_role(
    bus: CommandBus, alice: Caller, bob: Caller, incident: Incident
) -> None:
    await bus.execute(DeleteUser(caller=alice, user_id=own_id(bob)))

    with pytest.raises(InvalidInput):
        await bus.execute(
            GiveRole(caller=alice, incident_id=incident.id, role_id=SCRIBE, user_id=own_id(bob))
        )


async def test_a_role_that_is_not_there_is_refused(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    command = GiveRole(
        caller=alice, incident_id=incident.id, role_id="rol_none", user_id=own_id(alice)
    )

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(command)

    assert refused.value.field == "role_id"


@pytest.mark.parametrize(("led", "told"), [(True, 1), (False, 0)])
async def test_who_leads_from_the_start_is_told_as_well(
    bus: CommandBus, store: FakeStore, alice: Caller, led: bool, told: int
) -> None:
    assignee = own_id(alice) if led else None

    await bus.execute(
        DeclareIncident(caller=alice, title="Down", severity="high", assignee_id=assignee)
    )

    assert [type(effect) for effect in store.effects].count(TellRole) == told


async def test_services_come_and_go_whatever_others_do(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    first = await bus.execute(AddService(caller=alice, name="checkout"))
    second = await bus.execute(AddService(caller=alice, name="search"))

    await bus.execute(ChangeServices(caller=alice, incident_id=incident.id, add=(first.id,)))
    changed = await bus.execute(
        ChangeServices(caller=alice, incident_id=incident.id, add=(second.id,))
    )
    fewer = await bus.execute(
        ChangeServices(caller=alice, incident_id=incident.id, remove=(first.id,))
    )

    assert set(changed.service_ids) == {first.id, second.id}
    assert fewer.service_ids == (second.id,)


async def test_a_service_that_is_not_there_is_refused(
    bus: CommandBus, alice: Caller, incident: Incident
) -> None:
    command = ChangeServices(caller=alice, incident_id=incident.id, add=(ServiceId("svc_no"),))

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(command)

    assert refused.value.field == "service_ids"


async def test_a_promise_is_kept_by_the_next_update_or_the_end(
    bus: CommandBus, alice: Caller, incident: Incident, clock: FakeClock
) -> None:
    soon = clock() + timedelta(minutes=30)
    update = PostUpdate(caller=alice, incident_id=incident.id, text="We look.")

    promised = await bus.execute(replace(update, next_update_at=soon))
    kept = await bus.execute(update)
    await bus.execute(replace(update, next_update_at=soon))
    over = await bus.execute(ResolveIncident(caller=alice, incident_id=incident.id))

    assert promised.update_due_at == soon
    assert (kept.update_due_at, over.update_due_at) == (None, None)


async def test_nothing_is_promised_for_a_time_that_has_passed(
    bus: CommandBus, alice: Caller, incident: Incident, clock: FakeClock
) -> None:
    command = PostUpdate(
        caller=alice, incident_id=incident.id, text="We look.", next_update_at=clock()
    )

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(command)

    assert refused.value.field == "next_update_at"


async def test_what_is_left_to_be_done_is_kept_with_the_end(
    bus: CommandBus, store: FakeStore, clock: FakeClock, alice: Caller, incident: Incident
) -> None:
    due_at = clock() + timedelta(days=1)
    whose = LeftUndone(title="Watch the disk", assignee_id=alice.actor.user_id, due_at=due_at)
    left = (whose, *map(_left, (" ", "Watch the disk ", "Write it down")))

    await bus.execute(ResolveIncident(caller=alice, incident_id=incident.id, follow_ups=left))

    query = RecordQuery(parent_id=incident.id)
    page = await store.reads.records(alice.organization_id, FollowUp, query)
    assert {(one.title, one.assignee_id, one.due_at) for one in page.rows} == {
        ("Watch the disk", alice.actor.user_id, due_at),
        ("Write it down", None, None),
    }


def _left(title: str) -> LeftUndone:
    return LeftUndone(title=title)


@pytest.mark.parametrize(
    "left",
    [
        [_left("x" * 501)],
        [_left(f"Task {n}") for n in range(51)],
        [LeftUndone(title="Watch", assignee_id=UserId("usr_nobody"))],
        [LeftUndone(title="Watch", due_at=datetime(2020, 1, 1, tzinfo=UTC))],
    ],
)
async def test_a_task_that_cannot_be_leaves_the_incident_as_it_was(
    bus: CommandBus,
    store: FakeStore,
    alice: Caller,
    incident: Incident,
    left: list[LeftUndone],
) -> None:
    command = ResolveIncident(caller=alice, incident_id=incident.id, follow_ups=tuple(left))

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(command)

    assert refused.value.field == "follow_ups"
    assert (await store.reads.card(alice.organization_id, incident.id)).incident.active
