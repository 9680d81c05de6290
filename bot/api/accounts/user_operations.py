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
from core.domain.actor import Permission

LIST = Operation(
    method="GET",
    path="/api/v1/users",
    name="list_users",
    summary="List people by name",
    tag=Tag.ACCOUNTS,
    needs=Permission.READ_USERS,
    query=UsersQuery,
    answers={200: Many[UserLine]},
)
CREATE = Operation(
    method="POST",
    path="/api/v1/users",
    name="create_user",
    summary="Add somebody; nobody gives a role above their own",
    tag=Tag.ACCOUNTS,
    needs=Permission.WRITE_USERS,
    body=NewUser,
    answers={201: UserAnswer},
    example={"email": "bob@example.com", "name": "Bob Baker", "role": "engineer"},
)
SHOW = Operation(
    method="GET",
    path="/api/v1/users/{id}",
    name="get_user",
    summary="One person",
    tag=Tag.ACCOUNTS,
    needs=Permission.READ_USERS,
    answers={200: UserAnswer},
)
CHANGE = Operation(
    method="PATCH",
    path="/api/v1/users/{id}",
    name="update_user",
    summary="Change name, role or state; what is left out stays",
    tag=Tag.ACCOUNTS,
    needs=Permission.WRITE_USERS,
    body=UserChange,
    answers={200: UserAnswer},
    refuses=frozenset({409}),
    example={"role": "manager"},
)
DELETE = Operation(
    method="DELETE",
    path="/api/v1/users/{id}",
    name="delete_user",
    summary="Delete somebody; what they did stays theirs",
    tag=Tag.ACCOUNTS,
    needs=Permission.WRITE_USERS,
    answers={204: None},
    refuses=frozenset({409}),
)
SELF = Operation(
    method="GET",
    path="/api/v1/users/me",
    name="get_own_user",
    summary="Oneself",
    tag=Tag.ACCOUNTS,
    needs=Access.ANYONE,
    answers={200: UserAnswer},
)
CHANGE_SELF = Operation(
    method="PATCH",
    path="/api/v1/users/me",
    name="update_own_user",
    summary="Change one's own name",
    tag=Tag.ACCOUNTS,
    needs=Access.ANYONE,
    body=OwnChange,
    answers={200: UserAnswer},
    example={"name": "Alice Archer"},
)
LIST_INVITATIONS = Operation(
    method="GET",
    path="/api/v1/invitations",
    name="list_invitations",
    summary="List invitations, newest first",
    tag=Tag.ACCOUNTS,
    needs=Permission.WRITE_USERS,
    query=PageQuery,
    answers={200: Many[InvitationLine]},
)
INVITE = Operation(
    method="POST",
    path="/api/v1/invitations",
    name="create_invitation",
    summary="Invite somebody; the token is shown once, and mailed where mail can be sent",
    tag=Tag.ACCOUNTS,
    needs=Permission.WRITE_USERS,
    body=NewInvitation,
    answers={201: InvitationAnswer},
    example={"email": "bob@example.com", "role": "engineer"},
)
REVOKE_INVITATION = Operation(
    method="DELETE",
    path="/api/v1/invitations/{id}",
    name="delete_invitation",
    summary="Withdraw an invitation",
    tag=Tag.ACCOUNTS,
    needs=Permission.WRITE_USERS,
    answers={204: None},
)
