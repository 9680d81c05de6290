"""A channel as a test looks into it."""

from sandbox.conversation.card import Card
from sandbox.conversation.control import ControlClient
from sandbox.json_types import Json


class Room:
    """`viewer` decides which ephemeral messages are seen; nobody sees none."""

    def __init__(self, control: ControlClient, wire: Json, viewer: str = "") -> None:
        self._control = control
        self._viewer = viewer
        self.wire = wire

    @property
    def id(self) -> str:
        return str(self.wire["id"])

    @property
    def name(self) -> str:
        return str(self.wire["name"])

    async def messages(self, thread_ts: str = "") -> list[Card]:
        """Everything to be seen here, or in one thread, oldest first."""
        viewer = self._viewer or next(iter(self.wire["members"]), "")
        query = {"channel": self.id, "as": viewer, "thread_ts": thread_ts}
        answer = await self._control.get("messages", **query)
        cards = [Card(channel=self.id, wire=wire) for wire in answer["messages"]]
        return [card for card in cards if self._viewer or not card.is_ephemeral]

    async def message(self, words: str, patience: float | None = None) -> Card:
        """Wait for a message that contains these words; the newest of several."""

        async def look() -> Card | None:
            found = [card for card in await self.messages() if words in card.words]
            return found[-1] if found else None

        what = f"A message with {words!r} in #{self.name}"
        return await self._control.wait_for(look, what, patience, self._seen)

    async def _seen(self) -> list[str]:
        return [card.words for card in await self.messages()]

    async def reply(self, card: Card, words: str, patience: float | None = None) -> Card:
        """Wait for a reply with these words below a message."""

        async def look() -> Card | None:
            found = [reply for reply in await self.thread(card) if words in reply.words]
            return found[-1] if found else None

        async def seen() -> list[str]:
            return [reply.words for reply in await self.thread(card)]

        return await self._control.wait_for(look, f"A reply with {words!r}", patience, seen)

    async def thread(self, card: Card) -> list[Card]:
        """The replies below a message."""
        return [reply for reply in await self.messages(card.ts) if reply.ts != card.ts]

    async def fresh(self) -> "Room":
        """The same channel as it is now: topic, members, bookmarks, archived."""
        state = await self._control.get("state")
        wire = next(channel for channel in state["channels"] if channel["id"] == self.id)
        return Room(self._control, wire, self._viewer)

    async def topic(self, words: str, patience: float | None = None) -> str:
        """Wait for a topic that contains these words."""

        async def look() -> str | None:
            topic = str((await self.fresh()).wire["topic"])
            return topic if words in topic else None

        async def seen() -> list[str]:
            return [str((await self.fresh()).wire["topic"])]

        what = f"A topic with {words!r} in #{self.name}"
        return await self._control.wait_for(look, what, patience, seen)

    async def canvas(self, words: str, patience: float | None = None) -> str:
        """Wait for a canvas of this channel that says these words; all that it says."""

        async def look() -> str | None:
            found = [text for text in await self._canvases() if words in text]
            return found[-1] if found else None

        what = f"A canvas with {words!r} in #{self.name}"
        return await self._control.wait_for(look, what, patience, self._canvases)

    async def _canvases(self) -> list[str]:
        viewer = self._viewer or next(iter(self.wire["members"]), "")
        wanted = {"channel": self.id, "user": viewer}
        shown = [
            await self._control.get("canvas", **wanted, canvas=one["id"])
            for one in (await self.fresh()).wire["canvases"]
        ]
        return [str(one["markdown"]) for one in shown]
