"""What is another organisation's is not there: not by its path, in a body, or in a list."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.api.openapi.parameters import template
from bot.api.operations import Access, Operation
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doorstep import Doorstep, a_doorstep
from tests.integration.api.every_operation import EveryOperation, collection, filled
from tests.integration.api.possessions import (
    MAKERS,
    NAMED,
    SHARED,
    Household,
    household,
    naming,
    newcomer,
)


@pytest.fixture
async def door(store: FakeStore, clock: FakeClock) -> AsyncIterator[Doorstep]:
    async with a_doorstep(store, clock) as door:
        yield door


@pytest.fixture
async def theirs(door: Doorstep) -> Household:
    return await household(door, "theirs")


@pytest.fixture
async def ours(door: Doorstep, theirs: Household) -> Household:
    return await newcomer(door, "ours")


@pytest.fixture
def every(door: Doorstep) -> EveryOperation:
    return EveryOperation(door.client)


def with_credentials(every: EveryOperation) -> list[Operation]:
    return [one for one in every if one.needs is not Access.PUBLIC]


def test_every_path_that_names_a_thing_has_somebody_who_makes_one(every: EveryOperation) -> None:
    """Whoever adds such a path adds a line to the makers, or the next tests would pass it by."""
    places = {place for one in every if (place := collection(one.path))}

    assert places - set(MAKERS) - set(SHARED) == set()


async def test_whoever_has_these_things_finds_them(
    every: EveryOperation, theirs: Household
) -> None:
    """Otherwise the next tests would find nothing for another reason."""
    missing = []

    for operation in every:
        if operation.method == "GET" and collection(operation.path):
            answered = await every.ask(operation, theirs.headers, ids=theirs.ids.__getitem__)
            if answered.status not in (200, 204):
                missing.append(f"{operation.name}: {answered.text[:150]}")

    assert missing == []


async def test_a_path_with_their_id_is_not_found_and_nothing_of_theirs_changes(
    every: EveryOperation, theirs: Household, ours: Household, store: FakeStore
) -> None:
    before = store.rows.of(theirs.organization_id).copied()
    wrong = []

    for operation in with_credentials(every):
        place = collection(operation.path)
        if place and place not in SHARED:
            answered = await every.ask(operation, ours.headers, ids=theirs.ids.__getitem__)
            if answered.status != 404:
                wrong.append(f"{operation.name}: {answered.status} {answered.text[:150]}")

    assert wrong == []
    assert store.rows.of(theirs.organization_id) == before


async def test_no_list_shows_anything_of_theirs(
    every: EveryOperation, theirs: Household, ours: Household
) -> None:
    secrets = foreign(theirs)
    leaks = []

    for operation in with_credentials(every):
        if not collection(operation.path) and not changes_who_we_are(operation):
            answered = await every.ask(operation, ours.headers)
            leaks += [f"{operation.name}: {id}" for id in secrets if id in answered.text]

    assert leaks == []


async def test_no_parameter_of_a_list_lets_anything_of_theirs_through(
    every: EveryOperation, theirs: Household, ours: Household, door: Doorstep
) -> None:
    secrets = foreign(theirs)
    leaks, tried = [], 0

    for operation in with_credentials(every):
        for name, id in parameters(operation, theirs.ids).items():
            path = f"{filled(operation.path, lambda _: 'nothing')}?{urlencode({name: id})}"
            async with door.client.get(path, headers=ours.headers) as answer:
                text = await answer.text()
            tried += 1
            leaks += [f"{path}: {other}" for other in secrets - {id} if other in text]

    assert leaks == []
    assert tried > 5


async def test_no_body_that_names_something_of_theirs_ties_it_to_us(
    every: EveryOperation, theirs: Household, door: Doorstep, store: FakeStore
) -> None:
    ours = await household(door, "ours")
    secrets, tied = foreign(theirs), []
    before = store.rows.of(theirs.organization_id).copied()

    for operation in with_credentials(every):
        example = every.example(operation)
        body = naming(example, theirs.ids)
        if body != example:
            await every.ask(operation, ours.headers, ids=ours.ids.__getitem__, body=body)
            kept = repr(store.rows.of(ours.organization_id))
            tied += [f"{operation.name}: {id}" for id in secrets if f"'{id}'" in kept]

    assert tied == []
    assert store.rows.of(theirs.organization_id) == before


def foreign(theirs: Household) -> set[str]:
    return {id for place, id in theirs.ids.items() if place not in SHARED}


def changes_who_we_are(operation: Operation) -> bool:
    """After these the next request would be refused for that reason alone."""
    return operation.name in {"logout", "change_password"}


def parameters(operation: Operation, ids: Mapping[str, str]) -> dict[str, str]:
    """Parameters of a list that name a thing, by the name they are sent under."""
    if operation.query is None or operation.method != "GET":
        return {}
    fields: dict[str, Any] = dict(operation.query.model_fields)
    sent = {field.alias or name for name, field in fields.items()}
    return {name: ids[NAMED[plain(name)]] for name in sent if NAMED.get(plain(name)) in ids}


def plain(name: str) -> str:
    """`incident_id[one_of]` as `incident_id`."""
    return template(name).partition("[")[0]
