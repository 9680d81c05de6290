"""Messages of an incident's channel that people made part of its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.domain.ids import ChannelId, IncidentId, UserId
from core.domain.record import Record

MAX_TEXT = 10_000
MAX_FILES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMessage(Record):
    """`said_at` is the message's own time, `files` the names of what was attached. `author` is a
    name, `author_id` who that is, of people that Tocsin knew then. `kept_by` says why it is kept,
    one word for each pin, reaction and person; without any it is dropped."""

    NOUN: ClassVar[str] = "kept message"
    PREFIX: ClassVar[str] = "kmg"

    incident_id: IncidentId
    channel_id: ChannelId
    ts: str
    text: str
    author: str
    said_at: datetime
    author_id: UserId | None = None
    permalink: str = ""
    files: tuple[str, ...] = ()
    kept_by: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.text[:80]

    @property
    def parent_id(self) -> str | None:
        return self.incident_id

    @property
    def unique_key(self) -> str | None:
        """Once in the history of an incident, however many keep it."""
        return key_of(self.incident_id, self.channel_id, self.ts)


def key_of(incident_id: IncidentId, channel_id: ChannelId, ts: str) -> str:
    return f"{incident_id}/{channel_id}/{ts}"
