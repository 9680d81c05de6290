"""What the bot of one workspace says to one person only, and shows beside the links of others."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.blocks import Block, Message, body_of
from bot.slack.failures import Refused
from bot.slack.gateway_calls import Calling
from bot.slack.shapes import Room

SENT = "conversations_history"
"""Where links stand in messages that were sent."""


class Answers(Calling):
    async def tell(self, room: Room, user: str, message: Message, *, thread_ts: str = "") -> None:
        """Nobody else in the room sees it."""
        arguments: dict[str, Any] = {"channel": room.id, "user": user, "parse": "none"}
        arguments |= {"thread_ts": thread_ts} if thread_ts else {}
        await self._call("chat.postEphemeral", {**arguments, **body_of(message)}, room)

    async def unfurl(
        self, unfurl_id: str, source: str, previews: Mapping[str, Sequence[Block]]
    ) -> None:
        """The blocks for each link, as Slack spelled it when it told of the link."""
        arguments = {"unfurl_id": unfurl_id, "source": source, "unfurls": _unfurls(previews)}
        await self._call("chat.unfurl", arguments)

    async def unfurl_anew(
        self, room: Room, ts: str, unfurl_id: str, previews: Mapping[str, Sequence[Block]]
    ) -> None:
        """Instead of what is shown beside that message. By its place alone Slack may refuse to
        find it where Tocsin is no member."""
        shown = {"unfurls": _unfurls(previews)}
        named = {"unfurl_id": unfurl_id, "source": SENT}
        try:
            await self._call("chat.unfurl", named | shown, room)
        except Refused as refused:
            if refused.code != "invalid_unfurl_id":
                raise
            await self._by_place({"channel": room.id, "ts": ts} | shown, room, refused)

    async def _by_place(self, arguments: Mapping[str, Any], room: Room, before: Refused) -> None:
        """Where it is not found so, it may stand there all the same: `before` says more."""
        try:
            await self._call("chat.unfurl", arguments, room)
        except Refused as refused:
            if refused.code == "cannot_find_message":
                raise before from refused
            raise


def _unfurls(previews: Mapping[str, Sequence[Block]]) -> dict[str, Any]:
    return {link: {"blocks": [*blocks]} for link, blocks in previews.items()}
