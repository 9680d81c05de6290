"""Reads what an organisation calls things; what comes with every one needs no reading."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.api.dialects.incident_io.terms import Terms
from core.domain.account import User
from core.domain.custom_field import CustomField, FieldOption
from core.domain.ids import OrganizationId, UserId
from core.domain.incident_role import STANDARD_ROLES, IncidentRole, standard_roles
from core.domain.severity_option import SeverityOption, standard_severities
from core.domain.status_option import StatusCategory, StatusOption, standard_statuses
from core.ports import ReadModels
from core.ports.records import K, RecordQuery
from core.views import IncidentRow

MOST = 10_000


class Vocabulary:
    def __init__(self, reads: ReadModels) -> None:
        self._reads = reads
        self._founded: dict[OrganizationId, datetime] = {}

    async def founded(self, organization_id: OrganizationId) -> datetime:
        if organization_id not in self._founded:
            organization = await self._reads.organization(organization_id)
            self._founded[organization_id] = organization.created_at
        return self._founded[organization_id]

    async def severities(self, organization_id: OrganizationId) -> dict[str, SeverityOption]:
        """The worst first."""
        standard = standard_severities(await self.founded(organization_id))
        own = await self.all(organization_id, SeverityOption)
        return _by_id(sorted((*standard, *own), key=lambda one: (-one.rank, one.created_at)))

    async def statuses(self, organization_id: OrganizationId) -> dict[str, StatusOption]:
        """By category and rank."""
        standard = standard_statuses(await self.founded(organization_id))
        own = await self.all(organization_id, StatusOption)
        return _by_id(sorted((*standard, *own), key=_place))

    async def roles(self, organization_id: OrganizationId) -> dict[str, IncidentRole]:
        """Those of every organisation first, then its own, the oldest first."""
        standard = standard_roles(await self.founded(organization_id))
        own = await self.all(organization_id, IncidentRole)
        return _by_id((*standard, *reversed(own)))

    async def fields(self, organization_id: OrganizationId) -> dict[str, CustomField]:
        """The oldest first."""
        return _by_id(reversed(await self.all(organization_id, CustomField)))

    async def options(
        self, organization_id: OrganizationId, field_id: str | None = None
    ) -> list[FieldOption]:
        """Of one field or of all, in their order."""
        found = await self.all(organization_id, FieldOption, parent_id=field_id)
        return sorted(found, key=lambda one: (one.sort_key, one.created_at, one.id))

    async def users(self, organization_id: OrganizationId) -> dict[UserId, User]:
        """Deleted ones too: what they did stays theirs."""
        users = await self._reads.users(organization_id, deleted_too=True)
        return {user.id: user for user in users}

    async def terms(self, organization_id: OrganizationId, rows: Sequence[IncidentRow]) -> Terms:
        """What these rows need; whatever none of them mentions is not read."""
        at = await self.founded(organization_id)
        fields = any(row.fields for row in rows)
        return Terms(
            founded=at,
            severities=await self.severities(organization_id)
            if any(row.severity_id for row in rows)
            else _by_id(standard_severities(at)),
            statuses=await self.statuses(organization_id)
            if any(row.status_id for row in rows)
            else _by_id(standard_statuses(at)),
            roles=await self.roles(organization_id)
            if any(one.role_id not in STANDARD_ROLES for row in rows for one in row.roles)
            else _by_id(standard_roles(at)),
            fields=await self.fields(organization_id) if fields else {},
            options=await self.options(organization_id) if fields else (),
            users=await self.users(organization_id) if any(map(_names_people, rows)) else {},
        )

    async def whole(self, organization_id: OrganizationId) -> Terms:
        """Everything that a filter or an update may name."""
        return Terms(
            founded=await self.founded(organization_id),
            severities=await self.severities(organization_id),
            statuses=await self.statuses(organization_id),
            roles=await self.roles(organization_id),
            fields=await self.fields(organization_id),
            users=await self.users(organization_id),
        )

    async def all(
        self, organization_id: OrganizationId, kind: type[K], *, parent_id: str | None = None
    ) -> list[K]:
        query = RecordQuery(parent_id=parent_id, limit=MOST)
        return list((await self._reads.records(organization_id, kind, query)).rows)


def _names_people(row: IncidentRow) -> bool:
    return bool(row.created_by or row.assignee_id or row.roles)


def _place(status: StatusOption) -> tuple[int, int, datetime]:
    return list(StatusCategory).index(status.category), status.rank, status.created_at


def _by_id(records: Iterable[K]) -> dict[str, K]:
    return {record.id: record for record in records}
