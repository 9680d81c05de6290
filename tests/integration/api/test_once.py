"""A request that comes again under its idempotency key: the same answer, and nothing done twice."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.api.operations import Access, Operation
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doorstep import Doorstep, a_doorstep
from tests.integration.api.every_operation import EveryOperation, told
from tests.integration.api.possessions import household, naming

ELSEWHERE: Mapping[str, str] = {
    "logout": "the session that would answer is over",
    "change_password": "takes the password of the person, who has tests of their own",
    "split_alert": "takes a second alert in the incident; tests of alerts do it twice",
}
"""Operations that are held to it elsewhere, or cannot be, and why."""
NAME = {"name": "Another"}
OTHERS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(
        ("create_service", "severities_v1_create", "incident_statuses_v1_create",
         "custom_fields_v2_create", "create_metric", "create_heartbeat"),
        NAME,
    ),
    "incident_roles_v2_create": {"name": "Another", "shortform": "another"},
    "custom_field_options_v1_create": {"value": "Another"},
    "create_user": {"email": "another@example.com"},
    "create_invitation": {"email": "another@example.com"},
    "update_maintenance": {"scheduled_end_at": "2030-02-05T05:00:00Z"},
    "maintenance_windows_v1_update": {
        "start_at": "2031-01-01T10:00:00Z",
        "end_at": "2031-01-01T12:00:00Z",
    },
}  # fmt: skip
"""What is sent instead of an example's words where the house has such a thing already."""
BEFORE: Mapping[str, str] = {
    "complete_maintenance": "start_maintenance",
    "withdraw_calendar_feed": "open_calendar_feed",
}
"""What has to happen first, where the house is not yet as an operation takes it."""
ONCE_ONLY = {"api_key", "token", "url", "secret"}
"""What only the first answer tells."""


@pytest.fixture
async def door(store: FakeStore, clock: FakeClock) -> AsyncIterator[Doorstep]:
    async with a_doorstep(store, clock) as door:
        yield door


@pytest.fixture
def every(door: Doorstep) -> EveryOperation:
    return EveryOperation(door.client)


def kept_once(every: EveryOperation) -> list[Operation]:
    """Those that are refused without an account of their own, or ask, are left out."""
    return [
        one
        for one in every
        if one.unsafe
        and one.needs not in (Access.PUBLIC, Access.SOURCE)
        and "search" not in one.path
        and one.name not in ELSEWHERE
    ]


def told_twice(answer: Any) -> Any:
    match answer:
        case dict():
            return {
                name: told_twice(value) for name, value in answer.items() if name not in ONCE_ONLY
            }
        case list():
            return [told_twice(value) for value in answer]
        case _:
            return answer


async def test_every_change_happens_once_under_its_key(
    every: EveryOperation, door: Doorstep, store: FakeStore
) -> None:
    different, repeated, refused = [], [], []
    house = await household(door, "ours", every)
    furnished = store.rows.of(house.organization_id).copied()
    for operation in kept_once(every):
        store.rows.of_organization[house.organization_id] = furnished.copied()
        store.rows.commits += 1
        headers = {**house.headers, "Idempotency-Key": f"key of {operation.name}"}
        example = every.example(operation)
        if operation.name in BEFORE:
            await house.make(BEFORE[operation.name])
        body = {**naming(example, house.ids), **OTHERS.get(operation.name, {})} if example else None

        first = await every.ask(operation, headers, ids=house.ids.__getitem__, body=body)
        before = repr(store.rows.of(house.organization_id))
        again = await every.ask(operation, headers, ids=house.ids.__getitem__, body=body)

        if first.status >= 300:
            refused.append(told(operation, first))
        elif (again.status, told_twice(again.json)) != (first.status, told_twice(first.json)):
            different.append(told(operation, again))
        elif repr(store.rows.of(house.organization_id)) != before:
            repeated.append(operation.name)

    assert refused == []
    assert different == []
    assert repeated == []


def test_what_is_left_out_is_there(every: EveryOperation) -> None:
    assert ELSEWHERE.keys() <= {operation.name for operation in every}
