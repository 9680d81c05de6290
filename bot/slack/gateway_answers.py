"""What the bot of one workspace says to one person only, and shows beside the links of others."""

from collections.abc import Mapping
from typing import Any

from bot.slack.blocks import Block, Message, body_of
from bot.slack.gateway_calls import Calling
from bot.slack.shapes import Room


class Answers(Calling):
    async def tell(self, room: Room, user: str, message: Message, *, thread_ts: str = "") -> None:
        """Nobody else in the room sees it."""
        arguments: dict[str, Any] = {"channel": room.id, "user": user, "parse": "none"}
        arguments |= {"thread_ts": thread_ts} if thread_ts else {}
        await self._call("chat.postEphemeral", {**arguments, **body_of(message)}, room)

    async def unfurl(
        self, unfurl_id: str, source: str, previews: Mapping[str, list[Block]]
    ) -> None:
        """The blocks for each link, as Slack spelled it when it told of the link."""
        shown = {link: {"blocks": blocks} for link, blocks in previews.items()}
        arguments = {"unfurl_id": unfurl_id, "source": source, "unfurls": shown}
        await self._call("chat.unfurl", arguments)
