"""Shortcuts: an incident declared from anywhere, or from what somebody wrote."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.declaring import Draft
from bot.slack.desk import Desk
from bot.slack.errors import answered
from bot.slack.gesture import Gesture, Person, of_action
from bot.slack.listeners.telling import tell
from bot.slack.permalinks import permalink_of
from bot.slack.said import Said, author_of, description_of, title_of, words_of
from core.language import say

DECLARE, DECLARE_FROM = "incident.declare", "incident.declare_from"

Opens: TypeAlias = Callable[[Gesture], Awaitable[None]]


class ShortcutListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        app.global_shortcut(DECLARE)(self.declare)
        app.message_shortcut(DECLARE_FROM)(self.declare_from)

    async def declare(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        self._desk.running.start(self._open(body, self._desk.forms.declare))

    async def declare_from(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The form is filled in with what the message says."""
        await ack()
        message = body.get("message") or {}

        async def opens(gesture: Gesture) -> None:
            await self._desk.forms.declare(gesture, partial(self._drafted, gesture, message))

        self._desk.running.start(self._open(body, opens))

    async def _open(self, body: dict[str, Any], opens: Opens) -> None:
        gesture = of_action(body, await self._desk.identity.workspace(body))
        if failed := await answered(opens(gesture)):
            await tell(self._desk, gesture, failed)

    async def _drafted(self, gesture: Gesture, message: Said, person: Person) -> Draft:
        words, ts = words_of(message), str(message.get("ts") or "")
        permalink = await permalink_of(gesture.workspace, gesture.channel_id, ts)
        author = author_of(message) or await self._name(gesture, str(message.get("user") or ""))
        description = description_of(words, author, permalink)
        links = (permalink,) if permalink else ()
        return Draft(title=title_of(words), description=description, links=links)

    async def _name(self, gesture: Gesture, user_id: str) -> str:
        if not user_id:
            return say("a program")
        return await self._desk.kit.zones.name_of(gesture.workspace, user_id)
