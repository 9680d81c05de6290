"""A private incident is named in no other that more people read, and somebody knows of it."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import (
    AssignIncident,
    ChangeUser,
    DeclareIncident,
    DeleteUser,
    EditIncident,
    JudgeLikeness,
)
from core.commands.roles import GiveRole, GiveRoles, RoleGift
from core.commands.together import ChangeMembers, LinkIncidents, UnlinkIncidents
from core.domain.account import UserState
from core.domain.actor import Caller
from core.domain.events import IncidentUnrelated
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.incident_role import LEAD
from core.domain.likeness import Verdict
from core.domain.narration import narrate
from core.domain.particulars import RoleAssignment
from core.domain.viewer import knowing
from core.errors import InvalidInput
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore


async def _declared(bus: CommandBus, caller: Caller, **more: Any) -> Incident:
    wish = DeclareIncident(caller=caller, title="Search", severity="high", **more)
    return await bus.execute(wish)


async def test_an_incident_that_others_read_has_the_same_cause_as_no_private_one(
    bus: CommandBus, alice: Caller
) -> None:
    public, secret = await _declared(bus, alice), await _declared(bus, alice, private=True)
    about: dict[str, Any] = {"caller": alice, "verdict": Verdict.SAME_CAUSE}

    with pytest.raises(InvalidInput, match="INC-2 is private") as refused:
        await bus.execute(JudgeLikeness(**about, incident_id=public.id, other_id=secret.id))
    judged = await bus.execute(JudgeLikeness(**about, incident_id=secret.id, other_id=public.id))

    assert refused.value.field == "other_id"
    assert judged.verdict is Verdict.SAME_CAUSE


async def test_unlinking_one_that_is_private_by_now_does_not_name_it_where_others_read(
    bus: CommandBus, alice: Caller, store: FakeStore
) -> None:
    public, secret = await _declared(bus, alice), await _declared(bus, alice)
    pair: dict[str, Any] = {"caller": alice, "incident_id": public.id, "other_id": secret.id}
    await bus.execute(LinkIncidents(**pair))
    await bus.execute(ChangeMembers(caller=alice, incident_id=secret.id, private=True))

    await bus.execute(UnlinkIncidents(**pair))

    events = store.events(alice.organization_id)
    told = {one.incident_id: one for one in events if isinstance(one, IncidentUnrelated)}
    assert secret.id not in repr(told[public.id])
    assert narrate(told[public.id]) == "Alice Archer took away the link to another incident."
    assert narrate(told[secret.id]) == "Alice Archer took away the link to INC-1."


async def _of_nobody_but(bus: CommandBus, only: Caller, *, member: bool = False) -> Incident:
    """Declared by a program, so that nobody else knows of it."""
    operator = the_operator(only.organization_id)
    incident = await _declared(bus, operator)
    about: dict[str, Any] = {"incident_id": incident.id}
    user_id = only.actor.user_id
    assert user_id
    if member:
        await bus.execute(ChangeMembers(caller=operator, **about, add=(user_id,)))
    else:
        await bus.execute(AssignIncident(caller=operator, **about, assignee_id=user_id))
    return await bus.execute(ChangeMembers(caller=operator, **about, private=True))


async def test_the_last_member_of_a_private_incident_stays(bus: CommandBus, bob: Caller) -> None:
    incident = await _of_nobody_but(bus, bob, member=True)
    assert bob.actor.user_id
    leave = ChangeMembers(caller=bob, incident_id=incident.id, remove=(bob.actor.user_id,))

    with pytest.raises(InvalidInput, match="let somebody else in first") as refused:
        await bus.execute(leave)

    assert refused.value.field == "remove"


async def test_the_last_who_knows_of_it_does_not_lay_down_the_lead(
    bus: CommandBus, bob: Caller
) -> None:
    incident = await _of_nobody_but(bus, bob)
    about: dict[str, Any] = {"caller": bob, "incident_id": incident.id}

    for wish in (
        AssignIncident(**about, assignee_id=None),
        GiveRole(**about, role_id=LEAD, user_id=None),
        EditIncident(**about, unassign=True),
    ):
        with pytest.raises(InvalidInput, match="Nobody could find INC-1 any more"):
            await bus.execute(wish)


def _id(caller: Caller) -> UserId:
    assert caller.actor.user_id
    return caller.actor.user_id


async def test_the_last_who_knows_of_it_is_not_edited_out_of_it(
    bus: CommandBus, bob: Caller
) -> None:
    incident = await _of_nobody_but(bus, bob)
    about: dict[str, Any] = {"caller": bob, "incident_id": incident.id}
    scribe = RoleAssignment(role_id="role_scribe", user_id=_id(bob))
    await bus.execute(EditIncident(**about, roles=(scribe,), unassign=True))

    with pytest.raises(InvalidInput, match="Nobody could find INC-1 any more") as refused:
        await bus.execute(EditIncident(**about, roles=()))

    assert refused.value.field == "roles"


async def test_of_several_changes_at_once_only_what_comes_out_counts(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    incident = await _of_nobody_but(bus, bob)
    gifts = (
        RoleGift(role_id=LEAD, user_id=None),
        RoleGift(role_id="role_scribe", user_id=_id(alice)),
    )
    operator = the_operator(bob.organization_id)

    given = await bus.execute(GiveRoles(caller=operator, incident_id=incident.id, gifts=gifts))

    assert knowing(given) == {_id(alice)}


async def test_of_several_roles_the_one_is_named_with_which_the_last_who_knows_goes(
    bus: CommandBus, bob: Caller
) -> None:
    incident = await _of_nobody_but(bus, bob)
    gifts = (RoleGift(role_id="role_scribe", user_id=None), RoleGift(role_id=LEAD, user_id=None))
    operator = the_operator(bob.organization_id)

    with pytest.raises(InvalidInput, match="Nobody could find INC-1 any more") as refused:
        await bus.execute(GiveRoles(caller=operator, incident_id=incident.id, gifts=gifts))

    assert refused.value.field == LEAD


async def _gone(bus: CommandBus, caller: Caller, state: UserState) -> None:
    operator = the_operator(caller.organization_id)
    wish: Any = ChangeUser(caller=operator, user_id=_id(caller), state=state)
    if state is UserState.DELETED:
        wish = DeleteUser(caller=operator, user_id=_id(caller))
    await bus.execute(wish)


@pytest.mark.parametrize("state", [UserState.SUSPENDED, UserState.DELETED])
async def test_whoever_may_do_nothing_any_more_does_not_count_among_those_who_know(
    bus: CommandBus, alice: Caller, bob: Caller, state: UserState
) -> None:
    incident = await _of_nobody_but(bus, bob, member=True)
    about: dict[str, Any] = {"caller": bob, "incident_id": incident.id}
    await bus.execute(ChangeMembers(**about, add=(_id(alice),)))
    await _gone(bus, alice, state)

    with pytest.raises(InvalidInput, match="Nobody could find INC-1 any more"):
        await bus.execute(ChangeMembers(**about, remove=(_id(bob),)))


async def test_what_nobody_knows_of_any_more_can_be_changed_by_who_sees_everything(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    incident = await _of_nobody_but(bus, bob)
    await _gone(bus, bob, UserState.SUSPENDED)
    operator = the_operator(bob.organization_id)
    wish = AssignIncident(caller=operator, incident_id=incident.id, assignee_id=None)

    left = await bus.execute(wish)

    assert left.assignee_id is None
