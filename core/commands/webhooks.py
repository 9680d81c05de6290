"""Commands on outgoing webhooks."""

from dataclasses import dataclass, field

from core.commands.base import Command
from core.domain.ids import EntryId, ServiceId
from core.domain.webhook_delivery import WebhookDelivery
from core.domain.webhook_endpoint import Told, WebhookEndpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWebhookEndpoint(Command[WebhookEndpoint]):
    """`secret` is sealed already. No events means all that the caller may see."""

    url: str
    name: str = ""
    events: tuple[str, ...] = ()
    service_ids: tuple[ServiceId, ...] = ()
    severities: tuple[str, ...] = ()
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditWebhookEndpoint(Command[WebhookEndpoint]):
    """What is None stays."""

    endpoint_id: str
    url: str | None = None
    name: str | None = None
    events: tuple[str, ...] | None = None
    service_ids: tuple[ServiceId, ...] | None = None
    severities: tuple[str, ...] | None = None
    enabled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateWebhookSecret(Command[WebhookEndpoint]):
    """The old secret signs beside the new one for a day."""

    endpoint_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteWebhookEndpoint(Command[WebhookEndpoint]):
    """What is on its way to it is given up."""

    endpoint_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PingWebhook(Command[WebhookDelivery]):
    """Send it something that means nothing, to see whether it arrives."""

    endpoint_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayWebhook(Command[WebhookDelivery]):
    """Send one line of a history once more, whatever became of it."""

    delivery_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayFailedWebhooks(Command[int]):
    """Send all that was given up for one endpoint once more, oldest first and `limit` at most;
    answers how many."""

    endpoint_id: str
    limit: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueWebhooks(Command[int]):
    """Every endpoint that wants this line of a history is sent it once; answers how many."""

    entry_id: EntryId
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWebhookAttempt(Command[WebhookDelivery]):
    """How a request went. `final`: it arrived, or is given up. `made` is False where none could
    be made. `gone`: the other side wants nothing any more."""

    delivery_id: str
    status: int | None = None
    reason: str = ""
    final: bool = False
    made: bool = True
    gone: bool = False
