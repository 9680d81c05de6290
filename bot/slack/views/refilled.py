"""A form once more, as it was sent: with all that was filled in, and with why it was not taken."""

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from core.language import say

KEPT = ("type", "title", "callback_id", "private_metadata", "submit", "close")
"""What of a sent form Slack takes back."""

BEGINNINGS: Mapping[str, str] = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}
"""What an element holds, and how it begins with that."""


MOST = 100
"""Blocks that a form may have."""


def refilled(view: Mapping[str, Any], errors: Mapping[str, str]) -> b.View:
    """The errors stand right behind the fields they are about."""
    values = (view.get("state") or {}).get("values") or {}
    blocks = [
        b.section(b.plain(say("⚠️ This was not taken; what you filled in still stands here.")))
    ]
    for block in view["blocks"]:
        blocks.append(_filled(block, values))
        if error := errors.get(block.get("block_id", "")):
            blocks.append(b.context(b.plain(f"⚠️ {error}")))
    kept = {name: view[name] for name in KEPT if view.get(name)}
    return kept | {"blocks": blocks[:MOST]}


def _filled(block: b.Block, values: Mapping[str, Any]) -> b.Block:
    element = block.get("element")
    if block.get("type") != "input" or not isinstance(element, dict):
        return block
    held = (values.get(str(block.get("block_id"))) or {}).get(element.get("action_id")) or {}
    bare = {name: part for name, part in element.items() if not name.startswith("initial_")}
    return block | {"element": bare | _beginning(held)}


def _beginning(held: Mapping[str, Any]) -> dict[str, Any]:
    return {BEGINNINGS[name]: part for name, part in held.items() if name in BEGINNINGS and part}
