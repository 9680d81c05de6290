"""Whom a request means: by an id, an e-mail address or a name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from core.domain.account import User
from core.domain.ids import OrganizationId, UserId
from core.errors import InvalidInput
from core.ports import ReadModels

_PARTS = {"assignee": "the assignee"}


async def user_meant(
    word: str, organization_id: OrganizationId, reads: ReadModels, *, field: str = "assignee"
) -> UserId:
    """`InvalidInput` names the field when there is nobody like that, or several."""
    [meant] = users_meant((word,), await reads.users(organization_id), field=field)
    return meant


def users_meant(
    words: Iterable[str], users: Iterable[User], *, field: str = "assignee"
) -> tuple[UserId, ...]:
    """The same for many words, in their order."""
    by_word = defaultdict[tuple[str, str], set[UserId]](set)
    for user in users:
        by_word["id", user.id].add(user.id)
        by_word["email", user.email.casefold()].add(user.id)
        by_word["name", user.name.casefold()].add(user.id)
    return tuple(_meant(word, by_word, field) for word in words)


def _meant(word: str, by_word: Mapping[tuple[str, str], set[UserId]], field: str) -> UserId:
    wanted, nobody = word.strip().casefold(), set[UserId]()
    exactly = by_word.get(("id", word), nobody) | by_word.get(("email", wanted), nobody)
    meant = exactly or by_word.get(("name", wanted), nobody)
    if len(meant) != 1:
        several = "several people are called so" if meant else "there is nobody like that"
        raise InvalidInput(
            f"“{word[:80]}” cannot be {_PARTS.get(field, 'meant')}, because {several}; give an "
            "e-mail address.",
            field=field,
        )
    [id] = meant
    return id


def require_users(ids: Iterable[str], users: Iterable[User], *, field: str) -> tuple[UserId, ...]:
    known = {user.id for user in users}
    wanted = tuple(UserId(id) for id in ids)
    missing = next((id for id in wanted if id not in known), None)
    if missing is not None:
        raise InvalidInput(f"There is no user {missing[:80]}.", field=field)
    return wanted
