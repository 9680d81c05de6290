"""Messages that come without a Web API call: answers to commands, Slackbot's notices."""

from collections.abc import Iterator
from typing import Any

from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.founding import SLACKBOT
from sandbox.model.marking import with_ids
from sandbox.model.messages import Message
from sandbox.model.posting import Draft, post
from sandbox.referee import review_message
from sandbox.validation.blocks import message_problems
from sandbox.validation.walk import written_text
from sandbox.world import World


def tell_privately(world: World, user: str, channel: str, text: str) -> Message:
    """A notice of Slack itself, seen by one person."""
    return post(
        world.workspace,
        Draft(channel=channel, user=SLACKBOT, text=text, ephemeral_to=user),
    )


def answer_problems(answer: Json) -> Iterator[str]:
    """Why Slack would not show an answer."""
    blocks: Any = answer.get("blocks") or []
    if not answer.get("text") and not blocks and not answer.get("attachments"):
        yield "no_text"
        return
    for problem in message_problems(blocks):
        yield problem.to_line()
    if written_text(blocks) > limits.CUMULATIVE_BLOCK_TEXT:
        yield "msg_blocks_too_long"


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
            text=str(answer.get("text") or ""),
            blocks=tuple(with_ids(answer.get("blocks") or [], world.workspace.ids)),
            attachments=tuple(answer.get("attachments") or ()),
            thread_ts=str(answer.get("thread_ts") or thread_ts),
            ephemeral_to="" if public else user,
        ),
    )
