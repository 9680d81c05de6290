"""Keeps the parsed modules while these tests run, and lets go of them when the last is over."""

import gc
from collections.abc import Iterator

import pytest

from tests.architecture.repository import parse


@pytest.fixture(scope="package", autouse=True)
def parsed_modules() -> Iterator[None]:
    """They are half a gigabyte in millions of pieces, none of them garbage: the collector would go
    through them again and again, here and in every test after these."""
    gc.disable()
    yield
    parse.cache_clear()
    gc.enable()
