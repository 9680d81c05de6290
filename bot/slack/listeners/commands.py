"""`/incident` and `/maintenance`, in all their forms."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.desk import Desk
from bot.slack.errors import answered
from bot.slack.gesture import Gesture, Reply, of_command
from core.language import say, to_say

Run: TypeAlias = Callable[[Gesture, str], Awaitable[Reply | None]]
STILL_WORKING = to_say("Tocsin is still working on it; the answer comes here in a moment.")


class CommandListeners:
    """`commands` says who carries out what was typed after which command."""

    def __init__(self, desk: Desk, commands: Mapping[str, Run]) -> None:
        self._desk = desk
        self._commands = commands

    def register(self, app: AsyncApp) -> None:
        for command in self._commands:
            app.command(command)(self.typed)

    async def typed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Slack shows what the acknowledgement says, so it waits for the outcome while it can."""
        task = self._desk.running.start(answered(self._carry_out(body)))
        if not await self._desk.running.in_time(task):
            await ack(text=say(STILL_WORKING), response_type="ephemeral")
            self._desk.running.start(self._answer(body, task))
        elif reply := task.result():
            await ack(**_acknowledged(reply))
        else:
            await ack()

    async def _carry_out(self, body: Mapping[str, Any]) -> Reply | None:
        gesture = of_command(body, await self._desk.identity.workspace(body))
        return await self._commands[body["command"]](gesture, body.get("text") or "")

    async def _answer(self, body: Mapping[str, Any], task: asyncio.Task[Reply | None]) -> None:
        if reply := await task:
            await self._desk.responder.send(body.get("response_url", ""), reply)


def _acknowledged(reply: Reply) -> dict[str, Any]:
    payload = reply.payload()
    del payload["replace_original"]  # there is nothing yet that could be replaced
    return payload
