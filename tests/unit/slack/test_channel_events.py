"""What Slack tells of channels, in all the shapes it has for it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.channel_events import READERS, Heard, heard_in
from core.domain.channel_fate import ChannelFate
from core.domain.ids import ChannelId

BOT, C1 = "U0BOT", ChannelId("C1")


@pytest.mark.parametrize(
    ("event", "heard"),
    [
        (
            {"type": "channel_rename", "channel": {"id": "C1", "name": "war-room"}},
            Heard(channel_id=C1, fate=ChannelFate.RENAMED, name="war-room"),
        ),
        (
            {"type": "channel_archive", "channel": "C1", "user": "U1"},
            Heard(channel_id=C1, fate=ChannelFate.ARCHIVED, member="U1"),
        ),
        (
            {"type": "group_unarchive", "channel": "C1", "actor_id": "U1"},
            Heard(channel_id=C1, fate=ChannelFate.UNARCHIVED, member="U1"),
        ),
        (
            {"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C2"},
            Heard(channel_id=C1, fate=ChannelFate.MOVED, moved_to=ChannelId("C2")),
        ),
        (
            {"type": "member_left_channel", "channel": "C1", "user": BOT},
            Heard(channel_id=C1, fate=ChannelFate.LOST),
        ),
        (
            {"type": "message", "subtype": "channel_convert_to_private", "channel": "C1"},
            Heard(channel_id=C1, fate=ChannelFate.MADE_PRIVATE),
        ),
        ({"type": "member_left_channel", "channel": "C1", "user": "U1"}, None),
        ({"type": "channel_id_changed", "old_channel_id": "C1"}, None),
        ({"type": "channel_rename", "channel": "C1"}, None),
        ({"type": "channel_archive"}, None),
        ({"type": "team_join"}, None),
    ],
)
def test_an_event_says_what_befell_which_channel(
    event: dict[str, Any], heard: Heard | None
) -> None:
    assert heard_in(event, BOT) == heard


ODD = st.none() | st.text() | st.integers() | st.dictionaries(st.text(), st.text())


@given(
    kind=st.sampled_from(sorted(READERS)),
    parts=st.dictionaries(
        st.sampled_from(["channel", "user", "actor_id", "old_channel_id", "new_channel_id"]), ODD
    ),
)
def test_events_of_any_shape_are_read_or_passed_over(kind: str, parts: dict[str, Any]) -> None:
    heard = heard_in({"type": kind, **parts}, BOT)

    assert heard is None or heard.channel_id
