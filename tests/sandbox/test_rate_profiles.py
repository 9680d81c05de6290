"""How often each method may be called, by profile: bursts, refills, ceilings, and what is told."""

import math
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused
from sandbox.facts.methods import METHODS
from sandbox.facts.tiers import CEILINGS, DISTRIBUTED_PAGE, PER_MINUTE, SPECIAL
from sandbox.json_types import Json
from sandbox.rate_limit import RateLimiter
from tests.sandbox.stage import Stage, staged

KEY = "T1:A1:method"
TIERED = sorted(method for method in METHODS if method not in CEILINGS | SPECIAL.keys())


def limiter(profile: str) -> tuple[RateLimiter, Clock]:
    clock = Clock("virtual", start=1_000_000.0)
    return RateLimiter(clock, profile), clock


def passing(limiter: RateLimiter, method: str) -> int:
    """How many calls pass at once."""
    count = 0
    while not limiter.seconds_to_wait(KEY, method):
        count += 1
    return count


@pytest.mark.parametrize("method", TIERED)
def test_the_documented_profile_gives_the_tier_and_half_of_it_as_a_burst(method: str) -> None:
    documented, _ = limiter("documented")

    assert passing(documented, method) == int(max(1, PER_MINUTE[METHODS[method].tier] * 1.5))


@pytest.mark.parametrize("method", TIERED)
def test_the_harsh_profile_takes_the_lower_of_two_tiers_without_a_burst(method: str) -> None:
    harsh, _ = limiter("harsh")

    assert passing(harsh, method) == PER_MINUTE[METHODS[method].lower_tier]


def test_two_sources_disagree_on_methods_that_harshness_slows_down() -> None:
    slower = {name for name in TIERED if METHODS[name].tier != METHODS[name].lower_tier}

    assert slower == {"apps.connections.open", "users.conversations"}


@pytest.mark.parametrize("profile", ["documented", "harsh"])
@pytest.mark.parametrize("method", sorted(METHODS))
async def test_whoever_waits_as_told_passes(method: str, profile: str) -> None:
    limited, clock = limiter(profile)
    while not (seconds := limited.seconds_to_wait(KEY, method)):
        pass

    await clock.advance(seconds)

    assert limited.seconds_to_wait(KEY, method) == 0


@pytest.mark.parametrize("method", TIERED)
async def test_a_bucket_refills_at_the_pace_of_its_tier(method: str) -> None:
    documented, clock = limiter("documented")
    passing(documented, method)
    per_minute = PER_MINUTE[METHODS[method].tier]

    await clock.advance(60)

    assert passing(documented, method) == per_minute


async def test_a_bucket_holds_no_more_than_its_burst() -> None:
    documented, clock = limiter("documented")
    passing(documented, "users.list")

    await clock.advance(3_600)

    assert passing(documented, "users.list") == 30


async def test_channels_are_created_twenty_times_in_any_minute_and_never_more() -> None:
    documented, clock = limiter("documented")
    made = 0
    for _ in range(10):
        made += passing(documented, "conversations.create")
        await clock.advance(5.9)

    assert made == 20
    await clock.advance(1)
    assert passing(documented, "conversations.create") == 20


@pytest.mark.parametrize("method", sorted(SPECIAL))
def test_methods_with_limits_of_their_own_have_them(method: str) -> None:
    harsh, _ = limiter("harsh")

    assert passing(harsh, method) == SPECIAL[method]


def test_the_burst_can_be_chosen() -> None:
    documented, _ = limiter("documented")
    documented.burst = 2.0

    assert passing(documented, "users.list") == 40


async def test_of_each_method_the_limit_is_its_own() -> None:
    documented, _ = limiter("documented")
    passing(documented, "users.list")

    assert documented.seconds_to_wait("T1:A1:pins.list", "pins.list") == 0


async def test_a_wait_is_rounded_up_to_whole_seconds() -> None:
    documented, clock = limiter("documented")
    passing(documented, "users.list")

    await clock.advance(0.5)

    assert documented.seconds_to_wait(KEY, "users.list") == math.ceil(2.5)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


async def answered(stage: Stage, method: str, **arguments: Any) -> tuple[int, Json, str]:
    headers = {"Authorization": f"Bearer {stage.sandbox.bot_token}"}
    address = stage.sandbox.api_url + method
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(address, data=arguments) as response,
    ):
        return response.status, await response.json(), response.headers.get("Retry-After", "")


async def early_returns(stage: Stage) -> int:
    codes = [found["code"] for found in await stage.sandbox.findings()]
    return codes.count("retry_too_early")


async def test_too_many_calls_are_answered_429_with_the_seconds_to_wait(stage: Stage) -> None:
    await stage.sandbox.settings(rate_limits="harsh")
    for _ in range(20):
        await stage.done("users.list")

    assert await answered(stage, "users.list") == (
        429,
        {"ok": False, "error": "ratelimited"},
        "3",
    )


async def test_each_channel_has_its_own_second(stage: Stage) -> None:
    await stage.sandbox.settings(rate_limits="harsh")
    await stage.done("chat.postMessage", channel=stage["room"], text="1")
    await stage.done("chat.postMessage", channel=stage["dm"], text="1")

    by_name = await answered(stage, "chat.postMessage", channel="#room", text="2")

    assert (by_name[0], by_name[2]) == (429, "1")


async def test_a_workspace_takes_only_so_many_posts_a_minute(stage: Stage) -> None:
    await stage.sandbox.settings(rate_limits="documented", rate_burst=0.01)
    statuses = [
        (await answered(stage, "chat.postMessage", channel=f"C{number}", text="x"))[0]
        for number in range(4)
    ]

    assert statuses == [200, 200, 200, 429]


async def test_every_early_return_is_noted_and_a_late_one_is_not(stage: Stage) -> None:
    await stage.sandbox.settings(rate_limits="harsh")
    for _ in range(2):
        await answered(stage, "chat.postMessage", channel=stage["room"], text="x")
    await stage.sandbox.advance(0.5)
    await answered(stage, "chat.postMessage", channel=stage["room"], text="x")
    await answered(stage, "chat.postMessage", channel=stage["dm"], text="x")
    assert await early_returns(stage) == 1

    await stage.sandbox.advance(1)
    await stage.done("chat.postMessage", channel=stage["room"], text="x")

    assert await early_returns(stage) == 1


async def test_an_app_sold_outside_the_marketplace_reads_one_short_page_a_minute(
    stage: Stage,
) -> None:
    for _ in range(20):
        await stage.done("chat.postMessage", channel=stage["dm"], text="x")
    await stage.sandbox.settings(distributed=True)

    page = await stage.done("conversations.history", channel=stage["dm"], limit="100")
    too_soon = await answered(stage, "conversations.history", channel=stage["dm"])

    assert len(page["messages"]) == DISTRIBUTED_PAGE
    assert (too_soon[0], too_soon[2]) == (429, "60")


@pytest.mark.parametrize(
    "settings",
    [{"rate_limits": "fast"}, {"rate_burst": 0}, {"rate_burst": True}, {"distributed": 1}],
)
async def test_a_setting_that_makes_no_sense_is_refused(stage: Stage, settings: Json) -> None:
    with pytest.raises(SandboxRefused, match=next(iter(settings))):
        await stage.sandbox.settings(**settings)
