"""People and invitations on the wire."""

from datetime import datetime
from typing import Annotated, TypeAlias

from pydantic import BaseModel, Field

from bot.api.accounts.shapes import Email, NewPassword, Profile
from bot.api.lists_v1 import OneMeta
from bot.api.paging import PageQuery
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


class NewUser(BaseModel):
    email: Email
    name: Annotated[str, Field(examples=["Bob Baker"])]
    role: RoleWord = "engineer"
    password: Annotated[
        NewPassword | None,
        Field(description="Absent: they choose one after a password reset."),
    ] = None


class UserChange(BaseModel):
    """What is absent or null stays."""

    name: str | None = None
    role: RoleWord | None = None
    state: StateWord | None = None


class OwnChange(BaseModel):
    name: str | None = None


class UserLine(Profile):
    state: str
    created_at: datetime
    last_login_at: datetime | None


class UserAnswer(UserLine):
    data: UserLine
    meta: OneMeta


class NewInvitation(BaseModel):
    email: Email
    role: RoleWord = "engineer"


class InvitationLine(BaseModel):
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
