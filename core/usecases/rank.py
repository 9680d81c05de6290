"""Nobody gives a role that they do not have, and an organisation keeps an owner."""

from core.domain.account import Role, User, UserState
from core.domain.actor import Caller, Permission
from core.errors import IllegalTransition, NotPermitted
from core.permissions import ROLES
from core.ports import UnitOfWork


async def require_rank(caller: Caller, role: Role, uow: UnitOfWork) -> None:
    """`NotPermitted` unless the caller may do all that `role` may; only owners are above admins,
    and keys are nobody's equal there."""
    if Permission.OPERATE in caller.permissions:
        return
    if not ROLES[role] <= caller.permissions:
        raise NotPermitted(f"You may not give or take the role {role}; it may do more than you.")
    if role is Role.OWNER and not await _owns(caller, uow):
        raise NotPermitted("Only an owner may give or take the role owner; ask one.")


async def require_another_owner(user: User, uow: UnitOfWork) -> None:
    """`IllegalTransition` when nobody would own the organisation without them."""
    if user.role is not Role.OWNER or user.state is not UserState.ACTIVE:
        return
    owners = await uow.users.owners()
    if not any(o.id != user.id and o.state is UserState.ACTIVE for o in owners):
        raise IllegalTransition(
            f"{user.name} is the last owner of this organisation; make somebody else one first."
        )


async def _owns(caller: Caller, uow: UnitOfWork) -> bool:
    owners = await uow.users.owners()
    return any(o.id == caller.actor.user_id and o.state is UserState.ACTIVE for o in owners)
