"""What people write to Tocsin itself, mentioning it or in person: answered like a command."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import structlog
from slack_bolt.async_app import AsyncApp

from bot.slack.asking import asked_for, form_offer
from bot.slack.desk import Desk
from bot.slack.errors import answered
from bot.slack.failures import Refused
from bot.slack.gesture import Gesture, NoTrigger, Reply, of_message
from bot.slack.listeners.commands import Run
from bot.slack.people import tocsin
from bot.slack.shapes import Room, Spot
from core.commands.hearing import TakeUp
from core.domain.ids import ChannelId
from core.errors import Conflict, Unavailable
from core.ports import Unreachable

Tell: TypeAlias = Callable[[Gesture, Reply], Awaitable[None]]

MENTION, MESSAGE = "app_mention", "message"
IN_PERSON = "im"

log = structlog.get_logger(__name__)


class MentionListeners:
    """`incident` and `maintenance` carry out what was typed after the one or the other."""

    def __init__(self, desk: Desk, incident: Run, maintenance: Run) -> None:
        self._desk = desk
        self._runs: Mapping[str, Run] = {"incident": incident, "maintenance": maintenance}

    def register(self, app: AsyncApp) -> None:
        app.event(MENTION)(self.mentioned)
        app.event(MESSAGE, matchers=[_in_person])(self.written)

    async def mentioned(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Only whoever mentioned it sees the answer, as after a command."""
        if not _of_a_person(event):
            return

        async def tell(gesture: Gesture, reply: Reply) -> None:
            room, thread = Room(id=ChannelId(gesture.channel_id)), str(event.get("thread_ts") or "")
            gateway = gesture.workspace.gateway
            await gateway.tell(room, gesture.user_id, reply.message, thread_ts=thread)

        self._desk.running.start(self._answer(body, tell))

    async def written(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """In person nobody else reads it, so the answer is a message that stays."""
        if not _of_a_person(event):
            return

        async def tell(gesture: Gesture, reply: Reply) -> None:
            room = Room(id=ChannelId(gesture.channel_id))
            spot = Spot(room=room, thread_ts=str(event.get("thread_ts") or ""))
            await gesture.workspace.gateway.post(spot, reply.message, {"answer": gesture.key})

        self._desk.running.start(self._answer(body, tell))

    async def _answer(self, body: Mapping[str, Any], tell: Tell) -> None:
        """Nobody waits for it but whoever wrote; where Slack refuses the answer it is logged."""
        gesture = of_message(body, await self._desk.identity.workspace(body))
        if not await self._is_first(gesture, str(body.get("event_id") or "")):
            return
        reply = await answered(self._carry_out(gesture, str(body["event"].get("text") or "")))
        try:
            await tell(gesture, reply or Reply(message=form_offer("incident", "")))
        except (Refused, Unreachable) as failure:
            log.warning("slack_answer_refused", reason=str(failure))

    async def _is_first(self, gesture: Gesture, event_id: str) -> bool:
        """Slack tells the same once more when it thinks nobody listened, perhaps another replica.
        While nobody can look, an answer too many is better than none."""
        if not event_id:
            return True
        caller = tocsin(gesture.workspace.organization_id)
        try:
            return await self._desk.bus.execute(TakeUp(caller=caller, event_id=event_id))
        except (Conflict, Unavailable) as failure:
            log.info("slack_event_not_looked_up", reason=str(failure))
            return True

    async def _carry_out(self, gesture: Gesture, text: str) -> Reply | None:
        command, line = asked_for(text, gesture.workspace.bot_user_id)
        try:
            return await self._runs[command](gesture, line)
        except NoTrigger:
            return Reply(message=form_offer(command, line))


def _of_a_person(event: Mapping[str, Any]) -> bool:
    """Files may come with words; what Slack says of edited and deleted messages is none."""
    written = event.get("subtype") in (None, "file_share", "thread_broadcast")
    return written and bool(event.get("user")) and not event.get("bot_id")


async def _in_person(event: Mapping[str, Any]) -> bool:
    return event.get("channel_type") == IN_PERSON
