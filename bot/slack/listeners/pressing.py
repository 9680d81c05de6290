"""What every press has in common: carried out, acknowledged in time, answered where it was."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.desk import Desk
from bot.slack.errors import answered
from bot.slack.gesture import Gesture, Reply, of_action

Action: TypeAlias = Mapping[str, Any]
Press: TypeAlias = Callable[[Gesture, Action], Awaitable[Reply | None]]
Listener: TypeAlias = Callable[..., Awaitable[None]]
Known: TypeAlias = str | re.Pattern[str]


class Presses:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp, presses: Mapping[Known, Press]) -> None:
        for action, press in presses.items():
            app.action(action)(self._listener(press))

    def _listener(self, press: Press) -> Listener:
        async def pressed(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
            running = self._desk.running
            task = running.start(answered(self._carry_out(press, body, action)))
            await running.in_time(task)
            await ack()
            running.start(self._answer(body, task))

        return pressed

    async def _carry_out(self, press: Press, body: Action, action: Action) -> Reply | None:
        gesture = of_action(body, await self._desk.identity.workspace(body))
        answer = await press(gesture, action)
        return replace(answer, replace=gesture.ephemeral) if answer else None

    async def _answer(self, body: Action, task: asyncio.Task[Reply | None]) -> None:
        answer = await task
        if answer is None:
            return
        if (body.get("view") or {}).get("type") == "home":
            gesture = of_action(body, await self._desk.identity.workspace(body))
            await self._desk.home.tell(gesture, answer.sentence)
        else:
            await self._desk.responder.send(body.get("response_url", ""), answer)


def carrying(action: str) -> re.Pattern[str]:
    """Buttons that carry a command line; several in one block are told apart by an ending."""
    return re.compile(rf"^{re.escape(action)}(\.\w+)?$")
