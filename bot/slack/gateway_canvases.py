"""Canvases as the bot of one workspace writes them: in a channel, or by themselves."""

from typing import Any

from bot.slack.gateway_calls import Calling
from bot.slack.shapes import Room


class Canvases(Calling):
    async def create_channel_canvas(self, room: Room, title: str, markdown: str) -> str:
        """The id of the canvas of that channel, of which there is one at most."""
        arguments = {"channel_id": room.id, "title": title, "document_content": _document(markdown)}
        answer = await self._call("conversations.canvases.create", arguments, room)
        return str(answer["canvas_id"])

    async def create_canvas(self, title: str, markdown: str) -> str:
        """The id of a canvas that nobody but the bot sees yet."""
        arguments = {"title": title, "document_content": _document(markdown)}
        return str((await self._call("canvases.create", arguments))["canvas_id"])

    async def rewrite_canvas(self, canvas_id: str, markdown: str) -> None:
        """All of it, whatever it said before."""
        change = {"operation": "replace", "document_content": _document(markdown)}
        await self._call("canvases.edit", {"canvas_id": canvas_id, "changes": [change]})

    async def open_canvas(self, canvas_id: str, room: Room) -> None:
        """Whoever is in the room may read it."""
        arguments = {"canvas_id": canvas_id, "access_level": "read", "channel_ids": room.id}
        await self._call("canvases.access.set", arguments, room)


def _document(markdown: str) -> dict[str, Any]:
    return {"type": "markdown", "markdown": markdown}
