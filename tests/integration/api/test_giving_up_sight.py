"""Whoever gives up their own sight of a private incident is answered with what they left, also when
the answer was lost and they ask again; until there is more to know of it."""

from typing import Any

import pytest

from core.commands import DeclareIncident, PostUpdate
from core.commands.together import ChangeMembers
from core.domain.account import User
from core.domain.incident import Incident
from tests.fakes.people import a_caller
from tests.integration.api.doorstep import Doorstep

LEAD = {"incident_role_id": "role_lead", "assignee": {}}
IO = {"incident": {"incident_role_assignments": [LEAD]}, "notify_incident_channel": False}
WAYS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "members": ("PATCH", "/api/v1/incidents/{id}/members", {"remove": ["bob@example.com"]}),
    "roles": (
        "PATCH",
        "/api/v1/incidents/{id}/roles",
        {"roles": [{"role_id": "role_lead", "user": None}]},
    ),
    "incident": ("PATCH", "/api/v1/incidents/{id}", {"assignee": None}),
    "opsknight": ("PATCH", "/api/incidents/{id}", {"assigneeId": None}),
    "incident.io": ("POST", "/v2/incidents/{id}/actions/edit", IO),
}
ONCE = {"Idempotency_Key": "lost-answer"}


@pytest.fixture
async def bob(doorstep: Doorstep) -> User:
    return await doorstep.hire("bob@example.com", name="Bob Baker")


@pytest.fixture
async def token(doorstep: Doorstep, bob: User) -> str:
    return str((await doorstep.sign_in(bob.email))["access_token"])


async def private(doorstep: Doorstep, bob: User, way: str) -> Incident:
    """Alice declared it, and Bob is let in, or leads it."""
    alice = await doorstep.hire("alice@example.com", name="Alice Archer")
    caller = a_caller(doorstep.organization_id, name=alice.name, user_id=alice.id)
    lead = None if way == "members" else bob.id
    made = await doorstep.bus.execute(
        DeclareIncident(
            caller=caller, title="Payroll leaked", severity="high", private=True, assignee_id=lead
        )
    )
    if lead:
        return made
    let_in = ChangeMembers(caller=caller, incident_id=made.id, add=(bob.id,))
    return await doorstep.bus.execute(let_in)


@pytest.mark.parametrize("way", WAYS)
async def test_the_answer_is_what_they_left_and_so_is_its_repetition(
    doorstep: Doorstep, bob: User, token: str, way: str
) -> None:
    incident, (method, path, wish) = await private(doorstep, bob, way), WAYS[way]
    named = incident.reference if path.startswith("/api/v1") else incident.id
    where = path.format(id=named)

    answers = [await doorstep.ask(method, where, wish, token=token, **ONCE) for _ in range(2)]

    shown = await doorstep.ask("GET", f"/api/v1/incidents/{incident.id}", token=token)
    assert [status for status, _ in answers] == [200, 200]
    assert answers[0][1] == answers[1][1]
    assert shown[0] == 404


@pytest.mark.parametrize("way", WAYS)
async def test_who_left_learns_nothing_more_by_asking_again(
    doorstep: Doorstep, bob: User, token: str, way: str
) -> None:
    incident, (method, path, wish) = await private(doorstep, bob, way), WAYS[way]
    elsewhere = await private_of_others(doorstep)
    here, there = path.format(id=incident.id), path.format(id=elsewhere.id)
    await doorstep.ask(method, here, wish, token=token, **ONCE)

    asked = [
        await doorstep.ask(method, here, wish, token=token, Idempotency_Key="another"),
        await doorstep.ask(method, here, wish, token=token),
        await doorstep.ask(method, there, wish, token=token, **ONCE),
    ]
    await told(doorstep, incident)
    asked.append(await doorstep.ask(method, here, wish, token=token, **ONCE))

    assert [status for status, _ in asked] == [404] * 4


async def private_of_others(doorstep: Doorstep) -> Incident:
    eve = await doorstep.hire("eve@example.com", name="Eve Engel")
    caller = a_caller(doorstep.organization_id, name=eve.name, user_id=eve.id)
    wish = DeclareIncident(caller=caller, title="Keys leaked", severity="high", private=True)
    return await doorstep.bus.execute(wish)


async def told(doorstep: Doorstep, incident: Incident) -> None:
    """Something happens that whoever left may not know of."""
    caller = a_caller(doorstep.organization_id, user_id=incident.created_by)
    await doorstep.bus.execute(PostUpdate(caller=caller, incident_id=incident.id, text="On it."))
