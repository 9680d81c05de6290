"""What must be shown of working on an incident together."""

from dataclasses import dataclass, field

from core.domain.ids import EntryId
from core.effects.base import IncidentEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class TellRole(IncidentEffect):
    """Whoever was given a role hears in person what it asks of them."""

    entry_id: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTasks(IncidentEffect):
    """The message that lists the incident's tasks is there, and true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReminder(IncidentEffect):
    """Whoever can do something about it is reminded of it."""

    entry_id: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveChannel(IncidentEffect):
    """The channel of an incident that is over is archived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnarchiveChannel(IncidentEffect):
    """The channel of an incident that goes on is not archived any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellSubscribers(IncidentEffect):
    """Whoever follows the incident, one of its services or its severity reads a line of it."""

    entry_id: EntryId

    @property
    def subject_id(self) -> str:
        """A lane of its own: the incident's own channel does not wait for them."""
        return f"subscribers:{self.incident_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(IncidentEffect):
    """What was said of it where everybody reads, while it was public, is taken back; `entry_id` is
    the line with which it turned private."""

    entry_id: EntryId = field(default=EntryId(""))

    @property
    def subject_id(self) -> str:
        """A lane of its own: it begins at once, and nothing waits for it."""
        return f"withdraw:{self.incident_id}"

    @property
    def comes_after(self) -> tuple[str, ...]:
        """The lanes in which something may be on its way that set out while it was public."""
        return *self.closes_after, f"subscribers:{self.incident_id}"

    @property
    def closes_after(self) -> tuple[str, ...]:
        """Those of them that change what stands in channels of its own."""
        return self.incident_id, f"lines:{self.incident_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshMentions(IncidentEffect):
    """Card, announcement and topic name none of the others that it has to do with of which not all
    who read them may know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetellLines(IncidentEffect):
    """The lines in which it says something of others name none of which not all who read them may
    know."""

    @property
    def subject_id(self) -> str:
        """A lane of its own: there may be hundreds of lines, and nothing waits for them."""
        return f"lines:{self.incident_id}"

    @property
    def comes_after(self) -> tuple[str, ...]:
        """The lanes in which lines are on their way to where they stand."""
        return self.incident_id, f"subscribers:{self.incident_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPostmortem(IncidentEffect):
    """The draft of the postmortem is to be read in the channel, as it is now."""

    postmortem_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskContributors(IncidentEffect):
    """Whoever took part is asked in person what they know for the postmortem."""

    postmortem_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSummary:
    """The week is summed up in the digest channel; `entry_id` says which week."""

    about: str
    entry_id: EntryId

    @property
    def subject_id(self) -> str:
        return f"summary:{self.about}"
