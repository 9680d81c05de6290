"""Messages, before they are posted and as they stand after every edit, reaction and pin."""

from dataclasses import dataclass, field

from sandbox.json_types import Json

# The subtypes of what people and apps say themselves.
SPOKEN = frozenset({"", "bot_message", "file_share", "me_message", "thread_broadcast"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    name: str
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wants to say, before it has a timestamp."""

    channel: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    thread_ts: str = ""
    metadata: Json | None = None
    bot_id: str = ""
    username: str = ""
    ephemeral_to: str = ""
    broadcast: bool = False
    client_msg_id: str = ""
    subtype: str = ""
    files: tuple[str, ...] = ()
    extra: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    files: tuple[str, ...] = ()
    thread_ts: str = ""
    subtype: str = ""
    bot_id: str = ""
    username: str = ""
    edited: Json | None = None
    reactions: tuple[Reaction, ...] = ()
    metadata: Json | None = None
    ephemeral_to: str = ""
    # A person's client gives every message it sends an id of its own.
    client_msg_id: str = ""
    # What only some system messages carry: the new topic, the old name, the inviter.
    extra: Json = field(default_factory=dict)

    @property
    def is_notice(self) -> bool:
        """Whether Slack wrote it, as when somebody joins, and not who is named in it."""
        return self.subtype not in SPOKEN

    @property
    def is_reply(self) -> bool:
        return bool(self.thread_ts) and self.thread_ts != self.ts
