"""Private incidents over HTTP: no answer tells of one to whoever may not know of it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from bot.api.operations import Access, Operation
from core.commands import AddFollowUp, AddNote, AddUser, EditIncident, PostUpdate
from core.commands.together import ChangeMembers
from core.domain.account import Role
from core.domain.ids import UserId
from core.scopes import SCOPES
from core.views import IncidentQuery
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.integration.api.accounts import PASSWORD, QUICK
from tests.integration.api.doors import api_key, bearer
from tests.integration.api.doorstep import Doorstep, a_doorstep
from tests.integration.api.every_operation import EveryOperation, collection, told
from tests.integration.api.possessions import INCIDENTS, Household, household

SECRET = "Zanzibar"
"""A word that nothing else says."""

READING = ("POST", "/api/v1/search/query"), ("POST", "/api/v1/search")
"""What is asked with a body, and changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An organisation, all of whose incidents are private and known to its owner alone."""

    door: Doorstep
    house: Household
    every: EveryOperation
    owner: UserId
    ids: frozenset[str]

    async def colleague(self) -> dict[str, str]:
        """Somebody who administers the organisation, and is a member of nothing."""
        await self.door.bus.execute(_an_admin(self.house))
        return bearer((await self.door.sign_in("colleague@example.com"))["access_token"])

    async def key(self, *scopes: str) -> dict[str, str]:
        """A program to which the owner gave a key."""
        organization_id = self.house.organization_id
        return bearer(
            await api_key(self.door.bus, organization_id, scopes=scopes, created_by=self.owner)
        )


def _an_admin(house: Household) -> Any:
    return AddUser(
        caller=the_operator(house.organization_id),
        email="colleague@example.com",
        name="A Colleague",
        role=Role.ADMIN,
        password_hash=QUICK.hash(PASSWORD),
    )


@pytest.fixture
async def scene(store: FakeStore, clock: FakeClock) -> AsyncIterator[Scene]:
    async with a_doorstep(store, clock) as door:
        house = await household(door, "ours")
        users = await store.reads.users(house.organization_id)
        owner = next(one for one in users if one.role is Role.OWNER)
        ids = await _hidden(door, house, owner.id)
        every = EveryOperation(door.client)
        yield Scene(door=door, house=house, every=every, owner=owner.id, ids=ids)


async def _hidden(door: Doorstep, house: Household, owner: UserId) -> frozenset[str]:
    """Every incident says the word wherever it can, and is private."""
    operator = the_operator(house.organization_id)
    page = await door.storage.reads.incidents(house.organization_id, IncidentQuery(limit=100))
    for row in page.rows:
        about: dict[str, Any] = {"caller": operator, "incident_id": row.id}
        edit = {**about, "title": f"{SECRET} {row.number}", "description": SECRET}
        await door.bus.execute(EditIncident(**edit))
        await door.bus.execute(PostUpdate(**about, text=SECRET))
        await door.bus.execute(AddNote(**about, text=SECRET))
        await door.bus.execute(AddFollowUp(**about, title=SECRET))
        await door.bus.execute(ChangeMembers(**about, private=True, add=(owner,)))
    return frozenset(row.id for row in page.rows)


def _token(headers: Mapping[str, str]) -> str:
    return headers["Authorization"].removeprefix("Bearer ")


def _readings(every: EveryOperation) -> list[Operation]:
    asked = [one for one in every if one.method == "GET"]
    asked += [one for one in every if (one.method, one.path) in READING]
    return [one for one in asked if one.needs is not Access.PUBLIC]


async def _leaks(
    scene: Scene, headers: Mapping[str, str], *, after: Mapping[str, str] | None = None
) -> list[str]:
    """What is told of the incidents by any reading there is, their own paths included; each is
    asked once before on behalf of `after`."""
    leaks, asked = [], 0
    for operation in _readings(scene.every):
        body = {"query": SECRET} if operation.method == "POST" else None
        for asking in (after, headers) if after else (headers,):
            answered = await scene.every.ask(
                operation, asking, ids=scene.house.ids.__getitem__, body=body
            )
        asked += answered.status == 200
        found = answered.status == 200 and any(id in answered.text for id in scene.ids)
        if found or SECRET in answered.text:
            leaks.append(told(operation, answered))
    assert asked > 10
    return leaks


async def test_who_administers_the_organisation_reads_of_none(scene: Scene) -> None:
    leaks = await _leaks(scene, await scene.colleague())

    assert leaks == []


async def test_a_key_of_a_member_reads_of_none(scene: Scene) -> None:
    leaks = await _leaks(scene, await scene.key(*sorted(SCOPES - {"incidents:private"})))

    assert leaks == []


async def test_its_people_read_of_them_by_the_same_paths(scene: Scene) -> None:
    leaks = await _leaks(scene, scene.house.headers)

    names = {line.partition(":")[0] for line in leaks}
    assert {"list_incidents", "get_incident", "search"} <= names
    assert {"incidents_v2_list", "follow_ups_v2_list", "list_comments"} <= names


async def test_what_somebody_begins_to_type_suggests_none_of_them(scene: Scene) -> None:
    path = f"/api/v1/search/suggestions?q={SECRET[:4].lower()}"
    colleague, owner = await scene.colleague(), scene.house.headers

    hidden = await scene.door.ask("GET", path, token=_token(colleague))
    shown = await scene.door.ask("GET", path, token=_token(owner))

    assert hidden[1]["suggestions"] == []
    assert SECRET in str(shown[1]["suggestions"])


async def test_no_page_that_was_kept_for_a_member_is_shown_to_anybody_else(scene: Scene) -> None:
    colleague, owner = await scene.colleague(), scene.house.headers

    leaks = await _leaks(scene, colleague, after=owner)

    assert leaks == []


async def test_a_key_with_the_scope_for_it_reads_of_them(scene: Scene) -> None:
    headers = await scene.key("incidents:read", "incidents:private")

    status, found = await scene.door.ask("GET", INCIDENTS, token=_token(headers))

    assert status == 200
    assert SECRET in str(found)


async def test_only_the_operator_makes_a_key_with_that_scope(scene: Scene) -> None:
    wish = {"name": "spy", "scopes": ["incidents:private"]}
    token = _token(scene.house.headers)

    status, refusal = await scene.door.ask("POST", "/api/v1/api-keys", wish, token=token)

    assert (status, refusal["errors"][0]["message"]) == (
        403,
        "You may not make a key that may do more than you.",
    )


async def test_nobody_else_changes_one_or_learns_that_it_is_there(
    scene: Scene, store: FakeStore
) -> None:
    colleague, wrong = await scene.colleague(), []
    before = store.rows.of(scene.house.organization_id).copied()

    for operation in scene.every:
        if operation.method != "GET" and collection(operation.path) == INCIDENTS:
            answered = await scene.every.ask(operation, colleague, ids=scene.house.ids.__getitem__)
            if answered.status not in (404, 405):
                wrong.append(told(operation, answered))

    assert wrong == []
    after = store.rows.of(scene.house.organization_id)
    assert (after.incidents, after.updates, after.notes, after.timeline) == (
        before.incidents,
        before.updates,
        before.notes,
        before.timeline,
    )
