"""What other programs must be told."""

from dataclasses import dataclass

from core.domain.ids import EndpointId, EntryId
from core.effects.base import MaintenanceEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class FanOutEvent:
    """Every outgoing webhook that wants it is sent this line of a history; `about` is what it is
    the history of."""

    about: str
    entry_id: EntryId

    @property
    def subject_id(self) -> str:
        """A lane of its own, as for `FanOutWebhooks`, which does it for maintenance."""
        return f"webhooks:{self.about}"


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
