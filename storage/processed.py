"""Requests that were carried out under an idempotency key, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, select

from core.domain.ids import OrganizationId
from core.ports import Processed
from storage.mapping import Mapping
from storage.session import Draft
from storage.statements import Statement, insertion
from storage.tables import processed

_PROCESSED = Mapping(Processed)
_FIND = Statement(
    select(*_PROCESSED.columns(processed)).where(
        processed.c.organization_id == bindparam("organization"),
        processed.c.key == bindparam("key"),
    )
)
_INSERT = insertion(processed)


class SqlProcessed:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def find(self, key: str) -> Processed | None:
        values = {"organization": self._organization_id, "key": key}
        row = await self._draft.one(_FIND, values, ("processed", self._noun(key)))
        return _PROCESSED.value(row) if row else None

    async def add(self, processed: Processed, at: datetime) -> None:
        row = _PROCESSED.row(processed, organization_id=self._organization_id, at=at)
        self._draft.stage(_INSERT, row, ("processed", self._noun(processed.key)))

    def _noun(self, key: str) -> str:
        return f"{self._organization_id} {key}"
