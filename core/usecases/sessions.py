"""Use cases on signing in, staying in and getting out."""

from datetime import datetime

from core import commands as c
from core.domain.account import User
from core.domain.events import PasswordChanged
from core.domain.ids import PasswordResetId, SessionId, UserId
from core.domain.session import (
    REFRESH_LASTS,
    RESET_EVERY,
    RESET_LASTS,
    PasswordReset,
    Session,
)
from core.errors import InvalidInput, KeyReused, NotFound
from core.ports import Processed, UnitOfWork
from core.usecases.ending import end_resets, end_sessions


async def sign_in(command: c.SignIn, uow: UnitOfWork, now: datetime) -> Session | None:
    """Judged here and not when the password was read, so that of many tries at once no more
    count than of as many one by one, and none that a new password has overtaken."""
    user = await uow.users.get(command.user_id)
    if not command.fits:
        await uow.users.note(user.failed(now))
        return None
    if not user.may_sign_in(now) or user.password_hash != command.compared:
        return None
    await uow.users.note(user.signed_in(now))
    session = Session(
        id=SessionId(uow.new_id("ses")),
        user_id=user.id,
        created_at=now,
        last_used_at=now,
        expires_at=now + REFRESH_LASTS,
        token_id=uow.new_id("jti"),
    )
    await uow.sessions.add(session)
    return session


async def refresh(command: c.RefreshSession, uow: UnitOfWork, now: datetime) -> Session:
    """The session with its next token, or revoked: of two who show the same token one is a thief,
    and nobody can tell which. Under an idempotency key the same token gets the same answer until
    somebody uses what they got."""
    session = await uow.sessions.get(command.session_id)
    if not session.live(now):
        return session.revoked(now)
    user = await uow.users.get(session.user_id)
    seen = await uow.processed.find(command.key) if command.key else None
    if user.admitted and seen == _refreshed(command, session):
        return session
    if session.token_id != command.token_id or not user.admitted:
        after = session.revoked(now)
    elif seen:
        raise KeyReused("This idempotency key was used for another request; use a fresh one.")
    else:
        after = session.refreshed(uow.new_id("jti"), now)
        if command.key:
            await uow.processed.add(_refreshed(command, after), now)
    await uow.sessions.save(after)
    return after


async def end(command: c.EndSession, uow: UnitOfWork, now: datetime) -> Session:
    session = (await uow.sessions.get(command.session_id)).revoked(now)
    await uow.sessions.save(session)
    return session


async def change_own_password(command: c.ChangeOwnPassword, uow: UnitOfWork, now: datetime) -> User:
    actor = command.caller.actor
    user = await uow.users.get(UserId(actor.user_id or ""))
    fits = command.compared is not None and command.compared == user.password_hash
    if not (fits and user.may_sign_in(now)):
        raise InvalidInput("The current password is wrong.", field="current_password")
    await end_sessions(user.id, uow, now, but=command.session_id)
    await end_resets(user.id, uow, now)
    event = PasswordChanged(by=actor, at=now, user_id=user.id, name=user.name)
    return await uow.users.save(user.with_password(command.password_hash), because=event)


async def request_reset(
    command: c.RequestPasswordReset, uow: UnitOfWork, now: datetime
) -> PasswordReset | None:
    user = await uow.users.get(command.user_id)
    if not user.admitted:
        raise NotFound(f"There is no user {command.user_id}.")
    if any(now < r.created_at + RESET_EVERY for r in await uow.password_resets.of_user(user.id)):
        return None
    reset = PasswordReset(
        id=PasswordResetId(uow.new_id("pwr")),
        user_id=user.id,
        hash=command.hash,
        created_at=now,
        expires_at=now + RESET_LASTS,
    )
    await uow.password_resets.add(reset)
    return reset


async def reset_password(command: c.ResetPassword, uow: UnitOfWork, now: datetime) -> User:
    reset = await uow.password_resets.get(command.reset_id)
    user = await uow.users.get(reset.user_id)
    if not (reset.usable(now) and user.admitted):
        raise InvalidInput("This token was used or is too old; ask for another.", field="token")
    await end_resets(user.id, uow, now)
    await end_sessions(user.id, uow, now)
    event = PasswordChanged(by=command.caller.actor, at=now, user_id=user.id, name=user.name)
    return await uow.users.save(user.with_password(command.password_hash), because=event)


def _refreshed(command: c.RefreshSession, session: Session) -> Processed:
    """That the token of the command was exchanged for the one of the session."""
    return Processed(
        key=str(command.key),
        fingerprint=f"RefreshSession {command.session_id} {command.token_id}",
        subject_id=f"{session.id}:{session.token_id}",
    )
