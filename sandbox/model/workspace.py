"""The state of one workspace: tables of frozen values, and who is told when one changes."""

from collections.abc import Callable, Iterable

from sandbox.clock import Clock
from sandbox.ids import IdSource
from sandbox.model.canvases import Canvas
from sandbox.model.changes import Change
from sandbox.model.channels import Channel
from sandbox.model.files import File
from sandbox.model.links import LinkShare
from sandbox.model.messages import Message
from sandbox.model.people import Team, User, UserGroup
from sandbox.model.scheduled import Scheduled
from sandbox.model.views import View

Listener = Callable[[Change], None]


class Workspace:
    """Everything a snapshot holds; the operations on it live beside it, one module per noun."""

    def __init__(self, *, team: Team, clock: Clock, ids: IdSource) -> None:
        self.team = team
        self.clock = clock
        self.ids = ids
        self.users: dict[str, User] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        # Per channel and parent the times of its replies: looked up for every message shown.
        self.threads: dict[tuple[str, str], list[str]] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, tuple[str, ...]] = {}
        self.homes: dict[str, str] = {}
        self.files: dict[str, File] = {}
        self.canvases: dict[str, Canvas] = {}
        self.scheduled: dict[str, Scheduled] = {}
        # Custom emoji: name and where its picture is.
        self.emoji: dict[str, str] = {}
        # What the app was told of links in messages, by the id it unfurls them with.
        self.link_shares: dict[str, LinkShare] = {}
        # How far somebody has read a channel.
        self.read_marks: dict[tuple[str, str], str] = {}
        self.last_ts = 0
        # Where the sandbox listens, for the addresses of files; known late.
        self.address = ""
        # The app wants to hear of links to these.
        self.unfurl_domains: tuple[str, ...] = ()
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)

    def next_ts(self) -> str:
        """A message timestamp later than every one before it."""
        self.last_ts = max(int(self.clock.seconds() * 1_000_000), self.last_ts + 1)
        return f"{self.last_ts // 1_000_000}.{self.last_ts % 1_000_000:06d}"

    def seconds(self) -> int:
        return int(self.clock.seconds())

    def channel_named(self, name: str) -> Channel | None:
        return next((c for c in self.channels.values() if c.name == name and not c.is_im), None)

    def user_named(self, name: str) -> User | None:
        return next((user for user in self.users.values() if user.name == name), None)

    def message(self, channel: str, ts: str) -> Message | None:
        return self.messages.get(channel, {}).get(ts)

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        room = self.messages.get(channel, {})
        return [room[ts] for ts in self.threads.get((channel, thread_ts), ()) if ts in room]

    def keep(self, message: Message) -> None:
        """Store a message, new or changed."""
        room = self.messages[message.channel]
        if message.ts not in room and message.is_reply and not message.ephemeral_to:
            self.threads.setdefault((message.channel, message.thread_ts), []).append(message.ts)
        room[message.ts] = message

    def stack_of(self, user: str) -> list[View]:
        return [self.views[view] for view in self.stacks.get(user, ())]

    def home_of(self, user: str) -> View | None:
        view = self.homes.get(user)
        return self.views[view] if view else None

    def drop_views(self, views: Iterable[str]) -> None:
        for view in views:
            self.views.pop(view, None)
