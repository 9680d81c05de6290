"""A configured alert source: which tool rings, for which service, with which token."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import IntegrationId, ServiceId
from core.errors import InvalidInput

SOURCES = ("alertmanager",)
"""Tools that can ring today; each has a parser and a page in the documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    id: IntegrationId
    source: str
    name: str
    token_hash: str
    created_at: datetime
    service_id: ServiceId | None = None
    auto_resolve: bool = True
    version: int = 0


def source_named(word: str) -> str:
    source = word.strip().lower()
    if source not in SOURCES:
        raise InvalidInput(
            f"“{word}” is not an alert source; use {', '.join(SOURCES)}.", field="source"
        )
    return source
