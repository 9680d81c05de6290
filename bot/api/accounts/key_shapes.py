"""API keys on the wire."""

from datetime import datetime
from typing import Annotated, TypeAlias

from pydantic import Field

from bot.api.lists_v1 import OneMeta
from bot.api.moments import Moment
from bot.api.shape import Shape
from core.domain.account import Dialect
from core.domain.network import MOST_NETWORKS

Scopes: TypeAlias = Annotated[
    list[str],
    Field(
        max_length=100,
        description="What the key may do, as resource:verb. It can never be changed.",
        examples=[["incidents:read", "incidents:create"]],
    ),
]


class NewKey(Shape):
    name: Annotated[str, Field(examples=["Deployments"])]
    permissions: Scopes | None = None
    scopes: Annotated[Scopes | None, Field(description="Another name for permissions.")] = None
    ip_whitelist: Annotated[
        list[str] | None,
        Field(
            max_length=MOST_NETWORKS,
            description="Networks from which it may be used, as CIDR; none: from everywhere.",
            examples=[["192.0.2.0/24"]],
        ),
    ] = None
    expires_at: Annotated[Moment | None, Field(description="Absent: it does not expire.")] = None
    dialect: Annotated[
        str, Field(description=f"Whose words its holder speaks: {', '.join(Dialect)}.")
    ] = Dialect.OVERWATCH.value


class KeyLine(Shape):
    id: str
    name: str
    prefix: Annotated[str, Field(description="How the key begins.")]
    permissions: list[str]
    dialect: str
    ip_whitelist: list[str]
    created_at: datetime
    created_by: str | None
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class KeyAnswer(KeyLine):
    data: KeyLine
    meta: OneMeta


class NewKeyLine(KeyLine):
    api_key: Annotated[
        str | None, Field(description="Shown now and never again; absent when this is a repeat.")
    ] = None


class NewKeyAnswer(NewKeyLine):
    data: NewKeyLine
    meta: OneMeta
