"""Where a Chroma server is, read from its address; what lets us in is never shown."""

import base64
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from storage.similarity.wire import Refused

PORTS = {"http": 8000, "https": 443}
NO_PLACE = (
    "TOCSIN_CHROMA_URL is no address of a Chroma server; it is written http://host:8000 or "
    "https://host, without a path."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerPlace:
    host: str
    port: int
    tls: bool
    headers: dict[str, str] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def place_of(url: str) -> ServerPlace:
    """`http://host:8000`, `https://host`; `token@` or `user:password@` before the host becomes the
    Authorization header. Raises `Refused`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(NO_PLACE) from None
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Refused(NO_PLACE)
    return ServerPlace(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        tls=parts.scheme == "https",
        headers=_authorization(parts.username, parts.password),
    )


def _authorization(user: str | None, password: str | None) -> dict[str, str]:
    if not user:
        return {}
    if password is None:
        return {"Authorization": f"Bearer {unquote(user)}"}
    pair = f"{unquote(user)}:{unquote(password)}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
