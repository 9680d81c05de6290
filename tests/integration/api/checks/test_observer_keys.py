"""Checks 68 and 69: which of Observer's keys opens what, and that they are shown once."""

import pytest

from core.bus import CommandBus
from core.domain.account import Dialect, Role
from core.domain.ids import OrganizationId
from core.permissions import normal_scope
from tests.fakes.store import FakeStore
from tests.integration.api.checks.observer import (
    CHECKOUT,
    IDENTIFIED,
    INCIDENTS,
    MAINTENANCES,
    UPGRADE,
    Observer,
    of,
)
from tests.integration.api.doors import Client, api_key
from tests.integration.api.doorstep import Doorstep

VERBS = {"publish": None, "messages": IDENTIFIED, "resolve": None}
KEYS = "/api/v1/api-keys"
STEPS = ("start", "complete", "cancel")


@pytest.fixture
def holder(client: Client, bus: CommandBus, organization_id: OrganizationId) -> "Holder":
    return Holder(client, bus, organization_id)


class Holder:
    """Gives out clients whose keys have these scopes, in Observer's words."""

    def __init__(self, client: Client, bus: CommandBus, organization_id: OrganizationId) -> None:
        self._client = client
        self._bus = bus
        self._organization_id = organization_id

    async def of(self, *scopes: str) -> Observer:
        key = await api_key(
            self._bus,
            self._organization_id,
            scopes=[normal_scope(scope) for scope in scopes],
            dialect=Dialect.OBSERVER,
        )
        return Observer(self._client, key)


async def test_check_68_who_writes_incidents_reads_them_and_changes_no_maintenance(
    holder: Holder,
) -> None:
    o = await holder.of("write:incidents")

    await o.incident()

    await o.get(INCIDENTS)
    await o.post(MAINTENANCES, UPGRADE, status=403)


async def test_check_68_who_writes_maintenance_reads_incidents_and_changes_none(
    holder: Holder,
) -> None:
    o = await holder.of("write:maintenances")

    made = await o.maintenance()

    await o.get(INCIDENTS)
    await o.get(MAINTENANCES)
    await o.get(of(made))
    await o.post(INCIDENTS, CHECKOUT, status=403)


async def test_check_68_who_only_reads_changes_nothing(holder: Holder) -> None:
    writer = await holder.of("write:incidents", "write:maintenances")
    incident, maintenance = await writer.draft(), await writer.maintenance()
    o = await holder.of("read:incidents")

    for place in (INCIDENTS, MAINTENANCES, of(incident), of(maintenance), of(incident, "messages")):
        await o.get(place)
    await o.post(INCIDENTS, CHECKOUT, status=403)
    await o.post(MAINTENANCES, UPGRADE, status=403)
    await o.post(f"{INCIDENTS}/from-metric/met_1", status=403)
    for verb, wish in VERBS.items():
        await o.post(of(incident, verb), wish, status=403)
    for step in STEPS:
        await o.post(of(maintenance, step), status=403)
    for thing in (incident, maintenance):
        await o.patch(of(thing), {"title": "Mine"}, status=403)
        assert await writer.get(of(thing)) == thing
    await o.ask("DELETE", of(incident), status=403)


async def test_read_maintenances_alone_opens_maintenance_alone(holder: Holder) -> None:
    o = await holder.of("read:maintenances")

    await o.get(MAINTENANCES)
    await o.get(INCIDENTS, status=403)


@pytest.mark.parametrize("place", [INCIDENTS, MAINTENANCES])
async def test_check_69_without_a_key_that_is_known_nothing_opens(
    client: Client, place: str
) -> None:
    without = await client.get(place)
    wrong = await client.get(place, headers={"Authorization": "Bearer obs_pub_wrong"})

    assert [without.status, wrong.status] == [401, 401]


async def test_check_69_a_key_begins_as_observers_do_and_is_shown_once(doorstep: Doorstep) -> None:
    await doorstep.hire("admin@example.com", Role.ADMIN)
    token = (await doorstep.sign_in("admin@example.com"))["access_token"]
    wish = {"name": "Hooks", "permissions": ["write:incidents"], "dialect": "observer"}

    _, made = await doorstep.ask("POST", KEYS, wish, token=token)
    o = Observer(doorstep.client, made["api_key"])
    await o.incident()
    _, listed = await doorstep.ask("GET", KEYS, token=token)

    assert made["api_key"].startswith("obs_pub_")
    assert [key["id"] for key in listed["items"]] == [made["id"]]
    assert made["api_key"] not in str(listed)


async def test_deleting_takes_more_than_an_engineer(doorstep: Doorstep) -> None:
    for role in (Role.ENGINEER, Role.MANAGER):
        await doorstep.hire(f"{role}@example.com", role)
    engineer, manager = [
        (await doorstep.sign_in(f"{role}@example.com"))["access_token"]
        for role in (Role.ENGINEER, Role.MANAGER)
    ]
    _, made = await doorstep.ask("POST", INCIDENTS, CHECKOUT, token=engineer)

    refused, body = await doorstep.ask("DELETE", of(made), token=engineer)
    deleted, _ = await doorstep.ask("DELETE", of(made), token=manager)

    assert (refused, deleted) == (403, 204)
    assert "manager" in body["detail"]


async def test_nobody_reaches_the_things_of_next_door(
    client: Client, holder: Holder, bus: CommandBus, store: FakeStore
) -> None:
    neighbour_id = (await store.directory.ensure_organization("neighbour", "Neighbour")).id
    ours = await holder.of("write:incidents", "write:maintenances")
    incident, maintenance = await ours.draft(), await ours.maintenance()
    scopes = ["incidents:write", "maintenances:write"]
    theirs = Observer(
        client, await api_key(bus, neighbour_id, scopes=scopes, dialect=Dialect.OBSERVER)
    )

    for verb, wish in VERBS.items():
        await theirs.post(of(incident, verb), wish, status=404)
    for step in STEPS:
        await theirs.post(of(maintenance, step), status=404)
    for thing in (incident, maintenance):
        await theirs.get(of(thing), status=404)
        await theirs.patch(of(thing), {"title": "Mine"}, status=404)
    await theirs.ask("DELETE", of(incident), status=404)
    await theirs.get(of(incident, "messages"), status=404)
    assert (await theirs.get(MAINTENANCES))["meta"]["total"] == 0
