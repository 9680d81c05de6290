"""The token of a calendar feed: whoever has it reads, nobody else does, and no log has it."""

import logging
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.credentials import hash_of
from core.bus import CommandBus
from core.domain.account import Role
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.calendars import OPEN, READ, Calendars
from tests.integration.api.doors import (
    Client,
    Parts,
    api_key,
    application,
    bearer,
    generous,
    json_of,
    served,
)
from tests.integration.api.doorstep import Doorstep

SCOPES = ("integrations:write", "maintenances:write")
TOMORROW = {
    "scheduled_start_at": "2030-01-02T02:00:00Z",
    "scheduled_end_at": "2030-01-02T04:00:00Z",
}


@pytest.fixture
async def calendars(client: Client, bus: CommandBus, organization_id: OrganizationId) -> Calendars:
    return Calendars(client, await api_key(bus, organization_id, scopes=SCOPES))


async def status_with(client: Client, token: str) -> int:
    async with client.get(READ, params={"token": token}) as response:
        await response.read()
        return response.status


async def test_the_address_is_told_once_and_only_a_hash_is_kept(
    calendars: Calendars, store: FakeStore, organization_id: OrganizationId
) -> None:
    made = await calendars.open()

    kept = store.rows.of(organization_id).calendar_feed
    assert made["url"].endswith(f"{READ}?token={made['token']}")
    assert kept is not None
    assert kept.token_hash == hash_of(made["token"])
    assert made["token"] not in repr(store.rows.of(organization_id))


async def test_another_address_replaces_the_one_before(calendars: Calendars) -> None:
    first = (await calendars.open())["token"]
    second = (await calendars.open())["token"]

    assert await status_with(calendars.client, first) == 401
    assert await status_with(calendars.client, second) == 200


async def test_what_is_withdrawn_opens_nothing(calendars: Calendars) -> None:
    token = (await calendars.open())["token"]

    gone = await calendars.client.delete(OPEN, headers=bearer(calendars.key))
    again = await calendars.client.delete(OPEN, headers=bearer(calendars.key))

    assert (gone.status, again.status) == (204, 404)
    assert await status_with(calendars.client, token) == 401


async def test_the_same_request_again_makes_no_other_address(calendars: Calendars) -> None:
    first = await calendars.open(**{"Idempotency-Key": "feed-1"})
    again = await calendars.open(**{"Idempotency-Key": "feed-1"})

    assert (again["url"], again["token"]) == (None, None)
    assert again["created_at"] == first["created_at"]
    assert await status_with(calendars.client, first["token"]) == 200


@pytest.mark.parametrize("token", ["", "wrong", "☃", "x" * 200, "a b", "%00", "' OR 1=1 --"])
async def test_a_token_that_is_none_opens_nothing(calendars: Calendars, token: str) -> None:
    await calendars.open()

    async with calendars.client.get(READ, params={"token": token}) as response:
        body = await json_of(response)

    assert response.status == 401
    assert body["errors"][0]["code"] == "invalid_token"


async def test_without_a_token_it_takes_a_credential_that_may_read_maintenance(
    calendars: Calendars, bus: CommandBus, organization_id: OrganizationId
) -> None:
    reader = await api_key(bus, organization_id, scopes=["maintenances:read"])
    other = await api_key(bus, organization_id, scopes=["services:write"])

    answers = [
        (await calendars.client.get(READ, headers=headers)).status
        for headers in ({}, bearer(reader), bearer(other))
    ]

    assert answers == [401, 200, 403]


async def test_a_key_that_may_not_read_maintenance_gives_nobody_else_a_way(
    calendars: Calendars, bus: CommandBus, organization_id: OrganizationId
) -> None:
    blind = await api_key(bus, organization_id, scopes=["integrations:write"])

    refused = await calendars.client.post(OPEN, headers=bearer(blind))

    assert refused.status == 403


async def test_an_engineer_makes_no_address_for_everybody(doorstep: Doorstep) -> None:
    await doorstep.hire("engineer@example.com", Role.ENGINEER)
    await doorstep.hire("manager@example.com", Role.MANAGER)
    engineer = (await doorstep.sign_in("engineer@example.com"))["access_token"]
    manager = (await doorstep.sign_in("manager@example.com"))["access_token"]

    answers = [await doorstep.ask("POST", OPEN, token=token) for token in (engineer, manager)]

    assert [status for status, _ in answers] == [403, 201]


async def test_it_shows_nothing_of_another_organisation(
    calendars: Calendars, bus: CommandBus, store: FakeStore
) -> None:
    theirs = (await store.directory.ensure_organization("theirs", "Theirs")).id
    others = Calendars(calendars.client, await api_key(bus, theirs, scopes=SCOPES))
    await others.schedule(**TOMORROW, title="Their secret")
    ours, their = await calendars.open(), await others.open()

    assert await calendars.read(ours["token"]) == []
    assert [str(one["SUMMARY"]) for one in await calendars.read(their["token"])] == [
        "Their secret (MNT-1)"
    ]


async def test_the_token_stands_in_no_log(
    calendars: Calendars, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    replaced, token = [(await calendars.open())["token"] for _ in "ab"]

    with capture_logs() as lines:
        await calendars.read(token)
        refused = await calendars.client.get(READ, params={"token": replaced})
        told = [repr(lines), caplog.text, await refused.text()]

    assert refused.status == 401
    assert lines
    assert [secret for secret in (token, replaced) if secret in "".join(told)] == []


@pytest.fixture
async def hurried(
    store: FakeStore, bus: CommandBus, clock: FakeClock, organization_id: OrganizationId
) -> AsyncIterator[Calendars]:
    """Where one member may ask three times a minute."""
    parts = Parts.over(store, bus, clock)
    app = application(parts, standards=generous(clock, per_user=3))
    async with served(app) as client:
        yield Calendars(client, await api_key(bus, organization_id, scopes=SCOPES))


async def test_all_calendar_programs_together_are_one_member_to_the_limits(
    hurried: Calendars, clock: FakeClock
) -> None:
    token = (await hurried.open())["token"]

    answers = [await status_with(hurried.client, token) for _ in range(4)]
    clock.advance(seconds=61)

    assert answers == [200, 200, 200, 429]
    assert await status_with(hurried.client, token) == 200
