"""In whose name accounts are changed when a secret, not a permission, has opened the door."""

from dataclasses import replace

from bot.api.auth import Client
from bot.web.authorization import unauthorized
from bot.web.problems import refusal
from core.domain.account import User
from core.domain.actor import Actor, Caller, Permission, Surface
from core.domain.ids import OrganizationId, SessionId, UserId
from core.ports import Directory

_OWN_AFFAIRS = frozenset({Permission.OPERATE})


def themselves(organization_id: OrganizationId, user: User) -> Caller:
    """Somebody who has shown a secret of theirs, about their own affairs."""
    actor = Actor(surface=Surface.REST, name=user.name, user_id=user.id)
    return Caller(organization_id=organization_id, actor=actor, permissions=_OWN_AFFAIRS)


def newcomer(organization_id: OrganizationId, name: str) -> Caller:
    """Somebody who is nobody yet."""
    actor = Actor(surface=Surface.REST, name=name)
    return Caller(organization_id=organization_id, actor=actor, permissions=_OWN_AFFAIRS)


def about_themselves(client: Client) -> Caller:
    """The signed-in person, about their own affairs."""
    signed_in(client)
    return replace(client.caller, permissions=_OWN_AFFAIRS)


async def present(client: Client, directory: Directory) -> tuple[OrganizationId, User]:
    """The signed-in person as they are now."""
    signed_in(client)
    found = await directory.session(SessionId(client.session_id or ""))
    if found is None:
        raise unauthorized("session_ended", "This session has ended; sign in again.")
    return found[0], found[2]


def signed_in(client: Client) -> UserId:
    """The person; a `Refusal` for a key, which is nobody."""
    user_id = client.caller.actor.user_id
    if client.session_id is None or user_id is None:
        raise refusal(
            403, "sign_in_required", "An API key is no person; sign in with a password for this."
        )
    return user_id
