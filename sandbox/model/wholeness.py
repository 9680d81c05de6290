"""Whether all that the parts of a workspace name of each other is there."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.model.messages import Message

MESSAGE_TIME = re.compile(r"[0-9]{1,12}\.[0-9]{6}")


def require_whole(parts: Mapping[str, Any], messages: Sequence[Message]) -> None:
    """`ValueError` names what stands for something that is not there."""
    _require(parts["users"], "users", {"team.bot_user_id": [parts["team"].bot_user_id]})
    people = {f"channels.{one.id}.members": one.members for one in parts["channels"].values()}
    _require(parts["users"], "users", people)
    _require(
        parts["views"], "views", {f"stacks.{who}": one for who, one in parts["stacks"].items()}
    )
    _require(parts["views"], "views", {"homes": parts["homes"].values()})
    for index, message in enumerate(messages):
        place = f"messages[{index}]"
        if not MESSAGE_TIME.fullmatch(message.ts):
            raise ValueError(f"{place}.ts is a time such as 1700000000.000100")
        _require(parts["channels"], "channels", {f"{place}.channel": [message.channel]})
        _require(parts["files"], "files", {f"{place}.files": message.files})


def _require(table: Mapping[str, Any], name: str, used: Mapping[str, Any]) -> None:
    for where, ids in used.items():
        for one in ids:
            if one not in table:
                raise ValueError(f"{where} names {one or 'nobody'}, which is not among the {name}")
