"""A Redis that is started for each test, and stopped after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.redis import RedisServer


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()
