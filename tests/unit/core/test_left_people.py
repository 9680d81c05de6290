"""Whoever cannot act any more is given nothing, and keeps what was theirs."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import (
    AddFollowUp,
    AddService,
    AssignIncident,
    ChangeUser,
    Command,
    DeclareIncident,
    EditFollowUp,
    EditIncident,
    EditMaintenance,
    LeftUndone,
    ResolveIncident,
)
from core.commands.roles import GiveRole
from core.commands.settings import EditIncidentSettings
from core.commands.together import ChangeMembers
from core.domain.account import UserState
from core.domain.actor import Caller, Surface
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.incident_role import LEAD
from core.domain.incident_settings import ServiceInvitees, SeveritySettings
from core.domain.particulars import RoleAssignment
from core.domain.severity import Severity
from core.domain.state import State
from core.errors import InvalidInput
from tests.fakes.moment import NOON
from tests.unit.core.maintenances import a_wish

HOUR = timedelta(hours=1)
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


@pytest.mark.parametrize("state", [UserState.INACTIVE, UserState.SUSPENDED])
async def test_nobody_who_left_gets_a_task_or_is_named_for_what_comes(
    bus: CommandBus, alice: Caller, bob: Caller, state: UserState
) -> None:
    incident = await declared(bus, alice)
    shop = await bus.execute(AddService(caller=alice, name="Shop"))
    task = await bus.execute(AddFollowUp(caller=alice, incident_id=incident.id, title="Add a test"))
    window = await bus.execute(a_wish(alice))
    await put_out(bus, alice, bob, state)
    them, about = (own_id(bob),), dict[str, Any](caller=alice, incident_id=incident.id)
    severity = SeveritySettings(severity=Severity.HIGH, update_minutes=60, invitees=them)
    service = ServiceInvitees(service_id=shop.id, user_ids=them)
    left = (LeftUndone(title="Tell support", assignee_id=own_id(bob)),)
    wishes: list[tuple[str, Command[Any]]] = [
        ("assignee_id", AddFollowUp(**about, title="Roll back", assignee_id=own_id(bob))),
        ("assignee_id", EditFollowUp(caller=alice, follow_up_id=task.id, assignee_id=own_id(bob))),
        ("follow_ups", ResolveIncident(**about, follow_ups=left)),
        ("severities.high.invitees", EditIncidentSettings(caller=alice, severities=(severity,))),
        (
            f"service_invitees.{shop.id}",
            EditIncidentSettings(caller=alice, service_invitees=(service,)),
        ),
        ("notify_user_ids", a_wish(alice, notify_user_ids=them)),
        ("owner_id", a_wish(alice, owner_id=own_id(bob))),
        (
            "owner_id",
            EditMaintenance(caller=alice, maintenance_id=window.id, owner_id=own_id(bob)),
        ),
        ("owner_ids", AddService(caller=alice, name="Search", owner_ids=them)),
    ]

    for field, wish in wishes:
        with pytest.raises(InvalidInput) as refused:
            await bus.execute(wish)
        assert refused.value.flaws == ((field, LEFT.format(state=state)),)


async def test_whatever_was_theirs_stays_theirs_while_the_rest_is_changed(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    incident, them = await declared(bus, alice), (own_id(bob),)
    wish = AddFollowUp(
        caller=alice, incident_id=incident.id, title="Add a test", assignee_id=own_id(bob)
    )
    task, window = await bus.execute(wish), await bus.execute(a_wish(alice, notify_user_ids=them))
    severity = SeveritySettings(severity=Severity.HIGH, update_minutes=60, invitees=them)
    await bus.execute(EditIncidentSettings(caller=alice, severities=(severity,)))
    await put_out(bus, alice, bob)

    done = await bus.execute(
        EditFollowUp(
            caller=alice, follow_up_id=task.id, assignee_id=own_id(bob), status="completed"
        )
    )
    moved = await bus.execute(
        EditMaintenance(
            caller=alice, maintenance_id=window.id, title="Upgrade", notify_user_ids=them
        )
    )
    often = replace(severity, update_minutes=30)
    settings = await bus.execute(EditIncidentSettings(caller=alice, severities=(often,)))

    assert (done.status, done.assignee_id) == ("completed", own_id(bob))
    assert (moved.title, moved.notify_user_ids) == ("Upgrade", them)
    assert settings.of(Severity.HIGH).invitees == them


async def test_of_maintenance_that_is_past_it_is_told_who_did_it(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    await put_out(bus, alice, bob)
    past = {"scheduled_start_at": NOON - 3 * HOUR, "scheduled_end_at": NOON - HOUR}
    program = replace(alice, actor=replace(alice.actor, surface=Surface.REST))

    window = await bus.execute(a_wish(program, owner_id=own_id(bob), **past))

    assert window.owner_id == own_id(bob)


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
