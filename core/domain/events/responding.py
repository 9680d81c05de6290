"""What people did about an incident together, and what Tocsin reminded them of."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from core.domain.channel_fate import ChannelFate
from core.domain.events.base import IncidentEvent
from core.domain.ids import IncidentId, UserId
from core.domain.reminder import Reminder


class RespondingEvent(IncidentEvent):
    """The base of all of them."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven(RespondingEvent):
    """`user_id` is None when nobody plays the role any more; `before` is who did, by name."""

    role_id: str
    role: str
    user_id: UserId | None
    user_name: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMerged(RespondingEvent):
    """It is the same as another, and goes on there."""

    into_id: IncidentId
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAbsorbed(RespondingEvent):
    """Another one was the same, and goes on here."""

    other_id: IncidentId
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRelated(RespondingEvent):
    other_id: IncidentId
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentUnrelated(RespondingEvent):
    other_id: IncidentId
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersChanged(RespondingEvent):
    """Who may know of it, by name. `private` says what it is now; `turned` when it was not before,
    or is not any more. `shown_in` are incidents that it was said to look like, `beside` those
    whose history names it."""

    private: bool
    turned: bool = False
    shown_in: tuple[IncidentId, ...] = ()
    beside: tuple[IncidentId, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKept(RespondingEvent):
    """A message of its channel is part of the history, with the time at which it was said."""

    message_id: str
    author: str
    text: str
    said_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDropped(RespondingEvent):
    message_id: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRevised(RespondingEvent):
    """Somebody corrected a line of the history, its words or its time."""

    line_id: str
    text: str | None = None
    moved_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDue(RespondingEvent):
    """`count` is how often it was reminded of this since anything was done about it, at least 1.
    Of a task `name` is what it is called."""

    reminder: Reminder
    count: int
    since: datetime
    name: str = ""
    task_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPutOff(RespondingEvent):
    reminder: Reminder
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelArchiveDue(RespondingEvent):
    """It was over for long enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged(RespondingEvent):
    """Something befell its channel in Slack; `before` is what it was called before."""

    what: ChannelFate
    channel_name: str
    before: str = ""


RespondingFact: TypeAlias = (
    RoleGiven
    | IncidentMerged
    | IncidentAbsorbed
    | IncidentRelated
    | IncidentUnrelated
    | MembersChanged
    | MessageKept
    | MessageDropped
    | EntryRevised
    | ReminderDue
    | ReminderPutOff
    | ChannelArchiveDue
    | ChannelChanged
)
