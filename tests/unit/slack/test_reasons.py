"""Why a message is kept, held against what Slack says of it now."""

from typing import Any

import pytest

from bot.slack.timeline.reasons import PIN, reaction_of, still_holds

MARKED = {"reactions": [{"name": "star::skin-tone-2", "users": ["U1"], "count": 1}]}
CROWDED = {"reactions": [{"name": "star", "users": ["U1"], "count": 60}]}


@pytest.mark.parametrize(
    ("message", "why", "holds"),
    [
        ({"pinned_to": ["C1"]}, PIN, True),
        ({"pinned_to": ["C2"]}, PIN, False),
        ({}, PIN, False),
        (MARKED, reaction_of("star::skin-tone-2", "U1"), True),
        (MARKED, reaction_of("star::skin-tone-2", "U2"), False),
        (MARKED, reaction_of("star", "U1"), False),
        (CROWDED, reaction_of("star", "U2"), True),
        ({}, reaction_of("star", "U1"), False),
        ({}, "hand:U1", True),
    ],
)
def test_a_reason_holds_as_long_as_the_message_says_so(
    message: dict[str, Any], why: str, holds: bool
) -> None:
    assert still_holds(message, "C1", why) is holds
