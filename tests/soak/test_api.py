"""The API under strange requests for half an hour rather than seconds."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.acceptance.schemathesis_campaign import a_server, campaign
from tests.contract.conftest import FAKE
from tests.fakes.moment import FakeClock
from tests.integration.api.fuzzing import Target, target
from tests.integration.api.test_fuzzed_bodies import SHARED, try_one

BODIES, STORED_BODIES = 10_000, 3_000
REQUESTS = 60
"""So many schemathesis makes of each operation in each phase."""

pytestmark = pytest.mark.soak


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A line for each refusal would hide whatever else is said."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest.fixture
async def fake(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Target]:
    async with target(FAKE, tmp_path, clock) as made:
        yield made


@pytest.fixture
async def sqlite(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Target]:
    async with target("sqlite", tmp_path, clock) as made:
        yield made


@settings(SHARED, max_examples=BODIES)
@given(data=st.data())
async def test_many_strange_bodies(fake: Target, data: st.DataObject) -> None:
    await try_one(fake, data)


@settings(SHARED, max_examples=STORED_BODIES)
@given(data=st.data())
async def test_many_strange_bodies_before_a_database(sqlite: Target, data: st.DataObject) -> None:
    await try_one(sqlite, data)


async def test_a_long_campaign_of_schemathesis(tmp_path: Path) -> None:
    async with a_server(tmp_path) as tocsin:
        verdict = await campaign(
            tocsin, phases="examples,coverage,fuzzing,stateful", examples=REQUESTS
        )

    assert verdict.passed, verdict.output
    assert verdict.still_signed_in, "From somewhere on every request was answered 401."
