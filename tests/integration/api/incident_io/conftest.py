"""A client of incident.io's over the fake store and over a real database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.conftest import migrated_file
from tests.fakes.moment import FakeClock, FakeIds
from tests.integration.api.checks.incident_io import STORES, Ground, ground

__all__ = ["migrated_file"]


@pytest.fixture(params=STORES)
async def io(
    request: pytest.FixtureRequest,
    migrated_file: Path,
    tmp_path: Path,
    clock: FakeClock,
    new_id: FakeIds,
) -> AsyncIterator[Ground]:
    async with ground(request.param, migrated_file, tmp_path, clock, new_id) as made:
        yield made
