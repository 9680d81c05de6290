"""Use cases on invitations."""

from dataclasses import replace
from datetime import datetime

from core import commands as c
from core.domain.account import User, email_address
from core.domain.events import RecordChanged, RecordCreated
from core.domain.ids import InvitationId
from core.domain.invitation import INVITATION_LASTS, Invitation
from core.errors import InvalidInput
from core.ports import UnitOfWork
from core.usecases.ending import withdraw
from core.usecases.joining import Newcomer, join
from core.usecases.rank import require_rank


async def invite(command: c.InviteUser, uow: UnitOfWork, now: datetime) -> Invitation:
    actor = command.caller.actor
    await require_rank(command.caller, command.role, uow)
    email = email_address(command.email)
    known = await uow.users.with_email(email)
    if known and not known.gone:
        raise InvalidInput(f"{email} is a member already.", field="email")
    for earlier in await uow.invitations.to(email):
        await require_rank(command.caller, earlier.role, uow)
        await withdraw(earlier, uow, now, by=actor)
    invitation = Invitation(
        id=InvitationId(uow.new_id("inv")),
        email=email,
        role=command.role,
        hash=command.hash,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
        invited_by=actor.user_id,
    )
    event = RecordCreated(
        by=actor, at=now, noun="invitation", record_id=invitation.id, name=f"of {email}"
    )
    return await uow.invitations.save(invitation, because=event)


async def revoke(command: c.RevokeInvitation, uow: UnitOfWork, now: datetime) -> Invitation:
    invitation = await uow.invitations.get(command.invitation_id)
    if invitation.accepted_at or invitation.revoked_at:
        return invitation
    await require_rank(command.caller, invitation.role, uow)
    return await withdraw(invitation, uow, now, by=command.caller.actor)


async def accept(command: c.AcceptInvitation, uow: UnitOfWork, now: datetime) -> User:
    invitation = await uow.invitations.get(command.invitation_id)
    if not invitation.open(now):
        raise InvalidInput(
            "This invitation was used, was withdrawn or is too old; ask for another.",
            field="token",
        )
    newcomer = Newcomer(
        email=invitation.email,
        name=command.name,
        role=invitation.role,
        password_hash=command.password_hash,
    )
    user = await join(newcomer, uow, by=command.caller.actor, at=now)
    event = RecordChanged(
        by=replace(command.caller.actor, user_id=user.id),
        at=now,
        noun="invitation",
        record_id=invitation.id,
        name=f"of {invitation.email}",
        fields=("acceptance",),
    )
    await uow.invitations.save(invitation.accepted(now), because=event)
    return user
