"""Why a message is kept, and whether Slack still says so of it."""

from collections.abc import Mapping
from typing import Any

PIN = "pin"
_REACTION = "reaction"


def reaction_of(name: str, user_id: str) -> str:
    """Somebody reacted so."""
    return f"{_REACTION}:{name}:{user_id}"


def still_holds(message: Mapping[str, Any], channel: str, why: str) -> bool:
    """Whether nobody has taken it back, by what the message itself says now."""
    if why == PIN:
        return channel in (message.get("pinned_to") or ())
    kind, _, rest = why.partition(":")
    if kind != _REACTION:
        return True
    name, _, user = rest.rpartition(":")
    marks = (one for one in message.get("reactions") or () if one.get("name") == name)
    return any(_is_from(one, user) for one in marks)


def _is_from(reaction: Mapping[str, Any], user: str) -> bool:
    """Of many people Slack counts all and names only some."""
    users = reaction.get("users") or ()
    return user in users or int(reaction.get("count") or 0) > len(users)
