"""What may be written after an option."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.cli import words
from core.domain.account import Role


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90d", timedelta(days=90)),
        ("12H", timedelta(hours=12)),
        ("30m", timedelta(minutes=30)),
        ("2w", timedelta(weeks=2)),
    ],
)
def test_a_span_of_time_is_a_number_and_a_unit(written: str, meant: timedelta) -> None:
    assert words.span(written) == meant


def test_scopes_and_roles_may_be_said_as_other_products_do() -> None:
    assert words.scope("write:incidents") == "incidents:write"
    assert words.role("responder") is Role.ENGINEER


@pytest.mark.parametrize(
    ("check", "written"),
    [
        (words.span, "soon"),
        (words.span, "0d"),
        (words.scope, "incidents:eat"),
        (words.source, "smoke-signals"),
        (words.email, "ada"),
        (words.role, "king"),
        (words.slug, "Not A Slug"),
        (words.parcel_id, "forty-two"),
        (words.parcel_id, "-1"),
        (words.parcel_id, "9" * 19),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(check: Callable[[str], object], written: str) -> None:
    with pytest.raises(ArgumentTypeError, match=written):
        check(written)
