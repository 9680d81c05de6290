"""The settings as the HTTP doors are told them."""

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.settings import Settings
from bot.web.rate_limits import RateLimits
from bot.web_settings import client_addresses, cors_origins, rate_limits_of, usual_plan
from tests.fakes.moment import FakeClock


def settings(**given: object) -> Settings:
    return Settings.model_validate(given)


async def test_the_limits_of_the_settings_are_those_that_count() -> None:
    told = settings(rate_limit_user=2, rate_limit_organization=3, rate_limit_address=1)
    limits, plan = rate_limits_of(told, FakeClock()), usual_plan(told)

    alice = [await limits.spend(organization_id="org", member="alice", plan=plan) for _ in range(3)]
    bob = [await limits.spend(organization_id="org", member="bob", plan=plan) for _ in range(2)]
    stranger = [await limits.spend_address("192.0.2.7") for _ in range(2)]

    assert [one.allowed for one in alice] == [True, True, False]
    assert [one.allowed for one in bob] == [True, False]
    assert [one.allowed for one in stranger] == [True, False]


@pytest.mark.parametrize(
    "url",
    [
        "redis://redis.example.com",
        "redis://redis.example.com/1",
        "redis://:password@redis.example.com",
        "rediss://alice:password@[2001:db8::1]",
        "redis://redis.example.com:6380/0",
    ],
)
async def test_a_redis_is_not_asked_before_somebody_is_counted(url: str) -> None:
    limits = rate_limits_of(settings(redis_url=url), FakeClock())

    assert isinstance(limits, RateLimits)
    await limits.close()


@pytest.mark.parametrize(
    ("given", "origins"),
    [
        ("", set()),
        ("*", {"*"}),
        (
            "https://status.example.com , http://localhost:3000,",
            {"https://status.example.com", "http://localhost:3000"},
        ),
    ],
)
def test_origins_are_a_list_with_commas(given: str, origins: set[str]) -> None:
    assert cors_origins(settings(cors_origins=given)) == origins


def test_proxies_are_believed_when_they_are_named() -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": "198.51.100.1"})
    heard = request.clone(remote="10.1.2.3")

    assert client_addresses(settings()).of(heard) == "10.1.2.3"
    assert client_addresses(settings(trusted_proxies="10.0.0.0/8")).of(heard) == "198.51.100.1"
