"""Every operation, tried with each credential that must not open it."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta

import pytest

from bot.api.operations import Access
from bot.credentials import new_api_key
from core.commands import RevokeApiKey
from core.domain.account import Dialect, Role
from core.scopes import SCOPES
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.integration.api.doors import bearer
from tests.integration.api.doorstep import Doorstep, a_doorstep
from tests.integration.api.every_operation import EveryOperation, key_at, told

PUBLIC = {
    "login",
    "register",
    "refresh_tokens",
    "request_password_reset",
    "confirm_password_reset",
    "accept_invitation",
}
"""What strangers may ask: how to become somebody, and nothing else."""

SOURCES = {
    "send_event",
    "alert_events_v2_create_http",
    "heartbeats_v2_ping",
    "heartbeats_v2_ping_by_get",
    "heartbeats_v2_ping_by_put",
}
"""What alert sources ask, with a token of their own or a key with `events:write`."""

CALENDARS = {"read_calendar"}
"""What calendar programs ask, with the token of a feed or a credential."""


@pytest.fixture
async def door(store: FakeStore, clock: FakeClock) -> AsyncIterator[Doorstep]:
    async with a_doorstep(store, clock) as door:
        yield door


@pytest.fixture
def every(door: Doorstep) -> EveryOperation:
    return EveryOperation(door.client)


async def not_refused_with(
    every: EveryOperation, headers: Mapping[str, str], status: int, *codes: str
) -> list[str]:
    """What is not public and answers otherwise."""
    found = []
    for operation in every:
        if operation.name not in PUBLIC:
            answered = await every.ask(operation, headers)
            if answered.status != status or answered.code not in codes:
                found.append(told(operation, answered))
    return found


def test_strangers_may_ask_for_nothing_but_this(every: EveryOperation) -> None:
    assert {one.name for one in every if one.needs is Access.PUBLIC} == PUBLIC
    assert {one.name for one in every if one.needs is Access.SOURCE} == SOURCES
    assert {one.name for one in every if one.needs is Access.CALENDAR} == CALENDARS


async def test_nothing_opens_without_a_credential(every: EveryOperation) -> None:
    assert await not_refused_with(every, {}, 401, "missing_authorization_material") == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer no-such-key"},
        {"Authorization": f"Bearer {new_api_key(Dialect.NEUTRAL)}"},
        {"Authorization": "Api-Key no-such-key"},
        {"X-API-Key": new_api_key(Dialect.OVERWATCH)},
        {"Authorization": "Bearer ☃".encode().decode("latin-1")},
        {"Authorization": f"Bearer {'x' * 4_000}"},
    ],
    ids=["garbage", "unknown", "another scheme", "another header", "not ASCII", "endless"],
)
async def test_nothing_opens_with_a_wrong_key(
    every: EveryOperation, headers: dict[str, str]
) -> None:
    assert await not_refused_with(every, headers, 401, "invalid_api_key", "invalid_token") == []


async def test_a_scheme_that_is_none_of_ours_is_no_credential(every: EveryOperation) -> None:
    basic = {"Authorization": "Basic eDp5"}

    refused = await not_refused_with(
        every, basic, 401, "missing_authorization_material", "invalid_api_key", "invalid_token"
    )

    assert refused == []


async def test_nothing_opens_with_a_key_that_has_expired(
    door: Doorstep, every: EveryOperation, clock: FakeClock
) -> None:
    key = await key_at(door, *SCOPES, expires_at=clock() + timedelta(hours=1))
    clock.advance(seconds=3_601)

    assert await not_refused_with(every, key, 401, "invalid_api_key", "invalid_token") == []


async def test_nothing_opens_with_a_key_that_was_revoked(
    door: Doorstep, every: EveryOperation, store: FakeStore
) -> None:
    key = await key_at(door, *SCOPES)
    [made] = store.rows.of(door.organization_id).api_keys.values()
    await door.bus.execute(
        RevokeApiKey(caller=the_operator(door.organization_id), api_key_id=made.id)
    )

    assert await not_refused_with(every, key, 401, "invalid_api_key", "invalid_token") == []


async def test_nothing_opens_with_a_key_used_from_a_foreign_address(
    door: Doorstep, every: EveryOperation
) -> None:
    key = await key_at(door, *SCOPES, networks=("192.0.2.0/24",))

    assert await not_refused_with(every, key, 403, "address_not_allowed") == []


async def test_nothing_opens_with_a_token_that_has_expired(
    door: Doorstep, every: EveryOperation, clock: FakeClock
) -> None:
    await door.hire("owner@example.com", Role.OWNER)
    token = (await door.sign_in("owner@example.com"))["access_token"]
    clock.advance(seconds=3_601)

    assert await not_refused_with(every, bearer(token), 401, "invalid_token", "token_expired") == []


async def test_nothing_opens_with_a_token_for_refreshing(
    door: Doorstep, every: EveryOperation
) -> None:
    await door.hire("owner@example.com", Role.OWNER)
    token = (await door.sign_in("owner@example.com"))["refresh_token"]

    assert await not_refused_with(every, bearer(token), 401, "invalid_token") == []


async def test_nothing_opens_with_the_token_of_somebody_who_was_let_go(
    door: Doorstep, every: EveryOperation
) -> None:
    await door.hire("owner@example.com", Role.OWNER)
    gone = await door.hire("gone@example.com", Role.ADMIN)
    owner = (await door.sign_in("owner@example.com"))["access_token"]
    token = (await door.sign_in("gone@example.com"))["access_token"]
    status, _ = await door.ask("DELETE", f"/api/v1/users/{gone.id}", token=owner)

    refused = await not_refused_with(every, bearer(token), 401, "session_ended")

    assert status == 204
    assert refused == []
