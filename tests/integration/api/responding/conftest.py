"""A client of `/api/v1` before a server over a real database, with two people in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.moment import FakeClock, FakeIds
from tests.integration.api.checks.incident_io import Ground, ground


@pytest.fixture
async def api(tmp_path: Path, clock: FakeClock, new_id: FakeIds) -> AsyncIterator[Ground]:
    async with ground("sqlite", tmp_path, clock, new_id) as made:
        yield made
