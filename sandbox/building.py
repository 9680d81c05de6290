"""Putting a world together: a founded or a found workspace, and the secrets of its app."""

from dataclasses import dataclass
from pathlib import Path

from sandbox.clock import Clock
from sandbox.credentials import Credentials
from sandbox.deliveries.response_urls import ResponseUrls
from sandbox.deliveries.triggers import Triggers
from sandbox.faults import Faults
from sandbox.ids import IdSource
from sandbox.installing import install
from sandbox.journal import Journal
from sandbox.keeping import Keeper
from sandbox.manifest import App
from sandbox.model.founding import found_workspace
from sandbox.model.snapshot import snapshot
from sandbox.model.workspace import Workspace
from sandbox.rate_limit import RateLimiter
from sandbox.transport import TransportSettings
from sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What the app knows; anything left out is made up from the seed."""

    signing_secret: str = ""
    bot_token: str = ""
    app_token: str = ""
    client_id: str = ""
    client_secret: str = ""
    # What the control API asks for; nothing lets everybody on this machine use it.
    control_secret: str = ""


def build_world(
    app: App, *, clock: Clock, seed: int, secrets: Secrets, state_file: Path | None
) -> World:
    workspace = found_workspace(app, clock, IdSource(seed))
    founding = snapshot(workspace)
    Keeper(workspace, state_file).load()
    return World(
        app=app,
        clock=clock,
        workspace=workspace,
        credentials=_credentials(app, workspace, seed, secrets),
        journal=Journal(clock),
        faults=Faults(seed, workspace),
        limiter=RateLimiter(clock),
        triggers=Triggers(workspace),
        response_urls=ResponseUrls(workspace),
        founding=founding,
        transport=TransportSettings(socket_mode=app.socket_mode),
    )


def _credentials(app: App, workspace: Workspace, seed: int, given: Secrets) -> Credentials:
    # A row of its own, so that secrets do not depend on what happened in the workspace.
    made_up = IdSource(~seed)
    first, second = made_up.number(), made_up.number()
    bot_token = given.bot_token or f"xoxb-{first}-{second}-{made_up.hex(24)}"
    app_token = given.app_token or f"xapp-1-{workspace.team.app_id}-{second}-{made_up.hex(64)}"
    credentials = Credentials(
        signing_secret=given.signing_secret or made_up.hex(32),
        bot_token=bot_token,
        app_token=app_token,
        client_id=given.client_id or f"{first}.{second}",
        client_secret=given.client_secret or made_up.hex(32),
        verification_token=made_up.hex(24),
        user_token=f"xoxp-{first}-{second}-{made_up.hex(32)}" if app.user_scopes else "",
    )
    install(app, workspace, credentials)
    return credentials
