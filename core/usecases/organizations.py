"""Use cases on organisations."""

from dataclasses import replace
from datetime import datetime

from core import commands as c
from core.domain.account import MAX_NAME, Organization, Role, User, email_address
from core.domain.events import RecordChanged, RecordCreated
from core.domain.plan import Plan
from core.domain.text import one_line
from core.errors import InvalidInput
from core.ports import UnitOfWork
from core.usecases.joining import Newcomer, join


async def register(command: c.RegisterOrganization, uow: UnitOfWork, now: datetime) -> User:
    email = email_address(command.email)
    # Before the organisation, which is called after its owner where it has no name of its own.
    owner_name = one_line(command.owner_name, field="name", limit=MAX_NAME)
    if await uow.users.known_anywhere(email):
        raise InvalidInput(f"There is a user {email} already; sign in instead.", field="email")
    organization = Organization(
        id=command.caller.organization_id,
        # Nobody has chosen a short name; the id is one that nobody else has.
        slug=command.caller.organization_id.replace("_", "-"),
        name=one_line(command.name, field="organization", limit=MAX_NAME),
        created_at=now,
    )
    event = RecordCreated(
        by=command.caller.actor,
        at=now,
        noun="organisation",
        record_id=organization.id,
        name=organization.name,
    )
    await uow.organizations.add(organization, because=event)
    newcomer = Newcomer(
        email=email,
        name=owner_name,
        role=Role.OWNER,
        password_hash=command.password_hash,
    )
    return await join(newcomer, uow, by=command.caller.actor, at=now)


async def rename(command: c.RenameOrganization, uow: UnitOfWork, now: datetime) -> Organization:
    before = await uow.organizations.get()
    after = replace(before, name=one_line(command.name, field="name", limit=MAX_NAME))
    if after == before:
        return before
    await uow.organizations.save(after, because=_changed(after, ("name",), command, now))
    return after


async def set_plan(command: c.SetPlan, uow: UnitOfWork, now: datetime) -> Plan:
    if await uow.organizations.plan() == command.plan:
        return command.plan
    organization = await uow.organizations.get()
    event = _changed(organization, ("plan",), command, now)
    await uow.organizations.save_plan(command.plan, because=event)
    return command.plan


def _changed(
    organization: Organization,
    fields: tuple[str, ...],
    command: c.RenameOrganization | c.SetPlan,
    now: datetime,
) -> RecordChanged:
    return RecordChanged(
        by=command.caller.actor,
        at=now,
        noun="organisation",
        record_id=organization.id,
        name=organization.name,
        fields=fields,
    )
