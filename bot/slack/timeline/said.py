"""A message as Slack has it, and as a form remembers it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.slack.said import written_in
from bot.slack.text import units

MOST_REMEMBERED, MOST_FILES, MOST_CALLED = 1_800, 500, 200
"""Of a message, as it is packed: Slack takes 3,000 of all that a form remembers."""

_BROKEN_OFF = re.compile(r"(<[^<>]*|&[a-z]{0,3})$")


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
            "text": _shortened(self.text, MOST_REMEMBERED),
            "user": self.user_id,
            "bot": self.bot_id,
            "called": _shortened(self.called, MOST_CALLED),
            "files": _shortened("\n".join(self.files), MOST_FILES),
        }


def _shortened(text: str, limit: int) -> str:
    """As much as fits, and no half of what Slack writes as one: a mention, a link, an escape."""
    if _packed_units(text) <= limit:
        return text
    least, most = 0, min(len(text), limit)
    while least < most:
        middle = (least + most + 1) // 2
        fits = _packed_units(text[:middle]) < limit
        least, most = (middle, most) if fits else (least, middle - 1)
    return _BROKEN_OFF.sub("", text[:least]) + "…"


def _packed_units(text: str) -> int:
    return units(json.dumps(text, ensure_ascii=False)) - 2


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
        text=written_in(message),
        user_id=str(message.get("user") or ""),
        bot_id=str(message.get("bot_id") or ""),
        called=str(message.get("username") or (message.get("bot_profile") or {}).get("name") or ""),
        files=tuple(name for name in files if name),
    )
