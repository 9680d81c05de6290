"""No body makes a fault of ours, and one that is refused leaves no trace."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.conftest import FAKE
from tests.fakes.moment import FakeClock
from tests.integration.api.fuzzed import anything, near
from tests.integration.api.fuzzing import Target, target

SHARED = settings(
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
"""One server takes all bodies: what one of them left may be the undoing of the next, and what is
found is not found again by its body alone."""


@pytest.fixture
async def fake(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Target]:
    async with target(FAKE, tmp_path, clock) as made:
        yield made


@pytest.fixture
async def sqlite(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Target]:
    async with target("sqlite", tmp_path, clock) as made:
        yield made


@settings(SHARED, max_examples=400)
@given(data=st.data())
async def test_a_body_that_is_nearly_right_is_taken_or_refused_whole(
    fake: Target, data: st.DataObject
) -> None:
    await try_one(fake, data)


@settings(SHARED, max_examples=100)
@given(data=st.data())
async def test_a_database_keeps_nothing_of_what_was_refused(
    sqlite: Target, data: st.DataObject
) -> None:
    await try_one(sqlite, data)


@settings(SHARED, max_examples=100)
@given(data=st.data())
async def test_a_body_that_is_nothing_like_it_is_refused(fake: Target, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(fake.operations()), label="operation")
    body = data.draw(anything(), label="body")

    assert await fake.flaws(name, body) == []


async def try_one(target: Target, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(target.operations()), label="operation")
    body = data.draw(st.sampled_from(target.bodies(name)).flatmap(near), label="body")

    assert await target.flaws(name, body) == []
