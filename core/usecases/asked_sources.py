"""Which alert sources can be asked what fires, and where their secrets may go for it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from core.domain.integration import Integration
from core.errors import InvalidInput

ASKABLE = ("alertmanager", "prometheus", "grafana", "signoz")
"""Those whose alerts an API as Alertmanager's lists, by the same fingerprints."""

FIELD = "settings.check_url"
_PORTS = {"http": 80, "https": 443}


def require_askable(
    after: Integration, *, before: Integration | None = None, secret_given: bool = True
) -> None:
    """`InvalidInput` unless it makes sense to ask there. A secret can be written and never read:
    so it does not follow an address that somebody else changes."""
    url = after.settings.check_url
    if not url:
        return
    if after.source not in ASKABLE:
        known = ", ".join(ASKABLE)
        message = f"Only {known} can be asked what fires; take check_url away."
        raise InvalidInput(message, field=FIELD)
    if before and before.sealed_secret and not secret_given and _moved(before, after):
        message = "The secret would go to another host; give it anew with check_url, or empty."
        raise InvalidInput(message, field="secret")
    if after.sealed_secret and _plain_to_the_world(url):
        message = "A secret goes to a public address by https:// only."
        raise InvalidInput(message, field=FIELD)


def _moved(before: Integration, after: Integration) -> bool:
    return _place(before.settings.check_url) != _place(after.settings.check_url)


def _place(url: str) -> tuple[str | None, int | None]:
    parts = urlsplit(url)
    return parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _plain_to_the_world(url: str) -> bool:
    """As far as can be seen without asking what a name stands for, which is done on the way."""
    parts = urlsplit(url)
    try:
        return parts.scheme == "http" and ip_address(parts.hostname or "").is_global
    except ValueError:
        return False
