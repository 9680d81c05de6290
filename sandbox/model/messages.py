"""Messages, as they stand after every edit, reaction and pin."""

from dataclasses import dataclass, field

from sandbox.json_types import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    name: str
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    thread_ts: str = ""
    subtype: str = ""
    bot_id: str = ""
    username: str = ""
    edited: Json | None = None
    reactions: tuple[Reaction, ...] = ()
    metadata: Json | None = None
    ephemeral_to: str = ""
    # What only some system messages carry: the new topic, the old name, the inviter.
    extra: Json = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return bool(self.thread_ts) and self.thread_ts != self.ts
