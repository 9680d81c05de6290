"""Somebody at their keyboard: types, clicks, reads."""

from typing import Any

from sandbox.conversation.card import Card, find_by_label
from sandbox.conversation.form import Form
from sandbox.conversation.hands import Hands
from sandbox.conversation.room import Room
from sandbox.conversation.widgets import state_of
from sandbox.json_types import Json


class Person(Hands):
    """One member of the workspace, named as in `@alice`."""

    async def types(
        self, channel: Room | str, text: str | None = None, thread: Card | None = None
    ) -> Json:
        """A message, or a slash command; the latter waits for the app's ack.

        `types("Hello")` is typed where this person is: in the thread, in the channel they last
        wrote to, joined or clicked in, else in #general.
        """
        if text is None:
            if isinstance(channel, Room):
                raise TypeError("Say what is typed into the channel.")
            channel, text = (thread.channel if thread else self._where()), channel
        where = self._where(channel)
        parts = {"thread_ts": thread.ts} if thread else {}
        act = "command" if text.startswith("/") else "post"
        return await self._act(act, channel=where, text=text, **parts)

    async def clicks(self, card: Card | Form, label: str, *, confirm: bool = True) -> Json:
        """Press a button, or choose from a menu, by the words on it.

        A confirmation dialog is accepted, or declined with `confirm=False`.
        """
        if isinstance(card, Form):
            return await card.clicks(label)
        block, element, value = find_by_label(card.blocks, label)
        if element.get("confirm") and not confirm:
            return {"ok": True, "declined": True}
        return await self._act(
            "click",
            channel=self._where(card.channel),
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

    async def picks(self, card: Card | Form, label: str, value: Any) -> Json:
        """Use a menu, a picker or boxes, found by the words on them or by their action id.

        Options are named by their words, several in a list; people and channels by their names;
        dates and times as `2026-11-21` and `09:30`.
        """
        if isinstance(card, Form):
            return await card.chooses(label, value)
        block, element, _ = find_by_label(card.blocks, label)
        state = await state_of(self._control, element, value)
        return await self._act(
            "click",
            channel=self._where(card.channel),
            message_ts=card.ts,
            block_id=block["block_id"],
            action_id=element["action_id"],
            **{name: part for name, part in state.items() if name != "type"},
        )

    async def modal(self, words: str = "", patience: float | None = None) -> Form:
        """Wait for a modal in front of this person, with these words if any."""

        async def look() -> Form | None:
            stack = await self.modals()
            if not stack:
                return None
            top = stack[-1]
            return top if words in f"{top.title}\n{top.words}" else None

        async def seen() -> list[str]:
            return [f"{form.title}\n{form.words}" for form in await self.modals()]

        what = f"A modal {f'with {words!r} ' if words else ''}for {self.name}"
        return await self._control.wait_for(look, what, patience, seen)

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

        return await self._control.wait_for(look, f"A home view for {self.name}", patience)

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

        async def seen() -> list[str]:
            return [card.words for card in await self.ephemerals(channel)]

        what = f"An ephemeral message with {words!r}"
        return await self._control.wait_for(look, what, patience, seen)

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
