"""Roles and members of incidents over `/api/v1`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from core.domain.account import Role
from core.domain.viewer import Viewer
from core.ports import ReadModels
from tests.fakes.people import hire
from tests.integration.api.checks.incident_io import Ground
from tests.integration.api.doors import Parts, api_key, application, served
from tests.integration.api.responding.declared import V1, declared, id_of

Wish: TypeAlias = Callable[[list[str]], dict[str, Any]]


class Counting:
    """Notes in `asked` whenever everybody is read, through whosever eyes."""

    def __init__(self, reads: ReadModels, asked: list[str]) -> None:
        self._reads, self._asked = reads, asked

    def seen_by(self, viewer: Viewer) -> "Counting":
        return Counting(self._reads.seen_by(viewer), self._asked)

    def __getattr__(self, name: str) -> Any:
        if name == "users":
            self._asked.append(name)
        return getattr(self._reads, name)


async def test_roles_are_given_by_name_address_or_id_and_taken_back(api: Ground) -> None:
    incident = await declared(api)
    path = f"{V1}/{incident.id}/roles"
    wish = {
        "roles": [
            {"role_id": "role_lead", "user": "bob baker"},
            {"role_id": "role_scribe", "user": id_of(api.alice)},
        ]
    }

    given = await api.ask("PATCH", path, wish)
    taken = await api.ask("PATCH", path, {"roles": [{"role_id": "role_scribe", "user": None}]})

    played = {one["role_id"]: one["user"] for one in given["roles"]}
    assert played == {
        "role_lead": "Bob Baker",
        "role_communications": None,
        "role_scribe": "Alice Archer",
    }
    assert await api.get(path) == taken
    assert {one["role_id"]: one["user"] for one in taken["roles"]}["role_scribe"] is None
    assert (await api.get(f"{V1}/{incident.id}"))["assignee"] == "Bob Baker"


async def test_one_role_that_cannot_be_given_leaves_all_as_they_were(api: Ground) -> None:
    incident = await declared(api)
    path, bob = f"{V1}/{incident.id}/roles", {"role_id": "role_lead", "user": "Bob Baker"}

    strange = {"roles": [bob, {"role_id": "role_juggler", "user": "Bob Baker"}]}
    nobody = {"roles": [bob, {"role_id": "role_scribe", "user": "Nobody Here"}]}
    refusals = [await api.ask("PATCH", path, wish, status=422) for wish in (strange, nobody)]

    assert {one["errors"][0]["source"]["field"] for one in refusals} == {"roles"}
    assert not any(one["user"] for one in (await api.get(path))["roles"])


async def test_who_is_let_in_knows_of_a_private_incident_until_they_are_shut_out(
    api: Ground,
) -> None:
    incident = await declared(api)
    eve = await hire(api.bus, api.organization_id, "Eve Engel", Role.ENGINEER)
    seeing = await api_key(
        api.bus, api.organization_id, scopes=("incidents:write", "incidents:private")
    )
    path = f"{V1}/{incident.id}/members"

    wish = {"private": True, "add": ["Bob Baker", id_of(eve)]}
    private = await api.ask("PATCH", path, wish, key=seeing)
    shut = await api.ask("PATCH", path, {"remove": [id_of(eve)]}, key=seeing)

    assert private["private"]
    assert {one["user"]: one["because"] for one in private["members"]} == {
        "Alice Archer": "declared",
        "Bob Baker": "member",
        "Eve Engel": "member",
    }
    assert {one["user"] for one in shut["members"]} == {"Alice Archer", "Bob Baker"}
    await api.get(path, status=404)
    await api.get(f"{V1}/{incident.id}", status=404)


async def test_who_works_on_it_cannot_be_shut_out(api: Ground) -> None:
    incident = await declared(api)

    refused = await api.ask(
        "PATCH", f"{V1}/{incident.id}/members", {"remove": [id_of(api.alice)]}, status=422
    )

    assert refused["errors"][0]["source"]["field"] == "remove"
    assert "Alice Archer declared INC-1" in refused["detail"]


async def test_a_key_that_is_a_member_of_none_declares_no_private_incident(api: Ground) -> None:
    wish = {"title": "Keys leaked", "severity": "high", "private": True}
    seeing = await api_key(
        api.bus, api.organization_id, scopes=("incidents:write", "incidents:private")
    )

    await api.ask("POST", V1, wish, status=403)
    made = await api.ask("POST", V1, wish, status=201, key=seeing)

    assert made["private"]
    await api.get(f"{V1}/{made['id']}", status=404)


WISHES = [
    ("roles", lambda who: {"roles": [{"role_id": "role_scribe", "user": one} for one in who]}),
    ("members", lambda who: {"add": who}),
]


@pytest.mark.parametrize(("part", "wish"), WISHES, ids=["roles", "members"])
async def test_the_people_are_read_as_often_for_many_as_for_one(
    api: Ground, part: str, wish: Wish
) -> None:
    path = f"{V1}/{(await declared(api)).id}/{part}"
    asked: list[str] = []
    storage: Any = api.storage
    counting: Any = replace(storage, reads=Counting(api.reads, asked))
    parts = Parts.over(counting, api.bus, api.clock)
    async with served(application(parts)) as client:
        counted = replace(api, client=client)
        await counted.ask("PATCH", path, wish(["Bob Baker"]))
        for_one = len(asked)

        await counted.ask("PATCH", path, wish(["Bob Baker", id_of(api.bob), "Alice Archer"]))

    assert for_one > 0
    assert len(asked) == 2 * for_one
