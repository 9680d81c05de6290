"""Messages that people keep in the timeline: by a pin, by the reaction, or from the message's menu.

What Slack tells comes once or more often, and late or early: the event's own id makes each of them
happen once, and what happens in one channel is taken in the order in which it comes. A message that
was edited or deleted is followed by what Slack says of it then; what an event says that comes late
may not be so any more, and the message itself is looked at.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.desk import Desk
from bot.slack.errors import answered
from bot.slack.gesture import Gesture, Person, Reply, of_action, of_event, unpacked
from bot.slack.listeners.submitting import Sent, Submissions
from bot.slack.subjects import incident_meant
from bot.slack.timeline.keeping import Keeping
from bot.slack.timeline.said import said_in
from bot.slack.timeline.said import unpacked as said_before
from bot.slack.views.timeline import KEEP_FORM
from core.errors import Conflict, CoreError, Unavailable

SHORTCUT = "timeline.keep"
PINNED, UNPINNED = "pin_added", "pin_removed"
MARKED, UNMARKED = "reaction_added", "reaction_removed"
EVENTS = ("message.channels", "message.groups", PINNED, UNPINNED, MARKED, UNMARKED)
IN_CHANNELS = frozenset({"channel", "group"})
LATE = timedelta(seconds=20)

Event: TypeAlias = Mapping[str, Any]
Heard: TypeAlias = Callable[[Gesture, Event], Awaitable[None]]

log = structlog.get_logger(__name__)


class MessageListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._keeping = Keeping(desk.kit)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def register(self, app: AsyncApp) -> None:
        """Last of all that listen to messages: whatever else is said in a channel ends here."""
        app.event(PINNED)(self._hearing(self._pinned))
        app.event(UNPINNED)(self._hearing(self._unpinned))
        app.event(MARKED)(self._hearing(self._marked))
        app.event(UNMARKED)(self._hearing(self._unmarked))
        app.event("message", matchers=[_in_channel])(self._hearing(self._said))
        app.message_shortcut(SHORTCUT)(self.chosen)
        Submissions(self._desk).register(app, {KEEP_FORM: self._keep_there})

    def _hearing(self, heard: Heard) -> Callable[..., Awaitable[None]]:
        """Slack tells once more what could not be done yet."""

        async def told(ack: AsyncAck, body: dict[str, Any], event: dict[str, Any]) -> None:
            gesture = of_event(body, await self._desk.identity.workspace(body))
            task = self._desk.running.start(_unless_refused(self._in_turn(heard, gesture, event)))
            if await self._desk.running.in_time(task):
                task.result()
            await ack()

        return told

    async def _in_turn(self, heard: Heard, gesture: Gesture, event: Event) -> None:
        channel = str(event.get("channel") or (event.get("item") or {}).get("channel") or "")
        async with self._turns.setdefault(channel, asyncio.Lock()):
            await heard(gesture, event)

    async def _pinned(self, gesture: Gesture, event: Event) -> None:
        item = event.get("item") or {}
        said = said_in(item.get("message") or {}, str(item.get("channel") or ""))
        if said and is_late(event, self._desk.kit.clock()):
            await self._keeping.look(gesture, said.channel_id, said.ts, "pin")
        elif said:
            await self._keeping.keep(gesture, said, "pin")

    async def _unpinned(self, gesture: Gesture, event: Event) -> None:
        item = event.get("item") or {}
        ts = str((item.get("message") or {}).get("ts") or "")
        await self._keeping.release(gesture, str(item.get("channel") or ""), ts, "pin")

    async def _marked(self, gesture: Gesture, event: Event) -> None:
        item = event.get("item") or {}
        if item.get("type") == "message":
            channel, ts = str(item["channel"]), str(item["ts"])
            await self._keeping.mark(gesture, channel, ts, str(event["reaction"]))

    async def _unmarked(self, gesture: Gesture, event: Event) -> None:
        item = event.get("item") or {}
        if item.get("type") == "message":
            why = f"reaction:{event['reaction']}:{gesture.user_id}"
            await self._keeping.release(gesture, str(item["channel"]), str(item["ts"]), why)

    async def _said(self, gesture: Gesture, event: Event) -> None:
        """Only what becomes of messages that are there already."""
        channel = str(event.get("channel") or "")
        after = event.get("message") or {}
        match event.get("subtype"):
            case "message_changed" if after.get("subtype") != "tombstone":
                if said := said_in(after, channel):
                    await self._keeping.edited(gesture, said)
            case "message_changed":
                await self._keeping.deleted(gesture, channel, str(after.get("ts") or ""))
            case "message_deleted":
                await self._keeping.deleted(gesture, channel, str(event.get("deleted_ts") or ""))

    async def chosen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        task = self._desk.running.start(answered(self._keep_chosen(body)))
        await self._desk.running.in_time(task)
        await ack()
        if reply := await task:
            await self._desk.responder.send(body.get("response_url", ""), reply)

    async def _keep_chosen(self, body: Mapping[str, Any]) -> Reply | None:
        gesture = of_action(body, await self._desk.identity.workspace(body))
        said = said_in(body.get("message") or {}, gesture.channel_id)
        return await self._keeping.chosen(gesture, said) if said else None

    async def _keep_there(self, person: Person, sent: Sent) -> Reply:
        memory = unpacked(sent.get("private_metadata", ""))
        id = await self._desk.targets.named(person, incident_meant(sent))
        return await self._keeping.taken(person, id, said_before(memory.shown))


def is_late(event: Event, now: datetime) -> bool:
    """What it says of a message may have been changed since."""
    told = datetime.fromtimestamp(float(event.get("event_ts") or 0), UTC)
    return now - told > LATE


async def _in_channel(event: Event) -> bool:
    return event.get("channel_type") in IN_CHANNELS


async def _unless_refused(work: Awaitable[None]) -> None:
    """A pin is nobody's question: who may not keep messages is not told so each time."""
    try:
        await work
    except (Conflict, Unavailable):
        raise
    except CoreError as refusal:
        log.info("slack_message_not_kept", reason=type(refusal).__name__)
