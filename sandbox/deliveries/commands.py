"""Slash commands and shortcuts, from a person to the app and back."""

from sandbox.deliveries.answers import BadAnswer, blame, show_command_answer
from sandbox.deliveries.courier import Courier
from sandbox.deliveries.delivery import Ack, Delivery
from sandbox.deliveries.interactivity import bring
from sandbox.deliveries.outcome import failed, of_ack
from sandbox.deliveries.payloads import (
    command_payload,
    message_action_payload,
    shortcut_payload,
)
from sandbox.deliveries.speaking import tell_privately
from sandbox.deliveries.typing import escape_typed
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.manifest import Shortcut
from sandbox.model.channels import Channel
from sandbox.model.messages import Message
from sandbox.model.people import User
from sandbox.model.posting import say
from sandbox.referee import note_typed
from sandbox.rights import require_composer, require_messages_tab, require_voice
from sandbox.world import World


class Commands:
    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier

    async def type(self, user: User, channel: Channel, line: str) -> Json:
        """Type `/command text`; the answer is shown, and so is a failure."""
        require_composer(channel, user)
        require_messages_tab(self._world, channel)
        name, *rest = line.strip().split(None, 1)
        text = rest[0] if rest else ""
        if name == "/me":
            return self._act_out(user, channel, text)
        command = self._world.app.command(name)
        if command is None:
            notice = f"{name} is not a valid command here. No app of this workspace knows it."
            tell_privately(self._world, user.id, channel.id, notice)
            return {"ok": False, "error": "unknown_command", "message": notice}
        note_typed(self._world, text)
        if command.should_escape:
            text = escape_typed(self._world.workspace, text, labels=True, typist=user.id)
        payload = command_payload(self._world, user, channel, name, text)
        delivery = self._courier.prepare("command", line.strip(), payload)
        ack = await self._courier.deliver(delivery)
        return self._conclude(delivery, ack, user, channel)

    def _act_out(self, user: User, channel: Channel, text: str) -> Json:
        """Slack's own command: what somebody does, in slanted letters."""
        require_voice(channel, user)
        note_typed(self._world, text)
        workspace = self._world.workspace
        escaped = escape_typed(workspace, text, labels=False, typist=user.id)
        say(workspace, channel.id, user.id, "me_message", text=escaped)
        return {"ok": True}

    def _conclude(self, delivery: Delivery, ack: Ack, user: User, channel: Channel) -> Json:
        name = delivery.payload["command"]
        if ack.failure == "invalid_answer":
            return self._misunderstood(delivery, user, channel)
        if not ack.is_ok:
            notice = f'{name} failed with the error "{ack.failure}".'
            tell_privately(self._world, user.id, channel.id, notice)
            return failed(delivery, ack.failure)
        try:
            show_command_answer(self._world, ack.payload, user=user.id, channel=channel.id)
        except BadAnswer as problem:
            blame(self._world, delivery, problem)
            return self._misunderstood(delivery, user, channel)
        return of_ack(delivery, ack) | {"response": ack.payload}

    def _misunderstood(self, delivery: Delivery, user: User, channel: Channel) -> Json:
        name = delivery.payload["command"]
        notice = f"{name} failed because the app gave an answer that cannot be shown."
        tell_privately(self._world, user.id, channel.id, notice)
        return failed(delivery, "invalid_answer")

    async def use_shortcut(self, user: User, callback_id: str) -> Json:
        """A global shortcut, from the lightning menu."""
        shortcut = self._find(callback_id, "global")
        payload = shortcut_payload(self._world, shortcut.callback_id, user)
        return await bring(self._world, self._courier, "shortcut", shortcut.name, payload)

    async def use_on_message(self, user: User, message: Message, callback_id: str) -> Json:
        """A message shortcut, from the menu of a message; fleeting ones have no such menu."""
        if message.ephemeral_to:
            raise Refusal("not_found", "A message only you can see has no shortcuts.", 404)
        shortcut = self._find(callback_id, "message")
        payload = message_action_payload(self._world, shortcut.callback_id, message, user)
        return await bring(self._world, self._courier, "message_action", shortcut.name, payload)

    def _find(self, callback_id: str, kind: str) -> Shortcut:
        shortcut = self._world.app.shortcut(callback_id)
        if shortcut is None or shortcut.type != kind:
            raise Refusal("not_found", f"There is no {kind} shortcut {callback_id}.", 404)
        return shortcut
