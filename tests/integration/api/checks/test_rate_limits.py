"""Checks 47 to 49: what clients are told of their limits, and who is stopped by whose."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientResponse

from bot.api.auth import Standards
from bot.web.addresses import ClientAddresses
from bot.web.rate_limit_store import OwnCounts
from bot.web.rate_limits import RateLimits
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.domain.plan import Plan
from tests.fakes.moment import FakeClock
from tests.integration.api.doors import (
    Client,
    Parts,
    api_key,
    application,
    bearer,
    json_of,
    served,
)

PLAN = Plan(name="small", requests_per_minute_user=4, requests_per_minute_organization=6)
LIST = "/api/v1/incidents"


@pytest.fixture
async def client(parts: Parts, clock: FakeClock) -> AsyncIterator[Client]:
    async def plan_of(_: OrganizationId) -> Plan:
        return PLAN

    counts = OwnCounts(lambda: clock().timestamp())
    standards = Standards(
        addresses=ClientAddresses(),
        limits=RateLimits(counts, clock, per_address=2, per_refused=3),
        plan_of=plan_of,
    )
    async with served(application(parts, standards=standards)) as client:
        yield client


@pytest.fixture
async def alice(bus: CommandBus, organization_id: OrganizationId) -> dict[str, str]:
    return bearer(await api_key(bus, organization_id))


@pytest.fixture
async def bob(bus: CommandBus, organization_id: OrganizationId) -> dict[str, str]:
    return bearer(await api_key(bus, organization_id))


async def exhaust(client: Client, headers: dict[str, str], times: int) -> ClientResponse:
    """The answer to the last of so many requests."""
    for _ in range(times):
        response = await client.get(LIST, headers=headers)
    return response


async def test_check_47_every_answer_says_where_its_caller_stands(
    client: Client, alice: dict[str, str], clock: FakeClock
) -> None:
    answers = [
        await client.get(LIST, headers=alice),
        await client.get(f"{LIST}/nope", headers=alice),
        await client.post(LIST, json={}, headers=alice),
        await client.get(LIST, headers={**alice, "If-None-Match": "*"}),
    ]

    assert [response.status for response in answers] == [200, 404, 422, 304]
    told = [response.headers for response in answers]
    assert [int(headers["X-RateLimit-Remaining"]) for headers in told] == [3, 2, 1, 0]
    assert [int(headers["X-RateLimit-Used"]) for headers in told] == [1, 2, 3, 4]
    assert {int(headers["X-RateLimit-Limit"]) for headers in told} == {4}
    assert {int(headers["X-RateLimit-Reset"]) for headers in told} == {clock().timestamp() + 60}


async def test_check_48_who_exceeds_it_is_refused_until_the_reset(
    client: Client, alice: dict[str, str], clock: FakeClock
) -> None:
    refused = await exhaust(client, alice, 5)
    clock.advance(seconds=int(refused.headers["X-RateLimit-Reset"]) - clock().timestamp())
    again = await client.get(LIST, headers=alice)

    body = await json_of(refused)
    assert (refused.status, body["status"], body["type"]) == (429, 429, "too_many_requests")
    assert body["errors"][0]["code"] == "rate_limit_exceeded"
    assert body["rate_limit"] == {"name": "user", "limit": 4, "remaining": 0, "retry_after": 60}
    assert refused.headers["Retry-After"] == "60"
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert again.status == 200


async def test_check_49_one_caller_does_not_stop_another_but_the_organisation_does(
    client: Client, alice: dict[str, str], bob: dict[str, str]
) -> None:
    stopped = await exhaust(client, alice, 9)
    free = await exhaust(client, bob, 2)
    nobody = await exhaust(client, bob, 1)

    assert (stopped.status, free.status, nobody.status) == (429, 200, 429)
    assert (await json_of(nobody))["rate_limit"]["name"] == "organization"


async def test_a_key_counts_the_same_on_every_path(client: Client, alice: dict[str, str]) -> None:
    first = await client.get(LIST, headers=alice)

    second = await client.get("/api/v1/services", headers=alice)

    told = [response.headers["X-RateLimit-Remaining"] for response in (first, second)]
    assert told == ["3", "2"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", LIST, 401), ("GET", "/api/v1/nothing", 404), ("PUT", "/api/v1/services", 405)],
)
async def test_check_47_what_nobody_is_let_in_to_says_what_is_left_as_well(
    client: Client, method: str, path: str, status: int
) -> None:
    answers = [await client.request(method, path, headers=bearer("ok_no")) for _ in range(4)]

    assert [answer.status for answer in answers] == [status, status, status, 429]
    left = [int(answer.headers["X-RateLimit-Remaining"]) for answer in answers]
    assert left == [2, 1, 0, 0]
