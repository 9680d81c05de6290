"""What search must know, and what it must look for."""

from dataclasses import dataclass

from core.effects.base import IncidentEffect


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
