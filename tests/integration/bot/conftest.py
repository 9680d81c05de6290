"""A folder of its own for every program that is started."""

from pathlib import Path

import pytest

from tests.integration.bot.program import Program


@pytest.fixture
def tocsin(tmp_path: Path) -> Program:
    return Program(tmp_path)
