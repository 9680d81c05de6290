"""Somebody at their keyboard: types, clicks, reads."""

from typing import Any

from sandbox.conversation.card import Card, find_by_label
from sandbox.conversation.control import ControlClient, wait_for
from sandbox.conversation.form import Form
from sandbox.conversation.room import Room
from sandbox.json_types import Json


class Person:
    """One member of the workspace, named as in `@alice`."""

    def __init__(self, control: ControlClient, name: str) -> None:
        self._control = control
        self.name = name

    async def id(self) -> str:
        state = await self._control.get("state")
        return str(next(user["id"] for user in state["users"] if user["name"] == self.name))

    async def types(self, channel: Room | str, text: str, thread: Card | None = None) -> Json:
        """A message, or a slash command; the latter waits for the app's ack."""
        where = channel.id if isinstance(channel, Room) else channel
        if text.startswith("/"):
            return await self._control.act("command", user=self.name, channel=where, text=text)
        parts = {"thread_ts": thread.ts} if thread else {}
        return await self._control.act("post", user=self.name, channel=where, text=text, **parts)

    async def clicks(self, card: Card | Form, label: str, *, confirm: bool = True) -> Json:
        """Press a button, or choose from a menu, by the words on it.

        A confirmation dialog is accepted, or declined with `confirm=False`.
        """
        if isinstance(card, Form):
            return await card.clicks(label)
        block, element, value = find_by_label(card.blocks, label)
        if element.get("confirm") and not confirm:
            return {"ok": True, "declined": True}
        return await self._control.act(
            "click",
            user=self.name,
            channel=card.channel,
            message_ts=card.ts,
            block_id=block["block_id"],
            action_id=element["action_id"],
            **({"value": value} if value else {}),
        )

    async def chooses(self, card: Card, action_id: str, **state: Any) -> Json:
        """Set a select, a date or the like in a message: `selected_user="U…"`, `value="high"`."""
        return await self._control.act(
            "click",
            user=self.name,
            channel=card.channel,
            message_ts=card.ts,
            action_id=action_id,
            **state,
        )

    async def modal(self, words: str = "", patience: float | None = None) -> Form:
        """Wait for a modal in front of this person, with these words if any."""

        async def look() -> Form | None:
            stack = await self.modals()
            if not stack:
                return None
            top = stack[-1]
            return top if words in f"{top.title}\n{top.words}" else None

        return await wait_for(look, f"A modal for {self.name}", patience)

    async def modals(self) -> list[Form]:
        """The stack of modals, the one in front last."""
        views = await self._views()
        return [Form(self._control, self.name, wire) for wire in views["stack"]]

    async def home(self, words: str = "", patience: float | None = None) -> Form:
        """Open the App Home and wait for a view with these words."""
        await self._control.act("open_home", user=self.name)

        async def look() -> Form | None:
            wire = (await self._views())["home"]
            form = Form(self._control, self.name, wire) if wire else None
            return form if form and words in form.words else None

        return await wait_for(look, f"A home view for {self.name}", patience)

    async def _views(self) -> Json:
        return await self._control.get("views", user=self.name)

    async def sees(self, channel: Room) -> Room:
        """The channel through this person's eyes, ephemeral messages included."""
        return Room(self._control, channel.wire, await self.id())

    async def ephemerals(self, channel: Room) -> list[Card]:
        """What only this person sees in a channel."""
        own = await self.sees(channel)
        return [card for card in await own.messages() if card.is_ephemeral]

    async def ephemeral(self, channel: Room, words: str, patience: float | None = None) -> Card:
        """Wait for a message with these words that only this person sees."""

        async def look() -> Card | None:
            found = [card for card in await self.ephemerals(channel) if words in card.words]
            return found[-1] if found else None

        return await wait_for(look, f"An ephemeral message with {words!r}", patience)

    async def joins(self, channel: Room | str) -> None:
        where = channel.id if isinstance(channel, Room) else channel
        await self._control.act("join", user=self.name, channel=where)

    async def leaves(self, channel: Room) -> None:
        await self._control.act("leave", user=self.name, channel=channel.id)

    async def invites(self, channel: Room | str, *users: str) -> None:
        where = channel.id if isinstance(channel, Room) else channel
        await self._control.act("invite", user=self.name, channel=where, users=list(users))

    async def archives(self, channel: Room) -> None:
        await self._control.act("archive", user=self.name, channel=channel.id)

    async def reacts(self, card: Card, name: str) -> None:
        await self._mark("react", card, name=name)

    async def unreacts(self, card: Card, name: str) -> None:
        await self._mark("unreact", card, name=name)

    async def pins(self, card: Card) -> None:
        await self._mark("pin", card)

    async def unpins(self, card: Card) -> None:
        await self._mark("unpin", card)

    async def _mark(self, act: str, card: Card, **parts: str) -> None:
        await self._control.act(act, user=self.name, channel=card.channel, ts=card.ts, **parts)

    async def uses_shortcut(self, callback_id: str, on: Card | None = None) -> Json:
        """A global shortcut, or one on a message."""
        if on is None:
            return await self._control.act("shortcut", user=self.name, callback_id=callback_id)
        return await self._control.act(
            "message_shortcut",
            user=self.name,
            callback_id=callback_id,
            channel=on.channel,
            message_ts=on.ts,
        )
