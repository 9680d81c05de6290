"""Every operation opens to the scope and the roles that it is for, and to no other."""

from collections.abc import AsyncIterator

import pytest

from bot.api.operations import Access
from core.domain.account import Role
from core.domain.actor import Permission
from core.permissions import ROLES
from core.scopes import SCOPES, granted
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doors import bearer
from tests.integration.api.doorstep import Doorstep, a_doorstep
from tests.integration.api.every_operation import EveryOperation, key_at, told

ABOUT_ONESELF = {"get_profile", "get_own_user", "update_own_user", "logout", "change_password"}
"""What a key cannot ask, because it is nobody: these are for people who signed in."""

ANY_CREDENTIAL = {"utilities_v1_identity", "search", "search_alias", "search_suggestions"}
"""What every key may ask; the search finds what the key may read."""

READ_ONLY = tuple(sorted(scope for scope in SCOPES if scope.endswith(":read")))
OPEN_TO_READERS_THOUGH_UNSAFE = {"try_routing_rules", "search", "search_alias"}
"""A POST that changes nothing, because a question may be a page long."""


@pytest.fixture
async def door(store: FakeStore, clock: FakeClock) -> AsyncIterator[Doorstep]:
    async with a_doorstep(store, clock) as door:
        yield door


@pytest.fixture
def every(door: Doorstep) -> EveryOperation:
    return EveryOperation(door.client)


def test_what_needs_no_permission_is_known(every: EveryOperation) -> None:
    assert {one.name for one in every if one.needs is Access.ANYONE} == (
        ABOUT_ONESELF | ANY_CREDENTIAL
    )


async def test_a_key_that_only_reads_changes_nothing(
    door: Doorstep, every: EveryOperation, store: FakeStore
) -> None:
    key = await key_at(door, *READ_ONLY)
    before = store.rows.commits
    opened = set()

    for operation in every:
        if operation.unsafe and not operation.public:
            answered = await every.ask(operation, key)
            if answered.status not in (401, 403):
                opened.add(operation.name)

    assert opened == OPEN_TO_READERS_THOUGH_UNSAFE
    assert store.rows.commits == before


async def test_a_key_that_only_reads_reads_everything_that_scopes_can_open(
    door: Doorstep, every: EveryOperation
) -> None:
    key = await key_at(door, *READ_ONLY)
    may = granted(READ_ONLY)
    refused = []

    for operation in every:
        if not operation.unsafe and operation.needs in may:
            answered = await every.ask(operation, key)
            if answered.status in (401, 403):
                refused.append(told(operation, answered))

    assert refused == []


async def test_all_other_scopes_together_do_not_make_up_for_the_one(
    door: Doorstep, every: EveryOperation
) -> None:
    wrong = []

    for needed in {one.needs for one in every if isinstance(one.needs, Permission)}:
        others = sorted(scope for scope in SCOPES if needed not in granted([scope]))
        key = await key_at(door, *others)
        for operation in every:
            if operation.needs is needed:
                answered = await every.ask(operation, key)
                if answered.status != 403 or answered.code != "insufficient_scope":
                    wrong.append(told(operation, answered))

    assert wrong == []


async def test_a_source_needs_the_scope_for_events(door: Doorstep, every: EveryOperation) -> None:
    key = await key_at(door, *(scope for scope in SCOPES if scope != "events:write"))

    answers = {one.name: await every.ask(one, key) for one in every if one.needs is Access.SOURCE}

    assert answers
    assert {answered.status for answered in answers.values()} == {403}


async def test_a_calendar_needs_the_scope_for_maintenance(
    door: Doorstep, every: EveryOperation
) -> None:
    calendar = every.named("read_calendar")
    may = {scope: Permission.READ_MAINTENANCES in granted([scope]) for scope in SCOPES}

    answers = {scope: await every.ask(calendar, await key_at(door, scope)) for scope in SCOPES}

    assert {scope: answered.status == 200 for scope, answered in answers.items()} == may
    assert {answered.status for answered in answers.values()} == {200, 403}


async def test_a_key_is_nobody(door: Doorstep, every: EveryOperation) -> None:
    key = await key_at(door, *SCOPES)

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
                wrong.append(told(operation, answered))

    assert wrong == []
