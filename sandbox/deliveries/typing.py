"""What Slack makes of what a person types: names become mentions, brackets are escaped."""

import re

from sandbox.model.workspace import Workspace
from sandbox.validation.text import escape

NAME = re.compile(r"(?<![\w&@#/.])([@#])([a-z0-9][a-z0-9._-]*)")
LINK = re.compile(r"https?://[^\s|]+")


def escape_typed(workspace: Workspace, text: str, *, labels: bool) -> str:
    """Escaped text with mentions; commands get labels (`<@U1|bob>`), messages do not."""

    def mention(found: re.Match[str]) -> str:
        sign, name = found.groups()
        trimmed = name.rstrip(".-_")
        rest = name[len(trimmed) :]
        if sign == "#" and (channel := workspace.channel_named(trimmed)):
            return f"<#{channel.id}|{channel.name}>{rest}"
        if sign == "@" and (user := workspace.user_named(trimmed)):
            label = f"|{user.name}" if labels else ""
            return f"<@{user.id}{label}>{rest}"
        if sign == "@" and trimmed in ("here", "channel", "everyone"):
            return f"<!{trimmed}>{rest}"
        return found.group(0)

    linked = LINK.sub(lambda found: f"<{found.group(0)}>", escape(text))
    return NAME.sub(mention, linked)
