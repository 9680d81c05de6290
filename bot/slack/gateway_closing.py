"""What is done to a channel before it is left for good: another name, and no bookmarks of ours."""

from bot.slack.gateway_calls import Calling
from bot.slack.shapes import Bookmark, Room, bookmark_from, channel_from


class Closing(Calling):
    async def rename(self, room: Room, name: str) -> Room:
        arguments = {"channel": room.id, "name": name}
        return channel_from(
            (await self._call("conversations.rename", arguments, room))["channel"]
        ).room

    async def bookmarks(self, room: Room) -> tuple[Bookmark, ...]:
        answer = await self._call("bookmarks.list", {"channel_id": room.id}, room)
        return tuple(bookmark_from(item) for item in answer["bookmarks"])

    async def remove_bookmark(self, room: Room, id: str) -> None:
        await self._call("bookmarks.remove", {"channel_id": room.id, "bookmark_id": id}, room)

    async def remove_bookmarks(self, room: Room, member: str) -> None:
        """Those that this member added, or wrote last."""
        for one in await self.bookmarks(room):
            if one.by == member:
                await self.remove_bookmark(room, one.id)
