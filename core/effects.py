"""Things the outside world must be made to show.

An effect names an intention and the ids it concerns, never rendered text or
blocks: whoever delivers it reads the latest state, so delivering one twice, or
late, is harmless.
"""

from dataclasses import dataclass
from typing import TypeAlias

from core.domain.ids import EndpointId, EntryId, IncidentId, MaintenanceId, UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEffect:
    incident_id: IncidentId

    @property
    def subject_id(self) -> str:
        """Effects of one subject are shown in the order in which they came to be."""
        return self.incident_id


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceEffect:
    maintenance_id: MaintenanceId

    @property
    def subject_id(self) -> str:
        return self.maintenance_id


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


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexIncident(IncidentEffect):
    """Search by meaning knows the incident as it is now, or not any more."""

    @property
    def subject_id(self) -> str:
        """A lane of its own: it waits for nobody, and nobody for it."""
        return f"index:{self.incident_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRecord:
    """The same for a procedure or an article."""

    record_id: str

    @property
    def subject_id(self) -> str:
        return f"index:{self.record_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindLikenesses(IncidentEffect):
    """What looks like the incident is looked for, and written down."""

    @property
    def subject_id(self) -> str:
        """A lane of its own: search may be slow, the channel may not."""
        return f"likenesses:{self.incident_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshLikenesses(IncidentEffect):
    """The "looks like" message is in the incident's channel, and true; without any, there is
    none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostExecution(IncidentEffect):
    """The steps of a procedure that somebody takes are to be read in the channel."""

    execution_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshMaintenanceCard(MaintenanceEffect):
    """Its card is there and true, in each of its channels and with each person it is told to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMaintenanceNotice(MaintenanceEffect):
    """A line of its history is to be read in the thread under each of its cards."""

    entry_id: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class TellMaintenanceOwner(MaintenanceEffect):
    """Its owner, or whoever scheduled it, hears in person what could not be done."""

    entry_id: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class FanOutWebhooks(MaintenanceEffect):
    """Every outgoing webhook that wants it is sent this line of its history."""

    entry_id: EntryId

    @property
    def subject_id(self) -> str:
        """A lane of its own: while Slack is away, the others are told."""
        return f"webhooks:{self.maintenance_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendWebhook:
    """One outgoing webhook is sent one line of a history; those of an endpoint keep their order."""

    endpoint_id: EndpointId
    delivery_id: str

    @property
    def subject_id(self) -> str:
        return self.endpoint_id


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
    | IndexIncident
    | IndexRecord
    | FindLikenesses
    | RefreshLikenesses
    | PostExecution
    | RefreshMaintenanceCard
    | PostMaintenanceNotice
    | TellMaintenanceOwner
    | FanOutWebhooks
    | SendWebhook
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
        IndexIncident,
        IndexRecord,
        FindLikenesses,
        RefreshLikenesses,
        PostExecution,
        RefreshMaintenanceCard,
        PostMaintenanceNotice,
        TellMaintenanceOwner,
        FanOutWebhooks,
        SendWebhook,
    )
}
"""By name, as the outbox stores them."""

COLLAPSIBLE: frozenset[type[Effect]] = frozenset(
    {
        RefreshAnnouncement,
        RefreshCard,
        RefreshTopic,
        AddBookmarks,
        InvitePeople,
        IndexIncident,
        IndexRecord,
        FindLikenesses,
        RefreshMaintenanceCard,
    }
)
"""Effects that show the latest state: ten waiting ones are one. `RefreshLikenesses` is none of
them: before the card stands it does nothing, and the one that waits behind the card must stay."""
