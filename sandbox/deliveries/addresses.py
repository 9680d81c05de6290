"""Where each kind of delivery goes: the paths of the manifest's request URLs, at the app's host."""

from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from sandbox.deliveries.delivery import Delivery
from sandbox.manifest import App

# Where bolt listens; for apps whose manifest names no request URL.
DEFAULT_PATH = "/slack/events"
USUAL_PORTS = {"http": 80, "https": 443}


def address_of(delivery: Delivery, app: App, app_url: str) -> str:
    """The app's host is where it runs now; only paths and queries come from the manifest."""
    base = app_url.rstrip("/")
    if urlsplit(base).path:
        # An address with a path of its own is meant for everything.
        return base
    parts = urlsplit(configured(delivery, app))
    query = f"?{parts.query}" if parts.query else ""
    return base + (parts.path or DEFAULT_PATH) + query


def configured(delivery: Delivery, app: App) -> str:
    """The request URL of the manifest for this kind of delivery, if it has one."""
    match delivery.kind:
        case "event" | "url_verification":
            return app.events_url
        case "command" | "ssl_check":
            command = app.command(str(delivery.payload.get("command", "")))
            return command.url if command else ""
        case "block_suggestion":
            return app.options_url
    return app.interactivity_url


def redirected(address: str, location: str) -> str:
    """Where a redirect leads; empty when that is another scheme, host or port than the app's."""
    own = urlsplit(address)
    try:
        target = urlsplit(urljoin(address, location))
        leaves = _origin(target) != _origin(own)
    except ValueError:
        return ""
    # The host is taken from our own address, so that nobody reads this one in another way.
    return "" if leaves else urlunsplit((own.scheme, own.netloc, target.path, target.query, ""))


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or USUAL_PORTS.get(parts.scheme)
