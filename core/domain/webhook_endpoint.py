"""An outgoing webhook: where somebody's program wants to be told what happens."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import ClassVar, Self
from urllib.parse import SplitResult, urlsplit

from core.domain import events as e
from core.domain.event_names import MAINTENANCE_EVENTS
from core.domain.record import Record
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

EVENTS = tuple(
    name for kind, name in MAINTENANCE_EVENTS.items() if kind is not e.MaintenanceEffectBuried
)
"""What can be wanted. That something could not be shown in Slack is nobody's else business."""

BOTH_SECRETS = timedelta(hours=24)
"""For so long after a change of the secret the old one signs as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpoint(Record):
    """`events` are the names of those it wants, none meaning all. The secrets are sealed: the
    core cannot read them. `trouble` says why it was switched off, where nobody did that."""

    NOUN: ClassVar[str] = "webhook endpoint"
    PREFIX: ClassVar[str] = "whe"

    url: str
    name: str = ""
    events: tuple[str, ...] = ()
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

    def wants(self, event_type: str) -> bool:
        return self.enabled and (not self.events or event_type in self.events)

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """Those that sign now, sealed; the present one first."""
        former = self.former_until is not None and now < self.former_until
        return (self.secret, self.former_secret) if former else (self.secret,)

    def with_secret(self, sealed: str, *, at: datetime) -> Self:
        return replace(
            self, secret=sealed, former_secret=self.secret, former_until=at + BOTH_SECRETS
        )


def require_url(text: str, field: str = "url") -> str:
    """The URL as it is called; `InvalidInput` names `field`. Where it leads is not looked at."""
    url = text.strip()
    complaint = _complaint(url)
    if complaint:
        raise InvalidInput(complaint, field=field)
    return url


def require_events(names: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order of a life."""
    wanted = {name.strip() for name in names}
    unknown = sorted(wanted - set(EVENTS))
    if unknown:
        raise InvalidInput(
            f"There is no event {unknown[0][:80]!r}; there are {', '.join(EVENTS)}.",
            field="events",
        )
    return tuple(name for name in EVENTS if name in wanted)


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
