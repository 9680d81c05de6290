"""A message as Slack has it, and as a form remembers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

MOST_REMEMBERED = 900
"""Characters of a message that a form remembers: Slack takes 3,000 of all it remembers, and may
have written each of them as several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as Slack has it; `called` is how a bot calls itself."""

    channel_id: str
    ts: str
    text: str
    user_id: str = ""
    bot_id: str = ""
    called: str = ""
    files: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(float(self.ts), UTC)

    def packed(self) -> dict[str, str]:
        """For the memory of a form, which holds only so much."""
        return {
            "channel": self.channel_id,
            "ts": self.ts,
            "text": self.text[:MOST_REMEMBERED],
            "user": self.user_id,
            "bot": self.bot_id,
            "called": self.called[:100],
            "files": "\n".join(self.files)[:300],
        }


def unpacked(shown: Mapping[str, str]) -> Said:
    return Said(
        channel_id=shown["channel"],
        ts=shown["ts"],
        text=shown["text"],
        user_id=shown["user"],
        bot_id=shown["bot"],
        called=shown["called"],
        files=tuple(name for name in shown["files"].splitlines() if name),
    )


def said_in(message: Any, channel: str) -> Said | None:
    """None for what is no message of anybody."""
    ts = str(message.get("ts") or "")
    if not (ts and channel):
        return None
    files = [str(one.get("title") or one.get("name") or "") for one in message.get("files") or ()]
    return Said(
        channel_id=channel,
        ts=ts,
        text=str(message.get("text") or ""),
        user_id=str(message.get("user") or ""),
        bot_id=str(message.get("bot_id") or ""),
        called=str(message.get("username") or (message.get("bot_profile") or {}).get("name") or ""),
        files=tuple(name for name in files if name),
    )
