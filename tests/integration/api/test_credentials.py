"""Every operation, tried with each credential that must not open it."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.api.operations import Access, Operation
from bot.credentials import new_api_key
from core.commands import RevokeApiKey
from core.domain.account import Dialect, Role
from core.domain.actor import Permission
from core.permissions import ROLES
from core.scopes import SCOPES, granted
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.integration.api.doors import api_key, bearer
from tests.integration.api.doorstep import Doorstep, a_doorstep
from tests.integration.api.every_operation import Answered, EveryOperation

PUBLIC = {
    "login",
    "register",
    "refresh_tokens",
    "request_password_reset",
    "confirm_password_reset",
    "accept_invitation",
}
"""What strangers may ask: how to become somebody, and nothing else."""

SOURCES = {"send_event", "alert_events_v2_create_http"}
"""What alert sources ask, with a token of their own or a key with `events:write`."""

ABOUT_ONESELF = {"get_profile", "get_own_user", "update_own_user", "logout", "change_password"}
"""What a key cannot ask, because it is nobody: these are for people who signed in."""

ANY_CREDENTIAL = {"utilities_v1_identity", "search", "search_alias"}
"""What every key may ask; the search finds what the key may read."""

READ_ONLY = tuple(sorted(scope for scope in SCOPES if scope.endswith(":read")))
OPEN_TO_READERS_THOUGH_UNSAFE = {"search", "search_alias"}
"""A POST that changes nothing, because a question may be a page long."""


@pytest.fixture
async def door(store: FakeStore, clock: FakeClock) -> AsyncIterator[Doorstep]:
    async with a_doorstep(store, clock) as door:
        yield door


@pytest.fixture
def every(door: Doorstep) -> EveryOperation:
    return EveryOperation(door.client)


async def a_key(door: Doorstep, *scopes: str, **details: Any) -> Mapping[str, str]:
    return bearer(await api_key(door.bus, door.organization_id, scopes=scopes, **details))


async def not_refused_with(
    every: EveryOperation, headers: Mapping[str, str], status: int, *codes: str
) -> list[str]:
    """What is not public and answers otherwise."""
    found = []
    for operation in every:
        if operation.name not in PUBLIC:
            answered = await every.ask(operation, headers)
            if answered.status != status or answered.code not in codes:
                found.append(_told(operation, answered))
    return found


def _told(operation: Operation, answered: Answered) -> str:
    return f"{operation.name}: {answered.status} {answered.text[:120]}"


def test_strangers_may_ask_for_nothing_but_this(every: EveryOperation) -> None:
    assert {one.name for one in every if one.needs is Access.PUBLIC} == PUBLIC
    assert {one.name for one in every if one.needs is Access.SOURCE} == SOURCES
    assert {one.name for one in every if one.needs is Access.ANYONE} == (
        ABOUT_ONESELF | ANY_CREDENTIAL
    )


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
    key = await a_key(door, *SCOPES, expires_at=clock() + timedelta(hours=1))
    clock.advance(seconds=3_601)

    assert await not_refused_with(every, key, 401, "invalid_api_key", "invalid_token") == []


async def test_nothing_opens_with_a_key_that_was_revoked(
    door: Doorstep, every: EveryOperation, store: FakeStore
) -> None:
    key = await a_key(door, *SCOPES)
    [made] = store.rows.of(door.organization_id).api_keys.values()
    await door.bus.execute(
        RevokeApiKey(caller=the_operator(door.organization_id), api_key_id=made.id)
    )

    assert await not_refused_with(every, key, 401, "invalid_api_key", "invalid_token") == []


async def test_nothing_opens_with_a_key_used_from_a_foreign_address(
    door: Doorstep, every: EveryOperation
) -> None:
    key = await a_key(door, *SCOPES, networks=("192.0.2.0/24",))

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


async def test_a_key_that_only_reads_changes_nothing(
    door: Doorstep, every: EveryOperation, store: FakeStore
) -> None:
    key = await a_key(door, *READ_ONLY)
    before = store.rows.commits
    opened = set()

    for operation in every:
        if operation.unsafe and operation.name not in PUBLIC:
            answered = await every.ask(operation, key)
            if answered.status not in (401, 403):
                opened.add(operation.name)

    assert opened == OPEN_TO_READERS_THOUGH_UNSAFE
    assert store.rows.commits == before


async def test_a_key_that_only_reads_reads_everything_that_scopes_can_open(
    door: Doorstep, every: EveryOperation
) -> None:
    key = await a_key(door, *READ_ONLY)
    may = granted(READ_ONLY)
    refused = []

    for operation in every:
        if not operation.unsafe and operation.needs in may:
            answered = await every.ask(operation, key)
            if answered.status in (401, 403):
                refused.append(_told(operation, answered))

    assert refused == []


async def test_all_other_scopes_together_do_not_make_up_for_the_one(
    door: Doorstep, every: EveryOperation
) -> None:
    wrong = []

    for needed in {one.needs for one in every if isinstance(one.needs, Permission)}:
        others = sorted(scope for scope in SCOPES if needed not in granted([scope]))
        key = await a_key(door, *others)
        for operation in every:
            if operation.needs is needed:
                answered = await every.ask(operation, key)
                if answered.status != 403 or answered.code != "insufficient_scope":
                    wrong.append(_told(operation, answered))

    assert wrong == []


async def test_a_source_needs_the_scope_for_events(door: Doorstep, every: EveryOperation) -> None:
    key = await a_key(door, *(scope for scope in SCOPES if scope != "events:write"))

    answers = {name: await every.ask(every.named(name), key) for name in SOURCES}

    assert {name: answered.status for name, answered in answers.items()} == dict.fromkeys(
        SOURCES, 403
    )


async def test_a_key_is_nobody(door: Doorstep, every: EveryOperation) -> None:
    key = await a_key(door, *SCOPES)

    answers = {name: await every.ask(every.named(name), key) for name in ABOUT_ONESELF}

    assert {name: answered.status for name, answered in answers.items()} == dict.fromkeys(
        ABOUT_ONESELF, 403
    )


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_opens_what_it_is_for_and_nothing_else(
    door: Doorstep, every: EveryOperation, role: Role
) -> None:
    await door.hire("jane@example.com", role)
    token = bearer((await door.sign_in("jane@example.com"))["access_token"])
    wrong = []

    for operation in every:
        if isinstance(operation.needs, Permission):
            answered = await every.ask(operation, token)
            lacking = answered.status == 403 and answered.code == "insufficient_role"
            if lacking == (operation.needs in ROLES[role]):
                wrong.append(_told(operation, answered))

    assert wrong == []
