"""Keys and what is shown of them."""

import pytest

from bot.credentials import new_api_key, shown_prefix
from core.domain.account import Dialect


@pytest.mark.parametrize("dialect", Dialect)
def test_two_keys_of_a_dialect_can_be_told_apart_by_what_is_shown(dialect: Dialect) -> None:
    shown = {shown_prefix(new_api_key(dialect)) for _ in range(20)}

    assert len(shown) > 15


def test_no_more_of_a_key_is_shown_when_chance_put_an_underscore_into_it() -> None:
    assert shown_prefix("ok_MyXqVgo3m_NTwCKG8tIOpWzl-eAwT5WC9SPaYI_0mHk") == "ok_MyXqVgo3m"


@pytest.mark.parametrize("dialect", Dialect)
def test_little_of_a_key_is_shown(dialect: Dialect) -> None:
    key = new_api_key(dialect)

    assert len(key) - len(shown_prefix(key)) >= 30
