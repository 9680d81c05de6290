"""The organisation of a transaction, its plan and who is invited to it, in SQL."""

from dataclasses import replace

from sqlalchemy import bindparam, select
from sqlalchemy import update as sql_update

from core.domain.account import Organization
from core.domain.events import Event
from core.domain.ids import InvitationId, OrganizationId, UserId
from core.domain.invitation import Invitation
from core.domain.plan import Plan
from core.errors import NotFound
from storage.incidents import Record
from storage.mapping import Mapping, where_version
from storage.session import EVERY, Draft
from storage.statements import Statement, guarded, insertion, replacement, versioned_update
from storage.tables import invitations, organizations, plans

ORGANIZATION = Mapping(Organization)
PLAN = Mapping(Plan)
INVITATION = Mapping(Invitation)

GET_ORGANIZATION = Statement(
    select(*ORGANIZATION.columns(organizations)).where(
        organizations.c.id == bindparam("organization")
    )
)
GET_PLAN = Statement(
    select(*PLAN.columns(plans)).where(plans.c.organization_id == bindparam("organization"))
)
_our_invitations = select(*INVITATION.columns(invitations)).where(
    invitations.c.organization_id == bindparam("organization")
)
_GET_INVITATION = Statement(_our_invitations.where(invitations.c.id == bindparam("id")))
_INVITED = Statement(
    _our_invitations.where(
        invitations.c.email == bindparam("email"),
        invitations.c.accepted_at.is_(None),
        invitations.c.revoked_at.is_(None),
    )
)
_INVITED_BY = Statement(
    _our_invitations.where(
        invitations.c.invited_by == bindparam("user"),
        invitations.c.accepted_at.is_(None),
        invitations.c.revoked_at.is_(None),
    )
)
INVITATIONS = Statement(
    _our_invitations.order_by(invitations.c.created_at.desc(), invitations.c.id.desc())
)
ADD_ORGANIZATION = insertion(organizations)
_RENAME = guarded(
    sql_update(organizations)
    .where(organizations.c.id == bindparam("organization"))
    .values(name=bindparam("name")),
    organizations,
)
_SAVE_PLAN = replacement(plans, "organization_id")
_ADD_INVITATION = insertion(invitations)
_SAVE_INVITATION = versioned_update(invitations, "id")
_ORGANIZATIONS, _PLANS, _INVITATIONS = (
    (noun, EVERY) for noun in ("organizations", "plans", "invitations")
)


class SqlOrganizations:
    def __init__(self, draft: Draft, organization_id: OrganizationId, record: Record) -> None:
        self._draft = draft
        self._which = {"organization": organization_id}
        self._organization_id = organization_id
        self._record = record

    async def get(self) -> Organization:
        row = await self._draft.one(GET_ORGANIZATION, self._which, _ORGANIZATIONS)
        if row is None:
            raise NotFound(f"There is no organisation {self._organization_id}.")
        return ORGANIZATION.value(row)

    async def add(self, organization: Organization, *, because: Event) -> None:
        row = ORGANIZATION.row(organization)
        self._draft.stage(ADD_ORGANIZATION, row, ("organizations", organization.slug))
        self._record(because)

    async def save(self, organization: Organization, *, because: Event) -> None:
        await self._draft.settle(_ORGANIZATIONS)
        values = {**self._which, "name": organization.name}
        self._draft.stage(_RENAME, values, ("organizations", organization.slug))
        self._record(because)

    async def plan(self) -> Plan | None:
        row = await self._draft.one(GET_PLAN, self._which, _PLANS)
        return PLAN.value(row) if row else None

    async def save_plan(self, plan: Plan, *, because: Event) -> None:
        await self._draft.settle(_PLANS)
        row = PLAN.row(plan, organization_id=self._organization_id)
        self._draft.stage(_SAVE_PLAN, row, ("plans", self._organization_id))
        self._record(because)


class SqlInvitations:
    def __init__(self, draft: Draft, organization_id: OrganizationId, record: Record) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._record = record

    async def get(self, id: InvitationId) -> Invitation:
        values = {"organization": self._organization_id, "id": id}
        row = await self._draft.one(_GET_INVITATION, values, _INVITATIONS)
        if row is None:
            raise NotFound(f"There is no invitation {id}.")
        return INVITATION.value(row)

    async def to(self, email: str) -> list[Invitation]:
        values = {"organization": self._organization_id, "email": email}
        rows = await self._draft.fetch(_INVITED, values, _INVITATIONS)
        return [INVITATION.value(row) for row in rows]

    async def of_inviter(self, user_id: UserId) -> list[Invitation]:
        values = {"organization": self._organization_id, "user": user_id}
        rows = await self._draft.fetch(_INVITED_BY, values, _INVITATIONS)
        return [INVITATION.value(row) for row in rows]

    async def save(self, invitation: Invitation, *, because: Event) -> Invitation:
        await self._draft.settle(_INVITATIONS)
        saved = replace(invitation, version=invitation.version + 1)
        row = INVITATION.row(saved, organization_id=self._organization_id)
        if saved.version == 1:
            self._draft.stage(_ADD_INVITATION, row, ("invitations", saved.id))
        else:
            values = where_version(row, self._organization_id, "id")
            self._draft.stage(_SAVE_INVITATION, values, ("invitations", saved.id))
        self._record(because)
        return saved
