"""Messages that people keep in the timeline: by a pin, by the reaction, or from the message's menu.

What Slack tells comes once or more often, and late or early: the event's own id makes each of them
happen once, and what happens in one channel is taken in the order in which it comes. A message that
was edited or deleted is followed by what Slack says of it then; what an event says that comes late,
or after it was told of an edit, may not be so any more, and the message itself is looked at. What
was let go of before it was told to be kept is not kept, and what is kept again not let go of.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.desk import Desk
from bot.slack.errors import answered
from bot.slack.gesture import Gesture, Person, Reply, of_action, of_event, unpacked
from bot.slack.listeners.hearing import heard
from bot.slack.listeners.submitting import Sent, Submissions
from bot.slack.subjects import incident_meant
from bot.slack.timeline.keeping import Keeping
from bot.slack.timeline.latest import Latest
from bot.slack.timeline.reasons import PIN, reaction_of
from bot.slack.timeline.said import Said, said_in
from bot.slack.timeline.said import unpacked as said_before
from bot.slack.views.timeline import KEEP_FORM

SHORTCUT = "timeline.keep"
PINNED, UNPINNED = "pin_added", "pin_removed"
MARKED, UNMARKED = "reaction_added", "reaction_removed"
EVENTS = ("message.channels", "message.groups", PINNED, UNPINNED, MARKED, UNMARKED)
SAID, GIVEN, TAKEN = "said", "given", "taken"
IN_CHANNELS = frozenset({"channel", "group"})
LATE = timedelta(seconds=20)

Event: TypeAlias = Mapping[str, Any]
Heard: TypeAlias = Callable[[Gesture, Event], Awaitable[None]]


class MessageListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._keeping = Keeping(desk.kit)
        self._latest = Latest()
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

    def _hearing(self, listener: Heard) -> Callable[..., Awaitable[None]]:
        """Slack tells once more what could not be done yet."""

        async def told(ack: AsyncAck, body: dict[str, Any], event: dict[str, Any]) -> None:
            gesture = of_event(body, await self._desk.identity.workspace(body))
            work = partial(self._in_turn, listener, gesture, event)
            await heard(self._desk.running, work, ack)

        return told

    async def _in_turn(self, listener: Heard, gesture: Gesture, event: Event) -> None:
        channel = str(event.get("channel") or (event.get("item") or {}).get("channel") or "")
        async with self._turns.setdefault(channel, asyncio.Lock()):
            await listener(gesture, event)

    async def _pinned(self, gesture: Gesture, event: Event) -> None:
        item = event.get("item") or {}
        said = said_in(item.get("message") or {}, str(item.get("channel") or ""))
        if said is None or self._is_undone(event, said.channel_id, said.ts, PIN):
            return
        overtaken = self._is_overtaken(event, said.channel_id, said.ts, SAID)
        if overtaken or is_late(event, self._desk.kit.clock()):
            await self._keeping.look(gesture, said.channel_id, said.ts, PIN)
        else:
            await self._keeping.keep(gesture, said, PIN)

    async def _unpinned(self, gesture: Gesture, event: Event) -> None:
        item = event.get("item") or {}
        ts = str((item.get("message") or {}).get("ts") or "")
        await self._let_go(gesture, event, ts, PIN)

    async def _marked(self, gesture: Gesture, event: Event) -> None:
        item = event.get("item") or {}
        if item.get("type") == "message":
            channel, ts = str(item["channel"]), str(item["ts"])
            if not self._is_undone(event, channel, ts, _reaction(gesture, event)):
                await self._keeping.mark(gesture, channel, ts, str(event["reaction"]))

    async def _unmarked(self, gesture: Gesture, event: Event) -> None:
        item = event.get("item") or {}
        if item.get("type") == "message":
            await self._let_go(gesture, event, str(item["ts"]), _reaction(gesture, event))

    async def _let_go(self, gesture: Gesture, event: Event, ts: str, why: str) -> None:
        """There may be the same reason once more by the time this is told."""
        channel = str((event.get("item") or {}).get("channel") or "")
        if self._is_done_again(event, channel, ts, why):
            return
        if is_late(event, self._desk.kit.clock()):
            await self._keeping.release_if_gone(gesture, channel, ts, why)
        else:
            await self._keeping.release(gesture, channel, ts, why)

    async def _said(self, gesture: Gesture, event: Event) -> None:
        """Only what becomes of messages that are there already. What was deleted stays so."""
        channel = str(event.get("channel") or "")
        after = event.get("message") or {}
        ts = str(event.get("deleted_ts") or after.get("ts") or "")
        overtaken = self._is_overtaken(event, channel, ts, SAID)
        self._note(event, channel, ts, SAID)
        match event.get("subtype"):
            case "message_changed" if after.get("subtype") != "tombstone":
                said = said_in(after, channel)
                if said and not overtaken:
                    await self._edited(gesture, event, said)
            case "message_changed":
                await self._keeping.deleted(gesture, channel, ts)
            case "message_deleted":
                await self._keeping.deleted(gesture, channel, ts)

    async def _edited(self, gesture: Gesture, event: Event, said: Said) -> None:
        if is_late(event, self._desk.kit.clock()):
            await self._keeping.reread(gesture, said)
        else:
            await self._keeping.edited(gesture, said)

    def _is_undone(self, event: Event, channel: str, ts: str, why: str) -> bool:
        """Whether it was told before that the reason went later."""
        self._note(event, channel, ts, f"{why} {GIVEN}")
        return self._is_overtaken(event, channel, ts, f"{why} {TAKEN}")

    def _is_done_again(self, event: Event, channel: str, ts: str, why: str) -> bool:
        """Whether it was told before that the reason came back later."""
        self._note(event, channel, ts, f"{why} {TAKEN}")
        return self._is_overtaken(event, channel, ts, f"{why} {GIVEN}")

    def _is_overtaken(self, event: Event, channel: str, ts: str, what: str) -> bool:
        return self._latest.is_after((channel, ts, what), _happened(event))

    def _note(self, event: Event, channel: str, ts: str, what: str) -> None:
        self._latest.note((channel, ts, what), _happened(event))

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
    return now - datetime.fromtimestamp(_happened(event), UTC) > LATE


def _reaction(gesture: Gesture, event: Event) -> str:
    return reaction_of(str(event["reaction"]), gesture.user_id)


def _happened(event: Event) -> float:
    return float(event.get("event_ts") or 0)


async def _in_channel(event: Event) -> bool:
    return event.get("channel_type") in IN_CHANNELS
