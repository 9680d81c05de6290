"""The operations on people and invitations."""

from bot.api.accounts.user_shapes import (
    InvitationAnswer,
    InvitationLine,
    NewInvitation,
    NewUser,
    OwnChange,
    UserAnswer,
    UserChange,
    UserLine,
    UsersQuery,
)
from bot.api.lists_v1 import Many
from bot.api.operations import Access, Operation, Tag
from bot.api.paging import PageQuery
from bot.api.resources import Resource
from core.domain.actor import Permission

USERS = Resource(
    path="/api/v1/users",
    one="user",
    many="users",
    tag=Tag.ACCOUNTS,
    see=Permission.READ_USERS,
    change=Permission.WRITE_USERS,
    lines=Many[UserLine],
    answer=UserAnswer,
)
OWN = f"{USERS.path}/me"
INVITATIONS = Resource(
    path="/api/v1/invitations",
    one="invitation",
    many="invitations",
    tag=Tag.ACCOUNTS,
    see=Permission.WRITE_USERS,
    change=Permission.WRITE_USERS,
    lines=Many[InvitationLine],
    answer=InvitationAnswer,
    refused=frozenset(),
)

LIST = USERS.list("List people by name", query=UsersQuery)
CREATE = USERS.add(
    "Add somebody; nobody gives a role above their own",
    body=NewUser,
    example={"email": "bob@example.com", "name": "Bob Baker", "role": "engineer"},
)
SHOW = USERS.show("One person")
CHANGE = USERS.edit(
    "Change name, role or state; what is left out stays",
    body=UserChange,
    example={"role": "manager"},
)
DELETE = USERS.delete("Delete somebody; what they did stays theirs")
SELF = Operation(
    method="GET",
    path=OWN,
    name="get_own_user",
    summary="Oneself",
    tag=Tag.ACCOUNTS,
    needs=Access.ANYONE,
    answers={200: UserAnswer},
)
CHANGE_SELF = Operation(
    method="PATCH",
    path=OWN,
    name="update_own_user",
    summary="Change one's own name",
    tag=Tag.ACCOUNTS,
    needs=Access.ANYONE,
    body=OwnChange,
    answers={200: UserAnswer},
    example={"name": "Alice Archer"},
)
LIST_INVITATIONS = INVITATIONS.list("List invitations, newest first", query=PageQuery)
INVITE = INVITATIONS.add(
    "Invite somebody; the token is shown once, and mailed where mail can be sent",
    body=NewInvitation,
    example={"email": "bob@example.com", "role": "engineer"},
)
REVOKE_INVITATION = INVITATIONS.delete("Withdraw an invitation")
