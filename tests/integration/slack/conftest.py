"""A stage for each test; the sandbox's referee judges all of it when the curtain falls."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.integration.slack.stage import Stage, staged
from tests.integration.slack.surfaces import overheard, said_of


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as stage:
        yield stage


@pytest.fixture(autouse=True)
def truly_reached(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """What the table says of a conversation is held against it when it is over."""
    said = said_of(f"{request.path.name}::{request.node.originalname}")
    if not said:
        yield
        return
    heard = overheard(monkeypatch)
    yield
    assert sorted(said - heard.reached) == []
