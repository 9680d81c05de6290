"""Everything one running sandbox consists of, for the doors that need it."""

from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.credentials import Credentials
from sandbox.deliveries.response_urls import ResponseUrls
from sandbox.deliveries.triggers import Triggers
from sandbox.faults import Faults
from sandbox.journal import Journal
from sandbox.json_types import Json
from sandbox.manifest import App
from sandbox.model.workspace import Workspace
from sandbox.preferences import Preferences
from sandbox.rate_limit import RateLimiter
from sandbox.transport import TransportSettings


@dataclass(slots=True, kw_only=True)
class World:
    """`url` is the sandbox's own address, `app_url` that of the app; both are known late."""

    app: App
    clock: Clock
    workspace: Workspace
    credentials: Credentials
    journal: Journal
    faults: Faults
    limiter: RateLimiter
    triggers: Triggers
    response_urls: ResponseUrls
    # The workspace as it was founded, to go back to.
    founding: Json
    url: str = ""
    app_url: str = ""
    # Methods that the workspace's preferences forbid to the app: everywhere, or, as
    # `chat.postMessage:#general`, in one channel.
    restricted_actions: set[str] = field(default_factory=set)
    preferences: Preferences = field(default_factory=Preferences)
    broadcasts_allowed: bool = False
    # Active syntax that people typed; it must never come back active.
    typed_syntax: set[str] = field(default_factory=set)
    # Codes handed out by the authorize page, with where they lead back to.
    oauth_codes: dict[str, str] = field(default_factory=dict)
    # Single-use tickets of Socket Mode, with the second at which each expires.
    socket_tickets: dict[str, float] = field(default_factory=dict)
    transport: TransportSettings = field(default_factory=TransportSettings)
