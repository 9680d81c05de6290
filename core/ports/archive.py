"""Everything of one organisation, out of the storage and back into another."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeAlias

from core.domain.ids import OrganizationId

Entry: TypeAlias = tuple[str, Mapping[str, Any]]
"""A noun and one row of it; its values are what JSON can say."""


class Archive(Protocol):
    async def export(self, organization_id: OrganizationId, emit: Callable[[Entry], None]) -> None:
        """Tell `emit` of every row as of one moment, parents before children.

        What is only under way (sessions, queued deliveries) is no part of it. `emit` may be
        called from another thread.
        """

    async def restore(self, entries: Callable[[], Iterable[Entry]]) -> int:
        """Store the entries of an export, all or none of them; answers how many.

        `Conflict` when the organisation is there already and has anything; `InvalidInput` when an
        entry is none. `entries` may be asked for more than once.
        """
