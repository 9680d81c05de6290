"""How what one person has given or was given ends: sessions, resets, invitations."""

from datetime import datetime

from core.domain.actor import Actor
from core.domain.events import RecordDeleted
from core.domain.ids import SessionId, UserId
from core.domain.invitation import Invitation
from core.ports import UnitOfWork


async def end_sessions(
    user_id: UserId, uow: UnitOfWork, now: datetime, *, but: SessionId | None = None
) -> None:
    """All of theirs, or all but the one they are in."""
    for session in await uow.sessions.of_user(user_id):
        if session.id != but:
            await uow.sessions.save(session.revoked(now))


async def end_resets(user_id: UserId, uow: UnitOfWork, now: datetime) -> None:
    """So that none which was asked for before a new password serves after it."""
    for reset in await uow.password_resets.of_user(user_id):
        await uow.password_resets.save(reset.used(now))


async def withdraw_invitations_of(
    user_id: UserId, uow: UnitOfWork, now: datetime, *, by: Actor
) -> None:
    """Nobody joins at the word of somebody who may not come in."""
    for invitation in await uow.invitations.of_inviter(user_id):
        await withdraw(invitation, uow, now, by=by)


async def withdraw(
    invitation: Invitation, uow: UnitOfWork, now: datetime, *, by: Actor
) -> Invitation:
    event = RecordDeleted(
        by=by, at=now, noun="invitation", record_id=invitation.id, name=f"of {invitation.email}"
    )
    return await uow.invitations.save(invitation.revoked(now), because=event)
