"""A stage for each test, and a referee who looks at all of it afterwards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.slack.stage import Stage, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as stage:
        yield stage
        assert await stage.whistles() == []
