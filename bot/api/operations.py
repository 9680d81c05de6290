"""What one request of the API is: its path, what it takes, what it needs and what it answers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import Any, TypeAlias

from aiohttp import web
from pydantic import BaseModel

from bot.api.auth import Client
from core.domain.actor import Permission

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Access(Enum):
    """What a request needs instead of a permission."""

    PUBLIC = auto()
    """No credential; such requests are limited by the address they come from."""

    ANYONE = auto()
    """Any valid credential."""

    SOURCE = auto()
    """The token of an alert source, or a key with `events:write`. The handler asks for it, and
    reads the body, for the token may stand there."""

    CALENDAR = auto()
    """The token of a calendar feed, or a credential that may read maintenance. The handler asks
    for it."""


class Tag(StrEnum):
    """The chapters of the API's documentation."""

    ACCOUNTS = "Accounts"
    OVERWATCH = "Overwatch"
    OBSERVER = "Observer"
    OPSKNIGHT = "OpsKnight"
    INCIDENT_IO = "incident.io"
    TOCSIN = "Tocsin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path. It is served and documented from this alone.

    `name` is unique and in snake case (generated clients name their functions after it).
    `body` and `query` validate what comes in, `answers` document what goes out by status;
    refusals which follow from all this (401, 403, 404, 422, 429 …) need not be named in `refuses`.
    """

    method: str
    path: str
    name: str
    summary: str
    tag: Tag
    needs: Permission | Access
    answers: Mapping[int, type[BaseModel] | None]
    body: type[BaseModel] | None = None
    body_required: bool = True
    forms: bool = False
    query: type[BaseModel] | None = None
    refuses: frozenset[int] = frozenset()
    example: Mapping[str, Any] | None = None
    description: str = ""
    deprecated: bool = False
    media_type: str = "application/json"
    answer_headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def unsafe(self) -> bool:
        return self.method in UNSAFE

    @property
    def public(self) -> bool:
        return self.needs is Access.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that was let in and understood.

    `body` and `query` are what the operation's models made of it, None where it has none; `key`
    is the idempotency key for the one command that carries the request out.
    """

    request: web.Request
    operation: Operation
    client: Client
    body: Any
    query: Any
    params: Mapping[str, str]
    key: str | None


Handler: TypeAlias = Callable[[Call], Awaitable[web.Response]]
