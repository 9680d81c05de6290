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
from sandbox.rate_limit import RateLimiter


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
    # Methods that the workspace's preferences forbid to the app.
    restricted_actions: set[str] = field(default_factory=set)
    broadcasts_allowed: bool = False
    # Active syntax that people typed; it must never come back active.
    typed_syntax: set[str] = field(default_factory=set)
    # Codes handed out by the authorize page, with where they lead back to.
    oauth_codes: dict[str, str] = field(default_factory=dict)
    # Single-use tickets of Socket Mode.
    socket_tickets: set[str] = field(default_factory=set)
