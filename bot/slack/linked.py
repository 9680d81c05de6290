"""Which links that people share lead to incidents and maintenances of this installation; pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

_PATH = re.compile(
    r"/(incidents|maintenances)/((?:inc|mnt)[-_][a-z0-9]{1,60})/?", re.IGNORECASE | re.ASCII
)
LONGEST = 500
"""Characters; nobody needs more to name something of ours."""

_PORTS: Mapping[str, int] = {"http": 80, "https": 443}


class LinkedKind(StrEnum):
    INCIDENT = "incidents"
    MAINTENANCE = "maintenances"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """`named` is a reference like INC-7, or an id."""

    link: str
    kind: LinkedKind
    named: str


def linked(links: Iterable[str], base_url: str) -> list[Linked]:
    """Those under our own address, each once, in their order; nothing of another host's."""
    wanted = (link for link in dict.fromkeys(links) if len(link) <= LONGEST)
    found = (_linked(link, base_url) for link in wanted)
    return [one for one in found if one]


def _linked(link: str, base_url: str) -> Linked | None:
    place, base = _place(link), _place(base_url)
    if place is None or base is None or place[0] != base[0]:
        return None
    below = base[1].rstrip("/")
    if not place[1].startswith(f"{below}/"):
        return None
    found = _PATH.fullmatch(place[1].removeprefix(below))
    if found is None:
        return None
    kind, named = LinkedKind(found.group(1).lower()), found.group(2)
    return Linked(link=link, kind=kind, named=named.upper() if "-" in named else named)


def _place(link: str) -> tuple[tuple[str, str, int], str] | None:
    """Scheme, host and port, and the path; None for what is no address of the web."""
    try:
        parts = urlsplit(link)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        return None
    return (parts.scheme, parts.hostname, port), parts.path
