"""People who sign in, over the fake storage, SQLite in a file, and a real PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from core.domain.account import Role, User
from tests.contract.conftest import url
from tests.fakes.moment import FakeClock, FakeIds
from tests.integration.api.doorstep import Doorstep, a_doorstep, opened

__all__ = ["url"]


@pytest.fixture
async def doorstep(url: str, clock: FakeClock, new_id: FakeIds) -> AsyncIterator[Doorstep]:
    storage = await opened(url, clock, new_id)
    async with a_doorstep(storage, clock) as doorstep:
        yield doorstep
    await storage.close()


@pytest.fixture
async def engineer(doorstep: Doorstep) -> User:
    """As in the first example of the documents."""
    return await doorstep.hire("engineer@example.com", Role.ENGINEER)
