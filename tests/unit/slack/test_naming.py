"""Names for channels, within Slack's rules."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.naming import MAX_NAME, channel_names

THEN = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Checkout errors", "inc-20261120-checkout-errors"),
        ("Zahlungen für Ærø: größer!", "inc-20261120-zahlungen-fur-aero-grosser"),
        ("支払い", "inc-20261120-inc-7"),
        ("<!channel> & @here", "inc-20261120-channel-here"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert next(channel_names(title, "INC-7", THEN)) == name


def test_a_collision_is_numbered() -> None:
    names = [*channel_names("Checkout", "INC-7", THEN)]

    assert names[1:3] == ["inc-20261120-checkout-2", "inc-20261120-checkout-3"]
    assert names[-1] == "inc-20261120-checkout-inc-7"


@given(st.text())
def test_every_name_is_one_that_slack_takes(title: str) -> None:
    names = [*channel_names(title, "INC-7", THEN)]

    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", name) for name in names)
    assert all(len(name) <= MAX_NAME for name in names)
    assert len(set(names)) == len(names)
