"""Requests counted by several replicas together, and what happens while their Redis is away."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TypeAlias

import pytest
from structlog.testing import capture_logs

from bot.checks.redis import check_redis
from bot.settings import Settings
from bot.web.rate_limit_store import Counts, OwnCounts
from bot.web.rate_limits import RateLimits
from bot.web.shared_counts import SharedCounts
from core.domain.plan import Plan
from tests.processes import free_port
from tests.redis import RedisServer

PLAN = Plan(name="small", requests_per_minute_user=4, requests_per_minute_organization=6)
PAUSE = 0.05

Replica: TypeAlias = Callable[[], RateLimits]


def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


@pytest.fixture
async def replica(redis: RedisServer) -> AsyncIterator[Replica]:
    async with AsyncExitStack() as stack:

        def another() -> RateLimits:
            counts = SharedCounts(redis.url, time.time, pause=PAUSE)
            limits = RateLimits(counts, now, per_address=2)
            stack.push_async_callback(limits.close)
            return limits

        yield another


async def remaining(limits: RateLimits, member: str = "alice") -> int | None:
    """None when it was refused."""
    standing = await limits.spend(organization_id="org", member=member, plan=PLAN)
    return standing.remaining if standing.allowed else None


async def test_two_replicas_count_as_one(replica: Replica) -> None:
    one, another = replica(), replica()

    seen = [await remaining(limits) for limits in (one, another, one, another, one)]

    assert seen == [3, 2, 1, 0, None]


async def test_the_organisation_is_counted_together_too(replica: Replica) -> None:
    one, another = replica(), replica()
    for _ in range(4):
        await remaining(one, "alice")

    seen = [await remaining(another, "bob") for _ in range(3)]

    assert seen == [1, 0, None]


async def test_both_say_the_same_end_of_the_window(replica: Replica) -> None:
    one, another = replica(), replica()

    first = await one.spend_address("192.0.2.7")
    second = await another.spend_address("192.0.2.7")

    assert time.time() + 58 < first.reset <= time.time() + 62
    assert abs(first.reset - second.reset) <= 1


async def test_no_request_is_lost_or_counted_twice_when_many_come_at_once(
    redis: RedisServer,
) -> None:
    counts = SharedCounts(redis.url, time.time)

    counted = await asyncio.gather(*(counts.add("key", 60) for _ in range(300)))

    await counts.close()
    assert sorted(count.used for count in counted) == list(range(1, 301))


@pytest.fixture(params=["memory", "redis"])
async def counts(request: pytest.FixtureRequest) -> AsyncIterator[Counts]:
    if request.param == "memory":
        yield OwnCounts(time.time)
        return
    server: RedisServer = request.getfixturevalue("redis")
    shared = SharedCounts(server.url, time.time)
    yield shared
    await shared.close()


async def test_wherever_it_is_counted_the_window_ends_at_its_reset(counts: Counts) -> None:
    limits = RateLimits(counts, now, per_address=1, window=1)
    first, refused = [await limits.spend_address("192.0.2.7") for _ in range(2)]
    await asyncio.sleep(max(refused.reset - time.time(), 0) + 0.02)

    again = await limits.spend_address("192.0.2.7")

    assert [one.allowed for one in (first, refused, again)] == [True, False, True]
    assert refused.reset > time.time() - 1.5


async def test_wherever_it_is_counted_a_request_can_be_given_back(counts: Counts) -> None:
    await counts.add("key", 60)
    await counts.add("key", 60)

    await counts.add("key", 60, -1)

    assert (await counts.add("key", 60)).used == 2


async def test_without_its_redis_a_replica_counts_for_itself(
    replica: Replica, redis: RedisServer
) -> None:
    one, another = replica(), replica()
    await remaining(one)
    redis.stop()

    with capture_logs() as lines:
        seen = [await remaining(one), await remaining(one), await remaining(another)]

    assert seen == [3, 2, 3]
    warnings = [line for line in lines if line["log_level"] == "warning"]
    assert [line["event"] for line in warnings] == ["rate_limits_not_shared"] * 2  # one each
    assert "TOCSIN_REDIS_URL" in warnings[0]["advice"]


async def test_when_redis_is_back_it_is_used_again(replica: Replica, redis: RedisServer) -> None:
    one, another = replica(), replica()
    redis.stop()
    await remaining(one)
    redis.start()
    await asyncio.sleep(PAUSE * 2)

    seen = [await remaining(limits) for limits in (one, another, one)]

    assert seen == [3, 2, 1]


async def test_a_redis_that_is_stuck_holds_up_one_request_only() -> None:
    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await told.wait()
        writer.close()

    told = asyncio.Event()
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    counts = SharedCounts(f"redis://127.0.0.1:{port}/0", time.time)
    await counts.add("key", 60)

    began = time.monotonic()
    count = await counts.add("key", 60)

    assert time.monotonic() - began < 0.1
    assert count.used == 2
    told.set()
    await counts.close()
    server.close()


def settings(url: str | None) -> Settings:
    return Settings.model_validate({"redis_url": url})


async def test_the_doctor_says_whether_redis_answers(redis: RedisServer) -> None:
    well = await check_redis(settings(redis.url))
    unset = await check_redis(settings(None))

    assert (well.well, unset.well) == (True, True)
    assert "together" in well.says


async def test_the_doctor_names_the_setting_when_redis_does_not_answer() -> None:
    finding = await check_redis(settings(f"redis://:hunter2@127.0.0.1:{free_port()}/0"))

    assert not finding.well
    assert "TOCSIN_REDIS_URL" in finding.says
    assert "hunter2" not in finding.says
