"""A service: something that can break, and whose owners want to know."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import ServiceId, UserId

MAX_NAME = 200
MAX_DESCRIPTION = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    id: ServiceId
    name: str
    created_at: datetime
    description: str = ""
    owner_ids: tuple[UserId, ...] = ()
    version: int = 0
