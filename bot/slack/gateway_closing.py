"""What is done to a channel before it is left for good: another name, and no bookmarks of ours."""

from bot.slack.gateway_calls import Calling
from bot.slack.shapes import Room, channel_from


class Closing(Calling):
    async def rename(self, room: Room, name: str) -> Room:
        arguments = {"channel": room.id, "name": name}
        return channel_from(
            (await self._call("conversations.rename", arguments, room))["channel"]
        ).room

    async def remove_bookmarks(self, room: Room, member: str) -> None:
        """Those that this member added, or wrote last."""
        answer = await self._call("bookmarks.list", {"channel_id": room.id}, room)
        for item in answer["bookmarks"]:
            if item.get("last_updated_by_user_id") == member:
                gone = {"channel_id": room.id, "bookmark_id": item["id"]}
                await self._call("bookmarks.remove", gone, room)
