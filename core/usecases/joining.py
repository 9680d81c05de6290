"""How somebody becomes a member, whichever way they come."""

from dataclasses import dataclass, field
from datetime import datetime

from core.domain.account import MAX_NAME, Role, User, UserState
from core.domain.actor import Actor
from core.domain.events import UserAdded
from core.domain.ids import UserId
from core.domain.text import one_line
from core.errors import InvalidInput
from core.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    email: str
    name: str
    role: Role
    password_hash: str | None = field(repr=False)


async def join(newcomer: Newcomer, uow: UnitOfWork, *, by: Actor, at: datetime) -> User:
    """Somebody new, or somebody deleted who is back with nothing of what they had then."""
    known = await uow.users.with_email(newcomer.email)
    if known and not known.gone:
        raise InvalidInput(f"There is a user {newcomer.email} already.", field="email")
    user = User(
        id=known.id if known else UserId(uow.new_id("usr")),
        email=newcomer.email,
        name=one_line(newcomer.name, field="name", limit=MAX_NAME),
        role=newcomer.role,
        password_hash=newcomer.password_hash,
        state=UserState.ACTIVE if newcomer.password_hash else UserState.PENDING,
        created_at=known.created_at if known else at,
        version=known.version if known else 0,
    )
    added = UserAdded(by=by, at=at, user_id=user.id, name=user.name, role=user.role)
    return await uow.users.save(user, because=added)
