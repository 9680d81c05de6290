"""Messages that come without a Web API call: answers to what people do, Slackbot's notices."""

from collections.abc import Iterator
from typing import Any

from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.founding import SLACKBOT
from sandbox.model.marking import with_ids
from sandbox.model.messages import Draft, Message
from sandbox.model.posting import post
from sandbox.referee import review_message
from sandbox.validation.attachments import (
    attached_block_problems,
    attachment_problems,
    is_too_much_text,
)
from sandbox.validation.blocks import message_problems
from sandbox.world import World

SWITCHES = ("replace_original", "delete_original")
# Slack's own examples write these switches as texts.
SWITCH_VALUES = (True, False, "true", "false")
TEXTS = ("text", "response_type", "thread_ts")
RESPONSE_TYPES = ("ephemeral", "in_channel")
LISTS = ("blocks", "attachments")
PARTS = frozenset({*SWITCHES, *TEXTS, *LISTS, "metadata", "mrkdwn", "unfurl_links", "unfurl_media"})


def tell_privately(world: World, user: str, channel: str, text: str) -> Message:
    """A notice of Slack itself, seen by one person."""
    return post(
        world.workspace,
        Draft(channel=channel, user=SLACKBOT, text=text, ephemeral_to=user),
    )


def is_on(answer: Json, switch: str) -> bool:
    return answer.get(switch) in (True, "true")


def answer_problems(answer: Json) -> Iterator[str]:
    """Why Slack would not show an answer."""
    given = {name: value for name, value in answer.items() if value is not None}
    malformed = list(_malformed(given))
    if malformed:
        yield from malformed
        return
    if not any(given.get(name) for name in ("text", *LISTS)):
        yield "no_text"
        return
    blocks, attachments = given.get("blocks", []), given.get("attachments", [])
    for problem in (
        *message_problems(blocks),
        *attachment_problems(attachments),
        *attached_block_problems(attachments),
    ):
        yield problem.to_line()
    if is_too_much_text(blocks):
        yield "msg_blocks_too_long"


def _malformed(given: Json) -> Iterator[str]:
    for name, value in given.items():
        if name not in PARTS:
            yield f"{name} is no part of an answer"
        elif name in TEXTS and not isinstance(value, str):
            yield f"{name} must be a text"
        elif name in LISTS and not isinstance(value, list):
            yield f"{name} must be a list"
        elif name in SWITCHES and value not in SWITCH_VALUES:
            yield f"{name} must be true or false"
        elif name == "metadata" and not isinstance(value, dict):
            yield "metadata must be an object"
    kind = given.get("response_type", "ephemeral")
    if isinstance(kind, str) and kind not in RESPONSE_TYPES:
        yield f"response_type must be one of {', '.join(RESPONSE_TYPES)}"


def speak(world: World, answer: Json, *, user: str, channel: str, thread_ts: str = "") -> Message:
    """Show an answer of the app: to one person, unless it is meant for the channel."""
    review_message(world, "an answer", answer)
    team = world.workspace.team
    public = answer.get("response_type") == "in_channel"
    return post(
        world.workspace,
        Draft(
            channel=channel,
            user=team.bot_user_id,
            bot_id=team.bot_id,
            **shown_parts(world, answer),
            metadata=answer.get("metadata") if public else None,
            thread_ts=str(answer.get("thread_ts") or thread_ts),
            ephemeral_to="" if public else user,
        ),
    )


def shown_parts(world: World, answer: Json) -> dict[str, Any]:
    """Text, blocks and attachments as they are kept."""
    attachments = answer.get("attachments") or []
    return {
        "text": str(answer.get("text") or "")[: limits.TEXT_TRUNCATED_AT],
        "blocks": tuple(with_ids(answer.get("blocks") or [], world.workspace.ids)),
        "attachments": tuple({"id": place, **one} for place, one in enumerate(attachments, 1)),
    }
