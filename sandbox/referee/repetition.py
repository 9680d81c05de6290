"""One delivery, one effect: the same message or form must not be shown twice for it."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.messages import Message
from sandbox.world import World

# How long after a delivery what the app shows is taken for its answer. Later the app may have
# reasons of its own, such as a reminder.
HANDLING_SECONDS = 60.0
MOST_REMEMBERED = 200
SHOWN = frozenset({"", "bot_message", "thread_broadcast", "me_message"})
NOTES = frozenset({"channel_topic", "group_topic", "channel_purpose", "group_purpose"})


@dataclass(slots=True)
class Occasion:
    """A delivery with all its repetitions, and what was shown on its account."""

    id: str
    last_sent: float
    times: int = 0
    shown: set[str] = field(default_factory=set)


class RepetitionWatch:
    """Each delivery is a licence for one copy of a thing shown; a second copy needs a second one.

    Things are the same when they stand in the same place with the same words, blocks and metadata:
    an app that numbers its messages in their metadata says that they are different things. A
    topic is doubled when it is set again to what it is. Channels must differ in name, so two that
    differ in their numbers only are the same when a delivery came more than once. A pin or a
    reaction cannot be doubled: Slack refuses the second.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._occasions: dict[str, Occasion] = {}
        self._bookmarks: dict[str, int] = {}
        self._notes: dict[tuple[str, str], tuple[str, int]] = {}
        self._seen: set[tuple[str, str]] = set()

    def reset(self) -> None:
        self._occasions.clear()
        self._bookmarks.clear()
        self._notes.clear()
        self._seen.clear()

    def hear_entry(self, entry: Json) -> None:
        if entry["kind"] != "delivery" or self._is_echo(entry.get("payload")):
            return
        name, now = str(entry["delivery"]), self._world.clock.seconds()
        known = self._occasions.pop(name, None) or Occasion(name, now)
        known.last_sent, known.times = now, known.times + 1
        self._occasions[name] = known
        while len(self._occasions) > MOST_REMEMBERED:
            del self._occasions[next(iter(self._occasions))]

    def _is_echo(self, payload: Any) -> bool:
        """Whether an event only tells the app what the app did."""
        event = payload.get("event") if isinstance(payload, dict) else None
        if not isinstance(event, dict):
            return False
        team = self._world.workspace.team
        inner = event.get("message") or event.get("previous_message") or {}
        ids = (event.get("user"), event.get("inviter"), event.get("bot_id"), inner.get("bot_id"))
        return team.bot_user_id in ids or team.bot_id in ids

    def hear_change(self, change: Change) -> None:
        if change.type in ("message", "ephemeral"):
            self._look_at_message(change)
        elif change.type == "views":
            self._look_at_stack(change.user)
        elif change.type == "channel":
            self._look_at_bookmarks(change.channel)
            self._look_at_channel(change.channel)

    def _look_at_message(self, change: Change) -> None:
        place = (change.channel, change.ts)
        message = self._world.workspace.message(*place)
        if message is None or place in self._seen:
            return
        self._seen.add(place)
        turn = self._turn(message) if message.subtype in NOTES else ""
        if self._is_own(message):
            what = f"the message {_words(message.text)!r}"
            self._show(_key_of(message) + turn, what, change.channel)

    def _turn(self, note: Message) -> str:
        """Which topic or purpose it is: the same words are the same one if none came between."""
        place = (note.channel, note.subtype)
        last, turn = self._notes.get(place, ("", 0))
        said = note.text.partition(": ")[2]
        self._notes[place] = (said, turn + (said != last))
        return f" {self._notes[place][1]}"

    def _is_own(self, message: Message) -> bool:
        team = self._world.workspace.team
        own = message.bot_id == team.bot_id or message.user == team.bot_user_id
        return own and message.subtype in SHOWN | NOTES

    def _look_at_stack(self, user: str) -> None:
        stack = self._world.workspace.stack_of(user)
        place = (user, stack[-1].id if stack else "")
        if not stack or place in self._seen:
            return
        self._seen.add(place)
        key = json.dumps([user, _form(stack[-1].content)], sort_keys=True, default=str)
        self._show(key, "the same modal", user)

    def _look_at_bookmarks(self, channel: str) -> None:
        known = self._world.workspace.channels.get(channel)
        marks = [(mark.title, mark.link) for mark in known.bookmarks] if known else []
        copies = len(marks) - len(set(marks))
        if copies > self._bookmarks.get(channel, 0):
            self._blame("the same bookmark", channel)
        self._bookmarks[channel] = copies

    def _look_at_channel(self, channel: str) -> None:
        known, place = self._world.workspace.channels.get(channel), (channel, "")
        if known is None or place in self._seen:
            return
        self._seen.add(place)
        creator = "" if known.is_direct else known.creator
        if creator == self._world.workspace.team.bot_user_id and known.created >= self._latest():
            key = f"channel {re.sub(r'[0-9]+', '0', known.name)}"
            self._show(key, f"a channel like #{known.name}", channel, times=2)

    def _latest(self) -> float:
        return self._world.clock.seconds() - HANDLING_SECONDS

    def _show(self, key: str, what: str, place: str, *, times: int = 1) -> None:
        """Charge a thing to the newest delivery that has not shown it yet.

        None left is a fault of the app, if one of them came that many `times`.
        """
        current = [o for o in self._occasions.values() if o.last_sent >= self._latest()]
        for occasion in reversed(current):
            if key not in occasion.shown:
                occasion.shown.add(key)
                return
        if any(occasion.times >= times for occasion in current):
            self._blame(what, place)

    def _blame(self, what: str, place: str) -> None:
        self._world.journal.finding(
            "duplicate_effect",
            f"The app showed {what} twice in {place} for one and the same delivery.",
            where=place,
        )


def _key_of(message: Message) -> str:
    parts = [
        message.channel,
        message.thread_ts,
        message.ephemeral_to,
        message.text,
        [_form(block) for block in message.blocks],
        list(message.attachments),
        message.metadata,
    ]
    return json.dumps(parts, sort_keys=True, default=str)


def _form(content: Any) -> Any:
    """Blocks without the ids that Slack makes up for them, and without what nobody sees."""
    if isinstance(content, dict):
        unseen = ("block_id", "action_id", "private_metadata", "external_id")
        return {name: _form(part) for name, part in content.items() if name not in unseen}
    return [_form(part) for part in content] if isinstance(content, list) else content


def _words(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
