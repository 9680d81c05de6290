"""Things the outside world must be made to show.

An effect names an intention and the ids it concerns, never rendered text or
blocks: whoever delivers it reads the latest state, so delivering one twice, or
late, is harmless.
"""

from dataclasses import dataclass
from typing import TypeAlias

from core.domain.ids import EntryId, IncidentId, UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEffect:
    incident_id: IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshAnnouncement(IncidentEffect):
    """The message in the announcement channel is there and true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChannel(IncidentEffect):
    """The incident has a channel of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshCard(IncidentEffect):
    """The status card in the incident's channel is there, pinned and true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTopic(IncidentEffect):
    """The channel's topic says severity, phase and assignee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddBookmarks(IncidentEffect):
    """The channel's bookmarks lead to the announcement, the runbook and the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePeople(IncidentEffect):
    """Declarer, assignee and the owners of its services are in the channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostUpdate(IncidentEffect):
    """A status update is to be read in the channel."""

    update_id: UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNotice(IncidentEffect):
    """A timeline entry is to be read in the channel."""

    entry_id: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class TellDeclarer(IncidentEffect):
    """Whoever declared it hears, in person, what could not be done."""

    entry_id: EntryId


Effect: TypeAlias = (
    RefreshAnnouncement
    | OpenChannel
    | RefreshCard
    | RefreshTopic
    | AddBookmarks
    | InvitePeople
    | PostUpdate
    | PostNotice
    | TellDeclarer
)

KINDS: dict[str, type[Effect]] = {
    kind.__name__: kind
    for kind in (
        RefreshAnnouncement,
        OpenChannel,
        RefreshCard,
        RefreshTopic,
        AddBookmarks,
        InvitePeople,
        PostUpdate,
        PostNotice,
        TellDeclarer,
    )
}
"""By name, as the outbox stores them."""

COLLAPSIBLE: frozenset[type[Effect]] = frozenset(
    {RefreshAnnouncement, RefreshCard, RefreshTopic, AddBookmarks, InvitePeople}
)
"""Effects that show the latest state: ten waiting ones are one."""
