"""One message of a channel, looked up where an event names it without saying what it says."""

from collections.abc import Mapping

from bot.slack.failures import Refused
from bot.slack.gateway_calls import Calling
from bot.slack.shapes import Answer, Room


class Messages(Calling):
    async def message(self, room: Room, ts: str) -> Answer | None:
        """In the channel or in one of its threads; None where it is gone."""
        window = {"channel": room.id, "oldest": ts, "latest": ts, "inclusive": "true"}
        answer = await self._call("conversations.history", window | {"limit": "1"}, room)
        found = _named(answer, ts)
        if found is None:
            # A reply is not in the history of its channel; its thread is found by any message.
            in_thread = window | {"ts": ts, "limit": "2"}
            found = _named(await self._replies(in_thread, room), ts)
        return found

    async def _replies(self, arguments: Mapping[str, str], room: Room) -> Answer:
        """Nothing where the whole thread is gone."""
        try:
            return await self._call("conversations.replies", arguments, room)
        except Refused as refused:
            if refused.code != "thread_not_found":
                raise
            return {}


def _named(answer: Answer, ts: str) -> Answer | None:
    return next((one for one in answer.get("messages") or () if one.get("ts") == ts), None)
