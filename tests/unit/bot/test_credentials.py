"""Keys and what is shown of them."""

import pytest

from bot.credentials import new_api_key, shown_prefix
from core.domain.account import Dialect


@pytest.mark.parametrize("dialect", Dialect)
def test_two_keys_of_a_dialect_can_be_told_apart_by_what_is_shown(dialect: Dialect) -> None:
    shown = {shown_prefix(new_api_key(dialect)) for _ in range(20)}

    assert len(shown) > 15


@pytest.mark.parametrize("dialect", Dialect)
def test_little_of_a_key_is_shown(dialect: Dialect) -> None:
    key = new_api_key(dialect)

    assert len(key) - len(shown_prefix(key)) >= 30
