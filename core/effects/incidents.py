"""What must be shown of incidents and of alerts."""

from dataclasses import dataclass

from core.domain.ids import EntryId, UpdateId
from core.effects.base import IncidentEffect


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
class PostExecution(IncidentEffect):
    """The steps of a procedure that somebody takes are to be read in the channel."""

    execution_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshAlerts(IncidentEffect):
    """The message that lists and counts the incident's alerts is there, and true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAlertNotice:
    """A line about no incident is to be read in the channel it names, else where incidents are
    announced; `about` is the alert source or the like whose line it is."""

    about: str
    entry_id: EntryId

    @property
    def subject_id(self) -> str:
        return f"alerts:{self.about}"
