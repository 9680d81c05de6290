"""Whoever cannot act any more is given nothing, and keeps what was theirs."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AssignIncident, ChangeUser, Command, DeclareIncident, EditIncident
from core.commands.roles import GiveRole
from core.commands.together import ChangeMembers
from core.domain.account import UserState
from core.domain.actor import Caller
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.incident_role import LEAD
from core.domain.particulars import RoleAssignment
from core.domain.state import State
from core.errors import InvalidInput

LEFT = "The account of Bob Baker is {state}, so nothing can be given to them; name somebody else."


def own_id(caller: Caller) -> UserId:
    assert caller.actor.user_id
    return caller.actor.user_id


async def put_out(
    bus: CommandBus, by: Caller, whom: Caller, state: UserState = UserState.INACTIVE
) -> None:
    await bus.execute(ChangeUser(caller=by, user_id=own_id(whom), state=state))


async def declared(bus: CommandBus, caller: Caller, **more: Any) -> Incident:
    wish = DeclareIncident(caller=caller, title="Checkout", severity="high", **more)
    return await bus.execute(wish)


@pytest.mark.parametrize("state", [UserState.INACTIVE, UserState.SUSPENDED])
async def test_an_account_that_is_not_in_use_is_given_nothing(
    bus: CommandBus, alice: Caller, bob: Caller, state: UserState
) -> None:
    incident = await declared(bus, alice)
    await put_out(bus, alice, bob, state)
    about: dict[str, Any] = {"caller": alice, "incident_id": incident.id}
    role = (RoleAssignment(role_id="role_scribe", user_id=own_id(bob)),)
    wishes: dict[str, Command[Any]] = {
        "assignee_id": AssignIncident(**about, assignee_id=own_id(bob)),
        LEAD: GiveRole(**about, role_id=LEAD, user_id=own_id(bob)),
        "role_scribe": GiveRole(**about, role_id="role_scribe", user_id=own_id(bob)),
        "roles": EditIncident(**about, roles=role),
        "add": ChangeMembers(**about, add=(own_id(bob),)),
    }

    for field, wish in wishes.items():
        with pytest.raises(InvalidInput) as refused:
            await bus.execute(wish)
        assert (str(refused.value), refused.value.field) == (LEFT.format(state=state), field)


async def test_nobody_who_left_leads_what_begins_now(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    await put_out(bus, alice, bob)

    with pytest.raises(InvalidInput, match="name somebody else"):
        await declared(bus, alice, assignee_id=own_id(bob))


async def test_of_what_is_over_it_is_told_who_led_it(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    await put_out(bus, alice, bob)

    incident = await declared(bus, alice, assignee_id=own_id(bob), state=State.RESOLVED)

    assert incident.assignee_id == own_id(bob)


async def test_who_leads_when_they_leave_leads_until_somebody_else_does(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    incident = await declared(bus, alice, assignee_id=own_id(bob))
    await put_out(bus, alice, bob)
    about: dict[str, Any] = {"caller": alice, "incident_id": incident.id}

    kept = await bus.execute(EditIncident(**about, title="Search", assignee_id=own_id(bob)))
    given = await bus.execute(GiveRole(**about, role_id=LEAD, user_id=own_id(alice)))

    assert (kept.title, kept.assignee_id) == ("Search", own_id(bob))
    assert given.assignee_id == own_id(alice)
