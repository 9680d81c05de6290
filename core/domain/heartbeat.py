"""A heartbeat: something says that it lives, and its silence rings."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from core.domain.ids import IntegrationId, ServiceId
from core.domain.record import Record
from core.domain.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat(Record):
    """`interval` and `grace` in seconds. Before the first ping it does not ring.
    `integration_id` is the source in whose name it rings."""

    NOUN: ClassVar[str] = "heartbeat"
    PREFIX: ClassVar[str] = "hbt"

    name: str
    interval: int
    integration_id: IntegrationId
    grace: int = 0
    enabled: bool = True
    severity: Severity = Severity.HIGH
    description: str = ""
    service_id: ServiceId | None = None
    last_ping_at: datetime | None = None
    ringing: bool = False
    token_hash: str = field(default="", repr=False)

    @property
    def label(self) -> str:
        return self.name

    @property
    def unique_key(self) -> str | None:
        return self.name

    @property
    def expires_at(self) -> datetime | None:
        """When it rings unless it is heard before; None before the first ping."""
        if self.last_ping_at is None or not self.enabled:
            return None
        return self.last_ping_at + timedelta(seconds=self.interval + self.grace)
