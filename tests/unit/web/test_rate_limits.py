"""Who may ask how often, and what they are told about it."""

import pytest

from bot.web.problems import Refusal
from bot.web.rate_limit_store import InProcess, OwnCounts
from bot.web.rate_limits import RateLimits, Standing, exceeded, headers_of, neighbourhood
from core.domain.plan import Plan
from tests.fakes.moment import FakeClock

PLAN = Plan(name="small", requests_per_minute_user=3, requests_per_minute_organization=5)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def limits(clock: FakeClock) -> RateLimits:
    return RateLimits(OwnCounts(lambda: clock().timestamp()), clock, per_address=2)


async def spend(
    limits: RateLimits, member: str, *, times: int = 1, organization: str = "org", plan: Plan = PLAN
) -> Standing:
    for _ in range(times):
        standing = await limits.spend(organization_id=organization, member=member, plan=plan)
    return standing


async def test_what_remains_falls_by_one_with_each_request(limits: RateLimits) -> None:
    seen = [(await spend(limits, "alice")).remaining for _ in range(3)]

    assert seen == [2, 1, 0]


async def test_the_window_ends_a_minute_after_its_first_request(
    limits: RateLimits, clock: FakeClock
) -> None:
    began = clock().timestamp()
    first = await spend(limits, "alice")
    clock.advance(seconds=20)

    second = await spend(limits, "alice")

    assert first.reset == second.reset == began + 60
    assert (first.retry_after, second.retry_after) == (60, 40)


async def test_at_the_reset_everything_is_there_again(limits: RateLimits, clock: FakeClock) -> None:
    refused = await spend(limits, "alice", times=4)
    clock.advance(seconds=refused.reset - clock().timestamp())

    standing = await spend(limits, "alice")

    assert not refused.allowed
    assert (standing.allowed, standing.remaining) == (True, 2)


async def test_one_member_who_used_it_up_does_not_stop_another(limits: RateLimits) -> None:
    alice = await spend(limits, "alice", times=4)

    bob = await spend(limits, "bob")

    assert (alice.allowed, alice.name, alice.remaining) == (False, "user", 0)
    assert bob.allowed


async def test_the_organisations_limit_stops_everybody_in_it(limits: RateLimits) -> None:
    await spend(limits, "alice", times=3)
    await spend(limits, "bob", times=2)

    refused = [await spend(limits, "bob"), await spend(limits, "carol")]
    stranger = await spend(limits, "alice", organization="another")

    assert [(one.allowed, one.name, one.limit) for one in refused] == [
        (False, "organization", 5)
    ] * 2
    assert stranger.allowed


async def test_what_is_refused_for_a_member_costs_the_organisation_nothing(
    limits: RateLimits,
) -> None:
    await spend(limits, "alice", times=30)

    bob = await spend(limits, "bob", times=2)

    assert bob.allowed


async def test_what_is_refused_for_the_organisation_costs_a_member_nothing(
    limits: RateLimits,
) -> None:
    larger = Plan(name="large", requests_per_minute_user=3, requests_per_minute_organization=10)
    await spend(limits, "alice", times=3)
    await spend(limits, "bob", times=2)
    await spend(limits, "carol", times=1)

    carol = await spend(limits, "carol", plan=larger)

    assert (carol.allowed, carol.remaining) == (True, 2)


async def test_the_standing_nearer_to_its_end_is_shown(limits: RateLimits) -> None:
    await spend(limits, "alice", times=3)

    bob = await spend(limits, "bob")

    assert (bob.name, bob.remaining) == ("organization", 1)


async def test_a_changed_plan_counts_from_the_next_request_on(limits: RateLimits) -> None:
    await spend(limits, "alice", times=4)
    larger = Plan(name="large", requests_per_minute_user=9, requests_per_minute_organization=99)

    standing = await spend(limits, "alice", plan=larger)

    assert (standing.allowed, standing.limit, standing.remaining) == (True, 9, 4)


async def test_an_address_has_a_limit_of_its_own(limits: RateLimits) -> None:
    seen = [(await limits.spend_address("192.0.2.7")).allowed for _ in range(3)]

    assert seen == [True, True, False]
    assert (await limits.spend_address("192.0.2.8")).allowed


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("", ""),
    ],
)
def test_a_household_counts_as_one_address(address: str, counted: str) -> None:
    assert neighbourhood(address) == counted


async def test_the_headers_are_plain_numbers(limits: RateLimits) -> None:
    standing = await spend(limits, "alice")

    assert headers_of(standing) == {
        "X-RateLimit-Limit": "3",
        "X-RateLimit-Remaining": "2",
        "X-RateLimit-Used": "1",
        "X-RateLimit-Reset": str(standing.reset),
    }


async def test_a_refusal_says_what_is_used_up_and_when_to_come_back(limits: RateLimits) -> None:
    refusal = exceeded(await spend(limits, "alice", times=4))

    assert isinstance(refusal, Refusal)
    problem = refusal.problem
    assert (problem.status, problem.issues[0].code) == (429, "rate_limit_exceeded")
    assert "3 requests a minute" in problem.issues[0].message
    assert problem.headers["Retry-After"] == "60"
    assert problem.headers["X-RateLimit-Remaining"] == "0"
    assert problem.extra == {
        "rate_limit": {"name": "user", "limit": 3, "remaining": 0, "retry_after": 60}
    }


async def test_windows_that_ended_are_forgotten(clock: FakeClock) -> None:
    counts = InProcess(lambda: clock().timestamp())
    for number in range(10):
        await counts.incr(str(number), 60)
    clock.advance(seconds=61)

    await counts.incr("another", 60)

    assert await counts.reset() == 1


async def test_made_up_keys_cannot_fill_the_memory(clock: FakeClock) -> None:
    counts = InProcess(lambda: clock().timestamp(), most=10)

    for number in range(100):
        await counts.incr(str(number), 60)

    assert await counts.get("99") == 1
    assert await counts.get("0") == 0
    assert await counts.reset() == 10
