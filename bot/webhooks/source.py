"""What a monitoring tool must have to ring here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from core.domain.alert import Alert
from core.domain.source_settings import SourceSettings


class NotUnderstood(Exception):
    """A payload that is no notification of its source; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """A request at the door of a source: its headers by their names in small letters, and the body
    to the byte."""

    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What a knock is checked with: the token of the source, the secret the tool signs with (both
    None where there is none), and the time. `fetch` gets a URL of an allowed host, or raises
    `Refusal`."""

    now: datetime
    settings: SourceSettings
    fetch: Callable[[str], Awaitable[bytes]]
    token: str | None = field(default=None, repr=False)
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """When a payload came, and how its source is set up."""

    received_at: datetime
    settings: SourceSettings = field(default_factory=SourceSettings)


Parse: TypeAlias = Callable[[Any, Heard], list[Alert]]
"""What a payload states; `NotUnderstood` for one that is no notification of the source."""

Require: TypeAlias = Callable[[Any, Heard], object]
"""Looks at a payload at the door; a `Refusal` or `NotUnderstood` keeps it out."""

Take: TypeAlias = Callable[[Knock], bytes]
"""The payload as JSON, whatever it came in; a `Refusal` where it is none."""

Verify: TypeAlias = Callable[[Knock, Lock], Awaitable[None]]
"""A `Refusal` unless the knock is signed as the tool signs."""

Greet: TypeAlias = Callable[[Any, Lock], Awaitable[bool]]
"""Deals with a payload that is no alert, such as the confirmation of a subscription; whether it
was one. Nothing is stored then."""

Name: TypeAlias = Callable[[Any], str | None]
"""What the source itself calls a payload, the same when it comes again."""


def as_it_came(knock: Knock) -> bytes:
    return knock.body


async def unsigned(_: Knock, __: Lock) -> None:
    """The token alone lets it in."""


async def only_alerts(_: Any, __: Lock) -> bool:
    return False


def nameless(_: Any) -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`parse` is given what was sent, and when and to whom.

    `title` is what the timeline calls it. `require` refuses, at the door, what `parse` would not
    understand later; without it the source has a door of its own, at the API of its product.
    Where looking at it costs as much as reading it, `require` is `parse` itself. `also_at` are
    paths that the tool itself appends to its URL. `status` is what a stored delivery is answered
    with.
    """

    name: str
    title: str
    parse: Parse
    require: Require | None = None
    take: Take = as_it_came
    verify: Verify = unsigned
    greet: Greet = only_alerts
    name_of: Name = nameless
    also_at: tuple[str, ...] = ()
    status: int = 202

    @property
    def plain(self) -> bool:
        """Whether what comes is the payload, and the token alone lets it in."""
        return not self.signs and self.take is as_it_came

    @property
    def signs(self) -> bool:
        """Whether there is more to check than the token."""
        return self.verify is not unsigned or self.greet is not only_alerts
