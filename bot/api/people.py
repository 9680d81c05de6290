"""Whom a request means: by an id, an e-mail address or a name."""

from collections.abc import Iterable

from core.domain.account import User
from core.domain.ids import OrganizationId, UserId
from core.errors import InvalidInput
from core.ports import ReadModels

_PARTS = {"assignee": "the assignee"}


async def user_meant(
    word: str, organization_id: OrganizationId, reads: ReadModels, *, field: str = "assignee"
) -> UserId:
    """`InvalidInput` names the field when there is nobody like that, or several."""
    wanted = word.strip().casefold()
    users = await reads.users(organization_id)
    meant = [user for user in users if user.id == word or user.email.casefold() == wanted]
    meant = meant or [user for user in users if user.name.casefold() == wanted]
    if len(meant) != 1:
        several = "several people are called so" if meant else "there is nobody like that"
        raise InvalidInput(
            f"“{word[:80]}” cannot be {_PARTS.get(field, 'meant')}, because {several}; give an "
            "e-mail address.",
            field=field,
        )
    return meant[0].id


def require_users(ids: Iterable[str], users: Iterable[User], *, field: str) -> tuple[UserId, ...]:
    known = {user.id for user in users}
    wanted = tuple(UserId(id) for id in ids)
    missing = next((id for id in wanted if id not in known), None)
    if missing is not None:
        raise InvalidInput(f"There is no user {missing[:80]}.", field=field)
    return wanted
