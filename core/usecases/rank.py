"""Nobody gives a role that they do not have, and an organisation keeps somebody in charge."""

from core.domain.account import IN_CHARGE, Role, User, UserState
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


async def require_another_in_charge(user: User, uow: UnitOfWork) -> None:
    """`IllegalTransition` when nobody would own the organisation, or look after it, without
    them."""
    if user.role not in IN_CHARGE or user.state is not UserState.ACTIVE:
        return
    others = [one for one in await _in_charge(uow) if one.id != user.id]
    if user.role is Role.OWNER and not any(one.role is Role.OWNER for one in others):
        raise IllegalTransition(
            f"{user.name} is the last owner of this organisation; make somebody else one first."
        )
    if not others:
        raise IllegalTransition(
            f"{user.name} is the last who looks after this organisation; "
            "make somebody else an admin first."
        )


async def _owns(caller: Caller, uow: UnitOfWork) -> bool:
    return any(
        one.id == caller.actor.user_id and one.role is Role.OWNER for one in await _in_charge(uow)
    )


async def _in_charge(uow: UnitOfWork) -> list[User]:
    return [one for one in await uow.users.in_charge() if one.state is UserState.ACTIVE]
