"""How sessions end: all of one person's, or all but the one they are in."""

from datetime import datetime

from core.domain.ids import SessionId, UserId
from core.ports import UnitOfWork


async def end_sessions(
    user_id: UserId, uow: UnitOfWork, now: datetime, *, but: SessionId | None = None
) -> None:
    for session in await uow.sessions.of_user(user_id):
        if session.id != but:
            await uow.sessions.save(session.revoked(now))
