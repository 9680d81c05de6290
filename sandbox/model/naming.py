"""What channels may be called, for the app and for people alike."""

import re

from sandbox.facts import limits
from sandbox.model.workspace import Workspace

# What Slack answers, with what a person is told.
SENTENCES = {
    "invalid_name_required": "A channel needs a name.",
    "invalid_name_maxlength": f"A channel's name has {limits.CHANNEL_NAME} characters at most.",
    "invalid_name_punctuation": "A channel's name holds a letter or a number.",
    "invalid_name_specials": "A channel's name has a-z, 0-9, - and _ only.",
}


def name_problem(name: str) -> str:
    """Slack's code for what is wrong with a channel's name; nothing when it is proper."""
    if not name:
        return "invalid_name_required"
    if len(name) > limits.CHANNEL_NAME:
        return "invalid_name_maxlength"
    if not re.search(r"\w", name.replace("_", "")):
        return "invalid_name_punctuation"
    return "" if re.fullmatch(r"[a-z0-9_-]+", name) else "invalid_name_specials"


def is_taken(workspace: Workspace, name: str) -> bool:
    """Archived channels keep their names, and user groups have theirs among the channels'."""
    handles = {group.handle for group in workspace.usergroups.values()}
    return workspace.channel_named(name) is not None or name in handles
