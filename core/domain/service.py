"""A service: something that can break, and whose owners want to know."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import ServiceId, UserId

MAX_NAME = 200
MAX_DESCRIPTION = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """`depends_on`: while one of those is broken, its own alerts call nobody."""

    id: ServiceId
    name: str
    created_at: datetime
    description: str = ""
    owner_ids: tuple[UserId, ...] = ()
    depends_on: tuple[ServiceId, ...] = ()
    version: int = 0
