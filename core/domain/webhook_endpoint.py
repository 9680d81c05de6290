"""An outgoing webhook: where somebody's program wants to be told what happens."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import ClassVar, Self
from urllib.parse import SplitResult, urlsplit

from core.domain.event_names import EVENTS, FAMILIES, family_of
from core.domain.ids import ServiceId
from core.domain.record import Record
from core.domain.severity import Severity
from core.domain.text import shorten
from core.errors import InvalidInput

MAX_URL = 2_000
MAX_NAME = 200
MOST_ENDPOINTS = 50
TEST = "webhook.test"
"""What a test is called; it is sent whatever events the endpoint wants."""

_EXAMPLE = "https://example.com/hook"
_ADDRESS = re.compile(r":|(?:^|[.])(?:\d+|0x[0-9a-f]*)[.]?$", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:[.][a-z0-9_-]{1,63})*[.]?", re.IGNORECASE)

BOTH_SECRETS = timedelta(hours=24)
"""For so long after a change of the secret the old one signs as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpoint(Record):
    """`events` are the names of those it wants (`incident.*` wants a family), none meaning all of
    the families that it `sees`: those that whoever made it may see. `service_ids` and `severities`
    narrow what has a service or a severity. The secrets are sealed: the core cannot read them.
    `trouble` says why it was switched off, where nobody did that."""

    NOUN: ClassVar[str] = "webhook endpoint"
    PREFIX: ClassVar[str] = "whe"

    url: str
    name: str = ""
    events: tuple[str, ...] = ()
    sees: tuple[str, ...] = ("maintenance",)
    service_ids: tuple[ServiceId, ...] = ()
    severities: tuple[Severity, ...] = ()
    enabled: bool = True
    trouble: str = ""
    secret: str = field(default="", repr=False)
    former_secret: str = field(default="", repr=False)
    former_until: datetime | None = None

    @property
    def label(self) -> str:
        """Never the whole URL, whose path may be a secret of its own."""
        return self.name or self.host

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def wants(self, told: "Told") -> bool:
        family = family_of(told.type)
        named = told.type in self.events or f"{family}.*" in self.events
        return (
            self.enabled
            and family in self.sees
            and (named or not self.events)
            and _among(told.service_ids, self.service_ids)
            and _among(() if told.severity is None else (told.severity,), self.severities)
        )

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """Those that sign now, sealed; the present one first."""
        former = self.former_until is not None and now < self.former_until
        return (self.secret, self.former_secret) if former else (self.secret,)

    def with_secret(self, sealed: str, *, at: datetime) -> Self:
        return replace(
            self, secret=sealed, former_secret=self.secret, former_until=at + BOTH_SECRETS
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of, as far as it decides who wants it; empty where it has none."""

    type: str
    service_ids: tuple[ServiceId, ...] = ()
    severity: Severity | None = None


def _among(has: Collection[str], wanted: Collection[str]) -> bool:
    """Whatever has none of it is not narrowed by it."""
    return not wanted or not has or not set(has).isdisjoint(wanted)


def require_url(text: str, field: str = "url") -> str:
    """The URL as it is called; `InvalidInput` names `field`. Where it leads is not looked at."""
    url = text.strip()
    complaint = _complaint(url)
    if complaint:
        raise InvalidInput(complaint, field=field)
    return url


def require_events(names: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order of a life, families first; `InvalidInput` for what there is not."""
    wanted = {name.strip() for name in names}
    unknown = sorted(wanted - set(EVENTS) - set(_FAMILIES))
    if unknown:
        raise InvalidInput(
            f"There is no event {unknown[0][:80]!r}; there are {', '.join(EVENTS)}, and of each "
            "family all of them, such as incident.*.",
            field="events",
        )
    return tuple(name for name in (*_FAMILIES, *EVENTS) if name in wanted)


_FAMILIES = tuple(f"{family}.*" for family in FAMILIES)


def _complaint(url: str) -> str:
    if not url:
        return f"The URL is empty; write one such as {_EXAMPLE}."
    if len(url) > MAX_URL:
        return f"The URL is too long; {MAX_URL:,} characters are the most."
    if not all(letter.isprintable() and letter.isascii() and letter != " " for letter in url):
        return "The URL has blanks or letters that have to be encoded."
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"That is not a URL; write one such as {_EXAMPLE}."
    if parts.scheme not in ("http", "https"):
        return "The URL has to begin with https:// or http://."
    if not host:
        return f"The URL has no host; write one such as {_EXAMPLE}."
    return _odd(parts) or _unknown(host)


def _odd(parts: SplitResult) -> str:
    if parts.username is not None or parts.password is not None:
        return "The URL has a user or a password in it; what is sent is signed instead."
    if parts.fragment or parts.port == 0:
        return "The URL has a fragment or a port that cannot be called; leave it out."
    return ""


def _unknown(host: str) -> str:
    """Of a host that no request can go to; what ends in a number is an address written out."""
    if _ADDRESS.search(host):
        try:
            ip_address(host)
        except ValueError:
            return _no_host(host)
        return ""
    return "" if _NAME.fullmatch(host) else _no_host(host)


def _no_host(host: str) -> str:
    return (
        f"The URL's host “{shorten(host, 60)}” is neither a name nor an address; write a name, or "
        "an address in full, such as 192.0.2.10."
    )
