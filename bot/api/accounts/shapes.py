"""Sign-in and passwords on the wire."""

from typing import Annotated, TypeAlias

from pydantic import AliasChoices, Field

from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape
from bot.passwords import LONGEST, SHORTEST

Email: TypeAlias = Annotated[str, Field(max_length=254, examples=["alice@example.com"])]
NewPassword: TypeAlias = Annotated[
    str,
    Field(description=f"{SHORTEST} to {LONGEST:,} characters.", examples=["correct horse battery"]),
]
Token: TypeAlias = Annotated[str, Field(max_length=2_000)]


class Login(Shape):
    email: Annotated[
        str,
        Field(
            validation_alias=AliasChoices("email", "username"),
            description="The e-mail address; `username` is another name for the field.",
            examples=["engineer@example.com"],
        ),
    ]
    password: Annotated[str, Field(examples=["your-password"])]
    organization: Annotated[
        str | None,
        Field(description="Short name or id, for somebody with accounts in several."),
    ] = None


class Registration(Shape):
    email: Email
    password: NewPassword
    name: Annotated[str, Field(examples=["Alice Archer"])]
    organization: Annotated[
        str | None, Field(description="The name of the new organisation; else it is yours.")
    ] = None


class Refresh(Shape):
    refresh_token: Token


class ResetWish(Shape):
    email: Email


class ResetConfirmation(Shape):
    token: Token
    password: NewPassword


class PasswordChange(Shape):
    current_password: str
    new_password: NewPassword


class Acceptance(Shape):
    token: Token
    name: Annotated[str, Field(examples=["Bob Baker"])]
    password: NewPassword


class Profile(Shape):
    id: str
    email: str
    name: str
    role: str
    organization_id: str


class ProfileAnswer(Profile):
    data: Profile
    meta: OneMeta


class LoginAnswer(Shape):
    access_token: str
    refresh_token: str
    token_type: Annotated[str, Field(examples=["bearer"])]
    expires_in: Annotated[int, Field(examples=[3600])]
    user: Profile


class Said(Shape):
    message: str
