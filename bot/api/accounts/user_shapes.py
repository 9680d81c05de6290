"""People and invitations on the wire."""

from datetime import datetime
from typing import Annotated, TypeAlias

from pydantic import Field

from bot.api.accounts.shapes import Email, NewPassword, Profile
from bot.api.lists_v1 import OneMeta
from bot.api.paging import PageQuery
from bot.api.shape import Shape
from core.domain.account import Role

RoleWord: TypeAlias = Annotated[
    str, Field(description=f"{', '.join(Role)}.", examples=["engineer"])
]
StateWord: TypeAlias = Annotated[
    str, Field(description="active, inactive or suspended.", examples=["suspended"])
]


class UsersQuery(PageQuery):
    search: Annotated[str, Field(description="Words in the name or the e-mail address.")] = ""
    role: str | None = None
    state: str | None = None


class NewUser(Shape):
    email: Email
    name: Annotated[str, Field(examples=["Bob Baker"])]
    role: RoleWord = "engineer"
    password: Annotated[
        NewPassword | None,
        Field(description="Absent: they choose one after a password reset."),
    ] = None


class UserChange(Shape):
    """What is absent or null stays."""

    name: str | None = None
    role: RoleWord | None = None
    state: StateWord | None = None


class OwnChange(Shape):
    name: str | None = None


class UserLine(Profile):
    state: str
    created_at: datetime
    last_login_at: datetime | None


class UserAnswer(UserLine):
    data: UserLine
    meta: OneMeta


class NewInvitation(Shape):
    email: Email
    role: RoleWord = "engineer"


class InvitationLine(Shape):
    id: str
    email: str
    role: str
    created_at: datetime
    expires_at: datetime
    invited_by: str | None
    accepted_at: datetime | None
    revoked_at: datetime | None


class NewInvitationLine(InvitationLine):
    token: Annotated[
        str | None, Field(description="Shown now and never again; absent when this is a repeat.")
    ] = None


class InvitationAnswer(NewInvitationLine):
    data: NewInvitationLine
    meta: OneMeta
