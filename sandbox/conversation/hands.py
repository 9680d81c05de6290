"""What a person does with messages and channels beside typing and clicking."""

from base64 import b64encode
from typing import Any

from sandbox.conversation.card import Card
from sandbox.conversation.control import ControlClient
from sandbox.conversation.room import Room
from sandbox.json_types import Json

# Where everybody is who has not gone anywhere yet.
FIRST_PLACE = "#general"


class Hands:
    """One member of the workspace; whoever leaves out a channel means where they were last."""

    def __init__(self, control: ControlClient, name: str) -> None:
        self._control = control
        self.name = name

    async def id(self) -> str:
        state = await self._control.get("state")
        return str(next(user["id"] for user in state["users"] if user["name"] == self.name))

    def _where(self, channel: Room | str | None = None) -> str:
        """The channel meant, which is where this person is from now on."""
        if channel is not None:
            self._control.places[self.name] = channel.id if isinstance(channel, Room) else channel
        return self._control.places.get(self.name, FIRST_PLACE)

    async def _act(self, act: str, **parts: Any) -> Json:
        return await self._control.act(act, user=self.name, **parts)

    async def goes_to(self, channel: Room | str) -> None:
        """Look at a channel; what is typed next is typed there."""
        self._where(channel)

    async def joins(self, channel: Room | str) -> None:
        await self._act("join", channel=self._where(channel))

    async def leaves(self, channel: Room | str) -> None:
        await self._act("leave", channel=_id(channel))
        self._control.places.pop(self.name, None)

    async def invites(self, channel: Room | str, *users: str) -> None:
        await self._act("invite", channel=_id(channel), users=list(users))

    async def kicks(self, channel: Room | str, user: str) -> None:
        await self._act("kick", channel=_id(channel), who=user)

    async def archives(self, channel: Room | str) -> None:
        await self._act("archive", channel=_id(channel))

    async def unarchives(self, channel: Room | str) -> None:
        await self._act("unarchive", channel=_id(channel))

    async def creates(self, name: str, *, private: bool = False) -> Room:
        """Make a channel and be in it."""
        made = await self._act("create_channel", name=name, is_private=private)
        return await self._room(made["channel"])

    async def renames(self, channel: Room | str, name: str) -> None:
        await self._act("rename", channel=_id(channel), name=name)

    async def deletes_channel(self, channel: Room | str) -> None:
        await self._act("delete_channel", channel=_id(channel))

    async def converts(self, channel: Room | str) -> None:
        """A public channel becomes a private one, or the other way."""
        await self._act("convert_channel", channel=_id(channel))

    async def shares(self, channel: Room | str) -> None:
        """With another organisation."""
        await self._act("share_channel", channel=_id(channel))

    async def unshares(self, channel: Room | str) -> None:
        await self._act("unshare_channel", channel=_id(channel))

    async def changes_id(self, channel: Room | str) -> Room:
        """The same channel goes on under another id."""
        moved = await self._act("change_channel_id", channel=_id(channel))
        return await self._room(moved["channel"])

    async def sets_topic(self, channel: Room | str, topic: str) -> None:
        await self._act("set_topic", channel=_id(channel), topic=topic)

    async def sets_purpose(self, channel: Room | str, purpose: str) -> None:
        await self._act("set_purpose", channel=_id(channel), purpose=purpose)

    async def bookmarks(self, channel: Room | str, title: str, link: str) -> None:
        await self._act("add_bookmark", channel=_id(channel), title=title, link=link)

    async def opens_dm(self, partner: str = "") -> Room:
        """A direct message, with the app unless it says with whom."""
        parts = {"with": partner} if partner else {}
        return await self._room((await self._act("open_dm", **parts))["channel"])

    async def _room(self, channel: str) -> Room:
        state = await self._control.get("state")
        wire = next(one for one in state["channels"] if one["id"] == channel)
        self._where(channel)
        return Room(self._control, wire, await self.id())

    async def replies(self, card: Card, text: str) -> Card:
        """Write into the thread below a message."""
        parts = {"text": text, "thread_ts": card.ts}
        return _card(await self._act("post", channel=self._where(card.channel), **parts))

    async def edits(self, card: Card, text: str) -> Card:
        """Correct one's own message."""
        await self._act("edit", channel=card.channel, ts=card.ts, text=text)
        query = {"channel": card.channel, "as": await self.id()}
        thread = {"thread_ts": str(card.wire.get("thread_ts") or "")}
        rows = (await self._control.get("messages", **query, **thread))["messages"]
        return Card(channel=card.channel, wire=next(row for row in rows if row["ts"] == card.ts))

    async def deletes(self, card: Card) -> None:
        """Take one's own message back."""
        await self._act("delete", channel=card.channel, ts=card.ts)

    async def uploads(
        self,
        name: str,
        content: bytes | str,
        channel: Room | str | None = None,
        *,
        comment: str = "",
        thread: Card | None = None,
    ) -> Card:
        """Share a file."""
        raw = content.encode() if isinstance(content, str) else content
        parts = {"thread_ts": thread.ts} if thread else {}
        where = self._where(thread.channel if thread else channel)
        data = b64encode(raw).decode()
        return _card(
            await self._act(
                "upload", channel=where, name=name, content=data, comment=comment, **parts
            )
        )

    async def reacts(self, card: Card, name: str) -> None:
        await self._act("react", channel=card.channel, ts=card.ts, name=name)

    async def unreacts(self, card: Card, name: str) -> None:
        await self._act("unreact", channel=card.channel, ts=card.ts, name=name)

    async def pins(self, card: Card) -> None:
        await self._act("pin", channel=card.channel, ts=card.ts)

    async def unpins(self, card: Card) -> None:
        await self._act("unpin", channel=card.channel, ts=card.ts)

    async def changes_profile(self, **parts: Any) -> None:
        """`real_name`, `email`, `tz`, `title` and the like."""
        await self._act("change_person", **parts)

    async def is_deactivated(self) -> None:
        """An administrator takes this person's account away."""
        await self._act("change_person", deleted=True)

    async def is_reactivated(self) -> None:
        await self._act("change_person", deleted=False)


def _id(channel: Room | str) -> str:
    return channel.id if isinstance(channel, Room) else channel


def _card(answer: Json) -> Card:
    wire: Json = answer["message"]
    return Card(channel=str(wire["channel"]), wire=wire)
