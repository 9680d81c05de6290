"""One line of a history on its way to one outgoing webhook, and how that went."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.ids import EndpointId, EntryId


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """It was given up; a person may send it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDelivery:
    """`attempts` counts the requests made so far, `status` is what the last one was answered
    with, None where it was not; `reason` says in a sentence why it has not arrived.
    `settled_at` is when it arrived or was given up."""

    id: str
    endpoint_id: EndpointId
    entry_id: EntryId
    event_type: str
    created_at: datetime
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    status: int | None = None
    reason: str = ""
    settled_at: datetime | None = None
