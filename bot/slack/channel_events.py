"""What Slack tells of a channel, as far as it concerns the incident whose channel it is; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from core.domain.channel_fate import ChannelFate
from core.domain.ids import ChannelId

Event: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """`member` is who did it in Slack, where Slack says that; `name` what it is called now."""

    channel_id: ChannelId
    fate: ChannelFate
    member: str = ""
    name: str = ""
    moved_to: ChannelId | None = None


def heard_in(event: Event, bot_user_id: str) -> Heard | None:
    """None where it is about somebody else, or says too little."""
    kind = str(event.get("subtype") or event.get("type") or "")
    read = READERS.get(kind)
    heard = read(event) if read else None
    others = kind in MEMBERSHIP and event.get("user") != bot_user_id
    return None if heard is None or others or not heard.channel_id else heard


def _renamed(event: Event) -> Heard | None:
    channel = event.get("channel")
    if not isinstance(channel, Mapping):
        return None
    return Heard(
        channel_id=ChannelId(str(channel.get("id") or "")),
        fate=ChannelFate.RENAMED,
        name=str(channel.get("name") or ""),
    )


def _moved(event: Event) -> Heard | None:
    old, new = str(event.get("old_channel_id") or ""), str(event.get("new_channel_id") or "")
    if not new:
        return None
    return Heard(channel_id=ChannelId(old), fate=ChannelFate.MOVED, moved_to=ChannelId(new))


def _plainly(fate: ChannelFate) -> Callable[[Event], Heard | None]:
    def read(event: Event) -> Heard:
        # Slack names whoever did it differently for private channels.
        member = event.get("user") or event.get("actor_id") or ""
        return Heard(channel_id=_channel(event), fate=fate, member=str(member))

    return read


def _by_nobody(fate: ChannelFate) -> Callable[[Event], Heard | None]:
    """Whoever is named is not who did it."""
    return lambda event: Heard(channel_id=_channel(event), fate=fate)


def _channel(event: Event) -> ChannelId:
    channel = event.get("channel")
    return ChannelId(channel if isinstance(channel, str) else "")


CONVERTED = ("channel_convert_to_private", "channel_convert_to_public")
"""Subtypes of messages: of these Slack has no event of their own."""

READERS: Mapping[str, Callable[[Event], Heard | None]] = {
    "channel_archive": _plainly(ChannelFate.ARCHIVED),
    "channel_deleted": _plainly(ChannelFate.DELETED),
    "channel_id_changed": _moved,
    "channel_left": _by_nobody(ChannelFate.LOST),
    "channel_rename": _renamed,
    "channel_shared": _by_nobody(ChannelFate.SHARED),
    "channel_unarchive": _plainly(ChannelFate.UNARCHIVED),
    "channel_unshared": _by_nobody(ChannelFate.UNSHARED),
    "group_archive": _plainly(ChannelFate.ARCHIVED),
    "group_deleted": _plainly(ChannelFate.DELETED),
    "group_left": _by_nobody(ChannelFate.LOST),
    "group_rename": _renamed,
    "group_unarchive": _plainly(ChannelFate.UNARCHIVED),
    "member_joined_channel": _by_nobody(ChannelFate.REGAINED),
    "member_left_channel": _by_nobody(ChannelFate.LOST),
    CONVERTED[0]: _plainly(ChannelFate.MADE_PRIVATE),
    CONVERTED[1]: _plainly(ChannelFate.MADE_PUBLIC),
}
MEMBERSHIP = frozenset({"member_joined_channel", "member_left_channel"})
"""Told of everybody; only Tocsin itself is of concern."""

EVENTS = tuple(kind for kind in READERS if kind not in CONVERTED)
